"""The copy desk's words beforehand: what somebody should know of stories before a verb is done to them.

A page may confirm a hundred stories at once, so each of these notices asks once for all of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from newsroom.articles import checks
from newsroom.articles.models import Article, Edition, Withdrawal
from newsroom.articles.transitions import TRANSITIONS
from newsroom.articles.translations import Beside, beside

#: states in which readers have nothing, and nothing waits for its moment
UNSEEN = {Article.State.DRAFT, Article.State.REVIEW, Article.State.APPROVED, Article.State.WITHDRAWN}


def standing(article: Article, at: dt.datetime) -> list[Edition]:
    """The editions that readers have or will have, read once for a page."""
    if "standing" not in vars(article):
        _read_standing([article], at)
    found: list[Edition] = vars(article)["standing"]
    return found


def _read_standing(articles: Sequence[Article], at: dt.datetime) -> None:
    seen = [article.pk for article in articles if article.state not in UNSEEN]
    editions: dict[int, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.open_or_pending(at).filter(article__in=seen).defer("body", "story") if seen else ():
        editions[edition.article_id].append(edition)
    for article in articles:
        vars(article)["standing"] = editions[article.pk]


def scheduled(article: Article, at: dt.datetime) -> Edition | None:
    """The edition that waits for its moment."""
    return next((edition for edition in standing(article, at) if edition.visible_from > at), None)


def what_waits(articles: Sequence[Article], at: dt.datetime) -> list[str]:
    _read_standing(articles, at)
    return [_waits(article, scheduled(article, at)) for article in articles]


def _waits(article: Article, edition: Edition | None) -> str:
    if edition is None:
        return ""
    sentence = gettext("Edition %(number)s of “%(story)s” was to appear on %(moment)s. What readers see now stays.")
    moment = date_format(localtime(edition.visible_from), "DATETIME_FORMAT")
    return sentence % {"number": edition.number, "story": article, "moment": moment}


def whether_it_returns(articles: Sequence[Article], at: dt.datetime) -> list[str]:
    """A correction of what has expired opens the story again, which its name does not say."""
    _read_standing(articles, at)
    sentence = gettext("“%(story)s” has expired: this correction makes it public again, for good.")
    returning = [one.state in TRANSITIONS["correct"] and not standing(one, at) for one in articles]
    return [sentence % {"story": one} if is_back else "" for one, is_back in zip(articles, returning, strict=True)]


def what_stops_it(articles: Sequence[Article], at: dt.datetime) -> list[str]:
    """The errors of the last save: a story that has some is not approved, nor published unapproved."""
    return [_stops(article) for article in articles]


def _stops(article: Article) -> str:
    errors = [finding.sentence for finding in checks.kept(article) if finding.is_error]
    if not errors:
        return ""
    return gettext("To be mended first in “%(story)s”: %(errors)s") % {"story": article, "errors": " ".join(errors)}


def what_became_of_it(articles: Sequence[Article], at: dt.datetime) -> list[str]:
    """That a story was withdrawn, above all that it was killed, is said before it comes back."""
    withdrawn = [article.pk for article in articles if article.state == Article.State.WITHDRAWN]
    found = {one.article_id: one for one in Withdrawal.objects.filter(article__in=withdrawn)} if withdrawn else {}
    return [_became(one, found[one.pk]) if one.pk in found else _stops(one) for one in articles]


def _became(article: Article, withdrawal: Withdrawal) -> str:
    sentence = gettext("“%(story)s” was %(act)s on %(moment)s: %(reason)s Publishing it makes it public again.")
    return sentence % {
        "story": article,
        "act": withdrawal.get_act_display(),
        "moment": date_format(localtime(withdrawal.withdrawn_at), "DATETIME_FORMAT"),
        "reason": withdrawal.public_note or withdrawal.private_note or gettext("no reason was given."),
    }


def what_stays(articles: Sequence[Article], at: dt.datetime) -> list[str]:
    """What is wrong in one language is wrong in the others: to withdraw a story leaves its translations standing."""
    told = beside([article.pk for article in articles])
    return [_stays(one, told.get(one.pk, Beside()).visible(at).others) for one in articles]


def _stays(article: Article, others: list[Edition]) -> str:
    if not others:
        return ""
    sentence = gettext("Readers keep “%(story)s” in other languages: %(others)s. Withdraw these too if they are wrong.")
    return sentence % {"story": article, "others": ", ".join(f"“{edition.headline}”" for edition in others)}
