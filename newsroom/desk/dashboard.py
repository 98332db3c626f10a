"""The desk's first page: what waits for the editor who opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Count, F, Max, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from newsroom import policy
from newsroom.articles import work
from newsroom.articles.models import Article, Comment, EditionFacet, SignOff
from newsroom.desk import agenda
from newsroom.desk_pages import form_of
from newsroom.models import Change, User
from newsroom.partners.models import Acknowledgement, Key, Partner, Webhook
from newsroom.photos.models import Photo
from newsroom.website.health import health

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RowT = TypeVar("RowT", bound=Model)

ROWS = 6
LATELY = 500  # photos, the newest, among which incomplete ones are looked for
A_MONTH = dt.timedelta(days=30)


@dataclass(frozen=True)
class Panel:
    """A heading over a few rows; whoever may view the model sees it. `name` is that of its rows' template.

    `query` narrows the list that “All” leads to; it is None where no list holds more of the same.
    """

    name: str
    heading: StrOrPromise
    empty: StrOrPromise
    model: type[Model]
    rows: QuerySet[Any] | Callable[[], Iterable[Any]]
    query: str | None = ""

    @property
    def template(self) -> str:
        return f"admin/desk/_{self.name}.html"


@dataclass(frozen=True)
class Waiting:
    """One thing that somebody wants of this user, about which story, since when."""

    kind: str
    label: StrOrPromise
    story: Article
    at: dt.datetime
    words: str = ""
    by: str = ""
    thread: int | None = None  # of the comments, where that is what waits

    @property
    def address(self) -> str:
        """Where it is answered: among the comments, or in the story's form."""
        if self.thread:
            return reverse("admin:articles_article_talk", args=[self.story.pk]) + f"#thread-{self.thread}"
        return form_of(self.story)


def panels(user: User, today: dt.date) -> list[Panel]:
    """Every panel in the order of an editor's morning; no query runs until a template walks its rows."""
    now = timezone.now()
    return [*_of_stories(user, now), *_of_records(user, today), *_of_the_house(now)]


def _of_stories(user: User, now: dt.datetime) -> list[Panel]:
    def stories(name: str, heading: StrOrPromise, empty: StrOrPromise, rows: Any, query: str | None) -> Panel:
        return Panel(name, heading, empty, Article, rows, query)

    return [
        stories("waiting", _("Waiting for you"), _("Nobody waits."), lambda: waiting(user, now), "?work=review"),
        stories("drafts", _("My drafts"), _("No draft of yours is open."), my_drafts(user, now), "?work=mine"),
        stories("due", _("Due and overdue"), _("No story is due in the next two weeks."), due(user, now), "?work=due"),
        stories(
            "scheduled",
            _("Scheduled in the next two weeks"),
            _("Nothing is scheduled."),
            scheduled(user, now),
            "?work=scheduled",
        ),
        stories("failing", _("With errors"), _("The checks find no error."), failing(user, now), "?work=failing"),
        stories("published", _("Published last"), _("Nothing has gone out yet."), lambda: last_published(now), None),
    ]  # fmt: skip


def _of_records(user: User, today: dt.date) -> list[Panel]:
    coming = policy.seen_by(user, Event.objects.filter(trashed_at=None))
    photos = policy.seen_by(user, Photo.objects.filter(trashed_at=None))
    return [
        Panel("events", _("Coming events"), _("Nothing is announced."), Event, coming_events(today, coming)),
        Panel("photos", _("Photos to complete"), _("Every new photo has its words."), Photo, incomplete_photos(photos)),
    ]


def _of_the_house(now: dt.datetime) -> list[Panel]:
    return [
        Panel("partners", _("Partners"), _("No partner is licensed."), Partner, partners(now)),
        Panel("health", _("State of the house"), "", Change, lambda: [health(now)]),
    ]


# Stories


def waiting(user: User, now: dt.datetime) -> list[Waiting]:
    """What others want of this user, the newest first: returns, mentions, verdicts and reviews."""
    sources = (_returned, _mentions, _verdicts, _reviews)
    found = [one for source in sources for one in source(user, now)]
    return sorted(found, key=lambda one: one.at, reverse=True)[: 2 * ROWS]


def my_drafts(user: User, now: dt.datetime) -> QuerySet[Any]:
    return _rows(work.drafts_of(user, now)).order_by("-updated_at", "-pk")[:ROWS]


def due(user: User, now: dt.datetime) -> QuerySet[Any]:
    """Those with a deadline, overdue ones first."""
    late = Q(due_on__lt=timezone.localdate(now))
    stories: QuerySet[Any] = _rows(work.due(user, now)).annotate(is_late=late)
    return stories.order_by("due_on", "pk")[:ROWS]


def scheduled(user: User, now: dt.datetime) -> QuerySet[Any]:
    return _rows(work.scheduled(user, now)).order_by("opens_at", "pk")[:ROWS]


def failing(user: User, now: dt.datetime) -> QuerySet[Any]:
    return _rows(work.failing(user, now)).order_by("-error_count", "-updated_at", "-pk")[:ROWS]


