"""The desk's reports: what each lists, to whom, how far it reads, and what it looks like as a table."""

from __future__ import annotations

import csv
import datetime as dt
import io
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from newsroom.articles.models import Article, Step
from newsroom.desk import reports
from newsroom.models import User
from newsroom.photos.models import Photo
from people.models import Attestation, NameVariant, Position
from tests.desk.pages import queries
from tests.factories import make_article, make_event, make_person, make_photo, make_source

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
IN_ORDER = ("topics", "sources", "organisations", "people", "events", "photos", "articles")
NOW = timezone.now()
DAY = dt.timedelta(days=1)
State = Article.State


def address(name: str) -> str:
    return f"/admin/reports/{name}/"


def lines(client: Client, name: str) -> list[tuple[Any, ...]]:
    page = client.get(address(name)).context["page"]
    return [(line.name, *line.cells) for line in page.lines]


def story(state: State, days: int, **over: Any) -> Article:
    """A story that has stood in that state for so many days."""
    article = make_article(state=state, **over)
    Article.objects.filter(pk=article.pk).update(created_at=NOW - 100 * DAY)
    Step.objects.create(article=article, verb="x", state_before="", state_after=state, at=NOW - days * DAY)
    return article


def doubtful(*names: str, **over: Any) -> Article:
    found = [
        {"code": code, "field": "", "link": "", "words": {"text": name, "record": "Doe Jane"}}
        for name, code in zip(names, cycle(["person-not-linked", "recorded-person-not-linked"]), strict=False)
    ]
    other = {"code": "no-byline", "field": "", "link": "", "words": {}}
    return make_article(findings=[other, *found], warning_count=len(found) + 1, **over)


def test_ageing_stories_come_by_the_time_in_their_state(chief_client: Client, chief: User) -> None:
    story(State.REVIEW, 3, headline="In review", assigned_to=chief, due_on=dt.date(2026, 1, 2))
    story(State.DRAFT, 30, headline="Old draft")
    story(State.PUBLISHED, 90, headline="Out")
    story(State.DRAFT, 50, headline="Trash", trashed_at=NOW)

    assert lines(chief_client, "ageing") == [
        ("Old draft", "draft", 30, "", ""),
        ("In review", "in review", 3, str(chief), "2026-01-02"),
    ]


def test_people_whose_names_can_be_read_as_one_are_listed_with_whom_was_there_before(chief_client: Client) -> None:
    make_person(slug="older", family_name="Kim", given_name="Sang-bae")
    make_person(slug="newer", family_name="Kim", given_name="Sangbae")
    make_person(family_name="Kim", given_name="Sangbae", trashed_at=NOW)
    make_person(family_name="Bae", given_name="Sang-kim")

    assert lines(chief_client, "people-twice") == [("Kim Sangbae", "newer", "Kim Sang-bae", "older")]


def test_story_sent_back_is_as_old_as_its_last_step(chief_client: Client) -> None:
    article = story(State.DRAFT, 40, headline="Back again")
    Step.objects.create(article=article, verb="return", state_before="review", state_after="draft", at=NOW - 2 * DAY)

    assert lines(chief_client, "ageing") == [("Back again", "draft", 2, "", "")]


def test_story_without_a_step_is_as_old_as_itself(chief_client: Client) -> None:
    Article.objects.filter(pk=make_article(headline="Untouched").pk).update(created_at=NOW - 7 * DAY)

    assert lines(chief_client, "ageing") == [("Untouched", "draft", 7, "", "")]


def test_people_named_and_not_linked_are_listed_by_story(chief_client: Client) -> None:
    doubtful("Jane Doe", "J. Doe", headline="First")
    doubtful(headline="Nobody")
    doubtful("Jane Doe", headline="Second")

    assert lines(chief_client, "unlinked-people") == [
        ("Second", "Jane Doe", "Doe Jane", "draft"),
        ("First", "Jane Doe", "Doe Jane", "draft"),
        ("First", "J. Doe", "Doe Jane", "draft"),
    ]


