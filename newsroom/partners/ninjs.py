"""Stored documents as ninjs 3.2, IPTC's News in JSON: one item for each object, valid against IPTC's own schema."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django_countries import countries

from newsroom.changes import Document
from newsroom.markup import plain
from newsroom.models import Change
from newsroom.partners import reservation
from newsroom.partners.companions import Companions

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json"
EXTENSION = "attache"  # the profile that carries our own document beside what ninjs has words for
NEWSCODES = "http://cv.iptc.org/newscodes"
# IPTC's codes for whether an event takes place: eos5 certainly does or did, eos2 is uncertain, eos6 was cancelled.
OCCURRENCE = {"scheduled": "eos5", "held": "eos5", "postponed": "eos2", "cancelled": "eos6"}
TRUNCATED = re.compile(r"\d{4}(-[01]\d(-\d\d)?)?")  # the month of a season is 21 or more
# What was public and may come back is withheld; the rest has ended for good.
WITHHELD = frozenset({"rights", "expired", "hidden"})


def extension_address() -> str:
    """Where the JSON Schema of our extension profile stands."""
    return f"{settings.SITE_URL}/api/v1/ninjs-{EXTENSION}.schema.json"


def item(entry: Change, document: Document, companions: Companions, *, extended: bool = False) -> Document:
    """One object; with `extended`, under our own profile and schema, which say so."""
    found = _whole(entry, document, companions)
    if entry.kind in WITH_ASSOCIATIONS:
        found["associations"] = list(_associations(document, companions))
    found["edNote"] = " ".join(filter(None, [entry.note, *_what_is_withheld(document)]))
    if extended:
        found |= {"profile": EXTENSION, EXTENSION: document}
        found["standard"] = {**found["standard"], "schema": extension_address()}
    return _filled(found)


def _whole(entry: Change, document: Document, companions: Companions) -> Document:
    """What every item says of itself, what its kind has to say, and on which terms."""
    return _frame(entry) | ITEMS[entry.kind](document, companions) | _terms(document) | _addresses(document)


def tombstone(entry: Change, reason: str, note: str) -> Document:
    """What is left of an object that has to be removed: that it is gone, and why."""
    status = "withheld" if reason in WITHHELD else "canceled"
    words = f"{reason}: {note}" if note else reason
    return _filled({**_frame(entry), "representationType": "partial", "pubStatus": status, "edNote": words})


def urn(object_id: object) -> str:
    return f"urn:uuid:{object_id}"


def _frame(entry: Change) -> Document:
    return {
        "uri": urn(entry.object_id),
        "type": {"article": "text", "photo": "picture", "event": "event"}.get(entry.kind, ""),
        "representationType": "full",
        "profile": entry.kind,
        "version": str(entry.version),
        "versionCreated": _instant(entry),
        "pubStatus": "usable",
        "standard": {"name": "ninjs", "version": "3.2", "schema": SCHEMA},
    }


def _instant(entry: Change) -> str:
    return entry.changed_at.isoformat().replace("+00:00", "Z")


def _article(document: Document, companions: Companions) -> Document:
    body = plain(document["body_html"])
    return {
        "profile": "text-photo" if document["photos"] else "text",
        "firstCreated": document["first_published_at"],
        "contentCreated": document["updated_at"],
        "expires": document["expires_at"],
        "language": document["language"],
        "slugline": document["slug"],
        "by": ", ".join(one["name"] for one in document["bylines"]),
        "located": document["dateline"],
        **_headed(document["headline"], document["standfirst"]),
        "bodies": [
            {
                "role": "main",
                "contentType": "text/html",
                "charCount": len(body),
                "wordCount": len(body.split()),
                "value": document["body_html"],
            }
        ],
        "people": [_named(one, "mentioned") for one in document["people"]],
        "organisations": [_named(one, "mentioned") for one in document["organisations"]],
        "places": _places(document["countries"]),
        "subjects": [_subject(one, companions) for one in document["topics"]],
        "events": [_named(one, "about") for one in document["events"]],
        "genres": [{"name": document["kind"]}],
        "copyrightHolder": settings.NEWSROOM_NAME,
        "trustIndicators": [_corrections_policy()],
    }


def _photo(document: Document, companions: Companions) -> Document:
    """A picture without its file is withheld, though its caption is there to be read."""
    photographer = document["photographer"]
    return {
        "pubStatus": "usable" if document["renditions"] else "withheld",
        "by": photographer["name"] if photographer else "",
        "located": document["place"],
        **_headed(document["headline"]),
        "descriptions": _descriptions(document["caption"], document["alt_text"]),
        "people": [_named(one["person"], "depicted") for one in document["people"]],
        "organisations": [_named(one, "depicted") for one in document["organisations"]],
        "events": [_named(document["event"], "shows")] if document["event"] else [],
        "copyrightNotice": document["copyright_notice"],
        "renditions": [_rendition(one) for one in document["renditions"]],
    }


def _rendition(rendition: Document) -> Document:
    """Named by what tells it from the others, as ninjs wants a name."""
    form = rendition["contentType"].partition("/")[2]
    return {"name": f"{form}-{rendition['width']}", **rendition}


def _event(document: Document, companions: Companions) -> Document:
    hosts = document["hosts"]
    return {
        "slugline": document["slug"],
        **_headed(document["name"], document["summary"]),
        "eventDetails": _filled(
            {
                "eventStatus": f"{NEWSCODES}/eventoccurstatus/{OCCURRENCE[document['status']]}",
                "dates": _dates(document),
                "organiser": _named(hosts[0]["organisation"], hosts[0]["role"]) if hosts else {},
            }
        ),
        "people": [_named(one["person"], one["role"]) for one in document["appearances"]],
        "organisations": [_named(one["organisation"], one["role"]) for one in document["hosts"]],
        "places": [_venue(document["venue"])] if document["venue"] else _places([document["country"]]),
        "subjects": [_subject(one, companions) for one in document["topics"]],
    }


def _dates(document: Document) -> Document:
    """Instants where they are known; else as much of the date as is certain, which ninjs calls expected."""
    found: Document = {}
    for word, name in (("start", "Start"), ("end", "End")):
        if moment := document[f"{word}s_at"]:
            found[f"{word}Date"] = moment
        elif day := _truncated(document[f"{word}s_on"]):
            found[f"expected{name}Date"] = day
    return found


def _truncated(date: Document | None) -> str:
    """The year, month or day that an EDTF date certainly has: `2025-XX-06` is some day in 2025, as autumn is."""
    certain = TRUNCATED.match(date["edtf"].lstrip("?~%").replace("-?", "-")) if date else None
    return certain[0] if certain else ""


def _venue(venue: Document) -> Document:
    place: Document = {"name": venue["name"] or venue["city"], "rel": "eventLocation"}
    if venue["latitude"] is not None and venue["longitude"] is not None:
        place["geoJSON"] = {"type": "Point", "coordinates": [venue["longitude"], venue["latitude"]]}
    return place


def _person(document: Document, companions: Companions) -> Document:
    return {
        **_headed(document["name"], document["biography"]),
        "people": [_named(document, "self")],
    }


def _organisation(document: Document, companions: Companions) -> Document:
    return {
        **_headed(document["name"], document["description"]),
        "organisations": [_named(document, "self")],
    }


def _topic(document: Document, companions: Companions) -> Document:
    subject = {"name": document["name"], "uri": _media_topic(document), "rel": "self"}
    return {**_headed(document["name"], document["description"]), "subjects": [subject]}


ITEMS = {
    "article": _article,
    "photo": _photo,
    "event": _event,
    "person": _person,
    "organisation": _organisation,
    "topic": _topic,
}
WITH_ASSOCIATIONS = frozenset({"article", "photo"})


def _associations(document: Document, companions: Companions) -> Iterable[Document]:
    """The pictures with the captions of this use and the events, whole where the asker may have them; translations."""
    for use in document.get("photos", []):
        yield _associated(use, "illustrates", companions) | _filled(
            {"descriptions": _descriptions(use["caption"], use["alt_text"])}
        )
    for event in document.get("events") or filter(None, [document.get("event")]):
        yield _associated(event, "about", companions)
    if original := document.get("translation_of"):
        yield _version(original, "translationOf")
    for translation in document.get("translations", []):
        yield _version(translation, "translation")


def _version(translation: Document, rel: str) -> Document:
    """By name alone, since it comes as a story by itself to whoever may have it."""
    named = {"name": translation["name"], "rel": rel, "language": translation["language"]}
    return {"uri": urn(translation["id"]), "type": "text", "representationType": "partial", **named}


def _associated(reference: Document, rel: str, companions: Companions) -> Document:
    named = {"name": reference["name"], "rel": rel}
    entry = companions.get(reference["id"])
    if entry is None:
        kind = {"photo": "picture", "event": "event"}[reference["type"]]
        said = {"representationType": "partial", "pubStatus": "withheld", "edNote": "Not in this licence."}
        return {"uri": urn(reference["id"]), "type": kind, **said, **named}
    document = companions.document(reference["id"])
    found = _whole(entry, document, companions)
    found["edNote"] = " ".join(_what_is_withheld(document))
    return _filled(found) | named


def _headed(headline: str, summary: str = "") -> Document:
    return {
        "title": headline,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": headline}] if headline else [],
        "descriptions": [_described("summary", summary)] if summary else [],
    }


def _descriptions(caption: str, alt_text: str) -> list[Document]:
    pairs = [("caption", caption), ("altText", alt_text)]
    return [_described(role, text) for role, text in pairs if text]


def _described(role: str, text: str) -> Document:
    return {"role": role, "contentType": "text/plain", "value": text}


def _named(reference: Document, rel: str) -> Document:
    """A person, organisation or event by name; with our id for it where it is public."""
    return _filled({"name": reference["name"], "rel": rel, "uri": urn(reference["id"]) if "id" in reference else ""})


def _subject(reference: Document, companions: Companions) -> Document:
    known = companions.document(reference["id"])
    return {"name": reference["name"], "rel": "about", "uri": _media_topic(known or reference)}


def _media_topic(topic: Document) -> str:
    """IPTC's code where the topic has one, else our own id."""
    code = topic.get("medtop", "").rpartition(":")[2]
    return f"{NEWSCODES}/mediatopic/{code}" if code else urn(topic["id"])