def last_published(now: dt.datetime) -> QuerySet[EditionFacet]:
    """What readers found last: public, so that everybody at the desk sees it."""
    standing = EditionFacet.objects.visible(now).on("all").select_related("edition__article")
    bodies = ("edition__body", "edition__story", "edition__article__body", "edition__article__desk_note")
    return standing.defer(*bodies).order_by("-first_published_at", "-article_id")[:ROWS]


def _rows(stories: QuerySet[Any]) -> QuerySet[Any]:
    return stories.defer("body", "desk_note").select_related("assigned_to")


def _reviews(user: User, now: dt.datetime) -> Iterator[Waiting]:
    for story in _rows(work.to_review(user, now)).order_by("updated_at", "pk")[:ROWS]:
        yield Waiting("review", _("to review"), story, story.updated_at, by=str(story.assigned_to or ""))


def _returned(user: User, now: dt.datetime) -> Iterator[Waiting]:
    for story in _rows(work.sent_back_to(user, now)).order_by("-last_at", "-pk")[:ROWS]:
        by = story.last_by__display_name or ""
        yield Waiting("returned", _("sent back"), story, story.last_at, story.last_note, by)


def _mentions(user: User, now: dt.datetime) -> Iterator[Waiting]:
    open_ones = Comment.objects.filter(mentioned=user, thread__resolved_at=None, thread__article__trashed_at=None)
    newest = _newest(open_ones, "thread__article", "by")
    for comment in _seen(user, newest, lambda comment: comment.thread.article):
        story, by = comment.thread.article, str(comment.by or "")
        yield Waiting("mention", _("mentions you"), story, comment.at, comment.text, by, comment.thread_id)


def _verdicts(user: User, now: dt.datetime) -> Iterator[Waiting]:
    """What people without an account said of drafts that this user showed them, while those are still open."""
    of_mine = SignOff.objects.filter(link__made_by=user, at__gt=now - A_MONTH, link__article__trashed_at=None)
    newest = _newest(of_mine.filter(link__article__state__in=work.OPEN), "link__article")
    for said in _seen(user, newest, lambda said: said.link.article):
        yield Waiting(said.verdict, said.get_verdict_display(), said.link.article, said.at, said.comment, said.name)


def _newest(rows: QuerySet[RowT], story: str, *also: str) -> list[RowT]:
    found = rows.select_related(story, *also).defer(f"{story}__body", f"{story}__desk_note")
    return list(found.order_by("-pk")[:ROWS])


def _seen(user: User, rows: list[RowT], story_of: Callable[[RowT], Article]) -> list[RowT]:
    """Those about stories that this user may see: asked of these few, rather than of the whole archive."""
    stories = work.seen(user).filter(pk__in={story_of(row).pk for row in rows})
    seen = set(stories.values_list("pk", flat=True)) if rows else set()
    return [row for row in rows if story_of(row).pk in seen]


# Records


def coming_events(today: dt.date, events: QuerySet[Event] | None = None) -> QuerySet[Event]:
    """Those that may still lie ahead, the next one first; dates without a day stand at their earliest."""
    known = Event.objects.all() if events is None else events
    near = known.filter(starts_on_earliest__gte=today - agenda.A_YEAR).exclude(status=Event.Status.CANCELLED)
    ahead = near.filter(Q(starts_on_latest__gte=today) | Q(ends_on_latest__gte=today))
    return ahead.select_related("venue").order_by("starts_on_earliest", "pk")[:ROWS]


def incomplete_photos(photos: QuerySet[Photo] | None = None) -> QuerySet[Photo]:
    """New photos that nobody has described for those who do not see them, or that nobody is credited for."""
    known = Photo.objects.all() if photos is None else photos
    uncredited = Q(credit_line="", photographer=None)
    newest = Photo.objects.order_by("-pk").values("pk")[:LATELY]
    lacking = known.filter(Q(alt_text="") | uncredited, pk__in=newest)
    return lacking.annotate(lacks_alt_text=Q(alt_text=""), lacks_credit=uncredited).order_by("-pk")[:ROWS]


def partners(now: dt.datetime) -> QuerySet[Any]:
    """Those whose licence runs, with when they last proved that they stored the feed, and their failing webhooks.

    Whoever cannot be told comes first, then the silent ones.
    """
    licensed = Partner.objects.filter(Q(licence_ends_at=None) | Q(licence_ends_at__gt=now), licence_starts_at__lte=now)
    stored = Acknowledgement.objects.filter(partner=OuterRef("pk")).order_by().values("partner")
    used = Key.objects.filter(partner=OuterRef("pk")).order_by().values("partner")
    failing = Webhook.objects.failing().filter(partner=OuterRef("pk")).order_by().values("partner")
    known: QuerySet[Any] = licensed.annotate(
        failing_count=Subquery(failing.annotate(number=Count("pk")).values("number")),
        failing_since=Subquery(failing.annotate(first=Min("failing_since")).values("first")),
        stored_at=Subquery(stored.annotate(last=Max("at")).values("last")),
        used_at=Subquery(used.annotate(last=Max("last_used_at")).values("last")),
    )
    return known.order_by(
        "is_suspended", F("failing_since").asc(nulls_last=True), F("stored_at").asc(nulls_first=True), "name"
    )[:ROWS]
