"""What every version of a photo says of itself: all that the record has, and nothing that only the file had."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image

from newsroom.photos.darkroom.printing import prints
from newsroom.photos.embedded import facts_in, packet_of
from newsroom.photos.embedded.names import qualified
from newsroom.photos.embedded.xmp import ITEM, LANGUAGE, parsed
from newsroom.photos.models import Depiction, Photo
from tests import factories as make
from tests.photos.pictures import jpeg

pytestmark = pytest.mark.django_db

MIDDLE = (0.5, 0.5)


def complete_photo(**over: Any) -> Photo:
    """With a Korean caption, two people of whom one has a box, and a meeting."""
    event = make.make_event(is_public=True, name="Congress & Fair")
    facts = {
        "headline": "A wave",
        "description": "과학외교 포럼에서 손을 흔든다 <여기>",
        "alt_text": "Two people wave",
        "photographer": make.make_person(family_name="Poe", given_name="Pat"),
        "credit_line": "Asia Daily",
        "copyright_notice": "(c) Asia Daily",
        "usage_terms": "Not for sale",
        "data_mining": "prohibited-ai-training",
        "taken_on": "2025-12",
        "place": "Seoul",
        "event": event,
        "source": make.make_source(publisher="Asia Daily Press"),
        "alt_text_ko": "두 사람이 손을 흔든다",
        "long_description": "Two people wave from a bridge over a river.",
        "keywords": "science, 외교 , ,waves",
        "city": "Seoul",
        "state": "Jongno",
        "country": "KR",
        "photographer_title": "Staff photographer",
        "caption_writer": "The photo desk",
        "instructions": "Online only",
        "other_constraints": "Ask before any use in training",
        "source_type": "trainedAlgorithmicMedia",
        "ai_system": "A model",
        "ai_system_version": "v2",
        "ai_prompt": "Two people on a bridge",
        "ai_prompt_writer": "The art desk",
        **over,
    }
    photo = make.make_photo(**facts)
    photo.organisations.add(make.make_organisation(name="Institute of Waves", is_public=True))
    known = make.make_person(is_public=True, family_name="Doe", given_name="Kim")
    box = dict(
        zip(("box_x", "box_y", "box_width", "box_height"), map(Decimal, ("0.1", "0.2", "0.3", "0.4")), strict=True)
    )
    Depiction.objects.create(photo=photo, person=known, order=2, title_as_printed="President", **box)
    Depiction.objects.create(photo=photo, person=make.make_person(), order=1, name_as_printed="Jane Roe")
    return photo


def values(content: bytes) -> dict[str, Any]:
    """The facts in a file, by name."""
    with Image.open(io.BytesIO(content)) as picture:
        return {name: fact.value for name, fact in facts_in(picture).items()}


def test_every_version_carries_what_the_record_says() -> None:
    photo = complete_photo()

    made = list(prints(jpeg(700, 400), MIDDLE, packet_of(photo)))

    said = {
        "headline": "A wave",
        "title": "A wave",
        "caption": "과학외교 포럼에서 손을 흔든다 <여기>",
        "alt_text": "Two people wave",
        "long_description": "Two people wave from a bridge over a river.",
        "keywords": ["science", "외교", "waves"],
        "caption_writer": "The photo desk",
        "instructions": "Online only",
        "creator": "Poe Pat",
        "author_title": "Staff photographer",
        "made_by": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "ai_system": "A model",
        "ai_system_version": "v2",
        "ai_prompt": "Two people on a bridge",
        "ai_prompt_writer": "The art desk",
        "constraints": "Ask before any use in training",
        "city": "Seoul",
        "state": "Jongno",
        "country": "South Korea",
        "country_code": "KOR",
        "job": str(photo.uuid),
        "credit": "Asia Daily",
        "source": "Asia Daily Press",
        "copyright": "(c) Asia Daily",
        "usage_terms": "Not for sale",
        "rights_page": f"http://testserver/photos/{photo.uuid}/",
        "data_mining": "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING",
        "taken_on": "2025-12",
        "location": "Seoul",
        "event": "Congress & Fair",
        "organisations": ["Institute of Waves"],
        "people": ["Jane Roe", "Doe Kim"],
        "regions": [{"name": "Doe Kim", "box": [0.1, 0.2, 0.3, 0.4]}],
    }
    assert {one.shape.form for one in made} == {"AVIF", "WEBP", "JPEG"}
    assert [values(one.content) for one in made] == [said] * len(made)


def test_what_is_printed_of_the_makers_stands_before_the_record() -> None:
    photo = complete_photo(photographer_as_printed="P. Poe", source_as_printed="An agency")

    packet = parsed(packet_of(photo))

    assert (packet.texts("dc:creator"), packet.text("photoshop:Source")) == (["P. Poe"], "An agency")


@pytest.mark.parametrize(
    ("english", "korean", "said"),
    [
        ("Waves", "", {"x-default": "Waves"}),
        ("Waves", "물결", {"x-default": "Waves", "en": "Waves", "ko": "물결"}),
        ("", "물결", {"x-default": "물결", "ko": "물결"}),
    ],
)
def test_alternative_text_is_said_in_each_language(english: str, korean: str, said: dict[str, str]) -> None:
    photo = make.make_photo(alt_text=english, alt_text_ko=korean)

    found = fromstring(packet_of(photo)).iter(qualified("Iptc4xmpCore:AltTextAccessibility"))

    assert [{one.get(LANGUAGE): one.text for one in node.iter(ITEM)} for node in found] == [said]


def test_details_of_a_person_name_the_public_id_and_the_title_as_printed() -> None:
    photo = complete_photo()

    details = parsed(packet_of(photo)).structs("Iptc4xmpExt:PersonInImageWDetails")

    told = [
        [one.text(f"Iptc4xmpExt:{name}") for name in ("PersonName", "PersonDescription", "PersonId")] for one in details
    ]
    known = photo.depictions.get(order=2).person
    assert told == [["Jane Roe", "", ""], ["Doe Kim", "President", f"urn:uuid:{known.uuid}"]]


def test_nothing_of_the_file_passes_into_a_version() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    exif.get_ifd(0x8825).update({2: (37.0, 33.0, 59.0)})
    exif.get_ifd(0x8769).update({0xA431: "SECRETSERIAL"})
    original = jpeg(700, 400, exif=exif, xmp=b"<x>SECRETPACKET</x>", comment=b"SECRETCOMMENT", icc_profile=b"SECRETICC")

    made = list(prints(original, MIDDLE, packet_of(make.make_photo())))

    assert b"SECRETSERIAL" in original
    assert [b"SECRET" in one.content for one in made] == [False] * len(made)
    for one in made:
        with Image.open(io.BytesIO(one.content)) as picture:
            assert (dict(picture.getexif()), "icc_profile" in picture.info) == ({}, False)


@pytest.mark.parametrize("hidden", [{"is_public": False}, {"attribution": "chatham-house"}])
def test_meeting_that_names_nobody_is_not_named_beside_faces(hidden: dict[str, Any]) -> None:
    event = make.make_event(**{"is_public": True, "name": "Closed door", **hidden})

    assert b"Closed door" not in packet_of(complete_photo(event=event))


@pytest.mark.parametrize(
    ("taken_on", "said"),
    [
        ("2025", "2025"),
        ("2025-12-09", "2025-12-09"),
        ("2025-?12-09", ""),
        ("2025-XX-09", ""),
        ("2025-23", ""),
        (None, ""),
    ],
)
def test_only_a_date_that_xmp_can_say_is_written(taken_on: str | None, said: str) -> None:
    photo = make.make_photo(taken_on=taken_on)

    assert parsed(packet_of(photo)).text("photoshop:DateCreated") == said


def test_packet_fits_into_a_jpeg_however_many_are_shown() -> None:
    photo = make.make_photo(description="긴" * 9_000)
    for order in range(99):
        Depiction.objects.create(photo=photo, person=make.make_person(), order=order, name_as_printed="이름" * 90)

    packet = packet_of(Photo.objects.get(pk=photo.pk))

    assert len(packet) <= 60_000
    assert values(next(iter(prints(jpeg(), MIDDLE, packet))).content)["people"] != []


def test_packet_changes_with_the_words_and_not_with_the_clock() -> None:
    photo = complete_photo()

    before, again = packet_of(photo), packet_of(Photo.objects.get(pk=photo.pk))
    photo.alt_text = "Others"

    assert (before == again, packet_of(photo) == before) == (True, False)
    assert dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT").encode() not in before
