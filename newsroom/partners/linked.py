"""Stored documents as JSON-LD in the words of schema.org; what is empty is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from newsroom.changes import Document
from newsroom.models import Change
from newsroom.partners import reservation
from newsroom.partners.companions import Companions
from newsroom.partners.ninjs import NEWSCODES, urn

Node = dict[str, Any]

STATUS = {"scheduled": "Scheduled", "held": "Scheduled", "postponed": "Postponed", "cancelled": "Cancelled"}
MODE = {"in-person": "Offline", "online": "Online", "hybrid": "Mixed"}
ROLES = {"author": "author", "reporting": "contributor", "editing": "editor", "translation": "translator"}
WORKS = frozenset({"article", "photo"})
DAY_LENGTH = len("2025-12-09")


def node(entry: Change, document: Document, companions: Companions) -> Node:
    """One object; what holds for mining and AI training stands in `usageInfo` and `conditionsOfAccess`."""
    frame = {
        "@context": "https://schema.org",
        "@id": urn(document["id"]),
        "url": document["url"],
        "version": entry.version if entry.kind in {"article", "photo"} else None,
    }
    return _filled(frame | NODES[entry.kind](document, companions) | _page(entry, document))


def _article(document: Document, companions: Companions) -> Node:
    return {
        "@type": "NewsArticle",
        "headline": document["headline"],
        "description": document["standfirst"],
        "articleBody": document["body_html"],
        "inLanguage": document["language"],
        "datePublished": document["first_published_at"],
        "dateModified": document["updated_at"],
        "expires": document["expires_at"],
        "publisher": _publisher(),
        "copyrightHolder": {"@type": "Organization", "name": settings.NEWSROOM_NAME},
        **_signed(document["bylines"]),
        "about": [*_things("Event", document["events"]), *_terms(document["topics"], companions)],
        "mentions": [*map(_mention, document["people"]), *_things("Organization", document["organisations"])],
        "image": [_picture_of(use, companions) for use in document["photos"]],
        "translationOfWork": _original(original) if (original := document.get("translation_of")) else None,
        "workTranslation": [_version(one) for one in document.get("translations", [])],
        "isBasedOn": [_work(source) for source in document["sources"]],
        "correction": _corrections(document["corrections"]),
        **_usage(document),
    }


def _corrections(stated: Iterable[Document]) -> list[Node]:
    return [_filled({"@type": "CorrectionComment", "text": one["note"], "datePublished": one["at"]}) for one in stated]


def _original(translated: Document) -> Node:
    """With those of its corrections that the translation does not say yet."""
    return _filled(_version(translated) | {"correction": _corrections(translated.get("corrections_since", []))})


def _version(translation: Document) -> Node:
    named = {"@type": "NewsArticle", "@id": urn(translation["id"]), "url": translation["url"]}
    return {**named, "headline": translation["name"], "inLanguage": translation["language"]}


def _signed(bylines: Iterable[Document]) -> Node:
    """Who signs it, in each role; words that are no person of ours are taken for an organisation."""
    signed: dict[str, list[Node]] = {}
    for one in bylines:
        kind = "Person" if "id" in one else "Organization"
        signed.setdefault(ROLES.get(one["role"], "contributor"), []).append(_thing(kind, one))
    return signed


def _mention(person: Document) -> Node:
    return _filled({**_thing("Person", person), "jobTitle": person["title"]})


def _picture_of(use: Document, companions: Companions) -> Node:
    """The photograph with the caption of this use; its files only where the licence has them."""
    known = companions.document(use["id"])
    whole = _photo(known, companions) if known else {"@type": "ImageObject"}
    return _filled(whole | {"@id": urn(use["id"]), "url": use["url"], "caption": use["caption"]})


def _photo(document: Document, companions: Companions) -> Node:
    photographer = document["photographer"]
    return {
        "@type": "ImageObject",
        "name": document["headline"],
        "caption": document["caption"],
        "description": document["alt_text"],
        "creditText": document["credit_line"],
        "copyrightNotice": document["copyright_notice"],
        "creator": _thing("Person", photographer) if photographer else None,
        "about": [
            *(_thing("Person", one["person"]) for one in document["people"]),
            *_things("Organization", document["organisations"]),
        ],
        "encoding": [_file(one) for one in document["renditions"]],
        **_usage(document),
    }


def _file(rendition: Document) -> Node:
    return {
        "@type": "MediaObject",
        "contentUrl": rendition["href"],
        "encodingFormat": rendition["contentType"],
        "width": rendition["width"],
        "height": rendition["height"],
        "contentSize": str(rendition["sizeInBytes"]),
    }


def _event(document: Document, companions: Companions) -> Node:
    mode = MODE.get(document["mode"])
    return {
        "@type": "Event",
        "name": document["name"],
        "alternateName": document["native_name"],
        "description": document["summary"],
        "startDate": document["starts_at"] or _day(document["starts_on"]),
        "endDate": document["ends_at"] or _day(document["ends_on"]),
        "eventStatus": f"https://schema.org/Event{STATUS[document['status']]}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode" if mode else None,
        "location": _place(document["venue"]) if document["venue"] else None,
        "organizer": _things("Organization", [one["organisation"] for one in document["hosts"]]),
        "performer": _things("Person", [one["person"] for one in document["appearances"]]),
        "subEvent": [_session(one) for one in document["sessions"]],
        "about": _terms(document["topics"], companions),
        "superEvent": _series(document["series"]),
    }


def _day(date: Document | None) -> str | None:
    """A day that is certain; ISO 8601 has no words for another."""
    edtf = date["edtf"] if date else ""
    return edtf if len(edtf) == DAY_LENGTH and edtf.replace("-", "").isdigit() else None


def _session(session: Document) -> Node:
    return _filled(
        {
            "@type": "Event",
            "name": session["title"],
            "startDate": session["starts_at"],
            "endDate": session["ends_at"],
            "location": {"@type": "Place", "name": session["room"]} if session["room"] else None,
        }
    )


def _series(series: Document | None) -> Node | None:
    return {"@type": "EventSeries", "name": series["name"]} if series else None


def _place(venue: Document) -> Node:
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue["address"],
        "addressLocality": venue["city"],
        "addressCountry": venue["country"],
    }
    place: Node = {"@type": "Place", "name": venue["name"] or venue["city"], "address": _filled(address)}
    if venue["latitude"] is not None and venue["longitude"] is not None:
        place |= {"latitude": venue["latitude"], "longitude": venue["longitude"]}
    return place


def _person(document: Document, companions: Companions) -> Node:
    return {
        "@type": "Person",
        "name": document["name"],
        "familyName": document["family_name"],
        "givenName": document["given_name"],
        "alternateName": [*filter(None, [document["native_name"]]), *(one["spelling"] for one in document["variants"])],
        "description": document["biography"],
        "sameAs": list(filter(None, [_at("https://orcid.org/", document["orcid"]), _wikidata(document)])),
        "hasOccupation": [_post(one) for one in document["positions"]],
    }


def _post(position: Document) -> Node:
    """A title at an organisation, from and to days that are certain."""
    holds: Node = {"@type": "Occupation", "name": position["title"]}
    organisation = position["organisation"]
    return _filled(
        {
            "@type": "EmployeeRole",
            "roleName": position["title"],
            "hasOccupation": holds,
            "startDate": _day(position["starts_on"]),
            "endDate": _day(position["ends_on"]),
            "worksFor": _thing("Organization", organisation) if organisation else None,
        }
    )


def _organisation(document: Document, companions: Companions) -> Node:
    parent = document["parent"]
    return {
        "@type": "Organization",
        "name": document["name"],
        "alternateName": list(
            filter(
                None,
                [
                    document["short_name"],
                    document["native_name"],
                    *(one["spelling"] for one in document["variants"]),
                ],
            )
        ),
        "description": document["description"],
        "parentOrganization": _thing("Organization", parent) if parent else None,
        "sameAs": list(filter(None, [document["website"], document["ror"], _wikidata(document)])),
    }


def _topic(document: Document, companions: Companions) -> Node:
    return _term(document) | {"alternateName": document["name_ko"], "description": document["description"]}


NODES = {
    "article": _article,
    "photo": _photo,
    "event": _event,
    "person": _person,
    "organisation": _organisation,
    "topic": _topic,
}


def _terms(references: Iterable[Document], companions: Companions) -> list[Node]:
    return [_term(companions.document(one["id"]) or one) for one in references]


def _term(topic: Document) -> Node:
    """A topic, under IPTC's code where it has one."""
    code = topic.get("medtop", "")
    scheme = f"{NEWSCODES}/mediatopic/" if code else None
    return _filled(
        {
            "@type": "DefinedTerm",
            "@id": urn(topic["id"]),
            "name": topic["name"],
            "termCode": code,
            "inDefinedTermSet": scheme,
        }
    )


