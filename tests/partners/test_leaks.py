"""A secret word in everything that is hidden, and every address of the API walked with and without keys."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from events.models import Appearance, Event, Statement
from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.models import Change, Source, Topic
from newsroom.partners.models import Package, Partner
from newsroom.photos.models import Lease, Photo, Rendition, renditions
from people.models import Organisation, Person
from tests import factories
from tests.partners.conftest import KINDS, World, client_of, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db

SECRET = "xyzzyquux"
SHAPED = [f"{path}/?format={shape}" for path in ("changes", *KINDS) for shape in ("ninjs", "jsonld")]
PATHS = ["", "changes/", "changes/?include=ids", "export.ndjson", "me/", *(f"{plural}/" for plural in KINDS), *SHAPED]
SEARCHES = [f"{plural}/?q={SECRET}" for plural in KINDS]


def walk(client: Client) -> str:
    """Everything that these addresses say, and every object of every kind by its id."""
    objects = Change.objects.values_list("kind", "object_id")
    plurals = dict(zip(["article", "event", "organisation", "person", "photo", "topic"], KINDS, strict=True))
    details = [f"{plurals[kind]}/{object_id}/" for kind, object_id in objects]
    hidden = [
        f"{plurals[kind.name]}/{object_id}/"
        for kind in changes.kinds()
        for object_id in kind.model._default_manager.values_list("uuid", flat=True)
    ]
    said = []
    for path in {*PATHS, *SEARCHES, *details, *hidden}:
        response = client.get(f"/api/v1/{path}")
        said.append(b"".join(response) if response.streaming else response.content)
    return b"\n".join(said).decode().replace(f"q={SECRET}", "")


@pytest.fixture(params=["anybody", "everything", "topics only", "nothing"])
def asker(request: pytest.FixtureRequest, db: None, settings: Any) -> Client:
    """Whoever may ask, from the most entitled to the least."""
    settings.API_PUBLIC_RATE = 0
    kinds = {"everything": [kind.name for kind in changes.kinds()], "topics only": ["topic"]}
    if request.param == "anybody":
        return Client()
    held = [make_package(kinds=kinds[request.param], has_pictures=True)] if request.param in kinds else []
    return client_of(make_partner(*held))


def hide_in_every_kind() -> None:
    """Records behind closed doors with the secret in all their words, linked from public ones."""
    world = make_world()
    now = timezone.now()
    hidden = {"slug": SECRET, "desk_note": SECRET}
    factories.make_topic(name=SECRET, description=SECRET, **hidden)
    factories.make_organisation(description=SECRET, **hidden)
    factories.make_person(biography=SECRET, **hidden)
    event = factories.make_event(name=SECRET, summary=SECRET, **hidden)
    factories.make_photo(description=SECRET, alt_text=SECRET, event=event, **hidden)
    factories.make_article(headline=SECRET, body=SECRET, **hidden)
    scheduled = factories.make_article(headline=SECRET, body=SECRET)
    workflow.publish(scheduled, by=None, at=now, visible_from=now + dt.timedelta(days=1))
    withdrawn = factories.make_article(headline=SECRET, body=SECRET)
    workflow.publish(withdrawn, by=None, at=now)
    workflow.withdraw(withdrawn, by=None, at=now, act="kill", private_note=SECRET)
    Article.objects.filter(pk=world.article.pk).update(headline=SECRET, body=SECRET, desk_note=SECRET)
    Lease.objects.create(photo=world.photo, effect="deny", scope="syndication", note=SECRET)
    for model in (Topic, Source, Person, Organisation, Event, Appearance, Statement, Photo):
        model._default_manager.update(desk_note=SECRET)
    with changes.recording() as record:
        for kind in changes.kinds():
            record.touch(*kind.model._default_manager.all())


def test_nothing_hidden_is_said_at_any_address(asker: Client) -> None:
    hide_in_every_kind()

    assert SECRET not in walk(asker)


def test_public_word_would_be_found_by_who_may_have_it(everything: Package, world: World, settings: Any) -> None:
    """Else the walk would find nothing because it asks nothing."""
    settings.API_PUBLIC_RATE = 0
    topics_only = make_package(kinds=["topic"])
    with changes.recording() as record:
        Person.objects.update(biography=SECRET)
        record.touch(world.person)

    askers = [Client(), client_of(make_partner(everything)), client_of(make_partner(topics_only))]

    assert [SECRET in walk(asker) for asker in askers] == [True, True, False]


def other_partner_with_pictures(everything: Package) -> tuple[Partner, Partner]:
    without = make_package(kinds=[kind.name for kind in changes.kinds()])
    return make_partner(everything), make_partner(without)


@pytest.fixture
def picture(world: World) -> Rendition:
    """A picture that may be syndicated."""
    with changes.recording() as record:
        Photo.objects.filter(pk=world.photo.pk).update(original="a.jpg", width=1600, height=900)
        Lease.objects.create(photo=world.photo, effect="allow", scope="syndication")
        name = renditions().save("photos/a.webp", ContentFile(b"pixels"))
        size = {"width": 800, "height": 450, "size": 6}
        rendition = Rendition.objects.create(photo=world.photo, format="WEBP", file=name, **size)
        record.touch(world.photo)
    return rendition


def test_picture_is_for_partners_whose_licence_has_pictures(
    picture: Rendition, everything: Package, world: World
) -> None:
    askers = [*map(client_of, other_partner_with_pictures(everything)), Client()]
    document = f"/api/v1/photos/{world.photo.uuid}/"
    href = askers[0].get(document).json()["renditions"][0]["href"].removeprefix("http://testserver")

    withheld = [asker.get(document).json()["withheld"] for asker in askers]
    answers = [asker.get(href) for asker in askers]

    licence = [{"what": "renditions", "reason": "licence"}]
    assert withheld == [[], licence, licence]
    assert [answer.status_code for answer in answers] == [200, 404, 401]
    assert (b"".join(answers[0]), answers[0]["Content-Type"]) == (b"pixels", "image/webp")


def test_words_stay_when_the_right_to_the_picture_ends(picture: Rendition, everything: Package, world: World) -> None:
    asker = client_of(make_partner(everything))
    document = f"/api/v1/photos/{world.photo.uuid}/"
    href = asker.get(document).json()["renditions"][0]["href"].removeprefix("http://testserver")

    with changes.recording() as record:
        Lease.objects.create(photo=world.photo, effect="deny", scope="syndication")
        record.touch(world.photo)

    photo = asker.get(document).json()
    story = asker.get(f"/api/v1/articles/{world.article.uuid}/").json()
    assert (photo["caption"], photo["renditions"]) == (world.photo.description, [])
    assert photo["withheld"] == [{"what": "renditions", "reason": "rights"}]
    assert (len(story["photos"]), bool(story["body_html"])) == (1, True)
    assert (asker.get(href).status_code, asker.get(href).json()["reason"]) == (410, "rights")


def test_picture_of_a_hidden_photo_is_gone(picture: Rendition, everything: Package, world: World) -> None:
    asker = client_of(make_partner(everything))
    address = f"/api/v1/photos/{world.photo.uuid}/renditions/{picture.file.name}"
    before = b"".join(asker.get(address))

    with changes.recording() as record:
        Photo.objects.update(is_public=False)
        record.touch(world.photo)

    assert (before, asker.get(address).status_code) == (b"pixels", 410)


def test_placeholder_is_given_to_no_partner(picture: Rendition, everything: Package, world: World) -> None:
    Rendition.objects.update(is_placeholder=True)

    address = f"/api/v1/photos/{world.photo.uuid}/renditions/{picture.file.name}"

    assert client_of(make_partner(everything)).get(address).status_code == 404


def test_story_says_that_a_picture_of_it_is_hidden(world: World, everything: Package) -> None:
    with changes.recording() as record:
        Photo.objects.update(is_public=False)
        record.touch(world.photo)

    story = client_of(make_partner(everything)).get(f"/api/v1/articles/{world.article.uuid}/").json()

    assert (story["photos"], story["withheld"]) == ([], [{"what": "photo", "reason": "hidden"}])
