"""The cards under which other sites show our pages: which address, what is on it, and for how long it is there."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from newsroom import changes
from newsroom.articles import previews, workflow
from newsroom.photos import filing
from newsroom.photos.darkroom import orders
from newsroom.photos.models import Depiction, Lease, Photo
from newsroom.website import cards
from newsroom.website.pages.person import MOST_PHOTOS
from tests import factories as make
from tests.partners.conftest import World, make_world
from tests.photos.pictures import encoded
from tests.photos.test_filing import NOW

pytestmark = pytest.mark.django_db

RED, GREEN = (200, 30, 30), (30, 160, 60)


def card_on(client: Client, path: str) -> str:
    """The path of the card that a page names."""
    page = client.get(path).content.decode()
    (address,) = re.findall(r'<meta property="og:image" content="http://testserver([^"]+)">', page)
    return address


def halves(width: int = 1280, height: int = 640) -> bytes:
    """Red on the left, green on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (width // 2, 0, width, height))
    return encoded(picture)


def held_photo(content: bytes = b"", **facts: Any) -> Photo:
    """A public photograph, cleared for our pages, with its versions."""
    photo = filing.file_upload(content or halves(), by=None, at=NOW).photo
    Photo.objects.filter(pk=photo.pk).update(is_public=True, **{"description": "Two halves.", **facts})
    with changes.recording() as record:
        orders.order(photo, at=NOW)
        record.touch(photo)
    orders.work(lambda: NOW)
    make.make_row(Lease, photo, photo=photo, effect="allow", scope="use")
    return Photo.objects.get(pk=photo.pk)


def seen_in(answer: Any) -> Image.Image:
    return Image.open(io.BytesIO(answer.getvalue()))


def kept_cards() -> list[Path]:
    return sorted(path for path in (Path(settings.MEDIA_ROOT) / "cards").rglob("*") if path.is_file())


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize("language", ["", "/ko"])
def test_every_page_names_a_card_that_is_there(client: Client, world: World, language: str) -> None:
    parts = ("article", "event", "person", "organisation", "topic", "photo")
    pages = ["/", *(getattr(world, part).get_absolute_url() for part in parts)]

    answers = [client.get(card_on(client, language + page)) for page in pages]

    assert {answer.headers["Content-Type"] for answer in answers} == {"image/png"}
    assert [seen_in(answer).size for answer in answers] == [(1200, 630)] * len(pages)
    assert len(kept_cards()) == len(pages)


def test_page_says_how_large_its_card_is_and_what_is_on_it(client: Client, world: World) -> None:
    page = client.get(world.topic.get_absolute_url()).content.decode()

    said = dict(re.findall(r'<meta (?:property|name)="((?:og:image|twitter)[^"]*)" content="([^"]*)">', page))

    assert said.pop("og:image").startswith("http://testserver/media/cards/en/topic/")
    assert said == {
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": f"Topic. {world.topic.name}",
        "twitter:card": "summary_large_image",
        "twitter:image:alt": f"Topic. {world.topic.name}",
    }


def test_page_of_which_nobody_wrote_what_it_is_about_is_described_by_its_record(client: Client) -> None:
    story = make.make_article(standfirst="", body="<p>They met &amp; parted.</p><p>It rained.</p>")
    workflow.publish(story, by=None, at=timezone.now())
    venue = make.make_venue(name="", city="Seoul")
    event = make.make_event(is_public=True, venue=venue, starts_on="2025-12-09", status="cancelled", kind="forum")
    topic = make.make_topic(is_public=True, name_ko="우주")

    pages = [client.get(one.get_absolute_url()).content.decode() for one in (story, event, topic)]

    assert [re.findall(r'<meta name="description" content="([^"]*)">', page) for page in pages] == [
        ["They met &amp; parted. It rained."],
        ["Forum · Cancelled. 9 December 2025, Seoul"],
        ["Topic. 우주"],
    ]


@pytest.mark.parametrize("page", ["/articles/", "/search/?q=doe", "/corrections/"])
def test_page_of_no_record_has_the_card_of_the_house(client: Client, page: str) -> None:
    assert card_on(client, page) == card_on(client, "/")


@pytest.mark.parametrize(("focal_x", "colour"), [("0.1", RED), ("0.9", GREEN)])
def test_card_of_a_photograph_is_cut_around_its_focal_point(
    client: Client, focal_x: str, colour: tuple[int, int, int]
) -> None:
    photo = held_photo(halves(2400, 640), focal_x=focal_x)

    answer = client.get(card_on(client, photo.get_absolute_url()))

    card = seen_in(answer)
    seen = card.getpixel((600, 280))
    assert (answer.headers["Content-Type"], card.size) == ("image/jpeg", (1200, 630))
    assert isinstance(seen, tuple)
    assert max(abs(one - other) for one, other in zip(seen, colour, strict=True)) < 12


def test_card_of_a_photograph_carries_its_rights(client: Client) -> None:
    photo = held_photo(credit_line="Photograph: Doe", copyright_notice="Doe Institute")

    card = seen_in(client.get(card_on(client, photo.get_absolute_url())))

    assert b"Doe Institute" in card.info["xmp"]


def test_story_event_and_person_show_their_photograph(client: Client, world: World) -> None:
    photo = held_photo(event=world.event)
    with changes.recording() as record:
        world.article.photo_uses.update(is_lead=False)
        world.article.photo_uses.create(photo=photo, is_lead=True, order=2)
        Depiction.objects.create(photo=photo, person=world.person, is_portrait=True)
        record.touch(photo, world.event)
    workflow.publish(world.article, by=None, at=timezone.now())

    shown = {card_on(client, getattr(world, part).get_absolute_url()) for part in ("article", "event", "person")}
    answers = [client.get(address) for address in shown]

    assert [answer.headers["Content-Type"] for answer in answers] == ["image/jpeg"] * 3
    assert len(kept_cards()) == 1


def test_event_that_names_nobody_shows_no_photograph(client: Client, world: World) -> None:
    held_photo(event=world.event)
    world.event.attribution = "chatham-house"
    world.event.save()

    assert card_on(client, world.event.get_absolute_url()).endswith(".png")


def test_card_of_a_denied_photograph_is_gone_and_words_take_its_place(client: Client) -> None:
    photo = held_photo()
    address = card_on(client, photo.get_absolute_url())
    assert client.get(address).status_code == 200

    with changes.recording() as record:
        make.make_row(Lease, photo, photo=photo, effect="deny", scope="use")
        record.touch(photo)

    gone = client.get(address, headers={"If-None-Match": f'"{Path(address).stem}"'})
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "no-store")
    assert card_on(client, photo.get_absolute_url()).endswith(".png")