def _places(codes: Collection[str]) -> list[Document]:
    return [{"name": str(countries.name(code)) or code, "literal": code, "rel": "about"} for code in codes if code]


def _terms(document: Document) -> Document:
    """Terms of use in words, with a link to what holds for everything; every source with its notice as printed."""
    single = document.get("source")
    sources = [*document.get("sources", []), *([single] if single else [])]
    notices = [f"{one['publisher']}: {one['rights_notice']}" for one in sources if one["rights_notice"]]
    training = reservation.training_in_words(reservation.training(document)) or reservation.in_words()
    return {
        "usageTerms": " ".join([*_picture_terms(document), training, *notices]),
        "rightsInfo": {"linkedRights": reservation.policy_address()},
        "infoSources": [*_credit(document), *map(_source, sources)],
    }


def _picture_terms(document: Document) -> Iterable[str]:
    if "usage_terms" in document:
        yield from filter(None, [document["usage_terms"]])
        yield f"Text and data mining: {document['data_mining'] or 'not stated'}."


def _credit(document: Document) -> Iterable[Document]:
    if credit := document.get("credit_line"):
        yield {"name": credit, "role": "credit"}


def _source(source: Document) -> Document:
    return _filled({"name": source["publisher"], "role": "originator", "uri": source["url"]})


