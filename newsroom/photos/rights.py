"""Photo desk: whose right a picture is: what its leases come to, what each category asks for, and named remarks.

rights.remarks(photo, at, uses=4)    # “no credit”, “no rights”, “lease ends in 3 days”, “used 4 times”
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.photos.models import Lease, Photo

NOTICE = dt.timedelta(days=14)
A_DAY = dt.timedelta(days=1)

#: what somebody else's picture has to say in its usage terms
RESTRICTIONS: dict[str, Promise] = {
    Photo.Rights.HANDOUT: gettext_lazy("A handout is given for a purpose: say here for which, and until when."),
    Photo.Rights.AGENCY: gettext_lazy("An agency's picture comes under a contract: say here what it allows."),
    Photo.Rights.LICENSED: gettext_lazy("A licensed picture needs its licence: name it here, or what it allows."),
}


@dataclass(frozen=True)
class Right:
    """A dated permission, or refusal, to use a picture on our pages."""

    is_allowed: bool
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None

    def covers(self, at: dt.datetime) -> bool:
        return (self.starts_at is None or self.starts_at <= at) and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True)
class Remark:
    """One thing to know of a photo before it is used; a grave one keeps it from our pages, or breaks a promise."""

    code: str
    words: str
    is_grave: bool = True


def rights_of(leases: Iterable[Lease]) -> tuple[Right, ...]:
    """Those for our own pages."""
    mine = (lease for lease in leases if lease.scope == Lease.Scope.USE)
    return tuple(Right(lease.effect == Lease.Effect.ALLOW, lease.starts_at, lease.ends_at) for lease in mine)


def restriction_missing(category: str, usage_terms: str) -> str:
    """What the category asks to be said in the usage terms, where they say nothing; else empty."""
    return "" if usage_terms.strip() else str(RESTRICTIONS.get(category, ""))


# What the leases come to


def is_denied(rights: Iterable[Right], at: dt.datetime) -> bool:
    return any(not right.is_allowed and right.covers(at) for right in rights)


def is_allowed(rights: Iterable[Right], at: dt.datetime) -> bool:
    """Whether anything allows it; a refusal is asked for apart."""
    return any(right.is_allowed and right.covers(at) for right in rights)


def is_expired(rights: Sequence[Right], at: dt.datetime) -> bool:
    """Allowed once, and now neither allowed nor refused."""
    ended = any(right.is_allowed and right.ends_at and right.ends_at <= at for right in rights)
    return ended and not is_allowed(rights, at) and not is_denied(rights, at)


def is_not_cleared(rights: Sequence[Right], at: dt.datetime) -> bool:
    """Nobody ever said that it may be used, or not yet."""
    return not (is_allowed(rights, at) or is_denied(rights, at) or is_expired(rights, at))


def end_of_use(rights: Sequence[Right], at: dt.datetime) -> dt.datetime | None:
    """When a use that is allowed now stops being so; None where that is never, or where it is not allowed.

    A lease that follows without a gap carries on; a refusal that begins ends it.
    """
    if is_denied(rights, at) or not is_allowed(rights, at):
        return None
    turns = [moment for right in rights for moment in (right.starts_at, right.ends_at) if moment]
    later = sorted(moment for moment in turns if moment > at)
    return next((turn for turn in later if is_denied(rights, turn) or not is_allowed(rights, turn)), None)


# Remarks


def remarks(photo: Photo, at: dt.datetime, *, uses: int = 0) -> list[Remark]:
    """In the order in which an editor asks; of a picture that is not held there is nothing to allow.

    Reads `photo.leases` and the photographer: load them with lists.
    """
    found = list(_of_record(photo)) if photo.is_held else []
    if photo.is_held:
        found += _of_rights(rights_of(photo.leases.all()), at)
    if uses:
        words = ngettext("used once", "used %(uses)s times", uses) % {"uses": uses}
        found.append(Remark("used", words, is_grave=False))
    return found


def _of_record(photo: Photo) -> Iterator[Remark]:
    if not photo.credit_line.strip() and photo.photographer is None:
        yield Remark("no-credit", _("no credit"))
    if restriction_missing(photo.rights, photo.usage_terms):
        yield Remark("no-restrictions", _("no usage terms"))


def _of_rights(rights: Sequence[Right], at: dt.datetime) -> Iterator[Remark]:
    if is_denied(rights, at):
        yield Remark("denied", _("use refused"))
    elif is_expired(rights, at):
        yield Remark("expired", _("lease has ended"))
    elif not is_allowed(rights, at):
        yield Remark("no-rights", _("no rights"))
    elif (end := end_of_use(rights, at)) and end - at <= NOTICE:
        yield Remark("ending", _lease_ends(end - at), is_grave=False)


def _lease_ends(left: dt.timedelta) -> str:
    days = left // A_DAY
    if not days:
        return _("lease ends within a day")
    return ngettext("lease ends in %(days)s day", "lease ends in %(days)s days", days) % {"days": days}
