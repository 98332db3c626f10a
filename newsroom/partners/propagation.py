"""Who has stored what: a request with cursor N proves that everything up to N was taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from newsroom.changes import Head
from newsroom.models import Change
from newsroom.partners.cursors import Cursor
from newsroom.partners.models import Acknowledgement, Partner
from newsroom.waiting import BusyDatabase, no_waiting

LATE_AFTER = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Follower:
    """A partner that could once see a removed object, and since when it is known to have heard of the removal."""

    partner: Partner
    last_asked_at: dt.datetime | None
    has_processed: bool
    is_late: bool


def acknowledge(partner: Partner, cursor: Cursor, types: Iterable[str], at: dt.datetime) -> None:
    """Keep that the partner has everything up to its cursor; the next request proves it again if this one cannot.

    A first sync proves nothing before its end: who begins anew has the old copy beside it until then.
    """
    if cursor.is_first_sync:
        return
    kept = Acknowledgement.objects.filter(partner=partner, types=",".join(sorted(types)))
    news = {"generation": cursor.generation, "entitlement": cursor.entitlement, "seq": cursor.seq, "at": at}
    try:
        with no_waiting():
            last = kept.first()
            if last is None:
                rows = [Acknowledgement(partner=partner, types=",".join(sorted(types)), **news)]
                Acknowledgement.objects.bulk_create(rows, ignore_conflicts=True)
            elif (last.generation, last.entitlement) != (cursor.generation, cursor.entitlement):
                kept.update(**news)
            elif last.seq < cursor.seq:
                kept.filter(seq__lt=cursor.seq).update(**news)
    except BusyDatabase:
        return


def followers(entry: Change, partners: Iterable[Partner], head: Head, at: dt.datetime) -> list[Follower]:
    """How far each partner concerned is with one removal; reads `partner.acknowledgements`: prefetch them."""
    return [
        _follower(entry, partner, head.generation[:8], at)
        for partner in partners
        if entry.ever_mask & partner.mask and not entry.mask & partner.mask
    ]


def _follower(entry: Change, partner: Partner, generation: str, at: dt.datetime) -> Follower:
    proofs = list(partner.acknowledgements.all())
    has_processed = any(proof.covers(entry, generation) for proof in proofs)
    return Follower(
        partner=partner,
        last_asked_at=max((proof.at for proof in proofs), default=None),
        has_processed=has_processed,
        is_late=not has_processed and entry.changed_at <= at - LATE_AFTER,
    )
