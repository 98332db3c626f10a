"""What others understand of our files, by ExifTool's word, and what we understand of theirs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from newsroom.photos.darkroom.printing import prints
from newsroom.photos.embedded import packet_of
from newsroom.photos.embedded.names import DMI, REGION_ROLE, REGION_TYPE
from tests.infrastructure import exiftool
from tests.photos.embedded.test_facts import read
from tests.photos.embedded.test_packet import MIDDLE, complete_photo
from tests.photos.pictures import jpeg

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(exiftool.program() is None, reason="no ExifTool is installed"),
]


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF"])
def test_every_property_of_the_record_is_understood(form: str, tmp_path: Path) -> None:
    photo = complete_photo()
    one = next(one for one in prints(jpeg(400, 300), MIDDLE, packet_of(photo)) if one.shape.form == form)
    path = tmp_path / f"a.{form.lower()}"
    path.write_bytes(one.content)

    tags = exiftool.told(path)

    mining = tags["XMP-plus:DataMining"]  # which older versions do not put into words
    assert mining in {f"{DMI}PROHIBITED-AIMLTRAINING", "Prohibited for AI/ML training"}
    known, event = photo.depictions.get(order=2).person, photo.event
    assert event is not None
    assert {name: value for name, value in tags.items() if name.startswith("XMP-") and name != "XMP-x:XMPToolkit"} == {
        "XMP-photoshop:Headline": "A wave",
        "XMP-dc:Title": "A wave",
        "XMP-dc:Description": "과학외교 포럼에서 손을 흔든다 <여기>",
        "XMP-iptcCore:AltTextAccessibility": "Two people wave",
        "XMP-iptcCore:AltTextAccessibility-en": "Two people wave",
        "XMP-iptcCore:AltTextAccessibility-ko": "두 사람이 손을 흔든다",
        "XMP-iptcCore:ExtDescrAccessibility": "Two people wave from a bridge over a river.",
        "XMP-dc:Subject": ["science", "외교", "waves"],
        "XMP-photoshop:CaptionWriter": "The photo desk",
        "XMP-photoshop:Instructions": "Online only",
        "XMP-photoshop:AuthorsPosition": "Staff photographer",
        "XMP-iptcExt:DigitalSourceType": tags["XMP-iptcExt:DigitalSourceType"],
        "XMP-iptcExt:AISystemUsed": "A model",
        "XMP-iptcExt:AISystemVersionUsed": "v2",
        "XMP-iptcExt:AIPromptInformation": "Two people on a bridge",
        "XMP-iptcExt:AIPromptWriterName": "The art desk",
        "XMP-plus:OtherConstraints": "Ask before any use in training",
        "XMP-photoshop:City": "Seoul",
        "XMP-photoshop:State": "Jongno",
        "XMP-photoshop:Country": "South Korea",
        "XMP-iptcCore:CountryCode": "KOR",
        "XMP-iptcExt:OrganisationInImageCode": [f"urn:uuid:{photo.organisations.get().uuid}"],
        "XMP-dc:Creator": ["Poe Pat"],
        "XMP-photoshop:Credit": "Asia Daily",
        "XMP-photoshop:Source": "Asia Daily Press",
        "XMP-dc:Rights": "(c) Asia Daily",
        "XMP-xmpRights:UsageTerms": "Not for sale",
        "XMP-xmpRights:WebStatement": f"http://testserver/photos/{photo.uuid}/",
        "XMP-photoshop:TransmissionReference": str(photo.uuid),
        "XMP-plus:DataMining": mining,
        "XMP-photoshop:DateCreated": "2025:12",
        "XMP-iptcCore:Location": "Seoul",
        "XMP-iptcExt:OrganisationInImageName": ["Institute of Waves"],
        "XMP-iptcExt:Event": "Congress & Fair",
        "XMP-iptcExt:EventID": [f"urn:uuid:{event.uuid}"],
        "XMP-iptcExt:PersonInImage": ["Jane Roe", "Doe Kim"],
        "XMP-iptcExt:PersonInImageWDetails": [
            {"PersonName": "Jane Roe"},
            {"PersonName": "Doe Kim", "PersonDescription": "President", "PersonId": [f"urn:uuid:{known.uuid}"]},
        ],
        "XMP-iptcExt:ImageRegion": [
            {
                "RId": "person1",
                "Name": "Doe Kim",
                "RCtype": [{"Identifier": [REGION_TYPE]}],
                "RRole": [{"Identifier": [REGION_ROLE]}],
                "PersonInImage": ["Doe Kim"],
                "RegionBoundary": {
                    "RbShape": "Rectangle",
                    "RbUnit": "Relative",
                    "RbX": 0.1,
                    "RbY": 0.2,
                    "RbW": 0.3,
                    "RbH": 0.4,
                },
            }
        ],
    }
    assert [name for name in tags if "GPS" in name or "Serial" in name or name.startswith("ExifIFD")] == []


def test_files_are_valid(tmp_path: Path) -> None:
    packet = packet_of(complete_photo())
    found = {}
    for one in prints(jpeg(400, 300), MIDDLE, packet):
        path = tmp_path / f"a-{one.shape.crop}-{one.shape.width}.{one.shape.form.lower()}"
        path.write_bytes(one.content)
        tags = exiftool.told(path, "-validate", "-warning", "-error")
        found[path.name] = (tags.get("ExifTool:Warning"), tags.get("ExifTool:Error"))

    assert found == dict.fromkeys(found, (None, None))


def test_what_exiftool_writes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(400, 300))
    region = (
        "{RegionBoundary={RbShape=rectangle,RbUnit=relative,RbX=0.25,RbY=0.5,RbW=0.125,RbH=0.25},PersonInImage=[김도]}"
    )
    written = [
        "-XMP-dc:Description=과학외교",
        "-XMP-photoshop:DateCreated=2025:12",
        "-IPTC:Headline=제목",
        "-IPTC:CodedCharacterSet=UTF8",
        "-EXIF:Artist=사진가",
        "-EXIF:GPSLatitude=37.5",
        f"-XMP-iptcExt:ImageRegion={region}",
        "-XMP-iptcExt:PersonInImage=이랑",
    ]
    subprocess.run([str(exiftool.program()), "-q", "-struct", *written, str(path)], check=True)

    found = {name: fact.value for name, fact in read(path.read_bytes()).items()}

    assert found == {
        "caption": "과학외교",
        "headline": "제목",
        "creator": "사진가",
        "taken_on": "2025-12",
        "people": ["이랑", "김도"],
        "regions": [{"name": "김도", "box": [0.25, 0.5, 0.125, 0.25]}],
    }
