"""Photo desk, embedded metadata: one set of facts out of the three blocks in which a file may state them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from newsroom.photos.embedded import legacy, xmp
from newsroom.photos.embedded.regions import Region, regions_in

XMP, IIM, EXIF = "XMP", "IIM", "EXIF"
LONGEST_TEXT = 10_000
MOST_ITEMS = 100
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Single texts: property of XMP, dataset of IIM's second record, tag of EXIF; 0 where the block has no such field.
TEXTS: dict[str, tuple[str, int, int]] = {
    "headline": ("photoshop:Headline", 105, 0),
    "title": ("dc:title", 5, 0),
    "caption": ("dc:description", 120, 0x010E),
    "alt_text": ("Iptc4xmpCore:AltTextAccessibility", 0, 0),
    "creator": ("dc:creator", 80, 0x013B),
    "author_title": ("photoshop:AuthorsPosition", 85, 0),
    "caption_writer": ("photoshop:CaptionWriter", 122, 0),
    "long_description": ("Iptc4xmpCore:ExtDescrAccessibility", 0, 0),
    "credit": ("photoshop:Credit", 110, 0),
    "source": ("photoshop:Source", 115, 0),
    "copyright": ("dc:rights", 116, 0x8298),
    "usage_terms": ("xmpRights:UsageTerms", 0, 0),
    "rights_page": ("xmpRights:WebStatement", 0, 0),
    "instructions": ("photoshop:Instructions", 40, 0),
    "location": ("Iptc4xmpCore:Location", 92, 0),
    "city": ("photoshop:City", 90, 0),
    "state": ("photoshop:State", 95, 0),
    "country": ("photoshop:Country", 101, 0),
    "country_code": ("Iptc4xmpCore:CountryCode", 100, 0),
    "job": ("photoshop:TransmissionReference", 103, 0),
    "event": ("Iptc4xmpExt:Event", 0, 0),
    "data_mining": ("plus:DataMining", 0, 0),
    "constraints": ("plus:OtherConstraints", 0, 0),
    "made_by": ("Iptc4xmpExt:DigitalSourceType", 0, 0),
    "ai_system": ("Iptc4xmpExt:AISystemUsed", 0, 0),
    "ai_system_version": ("Iptc4xmpExt:AISystemVersionUsed", 0, 0),
    "ai_prompt": ("Iptc4xmpExt:AIPromptInformation", 0, 0),
    "ai_prompt_writer": ("Iptc4xmpExt:AIPromptWriterName", 0, 0),
}
LISTS: dict[str, tuple[str, int]] = {
    "keywords": ("dc:subject", 25),
    "organisations": ("Iptc4xmpExt:OrganisationInImageName", 0),
}


@dataclass(frozen=True)
class Fact:
    """What the file says, and in which block it says it."""

    value: Any
    block: str


Facts = dict[str, Fact]


def facts_in(picture: Image.Image) -> Facts:
    """What the file states, the newest block first. Its GPS position and device numbers are not even looked at."""
    packet = xmp.parsed(_packet(picture))
    datasets, tags = legacy.iim(picture), legacy.exif(picture)
    taken_on = _stated({"taken_on": _taken_on(packet, datasets, tags)})
    return _texts(packet, datasets, tags) | _lists(packet, datasets) | _people(packet, picture) | taken_on


def _packet(picture: Image.Image) -> bytes:
    packet = picture.info.get("xmp", b"")
    return packet.encode() if isinstance(packet, str) else packet


def _texts(packet: xmp.Struct, datasets: legacy.Datasets, tags: dict[int, str]) -> Facts:
    found = {}
    for name, (prop, dataset, tag) in TEXTS.items():
        of_iim = next(iter(datasets.get((2, dataset), [])), "")
        found[name] = _first(clean, (packet.text(prop), XMP), (of_iim, IIM), (tags.get(tag, ""), EXIF))
    return _stated(found)


def _lists(packet: xmp.Struct, datasets: legacy.Datasets) -> Facts:
    return _stated(
        {
            name: _first(_clean_list, (packet.texts(prop), XMP), (datasets.get((2, dataset), []), IIM))
            for name, (prop, dataset) in LISTS.items()
        }
    )


def _people(packet: xmp.Struct, picture: Image.Image) -> Facts:
    """Whom the picture shows, in the order of the file, and where; boxes of a picture lying on its side are left."""
    details = (one.text("Iptc4xmpExt:PersonName") for one in packet.structs("Iptc4xmpExt:PersonInImageWDetails"))
    regions = [] if picture.getexif().get(0x0112, 1) != 1 else regions_in(packet, picture.size)[:MOST_ITEMS]
    names = [*packet.texts("Iptc4xmpExt:PersonInImage"), *details, *(one.name for one in regions)]
    people = list(dict.fromkeys(_clean_list(names)))
    boxes = [_as_fact(one) for one in regions]
    return {name: Fact(value, XMP) for name, value in (("people", people), ("regions", boxes)) if value}


def _as_fact(region: Region) -> dict[str, Any]:
    return {"name": clean(region.name), "box": [round(part, 4) for part in region.box]}


def _taken_on(packet: xmp.Struct, datasets: legacy.Datasets, tags: dict[int, str]) -> Fact | None:
    """As EDTF, as precise as the file is; the day where the camera was."""
    of_iim = next(iter(datasets.get((2, 55), [])), "")
    of_camera = tags.get(legacy.TAKEN_AT, "")
    return _first(edtf, (packet.text("photoshop:DateCreated"), XMP), (of_iim, IIM), (of_camera, EXIF))


def _first(cleaned: Callable[[Any], Any], *stated: tuple[Any, str]) -> Fact | None:
    """The first block that says anything."""
    return next((Fact(value, block) for raw, block in stated if (value := cleaned(raw))), None)


def _stated(facts: Mapping[str, Fact | None]) -> Facts:
    return {name: fact for name, fact in facts.items() if fact}


def edtf(text: str) -> str:
    """“2025:12:09 10:00:00”, “20251209”, “2025-12-09T10:00+09:00” and “2025-12” alike; empty where it is no date."""
    found = re.match(r"(\d{4})(?:[-:]?(\d{2})(?:[-:]?(\d{2}))?)?(?!\d)", text.strip())
    if not found or found[1] == "0000" or (found[2] or "") > "12":  # EDTF would take a month 21 for spring
        return ""
    year, month, day = found[1], found[2], found[3]
    known = [year, *([month] if month and month != "00" else [])]
    return "-".join([*known, *([day] if len(known) == 2 and day and day != "00" else [])])


def clean(text: str) -> str:
    return CONTROL.sub("", text).strip()[:LONGEST_TEXT]


def _clean_list(texts: Iterable[str]) -> list[str]:
    return [text for text in map(clean, list(texts)[:MOST_ITEMS]) if text]
