"""Detail pages: a story in the words of schema.org, for whoever reads the page by machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from newsroom.articles.models import Byline, Edition
from newsroom.articles.story import Cast, Snapshot
from newsroom.documents import instant, site_address
from newsroom.models import Source
from newsroom.website.pages.figures import Figure
from newsroom.website.pages.links import Link, link, public_records

Node = dict[str, Any]

# schema.org's property for each role of a byline
PROPERTY = {
    Byline.Role.AUTHOR: "author",
    Byline.Role.REPORTING: "contributor",
    Byline.Role.EDITING: "editor",
    Byline.Role.TRANSLATION: "translator",
}


def news_article(edition: Edition, known: Cast, lead: Figure | None) -> Node:
    """The edition as a NewsArticle, with its corrections; takes an edition from `story.with_corrections`."""
    printed, address = edition.story, site_address(edition.get_absolute_url())
    facts: Node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": edition.article.uuid.urn,
        "url": address,
        "mainEntityOfPage": address,
        "headline": edition.headline,
        "description": edition.standfirst,
        "inLanguage": edition.language,
        "version": edition.number,
        "datePublished": instant(edition.first_published_at),
        "dateModified": instant(edition.visible_from),
        "publisher": _publisher(),
        **_signed(printed, known),
        "about": [_thing("Event", link(event)) for event in public_records(printed["events"], known.events)],
        "mentions": list(_mentioned(printed, known)),
        "keywords": [topic.name for topic in public_records(printed["topics"], known.topics)],
        "isBasedOn": [_work(known.sources[slug]) for slug in printed["sources"] if slug in known.sources],
        "image": _image(lead),
        "correction": [_correction(one) for one in edition.article.public_editions if one.is_correction],  # type: ignore[attr-defined]
    }
    return {name: value for name, value in facts.items() if value}


def _publisher() -> Node:
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.NEWSROOM_NAME,
        "url": site_address("/"),
        "correctionsPolicy": site_address(reverse("corrections")),
    }


def _signed(printed: Snapshot, known: Cast) -> dict[str, list[Node]]:
    """Who signs it, in each role; words that are no person of ours are taken for an organisation."""
    signed: dict[str, list[Node]] = {"author": []}
    for one in printed["bylines"]:
        person = known.people.get(one["person"] or "")
        node = _thing("Person" if one["person"] else "Organization", link(person, one["name"]))
        signed.setdefault(PROPERTY[Byline.Role(one["role"])], []).append(node)
    signed["author"] = signed["author"] or [{"@type": "NewsMediaOrganization", "name": settings.NEWSROOM_NAME}]
    return signed


def _mentioned(printed: Snapshot, known: Cast) -> Iterator[Node]:
    """The people under their names as printed, and the organisations that are public."""
    for one in printed["people"]:
        title = {"jobTitle": one["title"]} if one["title"] else {}
        yield _thing("Person", link(known.people.get(one["id"]), one["name"])) | title
    for organisation in public_records(printed["organisations"], known.organisations):
        yield _thing("Organization", link(organisation))


def _thing(kind: str, named: Link) -> Node:
    node = {"@type": kind, "name": named.name}
    return node | {"url": site_address(named.url)} if named.url else node


def _work(source: Source) -> Node:
    node = {"@type": "CreativeWork", "name": source.title or str(source), "publisher": source.publisher}
    return node | {"url": source.url} if source.url else node


def _image(lead: Figure | None) -> Node:
    """The lead picture where the photograph itself is shown; a drawing that stands for it is none."""
    if lead is None or lead.picture is None or lead.picture.is_placeholder:
        return {}
    large = lead.picture.large
    return {
        "@type": "ImageObject",
        "url": urljoin(site_address("/"), large.file.url),
        "width": large.width,
        "height": large.height,
        "caption": lead.caption,
        "creditText": lead.photo.credit_line,
    }


def _correction(edition: Edition) -> Node:
    return {
        "@type": "CorrectionComment",
        "text": edition.correction_note,
        "inLanguage": edition.language,
        "datePublished": instant(edition.visible_from),
    }
