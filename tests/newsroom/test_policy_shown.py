"""One's own records stay one's own only until readers have words of them."""

from __future__ import annotations

import datetime as dt

import pytest

from newsroom import changes, policy
from newsroom.articles import workflow
from newsroom.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_own_venue_is_the_reporters_until_a_public_event_is_held_there(reporter: User) -> None:
    venue = make.make_venue(created_by=reporter)
    before = [policy.can(reporter, act, venue) for act in ("edit", "trash")]

    make.make_event(venue=venue, is_public=True)

    assert (before, [policy.can(reporter, act, venue) for act in ("edit", "trash")]) == ([True] * 2, [False] * 2)


def test_venue_of_a_hidden_event_stays_the_reporters(reporter: User) -> None:
    venue = make.make_venue(created_by=reporter)

    make.make_event(venue=venue)

    assert policy.can(reporter, "edit", venue)


def test_own_source_is_the_reporters_until_a_story_credits_it_before_readers(reporter: User) -> None:
    source, story = make.make_source(created_by=reporter), make.make_article()
    with changes.recording() as record:
        story.sources.add(source)
        record.touch(story)
    before = policy.can(reporter, "edit", source)

    workflow.publish(story, by=None, at=NOON)

    assert (before, policy.can(reporter, "edit", source)) == (True, False)


def test_editor_edits_what_readers_have(editor: User) -> None:
    venue = make.make_venue()

    make.make_event(venue=venue, is_public=True)

    assert policy.can(editor, "edit", venue)
