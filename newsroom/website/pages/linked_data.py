"""Detail pages: a story in the words of schema.org, and the nodes that every page's linked data is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from newsroom.articles.models import Byline, Edition
from newsroom.articles.story import Cast, Snapshot
from newsroom.articles.translations import Versions
from newsroom.documents import instant, site_address
from newsroom.markup import words_in
from newsroom.models import Source
from newsroom.photos.models import Photo
from newsroom.website.languages import tagline
from newsroom.website.pages.days import certain_day
from newsroom.website.pages.figures import Figure
from newsroom.website.pages.links import Link, link, public_records
from newsroom.website.pictures import Picture
from newsroom.website.translated import address_of

Node = dict[str, Any]

CONTEXT = "https://schema.org"
PUBLIC_DOMAIN_MARK = "https://creativecommons.org/publicdomain/mark/1.0/"

# schema.org's property for each role of a byline
PROPERTY = {
    Byline.Role.AUTHOR: "author",
    Byline.Role.REPORTING: "contributor",
    Byline.Role.EDITING: "editor",
    Byline.Role.TRANSLATION: "translator",
}


def filled(node: Node) -> Node:
    """Without what is empty: nothing is claimed that is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def news_article(edition: Edition, known: Cast, lead: Figure | None, others: Versions) -> Node:
    """The edition as a NewsArticle, with its corrections; takes an edition from `story.with_corrections`."""
    printed, address = edition.story, _address(edition) if others.others else site_address(edition.get_absolute_url())
    return filled(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": edition.article.uuid.urn,
            "url": address,
            "mainEntityOfPage": address,
            "headline": edition.headline,
            "description": edition.standfirst,
            "articleSection": edition.get_kind_display(),
            "dateline": edition.dateline,
            "inLanguage": edition.language,
            "version": edition.number,
            "wordCount": words_in(edition.body),
            "datePublished": instant(edition.first_published_at),
            "dateModified": instant(edition.visible_from),
            "publisher": publisher(),
            "isAccessibleForFree": True,
            **_signed(printed, known),
            "about": [thing("Event", link(event)) for event in public_records(printed["events"], known.events)],
            "mentions": [thing("Person", link(known.people.get(one["id"]), one["name"])) for one in printed["people"]],
            "keywords": [topic.name for topic in public_records(printed["topics"], known.topics)],
            "isBasedOn": [_work(known.sources[slug]) for slug in printed["sources"] if slug in known.sources],
            "image": image(lead.picture, lead.photo, lead.caption) if lead else {},
            "correction": [_correction(one) for one in edition.article.public_editions if one.is_correction],  # type: ignore[attr-defined]
            "translationOfWork": _original(others.original, others.corrected_since) if others.original else {},
            "workTranslation": [_version(one) for one in others.translations],
        }
    )


def _signed(printed: Snapshot, known: Cast) -> dict[str, list[Node]]:
    """Who signs it, in each role; words that are no person of ours are taken for an organisation."""
    signed: dict[str, list[Node]] = {"author": []}
    for one in printed["bylines"]:
        person = known.people.get(one["person"] or "")
        node = thing("Person" if one["person"] else "Organization", link(person, one["name"]))
        signed.setdefault(PROPERTY[Byline.Role(one["role"])], []).append(node)
    signed["author"] = signed["author"] or [house()]
    return signed


def _work(source: Source) -> Node:
    return filled(
        {
            "@type": "CreativeWork",
            "name": source.title or str(source),
            "publisher": source.publisher,
            "author": source.author,
            "datePublished": certain_day(source.published_on),
            "copyrightNotice": source.rights_notice,
            "url": source.url,
        }
    )


def _version(edition: Edition) -> Node:
    """The same story in another language."""
    return {
        "@type": "NewsArticle",
        "@id": edition.article.uuid.urn,
        "headline": edition.headline,
        "inLanguage": edition.language,
        "url": _address(edition),
    }


