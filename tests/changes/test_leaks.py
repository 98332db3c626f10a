"""No document and no search entry holds a word that the desk keeps to itself."""

import datetime as dt
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from events.models import Appearance, Event, Session, Statement
from newsroom import changes, search
from newsroom.articles import workflow
from newsroom.articles.models import Article, Edition, Mention, PhotoUse
from newsroom.models import Change, SearchEntry, Source, Topic
from newsroom.photos.models import Depiction, Lease, Photo
from people.models import Organisation, Person, Position
from tests import factories
from tests.changes.feed import document
from tests.changes.world import World, make_world
from tests.factories import make_row

pytestmark = pytest.mark.django_db

SECRET = "xyzzyquux"


def public_words() -> str:
    """Everything that pages, feeds, partners and search can read."""
    entries = Change.objects.values_list("document", "note")
    indexed = SearchEntry.objects.values_list("title", "text", "tokens")
    return "\n".join(text for row in [*entries, *indexed] for text in row)


def settle_all() -> None:
    """Every public object read again, as if all of it had just changed."""
    with changes.recording() as record:
        for kind in changes.kinds():
            record.touch(*kind.model._default_manager.all())


@pytest.mark.parametrize("model", [Topic, Source, Person, Organisation, Position, Event, Appearance, Statement, Photo])
def test_note_for_the_desk_stays_there(model: type[models.Model], world: World) -> None:
    model._default_manager.update(desk_note=SECRET)

    settle_all()

    assert SECRET not in public_words()


def test_public_text_would_be_found(world: World) -> None:
    Topic.objects.update(description=SECRET)

    settle_all()

    assert (SECRET in public_words(), search.counts(SECRET)) == (True, {"topic": 1})


def test_note_of_a_lease_stays_at_the_desk(world: World) -> None:
    Lease.objects.update(note=SECRET)

    settle_all()

    assert SECRET not in public_words()


@pytest.mark.parametrize("name", ["headline", "standfirst", "dateline", "body", "desk_note"])
def test_draft_of_a_published_story_stays_at_the_desk(name: str, world: World) -> None:
    Article.objects.update(**{name: SECRET})

    settle_all()

    assert SECRET not in public_words()


def test_rows_of_a_draft_stay_at_the_desk(world: World) -> None:
    article = world[Article]
    article.topics.add(factories.make_topic(is_public=True, name="Harmless"))
    Mention.objects.update(name_as_printed=SECRET, title_as_printed=SECRET)
    PhotoUse.objects.update(caption=SECRET, alt_text=SECRET)

    settle_all()

    assert SECRET not in public_words()
    assert "Harmless" not in str(document(article)["topics"])


def test_draft_that_was_never_published_stays_at_the_desk() -> None:
    factories.make_article(headline=SECRET, standfirst=SECRET, body=SECRET, slug=SECRET)

    settle_all()

    assert SECRET not in public_words()


def test_scheduled_story_stays_at_the_desk() -> None:
    article = factories.make_article(headline=SECRET, body=SECRET)
    now = timezone.now()

    workflow.publish(article, by=None, at=now, visible_from=now + dt.timedelta(days=1))

    assert SECRET not in public_words()


def test_scheduled_correction_stays_at_the_desk(world: World) -> None:
    now = timezone.now()
    Article.objects.update(body=SECRET)

    workflow.correct(world[Article], by=None, at=now, note=SECRET, visible_from=now + dt.timedelta(days=1))

    assert SECRET not in public_words()


def test_former_edition_is_not_in_the_document(world: World) -> None:
    now = timezone.now()
    Edition.objects.update(body=SECRET, standfirst=SECRET)

    workflow.publish(world[Article], by=None, at=now)

    assert SECRET not in public_words()


def test_withdrawn_story_leaves_its_public_reason_alone(world: World) -> None:
    Edition.objects.update(body=SECRET)

    workflow.withdraw(
        world[Article], by=None, at=timezone.now(), public_note="Two facts were wrong.", private_note=SECRET
    )

    assert SECRET not in public_words()
    assert "Two facts were wrong." in public_words()


