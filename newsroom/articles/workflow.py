"""The verbs of the copy desk: what may follow what is one table (`transitions`), and each verb one transaction.

Editions form a chain: a later one closes the former at the very instant it opens, whether that instant is
now or still to come. All verbs take the moment (`at`) and the acting user (`by`; None for the house
itself), and raise `Refused`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import F, Max, Min, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from newsroom import changes, policy
from newsroom.articles import checks, facets, notices, story
from newsroom.articles.models import OPEN_END, Article, Edition, Step, Withdrawal
from newsroom.articles.transitions import TRANSITIONS, State, allowed, follow_time, open_to, refusal, state_of
from newsroom.markup import plain
from newsroom.models import User

__all__ = ["TRANSITIONS", "State", "allowed", "open_to", "state_of"]

LONGEST_WAIT = dt.timedelta(minutes=1)  # that a verb waits for another editor's lock
STRIKING = {Withdrawal.Act.KILL, Withdrawal.Act.TAKEDOWN}


class Refused(policy.Refused):
    """The verb cannot be done to this story now."""


class WrongState(Refused):
    """The story is not in a state from which this verb leads anywhere."""


class Incomplete(Refused):
    """Something that readers need is missing."""


class Embargoed(Refused):
    """The story would appear before its embargo ends."""


class AlreadyScheduled(Refused):
    """Another edition is waiting for its moment."""


class NotAllowed(Refused):
    """The verb is not this user's to do."""


class Unready(Refused):
    """The checks find errors; the message names each."""

    def __init__(self, findings: list[checks.Finding]) -> None:
        self.findings = findings
        super().__init__(_("Mend first: %(errors)s") % {"errors": " · ".join(one.sentence for one in findings)})


# From hand to hand, before anything is public


def submit(article: Article, *, by: User | None, at: dt.datetime, note: str = "") -> Step:
    """Hand a draft in for review."""
    return _move("submit", article, by=by, at=at, note=note)


def recall(article: Article, *, by: User | None, at: dt.datetime, note: str = "") -> Step:
    """Take back what was handed in, to go on writing."""
    return _move("recall", article, by=by, at=at, note=note)


def send_back(article: Article, *, by: User | None, at: dt.datetime, note: str) -> Step:
    """Return a story to its writer, with the reason."""
    if not note.strip():
        raise Incomplete(_("Say what has to change: a story is sent back only with a note."))
    return _move("return", article, by=by, at=at, note=note)


def approve(article: Article, *, by: User | None, at: dt.datetime, note: str = "") -> Step:
    """Release a story for publication; nobody does so for their own while somebody else could."""
    return _move("approve", article, by=by, at=at, note=note)


def _move(verb: str, article: Article, *, by: User | None, at: dt.datetime, note: str) -> Step:
    with _deciding(verb, article, by=by, at=at, note=note) as turn:
        if verb == "approve":
            _ask_checks(turn, turn.at)
        step = turn.go(TRANSITIONS[verb][turn.article.state])
        notices.tell(step)
        return step


# Before readers


def publish(
    article: Article,
    *,
    by: User | None,
    at: dt.datetime,
    visible_from: dt.datetime | None = None,
    visible_until: dt.datetime | None = None,
) -> Edition:
    """Make an edition of the story as it stands, visible now or from a later moment, for good or until one."""
    with _deciding("publish", article, by=by, at=at) as turn:
        return _make_edition(turn, opens=visible_from or turn.at, closes=visible_until)


