"""The demo's work in progress: stories that its accounts are writing, so that the desk is not empty.

Their facts are those of the demo's published stories; their gaps are meant, so that the checks have something to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from events.models import Event
from newsroom import changes
from newsroom.articles import story, workflow
from newsroom.articles.models import Article, Kind
from newsroom.models import Source, Topic, User


@dataclass(frozen=True)
class Draft:
    """A story in progress: its facts, when it is due, and the verbs that brought it where it is."""

    slug: str
    headline: str
    body: str
    event: str
    due_in: dt.timedelta
    standfirst: str = ""
    dateline: str = ""
    topic: str = "science-diplomacy"
    source: str = ""
    desk_note: str = ""
    is_handed_in: bool = False
    sent_back: str = ""


DRAFTS = (
    Draft(
        slug="two-forums-that-two-ministries-shared",
        headline="Two forums that two ministries shared",
        body=(
            "<p>Twice on this newsroom's record the science and the foreign ministry have hosted a forum on science "
            "diplomacy together: on 19 December 2023 and on 9 December 2025. About 250 people came to the first, "
            "about 200 to the second.</p>"
        ),
        event="k-science-technology-global-forum-2025",
        due_in=dt.timedelta(days=3),
        desk_note="Standfirst and sources are still to come.",
    ),
    Draft(
        slug="research-security-had-a-session-of-its-own",
        headline="Research security had a session of its own",
        standfirst="What specialists from the OECD, Japan and KAIST brought to the forum of December 2025.",
        dateline="Seoul",
        body=(
            "<p>When the science and foreign ministries met researchers and diplomats at the Conrad Hotel on "
            "9 December, one session dealt with research security alone. Specialists from the OECD and from Japan's "
            "government took part, and Kim Kuktae of KAIST spoke for the universities.</p>"
        ),
        event="k-science-technology-global-forum-2025",
        topic="research-security",
        source="asiae-2025-global-forum",
        due_in=dt.timedelta(days=1),
        is_handed_in=True,
    ),
    Draft(
        slug="a-decade-of-a-korean-association-in-beijing",
        headline="A decade of a Korean association in Beijing",
        standfirst="The association of Korean scientists in China marked its tenth year with a conference.",
        body=(
            "<p>The Korean Scientists and Technologists Association in China (KSTAC) held a conference in Beijing for "
            "its tenth anniversary. Kim Jun-yeon gave the keynote, and Kim Sang-bae spoke of technology and "
            "international politics.</p>"
        ),
        event="kstac-10th-anniversary-conference",
        topic="korea-china-cooperation",
        source="donga-kstac-anniversary",
        due_in=dt.timedelta(days=-1),
        is_handed_in=True,
        sent_back="Say of which bodies the two speakers come, and give the story its dateline.",
    ),
)


def begin_stories(users: Mapping[str, User]) -> None:
    """Let the reporter write these, and the editor answer; where one was begun, editors have the last word."""
    if Article.objects.filter(slug__in=[draft.slug for draft in DRAFTS]).exists():
        return
    User.objects.filter(pk=users["reporter"].pk).update(wants_mail=False)  # nobody reads letters of the set-up
    for draft in DRAFTS:
        _begin(draft, User.objects.get(pk=users["reporter"].pk), users["editor"])
    User.objects.filter(pk=users["reporter"].pk).update(wants_mail=True)


def _begin(draft: Draft, reporter: User, editor: User) -> None:
    now = timezone.now()
    article = _write(draft, reporter, now)
    if draft.is_handed_in:
        workflow.submit(article, by=reporter, at=now)
    if draft.sent_back:
        workflow.send_back(article, by=editor, at=now, note=draft.sent_back)


def _write(draft: Draft, reporter: User, now: dt.datetime) -> Article:
    with changes.recording() as record:
        article = Article.objects.create(
            slug=draft.slug,
            headline=draft.headline,
            standfirst=draft.standfirst,
            dateline=draft.dateline,
            body=draft.body,
            kind=Kind.BRIEF,
            desk_note=draft.desk_note,
            created_by=reporter,
            assigned_to=reporter,
            due_on=timezone.localdate(now) + draft.due_in,
        )
        article.topics.set(Topic.objects.filter(slug=draft.topic))
        article.events.set(Event.objects.filter(slug=draft.event))
        article.sources.set(Source.objects.filter(slug=draft.source))
        story.keep(article, by=reporter, at=now)
        record.touch(article)
    return article
