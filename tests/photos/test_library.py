"""The library of photos: what its filters find, what its cards tell, and many photos changed at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newsroom.models import User
from newsroom.photos import library
from newsroom.photos.models import Depiction, Lease, Photo
from people.models import NameVariant
from tests.desk.pages import as_sent, queries
from tests.factories import make_article, make_event, make_person, make_photo, make_row

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/photos/photo/library/"
COLLECTIONS = "/admin/photos/photo/collections/"
DAY = dt.timedelta(days=1)


def found(client: Client, **asked: Any) -> list[str]:
    return [card.photo.headline for card in client.get(LIBRARY, asked).context["cards"]]


def lease(photo: Photo, **values: Any) -> None:
    make_row(Lease, photo, photo=photo, **{"effect": "allow", "scope": "use", **values})


def do(client: Client, *photos: Photo, **typed: Any) -> Any:
    """What becomes of these photos if one types this into the page that asks."""
    address = reverse("admin:photos_photo_do", args=["edit"])
    page = client.get(address, {"id": [one.pk for one in photos]})
    return client.post(address, as_sent(page, **typed))


def test_photos_are_found_by_each_filter(photo_editor_client: Client) -> None:
    event, shown, taker = make_event(), make_person(), make_person()
    photo = make_photo(headline="It", event=event, photographer=taker, rights="own", width=300, height=200)
    make_row(Depiction, photo, photo=photo, person=shown)
    make_photo(headline="Other", rights="agency", width=200, height=300)

    asked = {"event": event.pk, "person": shown.pk, "photographer": taker.pk, "rights": "own", "shape": "landscape"}

    assert [found(photo_editor_client, **{name: value}) for name, value in asked.items()] == [["It"]] * len(asked)
    assert found(photo_editor_client, **asked) == ["It"]
    assert found(photo_editor_client, shape="portrait") == ["Other"]


def test_photos_are_found_by_any_spelling_of_a_name_and_by_words(photo_editor_client: Client) -> None:
    person = make_person(family_name="Kim", given_name="Sang-bae")
    make_row(NameVariant, person, person=person, spelling="Sangbae Kim")
    photo = make_photo(headline="It", description="A bridge opens.")
    make_row(Depiction, photo, photo=photo, person=person)
    make_photo(headline="Other")

    asked = ["Kim Sangbae", "Sang-bae Kim", "bridge", "  BRIDGE ", "nothing"]

    assert [found(photo_editor_client, q=words) for words in asked] == [["It"]] * 4 + [[]]


@pytest.mark.parametrize(
    "words",
    [
        "cafe",
        "CAFÉ",
        "opening cafe",
        "open",
        "Sangbae Kim",
        "kim sang bae",
        "과학외교",
        "Yonhap",
        "harbour",
    ],
)
def test_words_are_found_folded_in_whatever_form_they_are_typed(photo_editor_client: Client, words: str) -> None:
    """In a caption that names somebody who is not marked, too."""
    make_photo(
        headline="It",
        description="Sang-bae Kim opens the Café of the 과학외교 forum.",
        photographer_as_printed="Yonhap",
        keywords="harbour, sea",
    )
    make_photo(headline="Other", description="A calf. 과학과 외교.")

    assert found(photo_editor_client, q=words) == ["It"]


def test_page_looks_through_so_many_photos_and_leads_on(
    photo_editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "WINDOW", 3)
    wanted = make_photo(headline="It", rights="own")
    for _number in range(4):
        make_photo(rights="agency")

    first = photo_editor_client.get(f"{LIBRARY}?rights=own")
    second = photo_editor_client.get(LIBRARY + first.context["older"])

    assert (first.context["cards"], first.context["window"]) == ([], "3")
    assert "Looked through 3 photos; earlier ones may fit too." in first.content.decode()
    assert [card.photo for card in second.context["cards"]] == [wanted]


@pytest.mark.parametrize("asked", ["q=bridge", "unused=on", "expiring=on", "rights=own", "shape=portrait", "person"])
def test_no_question_walks_the_whole_archive(
    photo_editor_client: Client, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """The rows are bounded by a key, or an index leads to them; nothing is counted."""
    monkeypatch.setattr(library, "WINDOW", 100)
    photos = Photo.objects.bulk_create(Photo(slug=f"p{number}") for number in range(3000))
    person = make_person()
    make_row(Depiction, photos[0], photo=photos[0], person=person)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = f"person={person.pk}" if asked == "person" else asked

    with CaptureQueriesContext(connection) as captured:
        photo_editor_client.get(f"{LIBRARY}?{asked}")

    (listed,) = [one["sql"] for one in captured if f"LIMIT {library.ON_A_PAGE + 1}" in one["sql"]]
    assert [one["sql"] for one in captured if "COUNT(" in one["sql"]] == []
    assert "Seq Scan on photos_photo" not in (plan := _plan(listed))
    assert [line for line in plan.splitlines() if line == "SCAN photos_photo"] == []


def _plan(sql: str) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_unused_and_expiring_photos_are_found(photo_editor_client: Client) -> None:
    used, ending, lasting = (make_photo(headline=name) for name in ("Used", "Ending", "Lasting"))
    make_article().photo_uses.create(photo=used)
    lease(ending, ends_at=timezone.now() + 3 * DAY)
    lease(lasting, ends_at=timezone.now() + 60 * DAY)

    assert found(photo_editor_client, unused="on") == ["Lasting", "Ending"]
    assert found(photo_editor_client, expiring="on") == ["Ending"]


def test_photo_in_the_trash_is_not_in_the_library(photo_editor_client: Client) -> None:
    make_photo(trashed_at=timezone.now())

    assert found(photo_editor_client) == []


def test_filter_that_cannot_be_read_names_its_field_and_finds_nothing(photo_editor_client: Client) -> None:
    make_photo()

    page = photo_editor_client.get(LIBRARY, {"event": "none"})

    assert (list(page.context["form"].errors), page.context["cards"]) == (["event"], [])


def test_pages_hold_every_photo_once(photo_editor_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "ON_A_PAGE", 2)
    for number in range(5):
        make_photo(headline=str(number), rights="own")
    walked, address = [], f"{LIBRARY}?rights=own"

    while address:
        page = photo_editor_client.get(address)
        walked += [card.photo.headline for card in page.context["cards"]]
        address = LIBRARY + page.context["older"] if page.context["older"] else ""

    assert walked == ["4", "3", "2", "1", "0"]


def test_picture_whose_versions_are_not_made_yet_is_not_said_to_be_missing(photo_editor_client: Client) -> None:
    make_photo(original="2026/a.jpg", sha256="a" * 64, width=9, height=6)

    page = photo_editor_client.get(reverse("admin:photos_photo_library")).content.decode()

    assert [words in page for words in ("The versions for readers wait to be made.", "No picture held")] == [
        True,
        False,
    ]


def test_card_names_the_stories_that_one_may_read_and_counts_the_others(
    editor: User, reporter: User, photo_editor_client: Client
) -> None:
    photo = make_photo()
    own = make_article(headline="Own", created_by=reporter)
    for story in (own, make_article(headline="Secret")):
        story.photo_uses.create(photo=photo)

    (theirs,) = library.cards(reporter, library.with_cards([photo]), timezone.now())
    (all_of_them,) = library.cards(editor, library.with_cards([photo]), timezone.now())

    assert (theirs.uses, theirs.other_uses) == ([own], 1)
    assert (len(all_of_them.uses), all_of_them.other_uses) == (2, 0)


@pytest.mark.parametrize("address", [LIBRARY, f"{LIBRARY}?sheet=1"])
@pytest.mark.parametrize("count", [1, 3])
def test_library_takes_as_many_queries_for_many_photos(photo_editor_client: Client, address: str, count: int) -> None:
    for _ in range(count):
        photo = make_photo(event=make_event(), photographer=make_person())
        make_row(Depiction, photo, photo=photo, person=make_person())
        make_article().photo_uses.create(photo=photo)

    assert queries(photo_editor_client, address) == 13


@pytest.mark.parametrize("count", [1, 3])
def test_collections_count_the_photos_of_each_event(photo_editor_client: Client, count: int) -> None:
    for _ in range(count):
        event = make_event()
        make_photo(event=event)
        make_photo(event=event)
    make_event()
    make_photo(event=make_event(), trashed_at=timezone.now())

    page = photo_editor_client.get(COLLECTIONS)

    assert [number for _event, number in page.context["events"]] == [2] * count
    assert queries(photo_editor_client, COLLECTIONS) == 7


def test_library_is_for_those_who_list_photos(photo_editor_client: Client, client: Client) -> None:
    user = User.objects.create_user("plain", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert [client.get(address).status_code for address in (LIBRARY, COLLECTIONS)] == [403, 403]


def test_many_photos_get_a_credit_rights_and_event_at_once(photo_editor_client: Client) -> None:
    photos, event = [make_photo(place="Busan"), make_photo()], make_event()

    page = do(photo_editor_client, *photos, credit_line="Agency", rights="agency", usage_terms="Once.", event=event.pk)

    changed = set(Photo.objects.values_list("credit_line", "rights", "usage_terms", "event", "version"))
    assert (changed, len(page.context["done"])) == ({("Agency", "agency", "Once.", event.pk, 1)}, 2)
    assert (photos[0].history.count(), Photo.objects.get(pk=photos[0].pk).place) == (2, "Busan")


def test_each_photo_tells_by_itself_why_it_is_refused(photo_editor_client: Client) -> None:
    told, silent = make_photo(headline="Told", usage_terms="Once."), make_photo(headline="Silent")

    page = do(photo_editor_client, told, silent, rights="handout")

    refused = "“Silent”, usage terms: A handout is given for a purpose: say here for which, and until when."
    assert [one.result for one in page.context["open"]] == [refused]
    assert list(Photo.objects.order_by("pk").values_list("rights", flat=True)) == ["handout", "unknown"]


def test_photo_of_somebody_else_stays_as_it_is(reporter: User, reporter_client: Client) -> None:
    mine, other = make_photo(created_by=reporter), make_photo(headline="Other")

    page = do(reporter_client, mine, other, credit_line="Mine")

    assert [one.result for one in page.context["open"]] == ["“Other” is not yours to change."]
    assert list(Photo.objects.order_by("pk").values_list("credit_line", flat=True)) == ["Mine", ""]


def test_nothing_filled_in_asks_for_something(photo_editor_client: Client) -> None:
    page = do(photo_editor_client, make_photo())

    assert page.context["form"].non_field_errors() == [
        "Fill in what is to be changed; what stays empty stays as it is."
    ]
