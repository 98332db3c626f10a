"""The copy desk's letters: who is told of what, in the transaction in which it happens.

Nobody is told of their own act, of a story that they may not see, or twice of one event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from newsroom import mail, policy
from newsroom.articles.models import Article, Comment, SignOff, Step
from newsroom.desk_pages import form_of
from newsroom.documents import site_address
from newsroom.models import User


def tell(step: Step) -> None:
    """Of a step of the workflow, as far as somebody waits for it."""
    if notice := NOTICES.get(step.verb):
        notice(step)


def handed_in(step: Step) -> None:
    """Whoever sent it back last learns that it is there again."""
    returned = step.article.steps.filter(verb="return").select_related("by").order_by("-at", "-pk").first()
    readers = [returned.by] if returned else []
    subject = format_lazy(_("Handed in again: {story}"), story=step.article)
    _send("handed_in", subject, step.article, readers, by=step.by, note=step.note)


def sent_back(step: Step) -> None:
    """Its writers get the reason, and answer to who gave it."""
    subject = format_lazy(_("Sent back to you: {story}"), story=step.article)
    _send("sent_back", subject, step.article, _writers(step.article), by=step.by, note=step.note)


def approved(step: Step) -> None:
    subject = format_lazy(_("Approved: {story}"), story=step.article)
    _send("approved", subject, step.article, _writers(step.article), by=step.by, note=step.note)


def assigned(article: Article, by: User | None) -> None:
    """To whom the story was given, or whose due date changed."""
    subject = format_lazy(_("Assigned to you: {story}"), story=article)
    _send("assigned", subject, article, [article.assigned_to], by=by)


def mentioned(comment: Comment) -> None:
    article = comment.thread.article
    subject = format_lazy(_("{colleague} mentions you: {story}"), colleague=comment.by, story=article)
    address = reverse("admin:articles_article_talk", args=[article.pk]) + f"#thread-{comment.thread_id}"
    _send("mentioned", subject, article, comment.mentioned.all(), by=comment.by, note=comment.text, path=address)


def signed_off(sign_off: SignOff) -> None:
    """Whoever shared the draft, and whoever works on it."""
    article = sign_off.link.article
    words = {
        SignOff.Verdict.APPROVE: _("{name} approves the draft: {story}"),
        SignOff.Verdict.CHANGE: _("{name} asks for a change: {story}"),
    }
    subject = format_lazy(words[SignOff.Verdict(sign_off.verdict)], name=sign_off.name, story=article)
    readers = [sign_off.link.made_by, article.assigned_to]
    _send("signed_off", subject, article, readers, by=None, note=sign_off.comment, sign_off=sign_off)


NOTICES: dict[str, Callable[[Step], None]] = {"submit": handed_in, "return": sent_back, "approve": approved}


def _writers(article: Article) -> list[User | None]:
    return [article.created_by, article.assigned_to]


def _send(
    name: str, subject: Any, article: Article, readers: Iterable[User | None], *, by: User | None, **more: Any
) -> None:
    path = more.pop("path", "") or form_of(article)
    context = {"story": article, "by": by, "address": site_address(path), **more}
    for reader in dict.fromkeys(readers):
        if reader and reader != by and policy.can(reader, "see", article):
            mail.write(reader, subject, f"mail/{name}.txt", context, by.email if by else "")
