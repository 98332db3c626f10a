"""The trash at the desk: what is deleted lies there, hidden and kept, until it is brought back or ended for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Appearance, Statement
from newsroom import feedcheck, trash
from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.confirming import address_of
from newsroom.models import Change, Source, Topic, User
from people.models import NameVariant, Person, Position
from tests.desk.pages import as_sent, confirmed, told
from tests.factories import (
    make_article,
    make_event,
    make_organisation,
    make_person,
    make_photo,
    make_series,
    make_source,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db

MAKERS = [
    make_topic,
    make_source,
    make_person,
    make_organisation,
    make_event,
    make_series,
    make_venue,
    make_photo,
    make_article,
]
every_record = pytest.mark.parametrize("make", MAKERS)


def page(row: Any, name: str, *args: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=args)


def do(row: Any, verb: str) -> str:
    return f"{page(row, 'do', verb)}?id={row.pk}"


def change(row: Any) -> str:
    return page(row, "change", row.pk)


def trashed(make: Callable[..., Any], **over: Any) -> Any:
    return make(trashed_at=timezone.now(), **over)


def listed(client: Client, row: Any, query: str = "") -> list[Any]:
    return list(client.get(page(row, "changelist") + query).context["cl"].result_list)


@every_record
def test_deleting_puts_into_the_trash_and_the_feed_is_right(make: Callable[..., Any], chief_client: Client) -> None:
    row = make(is_public=True) if hasattr(make(), "is_public") else make()

    asked = chief_client.get(page(row, "delete", row.pk), follow=True)
    chief_client.post(asked.request["PATH_INFO"], as_sent(asked))

    row.refresh_from_db()
    assert (row.is_trashed, getattr(row, "is_public", False), row.version) == (True, False, 1)
    assert list(feedcheck.drifts(timezone.now())) == []


@every_record
def test_a_form_sent_to_the_address_of_deleting_deletes_nothing(make: Callable[..., Any], chief_client: Client) -> None:
    row = make()

    answer = chief_client.post(page(row, "delete", row.pk), {"post": "yes"})

    row.refresh_from_db()
    assert (answer.headers["Location"], row.is_trashed) == (address_of("trash", [row], type(row)), False)


@every_record
def test_lists_leave_out_the_trash_unless_one_asks_for_it(make: Callable[..., Any], chief_client: Client) -> None:
    standing, thrown = make(), trashed(make)

    assert (listed(chief_client, standing), listed(chief_client, standing, "?trash=yes")) == ([standing], [thrown])


@every_record
def test_trashed_record_opens_to_be_looked_at_and_brought_back(make: Callable[..., Any], chief_client: Client) -> None:
    row = trashed(make)

    shown = chief_client.get(change(row))
    refused = chief_client.post(change(row), {"slug": "stolen", "_save": "Save"})
    way_out = address_of("restore", [row], type(row))
    asked = chief_client.get(way_out)
    chief_client.post(way_out, as_sent(asked))

    before = row.slug
    row.refresh_from_db()
    assert [way["address"] for way in shown.context["ways_out"]] == [way_out]
    assert (shown.context["has_change_permission"], refused.status_code) == (False, 403)
    assert (row.is_trashed, row.slug) == (False, before)


def test_record_comes_back_hidden_and_the_page_says_so(chief_client: Client) -> None:
    topic = make_topic(name="Space", is_public=True)
    chief_client.post(do(topic, "trash"), confirmed(topic))

    asked = chief_client.get(do(topic, "restore"))
    answer = chief_client.post(do(topic, "restore"), confirmed(topic), follow=True)

    topic.refresh_from_db()
    assert asked.context["open"][0].notice == "“Space” comes back hidden: make it public again when it is ready."
    assert (told(answer), topic.is_public) == (["“Space” is back."], False)
    assert list(feedcheck.drifts(timezone.now())) == []


def test_confirmation_says_what_readers_lose_and_what_points_at_it(chief_client: Client) -> None:
    person = make_person(is_public=True, family_name="Doe", given_name="Jo")
    article, event = make_article(headline="Quokkas meet"), make_event(name="Forum")
    article.mentions.create(person=person)
    Appearance.objects.create(event=event, person=person)

    (asked,) = chief_client.get(do(person, "trash")).context["open"]

    assert asked.notice == f"“{person}” is public: readers and partners lose it at once."
    assert {(link["kind"], link["name"], link["address"]) for link in asked.links} == {
        ("event", "Forum", change(event)),
        ("article", "Quokkas meet", change(article)),
    }


def test_confirmation_names_no_story_that_one_may_not_read(reporter_client: Client, reporter: User) -> None:
    person = make_person(created_by=reporter)
    make_article(headline="Unspoken").mentions.create(person=person)

    answer = reporter_client.get(do(person, "trash"))

    assert answer.context["open"][0].links == [{"kind": "article", "name": "", "address": ""}]
    assert "Unspoken" not in answer.content.decode()


def test_feed_tells_partners_that_a_trashed_record_is_hidden_and_a_purged_one_deleted(
    chief_client: Client, administrator_client: Client
) -> None:
    topic = make_topic(is_public=True)

    chief_client.post(do(topic, "trash"), confirmed(topic))
    hidden = Change.objects.get(object_id=topic.uuid)
    administrator_client.post(do(topic, "purge"), confirmed(topic))
    gone = Change.objects.get(object_id=topic.uuid)

    assert [(entry.version, entry.reason, entry.mask) for entry in (hidden, gone)] == [
        (2, "hidden", 0),
        (3, "deleted", 0),
    ]
    assert list(feedcheck.drifts(timezone.now())) == []


@pytest.mark.parametrize("state", ["scheduled", "published", "corrected"])
def test_story_that_readers_have_is_withdrawn_first(state: str, chief_client: Client) -> None:
    article = make_article(state=state)

    answer = chief_client.post(do(article, "trash"), confirmed(article))

    reason = "Readers have this story, or will: withdraw it first, or cancel its schedule."
    assert [one.result for one in answer.context["open"]] == [reason]
    assert Article.objects.get().is_trashed is False


def test_story_with_editions_is_never_deleted_for_good(administrator_client: Client) -> None:
    article = make_article(headline="Out")
    workflow.publish(article, by=None, at=timezone.now())
    workflow.withdraw(article, by=None, at=timezone.now())
    Article.objects.update(trashed_at=timezone.now())

    answer = administrator_client.post(do(article, "purge"), confirmed(article))

    (refused,) = [one.result for one in answer.context["open"]]
    assert refused == "Still in use by edition “Out (1)” and withdrawal “Out: unpublished”: take it out there first."
    assert (article.editions.count(), article.revisions.count()) == (1, 2)


def test_parts_of_a_record_go_with_it(administrator_client: Client) -> None:
    person = trashed(make_person)
    NameVariant.objects.create(person=person, spelling="Doh")
    Position.objects.create(person=person, title="Director")

    answer = administrator_client.post(do(person, "purge"), confirmed(person), follow=True)

    assert told(answer) == [f"“{person}” is deleted."]
    assert [model.objects.count() for model in (Person, NameVariant, Position)] == [0, 0, 0]
    assert [entry.change_message for entry in LogEntry.objects.all()] == [f"“{person}” is deleted."]


def _uses_of_a_person() -> list[tuple[Any, Any]]:
    person = make_person()
    position = Position.objects.create(person=person, title="Director")
    event = make_event()
    Appearance.objects.create(event=event, person=make_person(), position=position)
    return [(person, event)]


def _uses_of_a_topic() -> list[tuple[Any, Any]]:
    topic, article, event = make_topic(), make_article(), make_event()
    article.topics.add(topic)
    event.topics.add(topic)
    return [(topic, event), (topic, article)]


def _uses_of_a_source() -> list[tuple[Any, Any]]:
    source, draft, event = make_source(), make_article(), make_event()
    draft.sources.add(source)
    Statement.objects.create(event=event, person=make_person(), text="Well.", source=source)
    out = make_article()
    out.sources.add(source)
    workflow.publish(out, by=None, at=timezone.now())
    out.sources.clear()
    workflow.publish(out, by=None, at=timezone.now())
    return [(source, event), (source, draft), (source, out)]


def _uses_of_a_photo() -> list[tuple[Any, Any]]:
    photo, article = make_photo(), make_article()
    article.photo_uses.create(photo=photo)
    return [(photo, article)]


def _uses_in_print() -> list[tuple[Any, Any]]:
    person, article = make_person(), make_article()
    article.mentions.create(person=person)
    workflow.publish(article, by=None, at=timezone.now())
    article.mentions.all().delete()
    return [(person, article)]


@pytest.mark.parametrize(
    "uses", [_uses_of_a_person, _uses_of_a_topic, _uses_of_a_source, _uses_of_a_photo, _uses_in_print]
)
def test_what_points_at_a_record_is_found_and_keeps_it(
    uses: Callable[[], list[tuple[Any, Any]]], administrator: User
) -> None:
    pairs = uses()
    row = pairs[0][0]
    type(row).objects.filter(pk=row.pk).update(trashed_at=timezone.now())

    with pytest.raises(trash.StillInUse, match="take it out there first"):
        trash.purge(row, by=administrator, at=timezone.now())

    assert set(trash.pointing_at(row)) == {pointing for _row, pointing in pairs}
    assert type(row).objects.filter(pk=row.pk).exists()


def test_own_sessions_of_an_event_do_not_point_at_it() -> None:
    event = make_event()
    session = event.sessions.create(title="Opening", order=1)
    Appearance.objects.create(event=event, person=make_person(), session=session)

    assert trash.pointing_at(event) == []


def test_source_credited_in_a_former_edition_leaves_one_of_a_like_name_free() -> None:
    source, alike = make_source(slug="daily_one"), make_source(slug="daily")
    article = make_article()
    article.sources.add(source)
    workflow.publish(article, by=None, at=timezone.now())
    article.sources.clear()

    assert (trash.pointing_at(source), trash.pointing_at(alike)) == ([article], [])


def test_several_at_once_tell_of_each_what_became_of_it(chief_client: Client) -> None:
    good, out = make_article(headline="Good"), make_article(headline="Out", state="published")
    pressed = {"action": "trash_selected", "_selected_action": [good.pk, out.pk]}

    asked = chief_client.post(page(good, "changelist"), pressed, follow=True)
    answer = chief_client.post(asked.request["PATH_INFO"], as_sent(asked))

    assert [one.result for one in answer.context["done"]] == ["“Good” lies in the trash."]
    assert [one.row for one in answer.context["open"]] == [out]
    assert as_sent(answer)["id"] == [str(out.pk)]


def test_trash_offers_to_bring_back_and_to_end_by_role(chief_client: Client, administrator_client: Client) -> None:
    topic = trashed(make_topic)

    pages = [client.get(page(topic, "changelist") + "?trash=yes") for client in (chief_client, administrator_client)]

    offered = [[name for name, _ in one.context["action_form"].fields["action"].choices] for one in pages]
    assert offered == [["", "export_selected", "restore_selected"], ["", "export_selected", "purge_selected"]]


def test_nothing_is_deleted_from_a_list_by_the_stock_action(administrator_client: Client) -> None:
    topic = trashed(make_topic)
    pressed = {"action": "delete_selected", "_selected_action": [topic.pk], "post": "yes"}

    administrator_client.post(page(topic, "changelist") + "?trash=yes", pressed)

    assert list(Topic.objects.all()) == [topic]


def test_purging_what_is_not_in_the_trash_is_refused(administrator_client: Client) -> None:
    source = make_source()

    answer = administrator_client.post(do(source, "purge"), confirmed(source))

    assert [one.result for one in answer.context["open"]] == ["It does not lie in the trash."]
    assert list(Source.objects.all()) == [source]
