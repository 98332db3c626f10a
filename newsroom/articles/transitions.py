"""The copy desk's one table of what may follow what, and what each state of a story amounts to.

`TRANSITIONS` says from which states a verb leads where; `newsroom.policy` says who may take it. A verb is
possible where both agree (`open_to`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from newsroom import policy
from newsroom.articles.models import Article, Edition, Step, Withdrawal

State = Article.State

#: verb: {state before: state after}; what is published for a later moment is scheduled until then
TRANSITIONS: dict[str, dict[str, State]] = {
    "submit": {State.DRAFT: State.REVIEW},
    "recall": {State.REVIEW: State.DRAFT},
    "return": {State.REVIEW: State.DRAFT, State.APPROVED: State.DRAFT},
    "approve": {State.REVIEW: State.APPROVED},
    "publish": {
        State.DRAFT: State.PUBLISHED,
        State.REVIEW: State.PUBLISHED,
        State.APPROVED: State.PUBLISHED,
        State.PUBLISHED: State.PUBLISHED,
        State.CORRECTED: State.CORRECTED,
        State.WITHDRAWN: State.PUBLISHED,
    },
    "correct": {State.PUBLISHED: State.CORRECTED, State.CORRECTED: State.CORRECTED},
    "withdraw": {
        State.SCHEDULED: State.WITHDRAWN,
        State.PUBLISHED: State.WITHDRAWN,
        State.CORRECTED: State.WITHDRAWN,
    },
}

REFUSALS = {
    "submit": _("Only a draft can be handed in; this story is %(state)s."),
    "recall": _("Only a story in review can be taken back; this one is %(state)s."),
    "return": _("Only a story in review or approved can be sent back; this one is %(state)s."),
    "approve": _("Only a story in review can be approved; this one is %(state)s."),
    "publish": _("This story cannot be published while it is %(state)s."),
    "correct": _("Only a published story can be corrected; this one is %(state)s."),
    "withdraw": _("Only a published story can be withdrawn; this one is %(state)s."),
}


def allowed(article: Article) -> list[str]:
    """The verbs that the story's state permits, whoever asks."""
    return [verb for verb, moves in TRANSITIONS.items() if article.state in moves]


def open_to(user: Any, article: Article) -> list[str]:
    """The verbs that this user may do to the story now."""
    return [verb for verb in allowed(article) if not article.is_trashed and policy.can(user, verb, article)]


def refusal(verb: str, article: Article) -> str:
    return str(REFUSALS[verb]) % {"state": article.get_state_display()}


# What a state amounts to


def state_of(article: Article, at: dt.datetime) -> State:
    """The state of a story at a moment, as far as its editions decide it; else where it was before them."""
    made = article.editions.filter(visible_until__gt=F("visible_from"))
    withdrawal = Withdrawal.objects.filter(article=article).first()
    if withdrawal:
        made = made.filter(visible_from__gte=withdrawal.withdrawn_at)
    editions = list(made.only("visible_from", "correction_note"))
    if editions:
        return _state_by(editions, at)
    return State.WITHDRAWN if withdrawal else _before_publication(article)


def _state_by(editions: list[Edition], at: dt.datetime) -> State:
    seen = [edition for edition in editions if edition.visible_from <= at]
    if not seen:
        return State.SCHEDULED
    return State.CORRECTED if any(edition.is_correction for edition in seen) else State.PUBLISHED


def _before_publication(article: Article) -> State:
    """Where the story stood when it was last published, now that nothing of that is left."""
    last = article.steps.filter(verb="publish").order_by("-at", "-pk").first()
    return State(last.state_before) if last else State.DRAFT


def follow_time(articles: Collection[int], at: dt.datetime) -> int:
    """Bring the states of these stories up to what their editions say at that moment; returns how many changed."""
    seen = Edition.objects.filter(article=OuterRef("pk"), visible_from__lte=at, visible_until__gt=F("visible_from"))
    has_appeared = Q(Exists(seen), state=State.SCHEDULED)
    is_put_right = Q(Exists(seen.exclude(correction_note="")), state=State.PUBLISHED)
    waiting = Article.objects.filter(has_appeared | is_put_right, pk__in=articles)
    return sum(_follow(article, at) for article in waiting.only("pk", "state"))


def _follow(article: Article, at: dt.datetime) -> int:
    """Only forward: from scheduled to published, and to corrected when a correction's moment has come."""
    state = state_of(article, at)
    if state == article.state or state not in {State.PUBLISHED, State.CORRECTED}:
        return 0
    Step.objects.create(article=article, verb="appear", state_before=article.state, state_after=state, by=None, at=at)
    return Article.objects.filter(pk=article.pk, state=article.state).update(state=state)
