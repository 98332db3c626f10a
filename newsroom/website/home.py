"""Front of house: the front page: the latest stories, the calendar so far, who keeps meeting, what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from events.models import Appearance, Event, Statement
from newsroom import keyset
from newsroom.articles.filters import ArticleFilters, editions
from newsroom.articles.models import EditionFacet
from newsroom.articles.translations import told_once
from newsroom.website.drawings.beads import Column, Meetings, String, beads, month_of
from newsroom.website.pages.people import PersonLine, line, names_and_posts, with_names_and_posts
from newsroom.website.record_rows import EventRow, event_rows
from newsroom.website.rows import StoryRow, story_rows
from people.models import Person

MOST_STORIES = 7  # one leads, two stand beside it, the others follow below
CALENDAR = 6  # meetings so far
RECENT = 100  # meetings that are looked through for people who met again, and for what was said
MOST_PEOPLE = 6
MOST_STATEMENTS = 3
LOOKED_THROUGH = 40  # statements


@dataclass(frozen=True)
class Said:
    """A statement with its speaker's title of that day."""

    statement: Statement
    line: PersonLine


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    stories = latest_stories(at)
    recent = recent_events()
    context = {
        "lead": next(iter(stories), None),
        "beside": stories[1:3],
        "latest": stories[3:],
        "calendar": (days := calendar(recent, at)),
        "has_coming": any(is_ahead for _row, is_ahead in days),
        "meetings": meetings(recent),
        "said": on_the_record(recent),
    }
    return render(request, "website/home.html", context)


def latest_stories(at: dt.datetime) -> list[StoryRow]:
    """Each in the reader's language where it is to be had in that."""
    shelf = told_once(EditionFacet.objects.visible(at).on(EditionFacet.Facet.ALL), get_language() or "", at)
    walk = keyset.page(shelf, ArticleFilters.orders["newest"], keyset.Place(), size=MOST_STORIES)
    return story_rows(editions(walk.rows, at), at)


def recent_events() -> list[Event]:
    """The newest first; those of which not even the year is known have no place in a calendar."""
    dated = Event.objects.public().filter(starts_on_earliest__isnull=False).select_related("venue", "series")
    return list(dated.order_by("-starts_on_earliest", "-pk")[:RECENT])


def calendar(recent: Sequence[Event], at: dt.datetime) -> list[tuple[EventRow, bool]]:
    """In the order of time; the flag says what still lies ahead."""
    today = timezone.localdate(at)
    rows = event_rows(list(reversed(recent[:CALENDAR])))
    return [(row, _is_ahead(row.event, today)) for row in rows]


def _is_ahead(event: Event, today: dt.date) -> bool:
    last = event.ends_on or event.starts_on
    is_open = event.status in {Event.Status.SCHEDULED, Event.Status.POSTPONED}
    return bool(is_open and last and last.latest and last.latest >= today)


def meetings(recent: Sequence[Event]) -> Meetings:
    """People seen at several of the recent meetings, those of most meetings first."""
    parts = Appearance.objects.public().filter(event__in=[event.pk for event in recent], person__is_public=True)
    seen = parts.order_by().values("person")
    seen = seen.annotate(times=Count("event", distinct=True), last=Max("event__starts_on_earliest"))
    again = seen.filter(times__gte=2)
    keys = list(again.order_by("-times", "-last", "person").values_list("person", flat=True)[:MOST_PEOPLE])
    attended = _attended(parts, keys)
    shown = [event for event in reversed(recent) if any(event.pk in at for at in attended.values())][-CALENDAR:]
    people = Person.objects.prefetch_related(*names_and_posts()).in_bulk(keys)
    return Meetings(
        columns=[Column(event, month_of(event)) for event in shown],
        strings=[_string(people[key], shown, attended[key]) for key in keys],
        again=again.count(),
        named=parts.order_by().values("person").distinct().count(),
    )


def _attended(parts: QuerySet[Appearance], people: Sequence[int]) -> dict[int, set[int]]:
    attended: dict[int, set[int]] = {person: set() for person in people}
    for person, event in parts.filter(person__in=people).order_by().values_list("person", "event").distinct():
        attended[person].add(event)
    return attended


def _string(person: Person, shown: Sequence[Event], attended: set[int]) -> String:
    """With the title of the last of these meetings."""
    last = next((event for event in reversed(shown) if event.pk in attended), None)
    return String(line(person, day=last.starts_on if last else None), beads(shown, attended))


def on_the_record(recent: Sequence[Event]) -> list[Said]:
    """What was said last: one statement a meeting, and one a person."""
    said = Statement.objects.public().filter(event__in=[event.pk for event in recent], person__is_public=True)
    newest = said.select_related("person", "event__venue", "appearance")
    rows = newest.order_by("-event__starts_on_earliest", "-event", "order", "pk")[:LOOKED_THROUGH]
    chosen = _varied(rows)[:MOST_STATEMENTS]
    with_names_and_posts([one.person for one in chosen if one.person])
    return [Said(one, _speaker(one, one.person)) for one in chosen if one.person]


def _varied(statements: Iterable[Statement]) -> list[Statement]:
    heard: set[tuple[str, int | None]] = set()
    varied = []
    for one in statements:
        marks = {("event", one.event_id), ("person", one.person_id)}
        if heard.isdisjoint(marks):
            varied.append(one)
            heard |= marks
    return varied


def _speaker(statement: Statement, person: Person) -> PersonLine:
    """Under the title that was printed that day."""
    printed = statement.appearance.title_as_printed if statement.appearance else ""
    return line(person, title=printed, day=statement.event.starts_on)
