"""The desk's reports: what lies too long, what photos lack, who is named and not linked, where documents disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom import csv_export, keyset, policy
from newsroom.articles import checks
from newsroom.articles.models import Article, Step
from newsroom.desk import disagreements
from newsroom.desk_pages import form_of
from newsroom.photos.models import Photo
from people import naming
from people.models import Attestation, NameVariant, Person, Position
from people.querysets import NAME

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOWN = 50  # lines of a page
LOOKED_AT = 500  # rows that one page reads at most, so that none grows with the archive

Cells = tuple[Any, ...]


@dataclass(frozen=True)
class Report:
    """Rows of one model in the order of a keyset, each of which makes any number of lines; the first cell is its name.

    Whoever may list the model may read the report, of the rows that are theirs to see.
    """

    name: str
    heading: StrOrPromise
    about: StrOrPromise
    model: type[Model]
    columns: tuple[StrOrPromise, ...]
    rows: Callable[[QuerySet[Any]], QuerySet[Any]]
    lines: Callable[[Any, dt.datetime], Iterable[Cells]]
    order: tuple[str, ...] = ("-pk",)
    kinds: tuple[type, ...] = (int,)

    def candidates(self, user: Any) -> QuerySet[Any]:
        return self.rows(policy.seen_by(user, self.model._default_manager.all()))


@dataclass(frozen=True)
class Line:
    """What a report says of one row."""

    name: str
    address: str
    cells: Cells


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    next: str = ""  # the place at which the report goes on; empty at its end


# Stories

OPEN = (Article.State.DRAFT, Article.State.REVIEW, Article.State.APPROVED)


def _open_stories(stories: QuerySet[Article]) -> QuerySet[Article]:
    """Those on which somebody has to act, with the moment since which they stand as they do."""
    steps = Step.objects.filter(article=OuterRef("pk"), state_after=OuterRef("state")).order_by("-at", "-pk")
    since = Coalesce(Subquery(steps.values("at")[:1]), F("created_at"))
    open_ones = stories.filter(state__in=OPEN, trashed_at=None).defer("body", "desk_note", "findings")
    return open_ones.select_related("assigned_to").annotate(since=since)


def _age(story: Any, at: dt.datetime) -> Iterator[Cells]:
    yield (
        story.headline,
        story.get_state_display(),
        (at - story.since).days,
        str(story.assigned_to or ""),
        story.due_on.isoformat() if story.due_on else "",
    )


def _doubtful_stories(stories: QuerySet[Article]) -> QuerySet[Article]:
    return stories.filter(warning_count__gt=0, trashed_at=None).only("headline", "state", "findings")


def _named_only(story: Article, _at: dt.datetime) -> Iterator[Cells]:
    for finding in story.findings:
        if finding["code"] in checks.NOT_LINKED:
            yield story.headline, finding["words"]["text"], finding["words"]["record"], story.get_state_display()


# Photos


def _lacking(lack: Q) -> Callable[[QuerySet[Photo]], QuerySet[Photo]]:
    def photos(seen: QuerySet[Photo]) -> QuerySet[Photo]:
        return seen.filter(lack, trashed_at=None).select_related("event", "source")

    return photos


def _photo(photo: Photo, _at: dt.datetime) -> Iterator[Cells]:
    held = gettext("held") if photo.is_held else gettext("not held")
    yield str(photo), held, str(photo.event or ""), str(photo.source or "")


# Documents


def _people(seen: QuerySet[Person]) -> QuerySet[Person]:
    attestations = Attestation.objects.select_related("source")
    positions = Position.objects.select_related("organisation").prefetch_related(Prefetch("attestations", attestations))
    spellings = NameVariant.objects.select_related("source")
    return seen.filter(trashed_at=None).prefetch_related(
        Prefetch("variants", spellings), Prefetch("positions", positions)
    )


def _of_person(person: Person, _at: dt.datetime) -> Iterator[Cells]:
    for what, found in (
        (gettext("spelling"), disagreements.spellings(person)),
        (gettext("title"), disagreements.titles(person)),
    ):
        yield from ((person.name, what, one.day, one.wordings, one.documents) for one in found)


def _twice(seen: Any) -> QuerySet[Person]:
    people: QuerySet[Person] = seen.with_namesake()
    return people


def _namesake(person: Any, _at: dt.datetime) -> Iterator[Cells]:
    other = Person(**{name: getattr(person, f"namesake_{name}") for name in ("slug", *NAME)})
    if naming.same_name(person.name, other.name):
        yield person.name, person.slug, other.name, other.slug


def _events(seen: QuerySet[Event]) -> QuerySet[Event]:
    dated = Photo.objects.filter(trashed_at=None).exclude(taken_on="").select_related("source").order_by("pk")
    with_photos = Exists(dated.filter(event=OuterRef("pk")))
    return seen.filter(with_photos, trashed_at=None).prefetch_related(Prefetch("photos", dated))


def _of_event(event: Event, _at: dt.datetime) -> Iterator[Cells]:
    found = disagreements.dates(event)
    yield from ((event.name, gettext("date"), one.day, one.wordings, one.documents) for one in found)


_DISAGREEMENT = (_("what"), _("day"), _("in print"), _("in which documents"))
REPORTS = {
    report.name: report
    for report in (
        Report(
            "ageing",
            _("Ageing stories"),
            _("Stories on which somebody has to act, those that have waited longest first."),
            Article,
            (_("story"), _("state"), _("days in this state"), _("assigned to"), _("due on")),
            _open_stories,
            _age,
            ("since", "pk"),
            (dt.datetime, int),
        ),
        Report(
            "unlinked-people",
            _("People named and not linked"),
            _("Stories that name somebody on record who is not among their people, as their last save left them."),
            Article,
            (_("story"), _("in the text"), _("on record"), _("state")),
            _doubtful_stories,
            _named_only,
        ),
        Report(
            "no-alt-text",
            _("Photos without alternative text"),
            _("Nobody who does not see them learns what they show."),
            Photo,
            (_("photo"), _("picture"), _("event"), _("source")),
            _lacking(Q(alt_text="")),
            _photo,
        ),
        Report(
            "no-credit",
            _("Photos without credit"),
            _("Neither a photographer nor a credit line is on record."),
            Photo,
            (_("photo"), _("picture"), _("event"), _("source")),
            _lacking(Q(credit_line="", photographer=None)),
            _photo,
        ),
        Report(
            "people-in-print",
            _("Where documents disagree about people"),
            _("Spellings of one name, and titles of one day, that are not the same in print."),
            Person,
            (_("person"), *_DISAGREEMENT),
            _people,
            _of_person,
            ("pk",),
        ),
        Report(
            "people-twice",
            _("People on record twice, perhaps"),
            _("Two records whose names can be read as one. Where it is one person, “Merge…” on the page makes it one."),
            Person,
            (_("person"), _("slug"), _("on record before"), _("slug")),
            _twice,
            _namesake,
        ),
        Report(
            "events-in-print",
            _("Where documents disagree about events"),
            _("Photographs whose date is none of the days of their event."),
            Event,
            (_("event"), *_DISAGREEMENT),
            _events,
            _of_event,
        ),
    )
}


def page_of(report: Report, user: Any, at: dt.datetime, place: keyset.Values = ()) -> Page:
    """The lines of the next rows behind that place; a page may hold none and still lead on."""
    rows, fields = report.candidates(user), report.order
    found = list((keyset.after(rows, fields, place) if place else keyset.ordered(rows, fields))[: LOOKED_AT + 1])
    lines: list[Line] = []
    for number, row in enumerate(found, 1):
        lines += _lines(report, row, at)
        if number < len(found) and (len(lines) >= SHOWN or number == LOOKED_AT):
            return Page(lines, keyset.encode(_place(report, row)))
    return Page(lines)


def _lines(report: Report, row: Any, at: dt.datetime) -> Iterator[Line]:
    address = form_of(row)
    return (Line(str(cells[0]), address, cells[1:]) for cells in report.lines(row, at))


def _place(report: Report, row: Any) -> keyset.Values:
    return tuple(getattr(row, field.removeprefix("-")) for field in report.order)


def every_line(report: Report, user: Any, at: dt.datetime) -> Iterator[Line]:
    """The whole report, a page at a time."""
    page = page_of(report, user, at)
    yield from page.lines
    while page.next:
        page = page_of(report, user, at, keyset.decode(page.next, report.kinds))
        yield from page.lines


# Addresses


def urls() -> list[URLPattern]:
    guarded = admin.site.admin_view
    return [
        path("reports/", guarded(index), name="reports"),
        path("reports/<slug:name>/", guarded(show), name="report"),
        path("reports/<slug:name>/export/", guarded(export), name="report_export"),
    ]


def readable(user: Any) -> list[Report]:
    return [report for report in REPORTS.values() if policy.can(user, "list", report.model)]


def _report(request: HttpRequest, name: str) -> Report:
    report = REPORTS.get(name)
    if report is None:
        raise Http404
    if report not in readable(request.user):
        raise PermissionDenied
    return report


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    reports = readable(request.user)
    if not reports:
        raise PermissionDenied
    by_model = [(model, list(some)) for model, some in groupby(reports, key=lambda report: report.model)]
    groups = [(capfirst(model._meta.verbose_name_plural or ""), some) for model, some in by_model]
    context = {**admin.site.each_context(request), "title": _("Reports"), "groups": groups}
    return TemplateResponse(request, "admin/desk/reports/index.html", context)


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    report = _report(request, name)
    try:
        place = keyset.decode(token, report.kinds) if (token := request.GET.get("after", "")) else ()
    except keyset.BadToken as error:
        raise Http404 from error
    page = page_of(report, request.user, timezone.now(), place)
    context = {**admin.site.each_context(request), "title": report.heading, "report": report, "page": page}
    return TemplateResponse(request, "admin/desk/reports/report.html", {**context, "is_first": not place})


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """All of it as a table, read while it is sent."""
    report = _report(request, name)
    lines = every_line(report, request.user, timezone.now())
    named = ((line.name, *line.cells, request.build_absolute_uri(line.address)) for line in lines)
    return csv_export.rows([*map(str, report.columns), gettext("address")], named, name=f"{report.name}.csv")