def test_photos_are_listed_for_what_they_lack(photo_editor_client: Client) -> None:
    event = make_event(name="Forum")
    make_photo(headline="Bare", event=event)
    make_photo(headline="Described", alt_text="A room.")
    make_photo(headline="Credited", credit_line="Agency")
    make_photo(headline="Taken", photographer=make_person())
    make_photo(headline="Gone", trashed_at=NOW)

    assert lines(photo_editor_client, "no-alt-text") == [
        ("Taken", "not held", "", ""),
        ("Credited", "not held", "", ""),
        ("Bare", "not held", "Forum", ""),
    ]
    assert [line[0] for line in lines(photo_editor_client, "no-credit")] == ["Described", "Bare"]


def test_spellings_and_titles_that_differ_between_documents_are_listed(chief_client: Client) -> None:
    jane = make_person(family_name="Doe", given_name="Jane")
    first, second = make_source(publisher="First"), make_source(publisher="Second")
    for spelling, source in (("Doe Jane", first), ("Jane Doe", second), ("Doe Jayne", second)):
        NameVariant.objects.create(person=jane, spelling=spelling, source=source)
    post = Position.objects.create(person=jane, title="Director")
    for title, source in (("Director", first), ("Deputy director", second)):
        Attestation.objects.create(position=post, seen_on="2023-12-19", title_as_printed=title, source=source)
    for title, source in (("President", first), ("vice chair", second)):
        Attestation.objects.create(position=post, seen_on="2024-12-19", title_as_printed=title, source=source)

    assert lines(chief_client, "people-in-print") == [
        ("Doe Jane", "spelling", "", "Doe Jane; Doe Jayne; Jane Doe", "First; Second"),
        ("Doe Jane", "title", "19 December 2024", "President; vice chair", "First; Second"),
    ]


def test_order_of_a_name_and_length_of_a_title_are_no_disagreement(chief_client: Client) -> None:
    jane = make_person(family_name="Doe", given_name="Jane", native_name="도제인")
    for spelling, script in (("Doe Jane", "Latn"), ("Jane Doe", "Latn"), ("도제인", "Hang")):
        NameVariant.objects.create(person=jane, spelling=spelling, script=script, source=make_source())
    post = Position.objects.create(person=jane, title="President")
    for title in ("President", "president of the Institute"):
        Attestation.objects.create(position=post, seen_on="2023-12-19", title_as_printed=title, source=make_source())

    assert lines(chief_client, "people-in-print") == []


def test_photo_of_another_day_than_its_event_is_listed(chief_client: Client) -> None:
    forum = make_event(name="Forum", starts_on="2023-12-19", ends_on="2023-12-20")
    source = make_source(publisher="KISTEP")
    for day in ("2023-12-20", "2023-12", "2023-12-21"):
        make_photo(event=forum, taken_on=day, source=source)
    make_photo(event=make_event(starts_on="2025-XX-06"), taken_on="2025-03-01")

    assert lines(chief_client, "events-in-print") == [
        ("Forum", "date", "19 December 2023", "21 December 2023", "KISTEP")
    ]


def test_demo_documents_disagree_where_the_desk_notes_say_so(chief_client: Client) -> None:
    call_command("loaddata", *(FIXTURES / f"{name}.json" for name in IN_ORDER), verbosity=0)

    found = {(line[0], line[1]) for line in lines(chief_client, "people-in-print")}

    assert ("Cho Seong-kyung", "spelling") in found
    assert ("Jeong Byung-seon", "spelling") in found
    assert ("Kim Sang-bae", "spelling") not in found
    assert ("Kang Jae-kwon", "title") in found


@pytest.mark.parametrize("name", reports.REPORTS)
def test_report_costs_as_much_for_three_rows_as_for_one(name: str, chief_client: Client) -> None:
    counted = []
    for number in (1, 2):
        for _ in range(number):
            one_of_each(name)
        counted.append(queries(chief_client, address(name)))

    assert counted[0] == counted[1] <= 10


