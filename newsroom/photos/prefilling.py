"""Photo desk: what a file says of itself, put into the fields that are empty; what an editor wrote is never touched."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.text import Truncator
from django_countries import countries

from events.models import Event
from newsroom.dates import PartialDate, PartialDateError
from newsroom.photos.embedded import Facts
from newsroom.photos.embedded.names import DATA_MINING_READ, DMI
from newsroom.photos.models import Depiction, Photo
from people.models import Organisation, Person

PLACE = ("location", "city", "state", "country")


# Fields that take what the file says word for word, by the name of the fact. Instructions are not among them: they
# are for whom the file was sent to, and our versions go to everybody.
AS_STATED = {
    "caption_writer": "caption_writer",
    "source_as_printed": "source",
    "other_constraints": "constraints",
    "long_description": "long_description",
    "city": "city",
    "state": "state",
    "ai_system": "ai_system",
    "ai_system_version": "ai_system_version",
    "ai_prompt": "ai_prompt",
    "ai_prompt_writer": "ai_prompt_writer",
}


def fill(photo: Photo, facts: Facts) -> None:
    """Set what the file knows and the record does not; the caller saves."""
    for name, value in _known(facts):
        if not getattr(photo, name):
            setattr(photo, name, _fitting(name, value))
    if photo.data_mining == Photo.DataMining.UNSPECIFIED:
        photo.data_mining = DATA_MINING_READ.get(text(facts, "data_mining").removeprefix(DMI), photo.data_mining)
    if photo.photographer_id is None:
        photo.photographer = _the_one(Person.objects.named(text(facts, "creator")))
    if photo.event_id is None and (named := text(facts, "event")):
        photo.event = _the_one(Event.objects.filter(name__iexact=named))


def mark_people(photo: Photo, facts: Facts) -> None:
    """Whom the file names, where the authority knows exactly one by that name; in a photo where nobody is marked yet.

    Needs the photo saved, and runs inside the caller's recording.
    """
    if photo.depictions.exists():
        return
    boxes = {one["name"]: one["box"] for one in values(facts, "regions")}
    seen: set[int] = set()
    for order, name in enumerate(values(facts, "people"), 1):
        person = _the_one(Person.objects.named(name))
        if person and person.pk not in seen:
            seen.add(person.pk)
            Depiction.objects.create(
                photo=photo, person=person, order=order, name_as_printed=name[:200], **_box(boxes.get(name))
            )
    photo.organisations.add(*filter(None, (_organisation(name) for name in values(facts, "organisations"))))


def headline_of(facts: Facts) -> str:
    """The headline, or a title that is not just the name of a file."""
    title = text(facts, "title")
    return text(facts, "headline") or (title if " " in title else "")


def text(facts: Facts, name: str) -> str:
    return str(facts[name].value) if name in facts else ""


def values(facts: Facts, name: str) -> list[Any]:
    return list(facts[name].value) if name in facts else []


def _known(facts: Facts) -> Iterator[tuple[str, Any]]:
    yield "headline", headline_of(facts)
    yield "description", text(facts, "caption")
    yield "alt_text", text(facts, "alt_text")
    yield "photographer_as_printed", text(facts, "creator")
    yield "photographer_title", text(facts, "author_title")
    yield from ((name, text(facts, fact)) for name, fact in AS_STATED.items())
    yield "keywords", ", ".join(values(facts, "keywords"))
    yield "country", _country(text(facts, "country_code"), text(facts, "country"))
    yield "source_type", _source_type(text(facts, "made_by"))
    yield "credit_line", text(facts, "credit") or text(facts, "creator")
    yield "copyright_notice", text(facts, "copyright")
    yield "usage_terms", text(facts, "usage_terms")
    yield "place", ", ".join(dict.fromkeys(filter(None, (text(facts, part) for part in PLACE))))
    yield "taken_on", _date(text(facts, "taken_on"))


def _fitting(name: str, value: Any) -> Any:
    """Cut to what the column holds, with the mark that says so; the whole stands in what the file says."""
    longest = getattr(Photo._meta.get_field(name), "max_length", None)
    return Truncator(value).chars(longest) if isinstance(value, str) and longest else value


def _date(edtf: str) -> PartialDate | None:
    try:
        return PartialDate.parse(edtf) if edtf else None
    except PartialDateError:  # the thirtieth of February of a camera whose clock nobody set
        return None


def _country(code: str, name: str) -> str:
    """Two letters; empty where neither a code nor a name in English says which it is."""
    return countries.alpha2(code.upper()) or countries.by_name(name, insensitive=True) if code or name else ""


def _source_type(term: str) -> str:
    """IPTC's address of the term, or the bare term."""
    bare = term.rpartition("/")[2]
    return bare if bare in Photo.SourceType.values else ""


def _the_one(rows: Any) -> Any:
    """The only row; None where there is none, or a choice that an editor has to make."""
    found = list(rows.filter(trashed_at=None).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def _organisation(name: str) -> Organisation | None:
    found: Organisation | None = _the_one(Organisation.objects.named(name))
    return found


def _box(box: list[float] | None) -> dict[str, Decimal]:
    if box is None:
        return {}
    names = ("box_x", "box_y", "box_width", "box_height")
    return {name: Decimal(f"{part:.4f}") for name, part in zip(names, box, strict=True)}
