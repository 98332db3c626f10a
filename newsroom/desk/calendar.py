"""The desk's calendar: a month of deadlines, schedules, publications and events on one page."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from newsroom import policy
from newsroom.articles.models import Article
from newsroom.confirming import author
from newsroom.desk import agenda, calendar_feed
from newsroom.models import User

SHOWN_IN_A_DAY = 12
MONTH = re.compile(r"((?:19|20|21)[0-9]{2})-(0?[1-9]|1[0-2])")


class MonthField(forms.Field):
    """A month as browsers send it: 2026-03."""

    widget = forms.DateInput(attrs={"type": "month", "placeholder": "2026-03"}, format="%Y-%m")

    def to_python(self, value: Any) -> dt.date | None:
        if not value:
            return None
        asked = MONTH.fullmatch(str(value).strip())
        if asked is None:
            raise ValidationError(_("Write the month as year and month: 2026-03."), "unreadable")
        return dt.date(int(asked[1]), int(asked[2]), 1)


class Asked(forms.Form):
    """Which month, and whose stories in which state."""

    month = MonthField(label=_("Month"), required=False)
    who = forms.ModelChoiceField(User.objects.none(), label=_("Stories of"), required=False, empty_label=_("everybody"))
    state = forms.ChoiceField(label=_("In state"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True, is_staff=True).order_by("display_name", "username")
        fields: dict[str, Any] = self.fields
        fields["who"].queryset = colleagues
        fields["state"].choices = [("", _("any")), *Article.State.choices]

    @property
    def wanted(self) -> agenda.Wanted:
        return agenda.Wanted(self.cleaned_data.get("who"), self.cleaned_data.get("state", ""))


@dataclass(frozen=True)
class Day:
    """A cell of the month; `hidden` entries are more than it has room for."""

    date: dt.date
    entries: list[agenda.Entry]
    is_today: bool
    is_outside: bool

    @property
    def shown(self) -> list[agenda.Entry]:
        return self.entries[:SHOWN_IN_A_DAY]

    @property
    def hidden(self) -> int:
        return len(self.entries) - len(self.shown)


def urls() -> list[Any]:
    desk = admin.site.admin_view
    return [
        path("calendar/", desk(require_safe(month_page)), name="calendar"),
        path("calendar/feed/", desk(require_POST(feed_page)), name="calendar_feed"),
    ]


def month_page(request: HttpRequest) -> HttpResponse:
    return _page(request, {})


def feed_page(request: HttpRequest) -> HttpResponse:
    """Make the user's private calendar anew, and show its address this once; or end it."""
    user = _who_may(request)
    if "end" in request.POST:
        calendar_feed.end(user)
        return _page(request, {"feed_ended": True})
    return _page(request, {"feed_address": calendar_feed.renew(user)})


def _page(request: HttpRequest, also: dict[str, Any]) -> HttpResponse:
    user, now = _who_may(request), timezone.now()
    form = Asked(request.GET)
    is_read = form.is_valid()
    month = form.cleaned_data.get("month") or timezone.localdate(now).replace(day=1)
    weeks = _weeks(month)
    span = agenda.Span(weeks[0][0], weeks[-1][-1], now)
    found = agenda.entries(user, span, form.wanted if is_read else None)
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "form": form if is_read and request.GET else _filled(form, month, is_read),
        "month": month,
        "weekdays": weeks[0],
        "weeks": _filled_weeks(weeks, found, month, timezone.localdate(now)),
        "undated": [entry for entry in found if entry.first is None],
        "is_cut": len(found) >= agenda.MOST,
        "steps": _steps(request, month),
        "has_feed": bool(user.calendar_digest),
        **also,
    }
    return TemplateResponse(request, "admin/desk/calendar.html", context)


def _who_may(request: HttpRequest) -> User:
    user = author(request)
    if not any(policy.can(user, "list", model) for model in (Article, Event)):
        raise PermissionDenied
    return user


def _filled(form: Asked, month: dt.date, is_read: bool) -> Asked:
    """What was typed where it could not be read, else the month that is shown."""
    return Asked(initial={"month": month}) if is_read else form


def _weeks(month: dt.date) -> list[list[dt.date]]:
    """The weeks that the month touches, beginning on the day on which weeks begin in this language."""
    first_day = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7  # Django counts from Sunday, Python from Monday
    return calendar.Calendar(first_day).monthdatescalendar(month.year, month.month)


def _filled_weeks(
    weeks: list[list[dt.date]], entries: Iterable[agenda.Entry], month: dt.date, today: dt.date
) -> list[list[Day]]:
    of_days = _by_day(entries, weeks[0][0], weeks[-1][-1])
    return [[Day(day, of_days[day], day == today, day.month != month.month) for day in week] for week in weeks]


def _by_day(entries: Iterable[agenda.Entry], first: dt.date, last: dt.date) -> dict[dt.date, list[agenda.Entry]]:
    of_days: dict[dt.date, list[agenda.Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.order):
        if entry.first is None:
            continue
        day = max(entry.first, first)
        while day <= min(entry.last or entry.first, last):
            of_days[day].append(entry)
            day += agenda.DAY
    return of_days


def _steps(request: HttpRequest, month: dt.date) -> dict[str, Any]:
    """The months before and after, with the filters kept."""
    kept = {name: value for name in ("who", "state") if (value := request.GET.get(name))}
    before, after = month - agenda.DAY, month + dt.timedelta(days=32)
    address = reverse("admin:calendar")
    return {
        name: {"month": day, "address": f"{address}?{urlencode({'month': f'{day:%Y-%m}', **kept})}"}
        for name, day in (("before", before.replace(day=1)), ("after", after.replace(day=1)))
    }