def one_of_each(name: str) -> None:
    if name == "ageing":
        story(State.DRAFT, 1, assigned_to=User.objects.order_by("pk").first())
    elif name == "unlinked-people":
        doubtful("Jane Doe")
    else:
        person = make_person()
        for source in (make_source(), make_source()):
            NameVariant.objects.create(person=person, spelling=f"Doe {source.pk}", source=source)
            post = Position.objects.create(person=person, title=f"Post {source.pk}")
            Attestation.objects.create(position=post, seen_on="2023-12-19", source=source)
        event = make_event(starts_on="2023-12-19")
        make_photo(event=event, taken_on="2024", source=make_source())


def test_report_is_walked_to_its_end_without_a_gap(chief_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "SHOWN", 2)
    monkeypatch.setattr(reports, "LOOKED_AT", 3)
    for number in range(7):
        make_photo(headline=f"Photo {number}")
        story(State.DRAFT, number, headline=f"Story {number}")

    walked = {name: walk(chief_client, name) for name in ("no-alt-text", "ageing")}

    assert walked == {
        "no-alt-text": [f"Photo {number}" for number in reversed(range(7))],
        "ageing": [f"Story {number}" for number in reversed(range(7))],
    }


def walk(client: Client, name: str) -> list[str]:
    names, after = [], {}
    while True:
        page = client.get(address(name), after).context["page"]
        names += [line.name for line in page.lines]
        if not page.next:
            return names
        after = {"after": page.next}


def test_page_without_a_line_may_still_lead_on(chief_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "LOOKED_AT", 1)
    doubtful("Jane Doe")
    doubtful()

    page = chief_client.get(address("unlinked-people"))

    assert (page.context["page"].lines, page.context["page"].next != "") == ([], True)
    assert "Nothing among the rows looked at so far." in page.content.decode()
    assert walk(chief_client, "unlinked-people") == [Article.objects.order_by("pk")[0].headline]


def test_reporter_reads_of_own_stories_alone(reporter_client: Client, reporter: User) -> None:
    story(State.DRAFT, 5, headline="Somebody else's")
    story(State.DRAFT, 1, headline="Mine", created_by=reporter)

    assert [line[0] for line in lines(reporter_client, "ageing")] == ["Mine"]
    exported = b"".join(reporter_client.get(f"{address('ageing')}export/").streaming_content).decode()
    assert ("Mine" in exported, "Somebody else" in exported) == (True, False)


def test_reports_are_for_who_may_list_their_rows(client: Client) -> None:
    guest = User.objects.create_user("guest", is_staff=True)
    client.force_login(guest, backend="django.contrib.auth.backends.ModelBackend")
    refused = [client.get(where).status_code for where in ("/admin/reports/", address("ageing"))]
    guest.user_permissions.add(Permission.objects.get(codename="view_photo"))
    shown = client.get("/admin/reports/").context["groups"]

    assert refused == [403, 403]
    assert [report.name for _heading, found in shown for report in found] == ["no-alt-text", "no-credit"]
    assert client.get(f"{address('ageing')}export/").status_code == 403


@pytest.mark.parametrize(
    "where", ["/admin/reports/none/", "/admin/reports/none/export/", "/admin/reports/ageing/?after=x"]
)
def test_report_that_is_none_is_not_found(where: str, chief_client: Client) -> None:
    assert chief_client.get(where).status_code == 404


def test_export_holds_every_line_and_no_formula(chief_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "SHOWN", 1)
    for headline in ("=HYPERLINK(1)", "Plain"):
        make_photo(headline=headline)

    answer = chief_client.get(f"{address('no-credit')}export/")
    table = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert table[0] == ["photo", "picture", "event", "source", "address"]
    assert [row[0] for row in table[1:]] == ["Plain", "'=HYPERLINK(1)"]
    assert table[1][4] == f"http://testserver/admin/photos/photo/{Photo.objects.get(headline='Plain').pk}/change/"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="no-credit.csv"'


def test_reports_are_linked_from_the_first_page(chief_client: Client) -> None:
    assert 'href="/admin/reports/"' in chief_client.get("/admin/").content.decode()
