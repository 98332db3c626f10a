"""The copy desk's work: which stories wait for whom, and the filter under which their list shows the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom import policy
from newsroom.articles.models import Article, Step
from newsroom.models import Due, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Article.State
Stories = QuerySet[Article]
Question = Callable[[User, dt.datetime], Stories]

SOON = dt.timedelta(days=14)
UNFINISHED = (State.DRAFT, State.REVIEW, State.APPROVED)  # what has a deadline before it
OPEN = (*UNFINISHED, State.SCHEDULED)


def seen(user: User) -> Stories:
    """The stories that this user may open and that nobody has thrown away."""
    kept = Article.objects.filter(trashed_at=None)
    return policy.seen_by(user, kept) if policy.can(user, "see", Article) else kept.none()


def own(user: User) -> Q:
    """Theirs from the start, or given to them."""
    return Q(created_by=user) | Q(assigned_to=user)


def drafts_of(user: User, at: dt.datetime) -> Stories:
    return seen(user).filter(own(user), state=State.DRAFT)


def to_review(user: User, at: dt.datetime) -> Stories:
    """What others have handed in, for whoever may approve; one's own too where nobody else could."""
    if not policy.can(user, "approve", Article):
        return Article.objects.none()
    handed_in = seen(user).filter(state=State.REVIEW)
    own_one = Article(pk=0, created_by=user, state=State.REVIEW)
    return handed_in if policy.can(user, "approve", own_one) else handed_in.exclude(own(user))


def sent_back_to(user: User, at: dt.datetime) -> QuerySet[Any]:
    """Their drafts whose last step was a return, each with the note it came with and who wrote it."""
    last = Step.objects.filter(article=OuterRef("pk")).order_by("-at", "-pk")
    steps = {f"last_{name}": Subquery(last.values(name)[:1]) for name in ("verb", "note", "at", "by__display_name")}
    drafts: QuerySet[Any] = drafts_of(user, at).annotate(**steps)
    return drafts.filter(last_verb="return")


def overdue(user: User, at: dt.datetime) -> Stories:
    return seen(user).filter(state__in=UNFINISHED, due_on__lt=timezone.localdate(at))


def due(user: User, at: dt.datetime) -> Stories:
    """With a deadline that is near or has passed."""
    return seen(user).filter(state__in=UNFINISHED, due_on__lte=timezone.localdate(at) + SOON)


def failing(user: User, at: dt.datetime) -> Stories:
    """Those in which the checks found errors when they were last saved."""
    return seen(user).filter(state__in=OPEN, error_count__gt=0)


def appearing(user: User, at: dt.datetime, until: dt.datetime) -> QuerySet[Any]:
    """Stories of which an edition opens in that time, once per edition: its moment is `opens_at`.

    The feed's schedule, which is short, leads to them: editions themselves are not in the order of time.
    """
    waiting = Due.objects.filter(kind="article", due_at__gt=at, due_at__lt=until)
    opening = Q(editions__visible_from__gt=at, editions__visible_from__lt=until)
    standing = Q(editions__visible_until__gt=F("editions__visible_from"))
    found = seen(user).filter(opening & standing, uuid__in=waiting.values("object_id"))
    return found.annotate(opens_at=F("editions__visible_from"))


def first_published(user: User, start: dt.datetime, end: dt.datetime, at: dt.datetime) -> QuerySet[Any]:
    """Stories that readers have at this moment and first had in that time, `printed_headline` as they read it."""
    walked = {"facet": "all", "value": "", "first_published_at__gte": start, "first_published_at__lt": end}
    standing = {"visible_from__lte": at, "visible_until__gt": at}
    found = seen(user).filter(**{f"editions__facets__{name}": value for name, value in {**walked, **standing}.items()})
    first = F("editions__facets__first_published_at")
    return found.annotate(published_at=first, printed_headline=F("editions__headline"))


def scheduled(user: User, at: dt.datetime) -> QuerySet[Any]:
    return appearing(user, at, at + SOON)


QUESTIONS: dict[str, tuple[StrOrPromise, Question]] = {
    "mine": (_("my drafts"), drafts_of),
    "review": (_("to be reviewed by me"), to_review),
    "returned": (_("sent back to me"), sent_back_to),
    "overdue": (_("overdue"), overdue),
    "due": (_("due within two weeks"), due),
    "scheduled": (_("scheduled within two weeks"), scheduled),
    "failing": (_("with errors"), failing),
}


class WorkFilter(admin.SimpleListFilter):
    """The dashboard's questions in the list of stories."""

    title = _("work")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, StrOrPromise]]:
        return [(name, label) for name, (label, _question) in QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: Stories) -> Stories:
        asked = QUESTIONS.get(self.value() or "")
        if asked is None or not isinstance(request.user, User):
            return queryset
        return queryset.filter(pk__in=asked[1](request.user, timezone.now()).values("pk"))

    def choices(self, changelist: Any) -> Any:
        """Without counts, which would ask every question for each page of the list."""
        with_counts, changelist.add_facets = changelist.add_facets, False
        offered = list(super().choices(changelist))
        changelist.add_facets = with_counts
        return offered
