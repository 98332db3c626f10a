"""What the admin guards: addresses that are promises, rows in use, and what the database refuses at the last moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Appearance
from newsroom import changes, feedcheck
from newsroom.models import Change, FormerAddress, Topic
from people.models import Person, Position
from tests.desk.pages import as_sent, complaints, confirmed, with_row
from tests.factories import (
    make_event,
    make_organisation,
    make_person,
    make_photo,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


def change(record: Any) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@pytest.mark.parametrize("make", [make_topic, make_person, make_organisation, make_event])
def test_slug_of_a_public_record_may_change_and_leaves_a_signpost(
    make: Callable[..., Any], chief_client: Client
) -> None:
    record = make(is_public=True, slug="space")

    chief_client.post(change(record), as_sent(chief_client.get(change(record)), slug="outer-space"))

    record.refresh_from_db()
    signposts = FormerAddress.objects.values_list("slug", "object_id")
    assert (record.slug, list(signposts)) == ("outer-space", [("space", record.uuid)])


def test_slug_that_another_record_had_is_refused_beside_the_field(chief_client: Client) -> None:
    former, topic = make_topic(is_public=True, slug="space"), make_topic(slug="cosmos")
    chief_client.post(change(former), as_sent(chief_client.get(change(former)), slug="outer-space"))

    refused = chief_client.post(change(topic), as_sent(chief_client.get(change(topic)), slug="space", name="Typed"))

    form = refused.context["adminform"].form
    assert [error.code for error in form.errors.as_data()["slug"]] == ["taken"]
    assert (as_sent(refused)["slug"], as_sent(refused)["name"]) == (["space"], ["Typed"])


def test_slug_survives_a_refused_first_publication(chief_client: Client) -> None:
    make_topic(name="Taken")
    topic = make_topic(slug="space")
    typed = {"slug": "outer-space", "is_public": "on", "name": "Taken"}

    refused = chief_client.post(change(topic), as_sent(chief_client.get(change(topic)), **typed))
    chief_client.post(change(topic), as_sent(refused, name="Space"))

    topic.refresh_from_db()
    assert (topic.slug, topic.is_public, topic.name) == ("outer-space", True, "Space")


def test_row_used_between_question_and_answer_is_explained(
    administrator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the trash could not see, the database refuses; here it is made to overlook the use."""
    person = make_person(family_name="Doe", given_name="Jo", trashed_at=timezone.now())
    Appearance.objects.create(event=make_event(name="Forum"), person=person)
    monkeypatch.setattr("newsroom.trash.pointing_at", lambda _row: [])

    answer = administrator_client.post(reverse("admin:people_person_do", args=["purge"]), confirmed(person))

    reasons = [one.result for one in answer.context["open"]]
    assert reasons == ["Still in use by “Doe Jo, no role stated”: take it out there first, then delete it."]
    assert list(Person.objects.all()) == [person]


def test_text_is_kept_when_the_database_refuses(chief_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two editors add one topic at the same moment: both forms are valid, the second write is not."""

    def too_late(self: Topic, *args: Any, **kwargs: Any) -> None:
        raise IntegrityError("UNIQUE constraint failed")

    page = chief_client.get(reverse("admin:newsroom_topic_add"))
    monkeypatch.setattr(Topic, "save", too_late)

    answer = chief_client.post(reverse("admin:newsroom_topic_add"), as_sent(page, name="Space", slug="space"))

    assert [complaint.split(":")[0] for complaint in complaints(answer)] == ["Nothing was saved"]
    assert as_sent(answer)["name"] == ["Space"]
    assert list(Change.objects.all()) == []


def test_position_moved_to_another_person_changes_both_documents(chief_client: Client) -> None:
    former, latter = make_person(is_public=True), make_person(is_public=True)
    position = Position.objects.create(person=former, title="Director")
    feedcheck.mend(timezone.now())
    before = changes.head().seq

    chief_client.post(change(position), as_sent(chief_client.get(change(position)), person=str(latter.pk)))

    changed = set(Change.objects.since(before).values_list("object_id", flat=True))
    assert changed == {former.uuid, latter.uuid}


def test_source_renamed_changes_the_documents_that_cite_it(chief_client: Client) -> None:
    source, person = make_source(), make_person(is_public=True)
    person.variants.create(spelling="Doh", source=source)
    feedcheck.mend(timezone.now())
    before = changes.head().seq

    chief_client.post(change(source), as_sent(chief_client.get(change(source)), publisher="The Daily"))

    assert list(Change.objects.since(before).values_list("object_id", flat=True)) == [person.uuid]


def test_former_state_brought_back_is_in_the_feed(chief_client: Client) -> None:
    person = make_person(is_public=True, family_name="Doe", given_name="Jo")
    chief_client.post(change(person), as_sent(chief_client.get(change(person)), family_name="Dough"))
    first = person.history.earliest()
    address = reverse("admin:people_person_simple_history", args=[person.pk, first.pk])

    chief_client.post(address, as_sent(chief_client.get(address)))

    assert Person.objects.get().family_name == "Doe"
    assert list(feedcheck.drifts(timezone.now())) == []


def test_feed_is_read_only_and_for_chiefs(chief_client: Client, editor_client: Client) -> None:
    make_topic(is_public=True)
    entry = Change.objects.get()

    seen = chief_client.get(reverse("admin:newsroom_change_changelist"))
    sent = chief_client.post(change(entry), {"note": "edited"})
    refused = editor_client.get(reverse("admin:newsroom_change_changelist"))

    assert list(seen.context["cl"].result_list) == [entry]
    assert [sent.status_code, refused.status_code] == [403, 403]


@pytest.mark.parametrize("make", [make_event, make_photo])
def test_moment_at_the_end_of_the_calendar_is_refused_beside_its_field(
    make: Callable[..., Any], chief_client: Client
) -> None:
    record = make()
    typed = {"embargo_until_0": "0001-01-01", "embargo_until_1": "00:00"}

    refused = chief_client.post(change(record), as_sent(chief_client.get(change(record)), **typed))

    assert complaints(refused) == ["Enter a date between 1900 and 2200."]
    assert as_sent(refused)["embargo_until_0"] == ["0001-01-01"]


def test_moment_of_a_row_at_the_end_of_the_calendar_is_refused(chief_client: Client) -> None:
    event = make_event()
    typed = {"title": "Panel", "starts_at_0": "0001-01-01", "starts_at_1": "00:00"}

    refused = chief_client.post(change(event), with_row(as_sent(chief_client.get(change(event))), "sessions", **typed))

    assert complaints(refused) == ["Enter a date between 1900 and 2200."]
