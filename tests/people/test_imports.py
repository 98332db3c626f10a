"""Who's who from a table: each row is new, known or refused; and what is known is never overwritten."""

from __future__ import annotations

import html
import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from newsroom import feedcheck
from newsroom.csv_import import Row
from newsroom.models import User
from people.imports import AT_ONCE, IMPORTS, Outcome
from people.models import NameVariant, Organisation, Person
from tests.factories import make_organisation, make_person, make_row

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/people/person/import/"
ORGANISATIONS = "/admin/people/organisation/import/"


def rows(*cells: dict[str, str]) -> list[Row]:
    return [Row(line, one) for line, one in enumerate(cells, 2)]


def person(family: str, given: str = "", **cells: str) -> dict[str, str]:
    return {"family_name": family, "given_name": given, **cells}


def plan(kind: str, *cells: dict[str, str]) -> list[Outcome]:
    return IMPORTS[kind].plan(rows(*cells))


def verdicts(kind: str, *cells: dict[str, str]) -> list[str]:
    return [outcome.verdict for outcome in plan(kind, *cells)]


def reasons(kind: str, *cells: dict[str, str]) -> dict[str, list[str]]:
    return plan(kind, *cells)[-1].reasons


def upload(client: Client, address: str, text: str) -> HttpResponse:
    file = SimpleUploadedFile("table.csv", text.encode(), "text/csv")
    return client.post(address, {"table": file})  # type: ignore[return-value]


def confirm(client: Client, address: str, page: HttpResponse) -> HttpResponse:
    kept = re.search(r'name="confirmed" value="([^"]+)"', page.content.decode())
    assert kept
    return client.post(address, {"confirmed": html.unescape(kept[1])})  # type: ignore[return-value]


# Whom a row means


@pytest.mark.parametrize(
    "cells",
    [
        person("Kim", "Sang-bae"),
        person("Kim", "Sangbae"),
        person("Sang-bae", "Kim", name_order="given-first"),
        person("김상배"),
        person("Gim", "Sang-bae", native_name="김상배"),
    ],
)
def test_row_means_the_person_in_whatever_spelling(cells: dict[str, str]) -> None:
    known = make_person(family_name="Kim", given_name="Sang-bae", native_name="김상배")

    (outcome,) = plan("person", cells)

    assert (outcome.verdict, outcome.record) == ("known", known)


def test_row_means_the_person_by_a_recorded_spelling() -> None:
    known = make_person(family_name="Kim", given_name="Sang-bae")
    make_row(NameVariant, known, person=known, spelling="Samuel Kym")

    assert plan("person", person("Kym", "Samuel", name_order="given-first"))[0].record == known


def test_two_names_in_hangul_are_two_people() -> None:
    make_person(family_name="Ryu", given_name="Young-soo", native_name="유영수")

    assert verdicts("person", person("Ryu", "Young-soo", native_name="류영수")) == ["new"]


def test_two_ids_are_two_people() -> None:
    make_person(family_name="Doe", given_name="Jo", orcid="0000-0002-1825-0097")

    assert verdicts("person", person("Doe", "Jo", orcid="0000-0001-5109-3700")) == ["new"]


def test_id_means_the_person_whatever_the_name() -> None:
    known = make_person(family_name="Doe", given_name="Jo", orcid="0000-0002-1825-0097")

    assert plan("person", person("Roe", "Jo", orcid="0000-0002-1825-0097"))[0].record == known


def test_name_of_two_people_is_refused_until_a_slug_says_which() -> None:
    for slug in ("kim-1", "kim-2"):
        make_person(slug=slug, family_name="Kim", given_name="Sang-bae")
    cells = person("Kim", "Sang-bae")

    assert reasons("person", cells) == {
        "slug": ["This may be Kim Sang-bae (kim-1) or Kim Sang-bae (kim-2): write the slug of the one that is meant."]
    }
    assert verdicts("person", {**cells, "slug": "kim-2"}) == ["known"]
    assert verdicts("person", {**cells, "slug": "kim-3"}) == ["new"]


def test_person_in_the_trash_is_brought_back_first() -> None:
    make_person(family_name="Kim", given_name="Sang-bae", trashed_at=timezone.now())

    assert reasons("person", person("Kim", "Sang-bae")) == {
        "": ["“Kim Sang-bae” lies in the trash: bring it back first."]
    }


def test_second_row_of_the_same_new_person_is_refused() -> None:
    assert [(one.verdict, one.reasons) for one in plan("person", person("Doe", "Jo"), person("Jo", "Doe"))] == [
        ("new", {}),
        ("refused", {"": ["The same as line 2, or so alike that one of both needs a slug."]}),
    ]


