"""The worker's rounds: how soon a moment that has come is recorded."""

import datetime as dt
from itertools import pairwise

import pytest
import time_machine
from huey.contrib.djhuey import HUEY

from newsroom import changes, tasks
from newsroom.articles import workflow
from newsroom.models import Change
from tests import factories

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
pytestmark = pytest.mark.django_db


def scheduled(opens: dt.datetime) -> None:
    with time_machine.travel(NOON, tick=False):
        workflow.publish(factories.make_article(), by=None, at=NOON, visible_from=opens)


def test_worker_looks_at_what_is_due_at_least_every_five_seconds() -> None:
    HUEY.storage.flush_all()

    with time_machine.travel(NOON, tick=False):
        tasks.sweep.call_local()

    looks = [0.0, *sorted((task.eta - NOON.replace(tzinfo=None)).total_seconds() for task in HUEY.scheduled()), 60.0]
    gaps = [after - before for before, after in pairwise(looks)]
    assert (max(gaps) < 5, len(looks)) == (True, 16)


def test_look_records_a_moment_that_has_come() -> None:
    scheduled(opens=NOON + 30 * SECOND)

    with time_machine.travel(NOON + 30 * SECOND, tick=False):
        recorded = tasks.tick_if_due.call_local()

    assert (recorded, Change.objects.get().reason, changes.head().due_at) == (1, "published", None)


def test_look_before_the_moment_leaves_everything() -> None:
    scheduled(opens=NOON + 30 * SECOND)

    with time_machine.travel(NOON + 29 * SECOND, tick=False):
        recorded = tasks.tick_if_due.call_local()

    assert (recorded, Change.objects.count()) == (0, 0)