@pytest.mark.parametrize(
    ("model", "names"),
    [
        (Topic, ["name", "name_ko", "description", "description_ko"]),
        (Person, ["biography", "native_name"]),
        (Organisation, ["description", "native_name"]),
        (Event, ["name", "native_name", "theme", "summary", "date_as_printed", "recording_note"]),
        (Photo, ["headline", "description", "alt_text", "credit_line", "place", "usage_terms"]),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_record_behind_a_closed_door_stays_there(model: type[models.Model], names: list[str], world: World) -> None:
    """Linked from public records all around it; a person or an organisation may be named, nothing else of it."""
    values: dict[str, Any] = dict.fromkeys(names, SECRET)
    model._default_manager.filter(pk=world[model].pk).update(is_public=False, **values)

    settle_all()

    assert SECRET not in public_words()


def test_rows_of_a_hidden_event_stay_with_it(world: World) -> None:
    Event.objects.update(is_public=False)
    Session.objects.update(title=SECRET, summary=SECRET)
    Statement.objects.update(text=SECRET)
    Appearance.objects.update(talk_title=SECRET, title_as_printed=SECRET)

    settle_all()

    assert SECRET not in public_words()


def test_hidden_photo_in_a_story_takes_its_caption_with_it(world: World) -> None:
    Photo.objects.filter(pk=world[Photo].pk).update(description=SECRET)
    PhotoUse.objects.filter(photo=world[Photo]).update(caption=SECRET, alt_text=SECRET)
    workflow.publish(world[Article], by=None, at=timezone.now())
    in_print = SECRET in public_words()

    Photo.objects.filter(pk=world[Photo].pk).update(is_public=False)
    settle_all()

    assert (in_print, SECRET in public_words()) == (True, False)


def test_record_that_is_hidden_or_deleted_leaves_the_index(world: World) -> None:
    Person.objects.filter(pk=world[Person].pk).update(biography=SECRET)
    settle_all()
    before = search.counts(SECRET)

    with changes.recording() as record:
        record.touch(world[Person])
        Person.objects.update(is_public=False)

    assert (before, search.counts(SECRET)) == ({"person": 1}, {})


def under_the_rule(rule: str) -> Event:
    """A meeting with somebody who spoke there, in the words of a talk and of a statement."""
    event = factories.make_event(is_public=True, attribution=rule, name="Closed talks")
    speaker = factories.make_person(is_public=True, family_name="Doe", given_name="Kim")
    part = make_row(Appearance, event, event=event, person=speaker, role="keynote", talk_title="Candid words")
    make_row(Statement, event, event=event, person=speaker, appearance=part, order=1, text="That trust was lost.")
    return event


@pytest.mark.parametrize(("rule", "named"), [("on-the-record", 1), ("not-stated", 1), ("chatham-house", 0)])
def test_nobody_is_named_under_the_chatham_house_rule(rule: str, named: int) -> None:
    event = under_the_rule(rule)

    found = document(event)
    indexed = SearchEntry.objects.get(object_id=event.uuid).text
    told = [words in indexed for words in ("Doe Kim", "Candid words", "That trust was lost.")]
    assert (len(found["appearances"]), len(found["statements"])) == (named, named)
    assert told == [bool(named)] * 3
    assert (Appearance.objects.public().count(), Statement.objects.public().count()) == (named, named)


def test_rule_that_is_set_later_takes_the_names_back() -> None:
    event = under_the_rule("on-the-record")

    with changes.recording() as record:
        record.touch(event)
        Event.objects.update(attribution="chatham-house")

    assert (document(event)["appearances"], document(event)["statements"]) == ([], [])
    assert (search.counts("Candid"), search.counts("Doe")) == ({}, {"person": 1})


def test_depiction_of_a_hidden_person_gives_the_name_alone() -> None:
    hidden = factories.make_person(family_name="Doe", given_name="Kim", biography=SECRET)
    photo = factories.make_photo(is_public=True)
    make_row(Depiction, photo, photo=photo, person=hidden)

    assert document(photo)["people"][0]["person"] == {"name": "Doe Kim"}
    assert SECRET not in public_words()


def test_world_is_public_throughout() -> None:
    """Else these tests would find nothing because there is nothing to find."""
    make_world()

    assert set(Change.objects.current().values_list("kind", flat=True)) == {kind.name for kind in changes.kinds()}
