"""What `recording()` numbers: everything that changed for the public, nothing else, and all of it or none."""

import uuid

import pytest

from events.models import Event
from newsroom import changes
from newsroom.changes import Public
from newsroom.models import Change, SearchEntry
from newsroom.photos.models import Photo
from people.models import Organisation, Person
from tests import factories
from tests.changes.feed import document, entry, head, moved_since

pytestmark = pytest.mark.django_db


def save(*records: Person | Event | Organisation | Photo) -> None:
    with changes.recording() as record:
        record.touch(*records)
        for one in records:
            one.save()
        record.touch(*records)


def break_off(person: Person) -> None:
    """A recording whose writer fails after the write."""
    with changes.recording() as record:
        record.touch(person)
        Person.objects.filter(pk=person.pk).update(biography="After.")
        raise ZeroDivisionError


def test_save_that_changes_nothing_bumps_nothing() -> None:
    person = factories.make_person(is_public=True)
    before = (head(), entry(person).version, entry(person).changed_at)

    save(person)

    assert (head(), entry(person).version, entry(person).changed_at) == before


def test_change_gets_the_next_number_and_version() -> None:
    person = factories.make_person(is_public=True, family_name="Doe", given_name="Kim")
    before = head()

    person.family_name = "Roe"
    save(person)

    change = entry(person)
    assert (change.seq, change.version, change.reason) == (before + 1, 2, "changed")
    assert document(person)["name"] == "Roe Kim"


def test_records_of_one_recording_are_numbered_one_after_the_other() -> None:
    people = [factories.make_person(is_public=True) for _ in range(3)]
    before = head()

    for person in people:
        person.family_name = "Roe"
    save(*people)

    assert sorted(entry(person).seq for person in people) == [before + 1, before + 2, before + 3]
    assert head() == before + 3


def test_inner_recording_joins_the_outer_one_and_settles_with_it() -> None:
    person = factories.make_person(is_public=True)
    before = head()

    with changes.recording() as outer:
        with changes.recording() as inner:
            inner.touch(person)
            Person.objects.filter(pk=person.pk).update(biography="Speaks of openness.")
        within = head()

    assert (inner is outer, within, head()) == (True, before, before + 1)


def test_exception_leaves_neither_data_nor_numbers() -> None:
    person = factories.make_person(is_public=True, biography="Before.")
    before = (head(), entry(person).digest)

    with pytest.raises(ZeroDivisionError):
        break_off(person)

    person.refresh_from_db()
    assert (person.biography, head(), entry(person).digest) == ("Before.", *before)


def test_recording_after_an_exception_starts_anew() -> None:
    failed, changed = (factories.make_person(is_public=True, biography="Before.") for _ in range(2))
    before = head()
    with pytest.raises(ZeroDivisionError):
        break_off(failed)

    changed.biography = "After."
    save(changed)

    assert moved_since(before) == {("person", str(changed.uuid))}


def test_touch_outside_a_recording_is_refused() -> None:
    person = factories.make_person(is_public=True)

    with pytest.raises(changes.NotRecording, match=r"inside changes\.recording"):
        changes.touch(person)


def test_relation_that_moves_settles_those_it_left_and_those_it_reached() -> None:
    topic = factories.make_topic(is_public=True)
    left, reached = (factories.make_event(is_public=True) for _ in range(2))
    with changes.recording() as record:
        left.topics.add(topic)
        record.touch(left)
    before = head()

    with changes.recording() as record:
        record.touch(topic)
        topic.events.set([reached])

    assert moved_since(before) == {("event", str(left.uuid)), ("event", str(reached.uuid))}
    assert (document(left)["topics"], [one["name"] for one in document(reached)["topics"]]) == ([], [topic.name])


def test_deleted_record_is_removed_from_feed_and_search() -> None:
    person = factories.make_person(is_public=True)
    object_id = person.uuid
    before = head()

    with changes.recording() as record:
        record.touch(person)
        person.delete()

    change = Change.objects.get(object_id=object_id)
    assert (change.seq, change.reason, change.mask, change.document) == (before + 1, "deleted", 0, "")
    assert not SearchEntry.objects.filter(object_id=object_id).exists()


def test_record_that_was_never_public_leaves_no_trace() -> None:
    before = head()
    person = factories.make_person(biography="Not yet.")
    person.biography = "Still not."
    save(person)

    with changes.recording() as record:
        record.touch(person)
        person.delete()

    assert (head(), Change.objects.count(), SearchEntry.objects.count()) == (before, 0, 0)


def test_hidden_record_is_removed_and_published_again() -> None:
    person = factories.make_person(is_public=True)

    person.is_public = False
    save(person)
    hidden = entry(person)
    person.is_public = True
    save(person)

    again = entry(person)
    assert (hidden.reason, hidden.mask, hidden.document, hidden.version) == ("hidden", 0, "", 2)
    assert (again.reason, again.mask, again.version) == ("published", changes.PUBLIC, 3)


def test_change_behind_a_closed_door_bumps_nothing() -> None:
    person = factories.make_person(is_public=True)
    person.is_public = False
    save(person)
    before = head()

    person.biography = "Nobody may read this."
    save(person)

    assert (head(), entry(person).document) == (before, "")


def test_record_deleted_behind_a_closed_door_says_so() -> None:
    person = factories.make_person(is_public=True)
    object_id = person.uuid
    person.is_public = False
    save(person)

    with changes.recording() as record:
        record.touch(person)
        person.delete()

    change = Change.objects.get(object_id=object_id)
    assert (change.version, change.reason) == (3, "deleted")


def test_audience_remembers_who_ever_had_it() -> None:
    kind, object_id = changes.kind_named("person"), uuid.uuid4()
    states = [Public({"name": "Doe"}, mask, Change.Reason.CHANGED) for mask in (0b001, 0b110, 0b010)]
    last: Change | None = None
    masks = []

    for state in [*states, Public()]:
        last = changes.next_entry(kind, object_id, state, last)
        assert last is not None
        masks.append((last.mask, last.ever_mask))

    assert masks == [(0b001, 0b001), (0b110, 0b111), (0b010, 0b111), (0, 0b111)]


def test_other_audience_of_the_same_document_is_a_change() -> None:
    kind, object_id = changes.kind_named("person"), uuid.uuid4()
    first = changes.next_entry(kind, object_id, Public({"name": "Doe"}, 0b01, Change.Reason.CHANGED), None)

    second = changes.next_entry(kind, object_id, Public({"name": "Doe"}, 0b11, Change.Reason.CHANGED), first)

    assert second is not None
    assert (second.version, second.mask, second.reason) == (2, 0b11, "changed")


def test_rows_of_another_type_than_public_ones_touch_what_embeds_them() -> None:
    venue = factories.make_venue(name="Hall")
    event = factories.make_event(is_public=True, venue=venue)

    with changes.recording() as record:
        record.touch(venue)
        type(venue).objects.filter(pk=venue.pk).update(name="Great Hall")

    assert document(event)["venue"]["name"] == "Great Hall"