def test_card_of_a_withdrawn_story_is_gone(client: Client, world: World) -> None:
    address = card_on(client, world.article.get_absolute_url())
    before = client.get(address).status_code

    workflow.withdraw(world.article, by=None, at=timezone.now())

    assert (before, client.get(address).status_code) == (200, 410)


@pytest.mark.parametrize("part", ["event", "person", "organisation", "topic", "photo"])
def test_card_of_what_is_hidden_is_gone(client: Client, world: World, part: str) -> None:
    record = getattr(world, part)
    address = card_on(client, record.get_absolute_url())
    type(record).objects.filter(pk=record.pk).update(is_public=False)

    assert client.get(address).status_code == 410


def test_card_of_what_never_was_public_is_not_even_gone(client: Client) -> None:
    photo = make.make_photo()

    assert client.get(cards.of_photo(photo, NOW).path).status_code == 404


def test_former_card_of_words_leads_to_that_of_today(client: Client, world: World) -> None:
    former = card_on(client, world.topic.get_absolute_url())
    client.get(former)
    with changes.recording() as record:
        world.topic.name = "Another name"
        world.topic.save()
        record.touch(world.topic)

    answer = client.get(former)

    today = card_on(client, world.topic.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (302, today)
    assert client.get(today).status_code == 200
    assert [one.name for one in kept_cards()] == [f"en-{Path(today).name}"]


def test_guessed_address_makes_nothing(client: Client, world: World) -> None:
    uuid = world.topic.uuid
    guesses = {
        f"/media/cards/en/topic/{uuid}/{'0' * 32}.png": 302,
        f"/media/cards/en/topic/{uuid}/{'0' * 32}.jpg": 410,
        f"/media/cards/en/topic/{uuid}/{'0' * 31}.png": 404,
        f"/media/cards/de/topic/{uuid}/{'0' * 32}.png": 404,
        f"/media/cards/en/venue/{uuid}/{'0' * 32}.png": 404,
        f"/media/cards/en/house/{uuid}/{'0' * 32}.png": 404,
        f"/media/cards/en/topic/{uuid4()}/{'0' * 32}.png": 404,
    }

    found = {address: client.get(address).status_code for address in guesses}

    assert (found, kept_cards()) == (guesses, [])


def test_card_is_made_once_and_may_be_kept_for_ever(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = card_on(client, world.topic.get_absolute_url())
    first = client.get(address).getvalue()
    (kept,) = kept_cards()
    kept.write_bytes(b"made before")

    with django_assert_num_queries(1):
        second = client.get(address)
    with django_assert_num_queries(1):
        third = client.get(address, headers={"If-None-Match": second.headers["ETag"]})

    assert (first[:4], second.getvalue(), third.status_code) == (b"\x89PNG", b"made before", 304)
    assert second.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=0, immutable"


def test_event_that_does_not_take_place_says_so_in_words(world: World) -> None:
    world.event.status = "cancelled"

    card = cards.of_event(world.event, [held_photo()], NOW)

    assert (card.kicker.endswith(" · Cancelled"), card.is_off, card.shown) == (True, True, None)


def test_preview_of_a_draft_has_no_card(client: Client) -> None:
    article = make.make_article()
    _link, address = previews.share(article, by=make.make_user("Editor"), at=timezone.now())

    page = client.get(address.removeprefix("http://testserver")).content.decode()

    assert (article.headline in page, "og:image" in page) == (True, False)


def test_portrait_is_found_behind_the_photos_that_the_page_shows(client: Client, world: World) -> None:
    photo = held_photo()
    Depiction.objects.create(photo=photo, person=world.person, is_portrait=True)
    for _number in range(MOST_PHOTOS):
        newer = make.make_photo(is_public=True)
        Depiction.objects.create(photo=newer, person=world.person)

    page = client.get(world.person.get_absolute_url()).content.decode()

    assert page.count('class="portrait"') == 1
    assert card_on(client, world.person.get_absolute_url()).endswith(".jpg")