def _things(kind: str, references: Iterable[Document]) -> list[Node]:
    return [_thing(kind, one) for one in references]


def _thing(kind: str, reference: Document) -> Node:
    """Another object; by name alone while that is not public."""
    named: Node = {"@type": kind, "name": reference["name"]}
    return named | ({"@id": urn(reference["id"]), "url": reference["url"]} if "id" in reference else {})


def _work(source: Document) -> Node:
    return _filled(
        {
            "@type": "CreativeWork",
            "name": source["title"],
            "url": source["url"],
            "publisher": {"@type": "Organization", "name": source["publisher"]},
            "author": source["author"],
            "copyrightNotice": source["rights_notice"],
        }
    )


def _usage(document: Document) -> Node:
    training = reservation.training_in_words(reservation.training(document)) or reservation.in_words()
    terms = " ".join(filter(None, [document.get("usage_terms", ""), training]))
    return {"usageInfo": reservation.policy_address(), "conditionsOfAccess": terms}


def _page(entry: Change, document: Document) -> Node:
    """The terms of what schema.org takes for no work of anybody's: they are those of the page about it."""
    if entry.kind in WORKS:
        return {}
    return {"mainEntityOfPage": {"@type": "WebPage", "@id": document["url"], **_usage(document)}}


def _publisher() -> Node:
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.NEWSROOM_NAME,
        "url": f"{settings.SITE_URL}/",
        "correctionsPolicy": f"{settings.SITE_URL}/corrections/",
    }


def _wikidata(document: Document) -> str:
    return _at("https://www.wikidata.org/entity/", document["wikidata"])


def _at(base: str, value: str) -> str:
    return f"{base}{value}" if value and "://" not in value else value


def _filled(found: Node) -> Node:
    return {name: value for name, value in found.items() if value not in ("", None, [], {})}