def _corrections_policy() -> Document:
    role = f"{NEWSCODES}/trustindicator/correctionsPolicy"
    return {"role": role, "title": "Corrections", "href": f"{settings.SITE_URL}/corrections/"}


def _addresses(document: Document) -> Document:
    pairs = [("web", document["url"]), ("slug", document.get("slug", ""))]
    return {"altIds": [{"role": role, "value": value} for role, value in pairs if value]}


def _what_is_withheld(document: Document) -> list[str]:
    return [f"Withheld: {one['what']} ({one['reason']})." for one in document.get("withheld", [])]


def _filled(item: Document) -> Document:
    """Without what is empty: in ninjs, a property that is not known is not there."""
    return {name: value for name, value in item.items() if value not in ("", None, [], {})}


def extension_schema() -> dict[str, Any]:
    """JSON Schema of our profile: a ninjs item with the stored document, and nothing else."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": extension_address(),
        "title": "ninjs 3.2 with the document of the partner API",
        "$ref": f"{SCHEMA}#/$defs/ninjsType",
        "properties": {
            "profile": {"const": EXTENSION},
            EXTENSION: {"type": "object", "description": "as format=json has it; see openapi.json"},
        },
        "required": ["profile", EXTENSION],
        "unevaluatedProperties": False,
    }
