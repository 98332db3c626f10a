"""The verbs of publication: what may follow what is one table, and each verb one transaction.

Editions form a chain: a later one closes the former at the very instant it opens, whether that instant is
now or still to come. All verbs take the moment (`at`) and the acting user (`by`), and raise `Refused`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F, Max, Min, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from newsroom import changes
from newsroom.articles import facets, story
from newsroom.articles.models import OPEN_END, Article, Edition, Withdrawal
from newsroom.markup import plain
from newsroom.models import User

State = Article.State

TRANSITIONS: dict[str, dict[str, State]] = {
    "publish": {
        State.DRAFT: State.PUBLISHED,
        State.PUBLISHED: State.PUBLISHED,
        State.CORRECTED: State.CORRECTED,
        State.WITHDRAWN: State.PUBLISHED,
    },
    "correct": {State.PUBLISHED: State.CORRECTED, State.CORRECTED: State.CORRECTED},
    "withdraw": {State.PUBLISHED: State.WITHDRAWN, State.CORRECTED: State.WITHDRAWN},
}


LONGEST_WAIT = dt.timedelta(minutes=1)  # that a verb waits for another editor's lock
STRIKING = {Withdrawal.Act.KILL, Withdrawal.Act.TAKEDOWN}


class Refused(Exception):
    """The verb cannot be done; the message says why, and what can be done instead."""


class WrongState(Refused):
    """The story is not in a state from which this verb leads anywhere."""


class Incomplete(Refused):
    """Something that readers need is missing."""


class Embargoed(Refused):
    """The story would appear before its embargo ends."""


class AlreadyScheduled(Refused):
    """Another edition is waiting for its moment."""


def allowed(article: Article) -> list[str]:
    """The verbs that the story's state permits."""
    return [verb for verb, moves in TRANSITIONS.items() if article.state in moves]


def publish(
    article: Article,
    *,
    by: User | None,
    at: dt.datetime,
    visible_from: dt.datetime | None = None,
    visible_until: dt.datetime | None = None,
) -> Edition:
    """Make an edition of the story as it stands, visible now or from a later moment, for good or until one."""
    with _deciding("publish", article) as (locked, state):
        at = _after_the_last(locked, at)
        return _make_edition(locked, state, by=by, at=at, opens=visible_from or at, closes=visible_until)


def correct(
    article: Article, *, by: User | None, at: dt.datetime, note: str, visible_from: dt.datetime | None = None
) -> Edition:
    """Publish the story as it stands, with a public note of what was wrong and what is right."""
    if not note.strip():
        raise Incomplete(_("A correction tells readers what was wrong: write the public note."))
    with _deciding("correct", article) as (locked, state):
        at = _after_the_last(locked, at)
        return _make_edition(locked, state, by=by, at=at, opens=visible_from or at, note=note.strip())


def withdraw(
    article: Article,
    *,
    by: User | None,
    at: dt.datetime,
    act: str = Withdrawal.Act.UNPUBLISH,
    public_note: str = "",
    private_note: str = "",
) -> Withdrawal:
    """Close every edition, pending ones too; what stays is a tombstone with its reasons.

    A kill or a takedown also strikes what was ever published: it stays gone if the story comes back.
    """
    with _deciding("withdraw", article) as (locked, state):
        at = _after_the_last(locked, at)
        for edition in _standing(locked, at):
            _close(edition, max(at, edition.visible_from), at)
        if act in STRIKING:
            locked.editions.update(is_struck=True)
        reasons = {"act": act, "public_note": public_note, "private_note": private_note}
        withdrawal, __ = Withdrawal.objects.update_or_create(
            article=locked, defaults={"withdrawn_at": at, "withdrawn_by": by, **reasons}
        )
        locked.state = state
        locked.save(update_fields=["state", "updated_at"])
        story.keep(locked, by=by, at=at, note=_("Withdrawn"))
        return withdrawal


def cancel_schedule(edition: Edition, *, by: User | None, at: dt.datetime) -> Article:
    """Take back an edition that has not appeared yet; the one it would have replaced stays open."""
    with changes.recording() as record:
        article = Article.objects.select_for_update().get(pk=edition.article_id)
        record.touch(article)
        edition = article.editions.get(pk=edition.pk)
        if not at < edition.visible_from < edition.visible_until:
            raise WrongState(_("This edition is not waiting to appear: there is nothing to cancel."))
        _close(edition, edition.visible_from, at)
        if edition.former_until:
            former = article.editions.get(visible_until=edition.visible_from, visible_from__lt=edition.visible_from)
            _close(former, edition.former_until, at)
        article.state = _state_of(article)
        article.save(update_fields=["state", "updated_at"])
        story.keep(article, by=by, at=at, note=_("Schedule cancelled"))
        return article


