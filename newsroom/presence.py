"""The bottom shelf's knowledge of who has a record open: told by their browsers, believed for a minute, no lock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from newsroom.keeping import Presence
from newsroom.models import User

BEAT = 20  # seconds between two words of a browser
SILENCE = dt.timedelta(seconds=60)  # after which somebody counts as gone
FORGOTTEN = dt.timedelta(days=1)


def attend(user: User, label: str, object_id: str, *, at: dt.datetime) -> list[Presence]:
    """Note that the user has the record open; returns who else has, since when, in the order of their coming.

    One write at most, and none where a second window of theirs has just said so.
    """
    present = list(
        _of(label, object_id).filter(seen_at__gt=at - SILENCE).select_related("user").order_by("since", "pk")
    )
    mine = next((one for one in present if one.user_id == user.pk), None)
    if mine is None:
        Presence.objects.filter(seen_at__lt=at - FORGOTTEN).delete()
    if mine is None or mine.seen_at < at - dt.timedelta(seconds=BEAT / 2):
        Presence.objects.bulk_create(
            [Presence(user=user, label=label, object_id=object_id, since=mine.since if mine else at, seen_at=at)],
            update_conflicts=True,
            unique_fields=["user", "label", "object_id"],
            update_fields=["since", "seen_at"],
        )
    return [one for one in present if one.user_id != user.pk]


def leave(user: User, label: str, object_id: str) -> None:
    _of(label, object_id).filter(user=user).delete()


def _of(label: str, object_id: str) -> Any:
    return Presence.objects.filter(label=label, object_id=object_id)