def correct(
    article: Article, *, by: User | None, at: dt.datetime, note: str, visible_from: dt.datetime | None = None
) -> Edition:
    """Publish the story as it stands, with a public note of what was wrong and what is right."""
    if not note.strip():
        raise Incomplete(_("A correction tells readers what was wrong: write the public note."))
    with _deciding("correct", article, by=by, at=at, note=note.strip()) as turn:
        return _make_edition(turn, opens=visible_from or turn.at, note=note.strip())


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

    A kill or a takedown also strikes what was ever published: it stays gone if the story comes back, and says why.
    """
    if act in STRIKING and not f"{public_note}{private_note}".strip():
        raise Incomplete(_("Write the reason, for readers or for the desk: a story is killed or taken down for one."))
    with _deciding("withdraw", article, by=by, at=at, note=public_note or private_note) as turn:
        locked, at = turn.article, turn.at
        for edition in _standing(locked, at):
            _close(edition, max(at, edition.visible_from), at)
        if act in STRIKING:
            locked.editions.update(is_struck=True)
        reasons = {"act": act, "public_note": public_note, "private_note": private_note}
        withdrawal, __ = Withdrawal.objects.update_or_create(
            article=locked, defaults={"withdrawn_at": at, "withdrawn_by": by, **reasons}
        )
        turn.go(State.WITHDRAWN)
        story.keep(locked, by=by, at=at, note=_("Withdrawn"))
        return withdrawal


def cancel_schedule(edition: Edition, *, by: User | None, at: dt.datetime) -> Article:
    """Take back an edition that has not appeared yet; the one it would have replaced stays open."""
    article = edition.article
    with _turn("cancel", article, by=by, at=at) as turn:
        _ask_policy(turn)
        locked = turn.article
        edition = locked.editions.get(pk=edition.pk)
        if not turn.at < edition.visible_from < edition.visible_until:
            raise WrongState(_("This edition is not waiting to appear: there is nothing to cancel."))
        _close(edition, edition.visible_from, turn.at)
        if edition.former_until:
            former = locked.editions.get(visible_until=edition.visible_from, visible_from__lt=edition.visible_from)
            _close(former, edition.former_until, turn.at)
        turn.go(state_of(locked, turn.at))
        story.keep(locked, by=by, at=turn.at, note=_("Schedule cancelled"))
        return locked


@dataclass
class Turn:
    """One verb at work on a locked story."""

    verb: str
    article: Article
    by: User | None
    at: dt.datetime
    note: str

    def go(self, state: State) -> Step:
        """Bring the story into this state, and write down who did."""
        before, self.article.state = self.article.state, state
        self.article.save(update_fields=["state", "updated_at"])
        return Step.objects.create(
            article=self.article,
            verb=self.verb,
            state_before=before,
            state_after=state,
            by=self.by,
            at=self.at,
            note=self.note.strip(),
        )


@contextmanager
def _turn(verb: str, article: Article, *, by: User | None, at: dt.datetime, note: str = "") -> Iterator[Turn]:
    """Lock the story, see that the verb is this user's, and record what becomes of it; None is the house itself."""
    with changes.recording() as record:
        locked = Article.objects.select_for_update().get(pk=article.pk)
        if locked.is_trashed:
            raise WrongState(_("This story lies in the trash: bring it back first."))
        record.touch(locked)
        if follow_time([locked.pk], at):  # its moment has come, and nobody was there to record it
            locked.refresh_from_db(fields=["state"])
        yield Turn(verb, locked, by, _after_the_last(locked, at), note)
        record.touch(locked)
    article.state = locked.state


@contextmanager
def _deciding(verb: str, article: Article, *, by: User | None, at: dt.datetime, note: str = "") -> Iterator[Turn]:
    """A turn for a verb that may follow the story's state."""
    with _turn(verb, article, by=by, at=at, note=note) as turn:
        if turn.article.state not in TRANSITIONS[verb]:
            raise WrongState(refusal(verb, turn.article))
        _ask_policy(turn)
        yield turn


def _ask_policy(turn: Turn) -> None:
    if turn.by is None or policy.can(turn.by, turn.verb, turn.article):
        return
    if turn.verb == "approve" and policy.holds(turn.by, "approve", turn.article):
        raise NotAllowed(_("Nobody approves their own story: ask a colleague."))
    if turn.verb == "publish" and policy.holds(turn.by, "publish", turn.article):
        raise NotAllowed(
            _("A story is published once it is approved; this one is %(state)s.")
            % {"state": turn.article.get_state_display()}
        )
    raise NotAllowed(_("This is not yours to do."))


def _ask_checks(turn: Turn, opens: dt.datetime) -> None:
    """Errors keep a story from its approval, and from readers without one; an embargo holds for what is approved too.

    What was published was approved as it was then: a new edition of it is asked anew. The house itself is not asked,
    and neither is a correction: it may be the error that it mends.
    """
    if turn.by is None:
        return
    found = checks.errors(turn.article, opens)
    if turn.verb == "correct" or turn.article.state == State.APPROVED:
        found = [finding for finding in found if finding.code in checks.EMBARGOES]
    if found:
        raise Unready(found)


def _after_the_last(article: Article, at: dt.datetime) -> dt.datetime:
    """The moment of the verb: not before what another editor did to the story while this one waited for it."""
    last = article.editions.aggregate(last=Max("made_at"))["last"]
    return last if last and at < last <= at + LONGEST_WAIT else at


def _make_edition(turn: Turn, *, opens: dt.datetime, closes: dt.datetime | None = None, note: str = "") -> Edition:
    article, at = turn.article, turn.at
    _check(article, at, opens, closes)
    _ask_checks(turn, opens)
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
        **story.texts(article),
        story=story.printed(article),
        correction_note=note,
        published_by=turn.by,
        made_at=at,
    )
    facets.write(edition)
    turn.go(state_of(article, at))
    story.keep(article, by=turn.by, at=at, note=_("Edition %(number)s") % {"number": edition.number})
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