def test_organisation_is_known_by_any_of_its_names() -> None:
    known = make_organisation(name="Korea Institute", native_name="한국연구원")
    make_row(NameVariant, known, organisation=known, spelling="The Korea Institute")

    meant = plan("organisation", {"name": "KOREA INSTITUTE"}, {"name": "한국연구원"}, {"name": "The Korea Institute"})

    assert [outcome.record for outcome in meant] == [known, known, known]


# What is wrong with a row


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (person("", "Jo"), "family_name", "This field cannot be blank."),
        (person("Doe", orcid="12"), "orcid", "An ORCID iD looks like 0000-0002-1825-0097."),
        (person("Doe", name_order="x"), "name_order", "“x” is none of these: write family-first or given-first."),
        (person("Doe", wikidata="42"), "wikidata", "A Wikidata id looks like Q42."),
        (person("김상배"), "slug", "No slug can be made of this name: write one in Latin letters."),
    ],
)  # fmt: skip
def test_row_of_a_person_is_refused_by_column(cells: dict[str, str], column: str, reason: str) -> None:
    assert reasons("person", cells) == {column: [reason]}


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("country", "Atlantis", "“Atlantis” is no country: write its two letters, such as KR."),
        ("parent", "Nobody", "“Nobody” is not one organisation on record: write its slug, or import it first."),
        ("website", "nowhere", "Enter a valid URL."),
    ],
)
def test_row_of_an_organisation_is_refused_by_column(column: str, text: str, reason: str) -> None:
    assert reasons("organisation", {"name": "Institute", column: text}) == {column: [reason]}


# What is written


def test_new_records_are_private_and_their_makers(chief: User) -> None:
    parent = make_organisation(name="Ministry", slug="ministry")
    cells = {"name": "Institute", "kind": "Research institute", "country": "South Korea", "parent": "ministry"}

    IMPORTS["organisation"].write(rows(cells), by=chief)

    made = Organisation.objects.get(name="Institute")
    assert (made.slug, made.kind, made.country.code, made.parent) == ("institute", "institute", "KR", parent)
    assert (made.is_public, made.created_by) == (False, chief)


def test_slugs_of_one_name_are_numbered() -> None:
    make_person(slug="doe-jo", family_name="Roe")

    IMPORTS["person"].write(rows(person("Doe", "Jo")), by=None)

    assert Person.objects.get(family_name="Doe").slug == "doe-jo-2"


def test_known_record_is_completed_and_nothing_is_overwritten() -> None:
    known = make_person(family_name="Kim", given_name="Sang-bae", biography="Written here.", is_public=True)
    cells = person("Kim", "Sangbae", native_name="김상배", biography="From elsewhere.")

    (outcome,) = IMPORTS["person"].write(rows(cells), by=None)

    known.refresh_from_db()
    assert outcome.adds == ["native_name"]
    assert (known.given_name, known.native_name, known.biography) == ("Sang-bae", "김상배", "Written here.")
    assert known.version == 1
    assert list(feedcheck.drifts(timezone.now())) == []


def test_import_stands_in_the_records_history_at_the_desk(chief: User) -> None:
    known = make_person(family_name="Kim", given_name="Sang-bae")

    IMPORTS["person"].write(rows(person("Kim", "Sangbae", native_name="김상배"), person("Doe", "Jo")), by=chief)

    new = Person.objects.exclude(pk=known.pk).get()
    logged = LogEntry.objects.order_by("pk").values_list("object_id", "user", "action_flag", "change_message")
    assert list(logged) == [
        (str(known.pk), chief.pk, CHANGE, "Imported from a table, line 2."),
        (str(new.pk), chief.pk, ADDITION, "Imported from a table, line 3."),
    ]


def test_importing_twice_writes_nothing_the_second_time() -> None:
    cells = rows(person("Doe", "Jo", orcid="0000-0002-1825-0097"), person("김", "상배", slug="kim-sang-bae"))
    IMPORTS["person"].write(cells, by=None)
    before = list(Person.objects.order_by("pk").values())

    outcomes = IMPORTS["person"].write(cells, by=None)

    assert [(one.verdict, one.adds) for one in outcomes] == [("known", []), ("known", [])]
    assert list(Person.objects.order_by("pk").values()) == before


def test_plan_and_writing_agree_across_transactions() -> None:
    numbered = [person(f"Doe{number}", "Jo") for number in range(AT_ONCE + 1)]
    cells = rows(*numbered, person("Doe0", "Jo"))

    planned = [one.verdict for one in IMPORTS["person"].plan(cells)]
    written = [one.verdict for one in IMPORTS["person"].write(cells, by=None)]

    assert planned == written == [*["new"] * (AT_ONCE + 1), "refused"]
    assert Person.objects.count() == AT_ONCE + 1


