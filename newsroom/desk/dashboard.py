"""The desk's first page: what waits for the editor who opens it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from events.models import Event
from newsroom.articles.models import Article, Revision
from newsroom.models import Change, SearchEntry, User
from newsroom.photos.models import Photo

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

ROWS = 6
DUE_WITHIN = dt.timedelta(days=14)


@dataclass(frozen=True)
class Panel:
    """A heading over a few rows; whoever may view the model sees it. `name` is that of its rows' template."""

    name: str
    heading: _StrOrPromise
    empty: _StrOrPromise
    model: type[Model]
    rows: QuerySet[Any]

    @property
    def template(self) -> str:
        return f"admin/desk/_{self.name}.html"


def panels(user: User, today: dt.date) -> list[Panel]:
    """Every panel in the order of an editor's morning; no query runs until a template walks its rows."""
    return [
        Panel("drafts", _("My drafts"), _("No draft of yours is open."), Article, my_drafts(user)),
        Panel("due", _("Stories due"), _("No story is due in the next two weeks."), Article, stories_due(today)),
        Panel("saved", _("Recently saved"), _("Nobody has saved a story yet."), Article, recently_saved()),
        Panel("events", _("Coming events"), _("Nothing is announced."), Event, coming_events(today)),
        Panel("photos", _("Photos to complete"), _("Every photo has its words."), Photo, incomplete_photos()),
        Panel("changes", _("Published lately"), _("Nothing has gone out yet."), Change, latest_changes()),
    ]


def my_drafts(user: User) -> QuerySet[Article]:
    """Drafts that are assigned to this user or that they have saved themselves."""
    saved = Revision.objects.filter(article=OuterRef("pk"), saved_by=user)
    return _drafts().filter(Q(assigned_to=user) | Exists(saved)).order_by("-updated_at", "-pk")[:ROWS]


def stories_due(today: dt.date) -> QuerySet[Article]:
    """Drafts with a due date, overdue ones first."""
    soon = _drafts().filter(due_on__lte=today + DUE_WITHIN)
    return soon.annotate(is_late=Q(due_on__lt=today)).order_by("due_on", "pk")[:ROWS]


def recently_saved() -> QuerySet[Article]:
    return _stories().order_by("-updated_at", "-pk")[:ROWS]


def coming_events(today: dt.date) -> QuerySet[Event]:
    """Those that may still lie ahead, the next one first; dates without a day stand at their earliest."""
    ahead = Event.objects.coming(today).exclude(status=Event.Status.CANCELLED)
    return ahead.select_related("venue").order_by("starts_on_earliest", "pk")[:ROWS]


def incomplete_photos() -> QuerySet[Photo]:
    """Photos that nobody has described for those who do not see them, or that nobody is credited for."""
    uncredited = Q(credit_line="", photographer=None)
    photos: QuerySet[Photo] = Photo.objects.filter(Q(alt_text="") | uncredited)
    return photos.annotate(lacks_alt_text=Q(alt_text=""), lacks_credit=uncredited).order_by("-pk")[:ROWS]


def latest_changes() -> QuerySet[Change]:
    """The newest entries of the feed, with the title under which search knows each; None once it is gone."""
    entry = SearchEntry.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    return Change.objects.defer("document").annotate(title=Subquery(entry.values("title")[:1])).order_by("-seq")[:ROWS]


def _stories() -> QuerySet[Article]:
    return Article.objects.defer("body", "desk_note").select_related("assigned_to")


def _drafts() -> QuerySet[Article]:
    return _stories().filter(state=Article.State.DRAFT)
