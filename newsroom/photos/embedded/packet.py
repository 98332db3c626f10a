"""Photo desk, embedded metadata: the XMP packet that every version of a photo carries, built from its record.

Nothing of the original's own packet passes: no position, no number of a camera, no name that an editor took out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET  # only to write

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from newsroom.dates import PartialDate
from newsroom.photos.embedded.names import (
    DATA_MINING,
    DMI,
    PREFIXES,
    REGION_ROLE,
    REGION_TYPE,
    SOURCE_TYPE,
    XML,
    X,
    qualified,
)
from newsroom.photos.models import Depiction, Photo

XMP_DATE = re.compile(r"\d{4}(-[01]\d(-\d{2})?)?")  # no season, whose month is 21 or more
MOST_BYTES = 60_000  # a JPEG holds 65,502 bytes of it
MOST_PEOPLE = (99, 40, 10, 0)
LONGEST_TEXT = 4_000
BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
END = '<?xpacket end="r"?>'

for _prefix, _address in {**PREFIXES, "x": X}.items():
    ET.register_namespace(_prefix, _address)


def packet_of(photo: Photo) -> bytes:
    """What the record says of the photo, in IPTC's properties.

    Reads `depictions` with their people, `organisations`, `event`, `photographer` and `source`.
    """
    packets = (_written(photo, most) for most in MOST_PEOPLE)
    return next(packet for packet in packets if len(packet) <= MOST_BYTES)


def _written(photo: Photo, most_people: int) -> bytes:
    meta = ET.Element(f"{{{X}}}xmpmeta")
    rdf = ET.SubElement(meta, qualified("rdf:RDF"))
    node = ET.SubElement(rdf, qualified("rdf:Description"), {qualified("rdf:about"): ""})
    _add_words(node, photo)
    _add_makers(node, photo)
    _add_rights(node, photo)
    _add_occasion(node, photo)
    _add_people(node, list(photo.depictions.all())[:most_people])
    return f"{BEGIN}{ET.tostring(meta, encoding='unicode')}{END}".encode()


def _add_words(node: ET.Element, photo: Photo) -> None:
    _text(node, "photoshop:Headline", photo.headline)
    _alternative(node, "dc:title", photo.headline)
    _alternative(node, "dc:description", photo.description)
    _alternative(node, "Iptc4xmpCore:AltTextAccessibility", photo.alt_text, ko=photo.alt_text_ko)
    _alternative(node, "Iptc4xmpCore:ExtDescrAccessibility", photo.long_description)
    _array(node, "dc:subject", "Bag", photo.keyword_list)
    _text(node, "photoshop:CaptionWriter", photo.caption_writer)
    _text(node, "photoshop:Instructions", photo.instructions)


def _add_makers(node: ET.Element, photo: Photo) -> None:
    creator = photo.photographer.name if photo.photographer else ""
    _array(node, "dc:creator", "Seq", [photo.photographer_as_printed or creator])
    _text(node, "photoshop:AuthorsPosition", photo.photographer_title)
    _text(node, "photoshop:Source", photo.source_as_printed or (photo.source.publisher if photo.source else ""))
    _text(node, "Iptc4xmpExt:DigitalSourceType", f"{SOURCE_TYPE}{photo.source_type}" if photo.source_type else "")
    _text(node, "Iptc4xmpExt:AISystemUsed", photo.ai_system)
    _text(node, "Iptc4xmpExt:AISystemVersionUsed", photo.ai_system_version)
    _text(node, "Iptc4xmpExt:AIPromptInformation", photo.ai_prompt)
    _text(node, "Iptc4xmpExt:AIPromptWriterName", photo.ai_prompt_writer)


def _add_rights(node: ET.Element, photo: Photo) -> None:
    _text(node, "photoshop:Credit", photo.credit_line)
    _alternative(node, "dc:rights", photo.copyright_notice)
    _alternative(node, "xmpRights:UsageTerms", photo.usage_terms)
    _text(node, "xmpRights:WebStatement", f"{settings.SITE_URL}{reverse('photo', args=[photo.uuid])}")
    _text(node, "photoshop:TransmissionReference", str(photo.uuid))
    _text(node, "plus:DataMining", f"{DMI}{DATA_MINING[Photo.DataMining(photo.data_mining)]}")
    _alternative(node, "plus:OtherConstraints", photo.other_constraints)


def _add_occasion(node: ET.Element, photo: Photo) -> None:
    """The date as far as XMP can say it, and the meeting unless a name beside it would give away who took part."""
    _text(node, "photoshop:DateCreated", _date(photo.taken_on))
    _add_place(node, photo)
    shown = [organisation for organisation in photo.organisations.all() if organisation.is_public]
    _array(node, "Iptc4xmpExt:OrganisationInImageName", "Bag", [one.name for one in shown])
    _array(node, "Iptc4xmpExt:OrganisationInImageCode", "Bag", [f"urn:uuid:{one.uuid}" for one in shown])
    event = photo.event
    if event and event.is_out() and not event.names_nobody:
        _alternative(node, "Iptc4xmpExt:Event", event.name)
        _array(node, "Iptc4xmpExt:EventId", "Bag", [f"urn:uuid:{event.uuid}"])


def _add_place(node: ET.Element, photo: Photo) -> None:
    """The code of a country in three letters, as IPTC would have it."""
    _text(node, "Iptc4xmpCore:Location", photo.place)
    _text(node, "photoshop:City", photo.city)
    _text(node, "photoshop:State", photo.state)
    if photo.country:
        with translation.override("en"):
            _text(node, "photoshop:Country", str(photo.country.name))
        _text(node, "Iptc4xmpCore:CountryCode", str(photo.country.alpha3))


def _add_people(node: ET.Element, depictions: Sequence[Depiction]) -> None:
    """In the order in which they stand; the box of each beside, where it is known."""
    _array(node, "Iptc4xmpExt:PersonInImage", "Bag", [_name(one) for one in depictions])
    if depictions:
        details = _container(node, "Iptc4xmpExt:PersonInImageWDetails", "Bag")
        for one in depictions:
            _add_details(_item(details), one)
    boxed = [one for one in depictions if _box(one)]
    if boxed:
        regions = _container(node, "Iptc4xmpExt:ImageRegion", "Bag")
        for number, one in enumerate(boxed, 1):
            _add_region(_item(regions), one, f"person{number}")


def _add_details(item: ET.Element, depiction: Depiction) -> None:
    """The title as printed; the public id of a person whom readers may look up."""
    _alternative(item, "Iptc4xmpExt:PersonName", _name(depiction))
    _alternative(item, "Iptc4xmpExt:PersonDescription", depiction.title_as_printed)
    ids = [f"urn:uuid:{depiction.person.uuid}"] if depiction.person.is_public else []
    _array(item, "Iptc4xmpExt:PersonId", "Bag", ids)


def _add_region(item: ET.Element, depiction: Depiction, name: str) -> None:
    boundary = ET.SubElement(item, qualified("Iptc4xmpExt:RegionBoundary"), RESOURCE)
    _text(boundary, "Iptc4xmpExt:rbShape", "rectangle")
    _text(boundary, "Iptc4xmpExt:rbUnit", "relative")
    for part, value in zip(("rbX", "rbY", "rbW", "rbH"), _box(depiction), strict=True):
        _text(boundary, f"Iptc4xmpExt:{part}", value)
    _text(item, "Iptc4xmpExt:rId", name)
    _alternative(item, "Iptc4xmpExt:Name", _name(depiction))
    for kind, term in (("rCtype", REGION_TYPE), ("rRole", REGION_ROLE)):
        _array(_item(_container(item, f"Iptc4xmpExt:{kind}", "Bag")), "xmp:Identifier", "Bag", [term])
    _array(item, "Iptc4xmpExt:PersonInImage", "Bag", [_name(depiction)])


def _name(depiction: Depiction) -> str:
    return depiction.name_as_printed or depiction.person.name


def _box(depiction: Depiction) -> tuple[str, ...]:
    """Empty unless all of it is known."""
    box = (depiction.box_x, depiction.box_y, depiction.box_width, depiction.box_height)
    return tuple(f"{part:.4f}" for part in box if part is not None) if None not in box else ()


def _date(date: PartialDate | None) -> str:
    """Year, year and month, or the day; what is inferred or odd, XMP cannot say."""
    return str(date) if date and XMP_DATE.fullmatch(str(date)) else ""


RESOURCE = {qualified("rdf:parseType"): "Resource"}


def _text(node: ET.Element, name: str, text: str) -> None:
    if text:
        ET.SubElement(node, qualified(name)).text = text[:LONGEST_TEXT]


def _alternative(node: ET.Element, name: str, text: str, *, ko: str = "") -> None:
    """A text that may stand in several languages: the default first, and each in its own where there are two."""
    languages = {"x-default": text or ko, **({"en": text, "ko": ko} if ko else {})}
    if any(languages.values()):
        alternatives = _container(node, name, "Alt")
        for language, words in languages.items():
            if words:
                item = ET.SubElement(alternatives, qualified("rdf:li"), {f"{{{XML}}}lang": language})
                item.text = words[:LONGEST_TEXT]


def _array(node: ET.Element, name: str, kind: str, texts: Iterable[str]) -> None:
    texts = [text for text in texts if text]
    if texts:
        array = _container(node, name, kind)
        for text in texts:
            ET.SubElement(array, qualified("rdf:li")).text = text[:LONGEST_TEXT]


def _container(node: ET.Element, name: str, kind: str) -> ET.Element:
    return ET.SubElement(ET.SubElement(node, qualified(name)), qualified(f"rdf:{kind}"))


def _item(array: ET.Element) -> ET.Element:
    return ET.SubElement(array, qualified("rdf:li"), RESOURCE)