# The page


def test_nothing_is_written_before_it_is_confirmed(chief: User, chief_client: Client) -> None:
    page = upload(chief_client, PEOPLE, "family_name,given_name\nDoe,Jo\n,Nobody\n")
    before = Person.objects.count()

    done = confirm(chief_client, PEOPLE, page)

    assert (before, [str(one) for one in Person.objects.all()]) == (0, ["Doe Jo"])
    assert Person.objects.get().created_by == chief
    assert [(one["line"], one["sort"]) for one in done.context["outcomes"]] == [(2, "new"), (3, "refused")]  # type: ignore[attr-defined]
    assert "Nothing is written yet." in page.content.decode()
    assert "<code>family_name</code> This field cannot be blank." in page.content.decode()


def test_file_that_cannot_be_read_is_named_beside_its_field(chief_client: Client) -> None:
    page = upload(chief_client, PEOPLE, "surname\nDoe\n")

    assert "columns that do not exist: surname" in page.content.decode()


def test_file_of_nobody_new_asks_for_no_confirmation(chief_client: Client) -> None:
    make_person(family_name="Doe", given_name="Jo")

    page = upload(chief_client, PEOPLE, "family_name,given_name\nDoe,Jo\n")

    assert 'name="confirmed"' not in page.content.decode()


def test_rows_that_somebody_else_checked_are_not_written(chief_client: Client, editor_client: Client) -> None:
    page = upload(chief_client, PEOPLE, "family_name\nDoe\n")

    answer = confirm(editor_client, PEOPLE, page)

    assert "choose the file again" in answer.content.decode()
    assert list(Person.objects.all()) == []


def test_rows_that_were_tampered_with_are_not_written(chief_client: Client) -> None:
    answer = chief_client.post(PEOPLE, {"confirmed": "made:up"})

    assert "choose the file again" in answer.content.decode()


def test_template_names_every_column(chief_client: Client) -> None:
    template = chief_client.get(ORGANISATIONS, {"template": "1"}).getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]

    assert template.strip().split(",") == list(IMPORTS["organisation"].columns)


def test_export_is_imported_as_it_is(chief_client: Client) -> None:
    make_organisation(slug="ministry", name="=Ministry", country="KR")
    text = chief_client.get("/admin/people/organisation/export/").getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]

    page = upload(chief_client, ORGANISATIONS, text)

    assert [(one["sort"], one["adds"]) for one in page.context["outcomes"]] == [("known", [])]  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", [PEOPLE, ORGANISATIONS])
def test_import_is_for_whoever_may_change_any_record(
    address: str, reporter_client: Client, editor_client: Client
) -> None:
    refused, offered = reporter_client.get(address), editor_client.get(address)
    forged = reporter_client.post(address, {"confirmed": "x"})

    assert (refused.status_code, forged.status_code, offered.status_code) == (403, 403, 200)


def test_list_leads_to_the_import(editor_client: Client, reporter_client: Client) -> None:
    pages = [client.get("/admin/people/person/").content.decode() for client in (editor_client, reporter_client)]

    assert [PEOPLE in page for page in pages] == [True, False]


# The command


def command(tmp_path: Path, text: str, *options: str) -> list[str]:
    file = tmp_path / "table.csv"
    file.write_text(text)
    told = StringIO()
    call_command("import_records", "person", str(file), *options, stdout=told)
    return told.getvalue().splitlines()


def test_command_says_what_it_would_do(tmp_path: Path) -> None:
    told = command(tmp_path, "family_name,orcid\nDoe,\nRoe,12\n")

    assert told == [
        "line 2: new Doe",
        "line 3: refused Roe 12 (orcid: An ORCID iD looks like 0000-0002-1825-0097.)",
        "1 new, 0 known, 1 refused; nothing written: say --write.",
    ]
    assert list(Person.objects.all()) == []


def test_command_writes_in_the_name_of_an_account(tmp_path: Path, chief: User) -> None:
    told = command(tmp_path, "family_name\nDoe\n", "--write", "--user", chief.username)

    assert told[-1] == "1 new, 0 known, 0 refused; written."
    assert Person.objects.get().created_by == chief


@pytest.mark.parametrize(("text", "options"), [("nonsense\n", []), ("family_name\nDoe\n", ["--user", "nobody"])])
def test_command_refuses_in_words(tmp_path: Path, text: str, options: list[str]) -> None:
    with pytest.raises(CommandError):
        command(tmp_path, text, *options)