def _original(edition: Edition, corrected_since: Iterable[Edition]) -> Node:
    """With those of its corrections that the translation does not say yet."""
    return filled(_version(edition) | {"correction": [_correction(one) for one in corrected_since]})


def _address(edition: Edition) -> str:
    """The one address of a text that there is in several languages, whatever page tells of it."""
    return site_address(address_of(edition))


def _correction(edition: Edition) -> Node:
    return {
        "@type": "CorrectionComment",
        "text": edition.correction_note,
        "inLanguage": edition.language,
        "datePublished": instant(edition.visible_from),
    }


# What every page's data is made of


def house() -> Node:
    return {"@type": "NewsMediaOrganization", "name": settings.NEWSROOM_NAME, "url": site_address("/")}


def publisher() -> Node:
    return house() | {
        "logo": site_address(f"{settings.STATIC_URL}icons/seal.png"),
        "correctionsPolicy": site_address(reverse("corrections")),
    }


def thing(kind: str, named: Link) -> Node:
    node = {"@type": kind, "name": named.name}
    return node | {"url": site_address(named.url)} if named.url else node


def things(kind: str, named: Iterable[Link]) -> list[Node]:
    return [thing(kind, one) for one in named]


def image(picture: Picture | None, photo: Photo, caption: str = "") -> Node:
    """The photograph with its licence, where it is shown itself; a drawing that stands for it is none."""
    if picture is None or picture.is_placeholder:
        return {}
    large = picture.large
    address = urljoin(site_address("/"), large.file.url)
    files = {"url": address, "contentUrl": address, "width": large.width, "height": large.height}
    return _identified(photo) | files | _licensed(photo, caption)


def photograph(picture: Picture | None, photo: Photo) -> Node:
    """The same for its own page, which tells of the record also where the photograph itself is not shown."""
    page = site_address(photo.get_absolute_url())
    own = {
        "@context": CONTEXT,
        "name": str(photo),
        "mainEntityOfPage": page,
        "dateCreated": certain_day(photo.taken_on),
    }
    shown = image(picture, photo) or {**_identified(photo), "url": page, **_licensed(photo)}
    return filled(shown | own)


def _identified(photo: Photo) -> Node:
    return {"@type": "ImageObject", "@id": photo.uuid.urn}


def _licensed(photo: Photo, caption: str = "") -> Node:
    """Reads `photo.photographer`. What the licence is, and from whom to get one, is told on the photo's page."""
    about = f"{site_address(photo.get_absolute_url())}#record"
    is_free = photo.rights == Photo.Rights.PUBLIC_DOMAIN
    return filled(
        {
            "caption": caption or photo.description,
            "creator": thing("Person", link(photo.photographer)) if photo.photographer else {},
            "creditText": photo.credit_line,
            "copyrightNotice": photo.copyright_notice,
            "usageInfo": about,
            "license": PUBLIC_DOMAIN_MARK if is_free else about,
            "acquireLicensePage": "" if is_free else about,
        }
    )


def website() -> Node:
    """The house itself, with its search."""
    search = {"@type": "EntryPoint", "urlTemplate": f"{site_address(reverse('search'))}?q={{words}}"}
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": settings.NEWSROOM_NAME,
        "description": tagline(),
        "url": site_address(reverse("home")),
        "inLanguage": get_language(),
        "publisher": publisher(),
        "potentialAction": {"@type": "SearchAction", "target": search, "query-input": "required name=words"},
    }


def breadcrumbs(section: str, url: str, here: str = "") -> Node:
    """The way from the front page as the page itself shows it; the page at its end needs no address."""
    way: list[Node] = [
        {"name": _("Home"), "item": site_address(reverse("home"))},
        {"name": section, "item": site_address(url)},
        *([{"name": here}] if here else []),
    ]
    steps = [{"@type": "ListItem", "position": place, **one} for place, one in enumerate(way, 1)]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": steps}