@contextmanager
def _deciding(verb: str, article: Article) -> Iterator[tuple[Article, State]]:
    """Lock the story, check that the verb may follow its state, and record what becomes of it."""
    with changes.recording() as record:
        locked = Article.objects.select_for_update().get(pk=article.pk)
        if locked.state not in TRANSITIONS[verb]:
            raise WrongState(_refusal(verb, locked))
        record.touch(locked)
        yield locked, TRANSITIONS[verb][locked.state]
        record.touch(locked)
    article.state = locked.state


def _after_the_last(article: Article, at: dt.datetime) -> dt.datetime:
    """The moment of the verb: not before what another editor did to the story while this one waited for it."""
    last = article.editions.aggregate(last=Max("made_at"))["last"]
    return last if last and at < last <= at + LONGEST_WAIT else at


def _refusal(verb: str, article: Article) -> str:
    sentences = {
        "publish": _("This story cannot be published while it is %(state)s."),
        "correct": _("Only a published story can be corrected; this one is %(state)s."),
        "withdraw": _("Only a published story can be withdrawn; this one is %(state)s."),
    }
    return sentences[verb] % {"state": article.get_state_display()}


def _make_edition(
    article: Article,
    state: State,
    *,
    by: User | None,
    at: dt.datetime,
    opens: dt.datetime,
    closes: dt.datetime | None = None,
    note: str = "",
) -> Edition:
    _check(article, at, opens, closes)
    opens = max(opens, at)
    former = article.editions.visible(opens).first()
    former_until = former.visible_until if former else None
    if former:
        _close(former, opens, at)
    edition = Edition.objects.create(
        article=article,
        number=(article.editions.aggregate(last=Max("number"))["last"] or 0) + 1,
        visible_from=opens,
        visible_until=closes or former_until or OPEN_END,
        former_until=former_until,
        first_published_at=_first_published(article, opens),
        kind=article.kind,
        language=article.language,
        headline=article.headline,
        standfirst=article.standfirst,
        dateline=article.dateline,
        body=article.body,
        story=story.printed(article),
        correction_note=note,
        published_by=by,
        made_at=at,
    )
    facets.write(edition)
    article.state = state
    article.save(update_fields=["state", "updated_at"])
    story.keep(article, by=by, at=at, note=_("Edition %(number)s") % {"number": edition.number})
    return edition


def _check(article: Article, at: dt.datetime, opens: dt.datetime, closes: dt.datetime | None) -> None:
    """Refuse what may not become an edition, in words that name what to do."""
    if not article.headline.strip() or not plain(article.body):
        raise Incomplete(_("A story needs a headline and a text before it is published."))
    if opens < at - LONGEST_WAIT:
        raise Incomplete(_("That moment has passed: choose a later one, or none to publish now."))
    if closes is not None and closes <= opens:
        raise Incomplete(_("It would close before it opens: choose a later end."))
    if article.embargo_until and opens < article.embargo_until:
        raise Embargoed(
            _("Under embargo until %(moment)s: schedule it for then or later.") % _moment(article.embargo_until)
        )
    if pending := _pending(article, at).first():
        raise AlreadyScheduled(
            _("An edition is scheduled for %(moment)s: cancel it before you make another.")
            % _moment(pending.visible_from)
        )


def _moment(moment: dt.datetime) -> dict[str, str]:
    return {"moment": date_format(localtime(moment), "DATETIME_FORMAT")}


def _close(edition: Edition, until: dt.datetime, at: dt.datetime) -> None:
    """Let the edition end at that moment; before it opened means that it never does."""
    edition.visible_until = until
    edition.save(update_fields=["visible_until"])
    facets.follow(edition, at)


def _standing(article: Article, at: dt.datetime) -> QuerySet[Edition]:
    return article.editions.filter(visible_until__gt=at).exclude(visible_until=F("visible_from"))


def _pending(article: Article, at: dt.datetime) -> QuerySet[Edition]:
    return _standing(article, at).filter(visible_from__gt=at)


def _first_published(article: Article, opens: dt.datetime) -> dt.datetime:
    """The moment under which the story stands in lists: when its first edition that ever opens did so."""
    seen = article.editions.filter(visible_until__gt=F("visible_from"))
    return seen.aggregate(first=Min("visible_from"))["first"] or opens


def _state_of(article: Article) -> State:
    """The state that the editions left after a cancellation amount to."""
    left = article.editions.filter(visible_until__gt=F("visible_from"))
    withdrawal = Withdrawal.objects.filter(article=article).first()
    if withdrawal:
        left = left.filter(visible_from__gte=withdrawal.withdrawn_at)
    if not left.exists():
        return State.WITHDRAWN if withdrawal else State.DRAFT
    return State.CORRECTED if left.exclude(correction_note="").exists() else State.PUBLISHED
