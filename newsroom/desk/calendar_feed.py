"""The desk's agenda as a private iCalendar (RFC 5545): one secret address per user, of which a digest is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable

import icalendar
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from newsroom import __version__
from newsroom.desk import agenda
from newsroom.documents import site_address
from newsroom.models import User
from newsroom.website.calendars import end_of, start_of

BEHIND, AHEAD = dt.timedelta(days=31), dt.timedelta(days=186)
REFRESH = dt.timedelta(hours=1)


def renew(user: User) -> str:
    """A new secret for this user's calendar, which ends the former; returns its whole address, to be shown once."""
    secret = secrets.token_urlsafe(32)
    user.calendar_digest = _digest(secret)
    user.save(update_fields=["calendar_digest"])
    return site_address(reverse("desk_calendar", args=[secret]))


def end(user: User) -> None:
    user.calendar_digest = ""
    user.save(update_fields=["calendar_digest"])


@require_safe
def private_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """What the owner of the secret may see at this very moment; nothing tells a wrong secret from an ended one."""
    user = User.objects.filter(calendar_digest=_digest(secret), is_active=True, is_staff=True).first()
    if user is None:
        raise Http404
    now = timezone.now()
    today = timezone.localdate(now)
    span = agenda.Span(today - BEHIND, today + AHEAD, now)
    held = calendar(agenda.entries(user, span), str(format_lazy("{} · {}", settings.NEWSROOM_NAME, user)))
    response = HttpResponse(held.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="desk.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def calendar(entries: Iterable[agenda.Entry], name: str) -> icalendar.Calendar:
    """The entries that have a day; how many events have none is said in the calendar's description."""
    known = list(entries)
    held = icalendar.Calendar()
    held.add("version", "2.0")
    held.add("prodid", f"-//Attaché//Attaché {__version__}//EN")
    held.add("method", "PUBLISH")
    held.add("x-wr-calname", name)
    held.add("refresh-interval", REFRESH)
    held.add("x-published-ttl", "PT1H")
    if missing := sum(entry.first is None for entry in known):
        words = ngettext(
            "%(missing)d event is left out, since its day is not known.",
            "%(missing)d events are left out, since their days are not known.",
            missing,
        )
        held.add("x-wr-caldesc", words % {"missing": missing})
    for entry in known:
        if entry.first is not None:
            held.add_component(_component(entry))
    held.add_missing_timezones()
    return held


def _component(entry: agenda.Entry) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", f"{entry.record.uuid.urn}:{entry.kind}")
    component.add("dtstamp", timezone.now())
    component.add("summary", _("%(what)s: %(title)s") % {"what": entry.label, "title": entry.title})
    for name, value in _times(entry).items():
        component.add(name, value)
    component.add("transp", "TRANSPARENT")  # nobody is busy because a story is due
    component.add("url", site_address(entry.address))
    return component


def _times(entry: agenda.Entry) -> dict[str, dt.date]:
    """An event in the zone of its venue; a story's moment in UTC, which no change of clocks makes ambiguous."""
    if entry.kind == "event":
        return _times_of_event(entry)
    if entry.moment:
        return {"dtstart": entry.moment.astimezone(dt.UTC)}
    assert entry.first is not None  # noqa: S101  what has no day was left out
    return {"dtstart": entry.first}


def _times_of_event(entry: agenda.Entry) -> dict[str, dt.date]:
    event = entry.record
    known = {"dtstart": start_of(event), "dtend": end_of(event)}  # type: ignore[arg-type]  # an Event, by its kind
    return {name: value for name, value in known.items() if value is not None}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


urls = [path("calendar/<str:secret>.ics", private_calendar, name="desk_calendar")]
