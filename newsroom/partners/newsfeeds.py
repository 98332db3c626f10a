"""Atom, RSS 2.0 and JSON Feed 1.1 as this house writes them, with the terms of use in each entry."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape
from django.utils.translation import gettext as _

from newsroom.models import Change
from newsroom.partners.reservation import in_words, policy_address

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
DUBLIN_CORE = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
CONTENT = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}


class Steady(SyndicationFeed):
    """A feed without entries is as old as the last public change, and not as the moment of asking."""

    def latest_post_date(self) -> dt.datetime:
        changed_at = (
            None if self.items else Change.objects.order_by("-seq").values_list("changed_at", flat=True).first()
        )
        return changed_at or super().latest_post_date()


class Atom(Steady, Atom1Feed):
    """Atom, RFC 4287, in pages of RFC 5005; `content` is the whole text where an entry has one."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if next_url := self.feed.get("next_url"):
            handler.addQuickElement("link", "", {"rel": "next", "href": next_url})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """An entry in another language than its feed says so."""
        language = item.get("language") or self.feed["language"]
        return super().item_attributes(item) | ({"xml:lang": language} if language != self.feed["language"] else {})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item.get("content"):
            handler.addQuickElement("content", item["content"], {"type": "html"})


class Rss(Steady, Rss201rev2Feed):
    """RSS 2.0; what it has no words for stands in those of Dublin Core and of its content module."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item.get("item_copyright"):
            handler.addQuickElement("dc:rights", item["item_copyright"], DUBLIN_CORE)
        if item.get("language"):
            handler.addQuickElement("dc:language", item["language"], DUBLIN_CORE)
        if item.get("content"):
            handler.addQuickElement("content:encoded", item["content"], CONTENT)


class JSONFeed(Steady):
    """JSON Feed 1.1; terms stand in an extension, `_rights`."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        about = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "_rights": {
                "notice": self.feed["feed_copyright"],
                "tdm_reservation": 1,
                "tdm_policy": policy_address(),
            },
            "items": [_json_item(item) for item in self.items],
        }
        if next_url := self.feed.get("next_url"):
            about["next_url"] = next_url
        outfile.write(json.dumps(about, ensure_ascii=False).encode(encoding))


def _json_item(item: Mapping[str, Any]) -> dict[str, Any]:
    moments = {"date_published": item["pubdate"], "date_modified": item["updateddate"]}
    content = item.get("content")
    return {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": content or item["description"],
        **({"summary": item["summary"]} if content and item.get("summary") else {}),
        "tags": list(item["categories"]),
        **({"language": item["language"]} if item.get("language") else {}),
        **({"authors": [{"name": item["author_name"]}]} if item["author_name"] else {}),
        **{name: rfc3339_date(moment) for name, moment in moments.items() if moment},
        **({"_rights": {"notice": item["item_copyright"]}} if item["item_copyright"] else {}),
    }


FeedType = type[Atom] | type[Rss] | type[JSONFeed]
FORMATS: dict[str, FeedType] = {"atom": Atom, "rss": Rss, "json": JSONFeed}


def notice() -> str:
    """What holds for all texts of ours, for the head of a feed."""
    words = _("Texts by %(newsroom)s; sources are credited in each, and rights in them stay with their owners.")
    return f"{words % {'newsroom': settings.NEWSROOM_NAME}} {in_words()}"


def printable(text: str) -> str:
    """Without the characters that no XML document may hold, whoever typed them."""
    return UNPRINTABLE.sub("", text)


def paragraphs(*lines: str) -> str:
    """A plain text, in the HTML that feed readers expect."""
    return "".join(f"<p>{escape(printable(line))}</p>" for line in lines if line)
