"""What a file says of itself, out of three blocks that may contradict each other, in any script."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from newsroom.photos.embedded import Fact, Facts, facts_in
from newsroom.photos.embedded.facts import edtf
from tests.photos.pictures import encoded, jpeg, scene

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMES = (
    f'xmlns:rdf="{RDF}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
    'xmlns:c="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" '
    'xmlns:mwg="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:area="http://ns.adobe.com/xmp/sType/Area#" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
)


def xmp(body: str, attributes: str = "") -> bytes:
    inner = f'<rdf:RDF {NAMES}><rdf:Description rdf:about="" {attributes}>{body}</rdf:Description></rdf:RDF>'
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{inner}</x:xmpmeta>'.encode()


def alt(name: str, **languages: str) -> str:
    items = "".join(f'<rdf:li xml:lang="{code}">{text}</rdf:li>' for code, text in languages.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def bag(name: str, *texts: str) -> str:
    return f"<{name}><rdf:Bag>{''.join(f'<rdf:li>{text}</rdf:li>' for text in texts)}</rdf:Bag></{name}>"


def iim_block(datasets: dict[tuple[int, int], bytes]) -> bytes:
    """APP13 of a JPEG: Photoshop's resource 0404 with these datasets."""
    body = b"".join(struct.pack(">BBBH", 0x1C, *key, len(text)) + text for key, text in datasets.items())
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(body)) + body + b"\x00" * (len(body) % 2)
    content = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + struct.pack(">H", len(content) + 2) + content


def with_iim(datasets: dict[tuple[int, int], bytes], **options: object) -> bytes:
    content = jpeg(**options)
    return content[:2] + iim_block(datasets) + content[2:]


def exif(**tags: bytes | str) -> Image.Exif:
    found = Image.Exif()
    for name, value in tags.items():
        found[{"description": 0x010E, "artist": 0x013B, "copyright": 0x8298}[name]] = value
    return found


def read(content: bytes) -> Facts:
    with Image.open(io.BytesIO(content)) as picture:
        return facts_in(picture)


def test_every_block_is_read() -> None:
    datasets = {(2, 105): b"A headline", (2, 110): b"Asia Daily", (2, 25): b"science"}

    found = read(
        with_iim(datasets, xmp=xmp(alt("dc:description", **{"x-default": "Doe waves."})), exif=exif(artist="Lee"))
    )

    assert found == {
        "headline": Fact("A headline", "IIM"),
        "credit": Fact("Asia Daily", "IIM"),
        "keywords": Fact(["science"], "IIM"),
        "caption": Fact("Doe waves.", "XMP"),
        "creator": Fact("Lee", "EXIF"),
    }


def test_newer_block_wins_over_the_older() -> None:
    datasets = {(2, 120): b"of IIM", (2, 116): b"(c) IIM"}
    tags = exif(description="of EXIF", copyright="(c) EXIF", artist="of EXIF")

    found = read(with_iim(datasets, xmp=xmp(alt("dc:description", **{"x-default": "of XMP"})), exif=tags))

    assert (found["caption"], found["copyright"]) == (Fact("of XMP", "XMP"), Fact("(c) IIM", "IIM"))
    assert found["creator"] == Fact("of EXIF", "EXIF")


@pytest.mark.parametrize(("declared", "encoding"), [({(1, 90): b"\x1b%G"}, "utf-8"), ({}, "utf-8"), ({}, "cp949")])
def test_korean_in_iim_is_read_whatever_the_encoding(declared: dict[tuple[int, int], bytes], encoding: str) -> None:
    found = read(with_iim({**declared, (2, 120): "과학외교 포럼에서".encode(encoding)}))

    assert found["caption"] == Fact("과학외교 포럼에서", "IIM")


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_korean_in_exif_is_read_whatever_the_encoding(encoding: str) -> None:
    found = read(jpeg(exif=exif(artist="사진 김".encode(encoding).decode("latin-1").encode("latin-1"))))

    assert found["creator"] == Fact("사진 김", "EXIF")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_korean_in_xmp_is_read_in_every_format(form: str) -> None:
    packet = xmp(alt("dc:description", **{"en": "A forum", "x-default": "과학외교 포럼"}))
    options: dict[str, object] = {"xmp": packet}
    if form == "TIFF":
        options = {"tiffinfo": {700: packet}}
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        text = PngInfo()
        text.add_itxt("XML:com.adobe.xmp", packet.decode())
        options = {"pnginfo": text}

    assert read(encoded(scene(), form, **options))["caption"] == Fact("과학외교 포럼", "XMP")


def test_simple_properties_may_stand_as_attributes() -> None:
    packet = xmp("", 'photoshop:Headline="Short" photoshop:City="Seoul" plus:DataMining="x"')

    found = read(jpeg(xmp=packet))

    assert {name: fact.value for name, fact in found.items()} == {
        "headline": "Short",
        "city": "Seoul",
        "data_mining": "x",
    }


def test_people_are_read_in_their_order_and_once() -> None:
    details = (
        "<e:PersonInImageWDetails><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        + alt("e:PersonName", **{"x-default": "Kim Doe"})
        + "</rdf:li></rdf:Bag></e:PersonInImageWDetails>"
    )

    found = read(jpeg(xmp=xmp(bag("e:PersonInImage", "Jane Roe", "Kim Doe", "Lee Poe") + details)))

    assert found["people"] == Fact(["Jane Roe", "Kim Doe", "Lee Poe"], "XMP")


def iptc_region(boundary: str) -> bytes:
    return xmp(
        "<e:ImageRegion><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        f"<e:RegionBoundary rdf:parseType='Resource'>{boundary}</e:RegionBoundary>"
        + bag("e:PersonInImage", "Kim Doe")
        + "</rdf:li></rdf:Bag></e:ImageRegion>"
    )


def numbers(**parts: object) -> str:
    return "".join(f"<e:{name}>{value}</e:{name}>" for name, value in parts.items())


@pytest.mark.parametrize(
    ("boundary", "box"),
    [
        (numbers(rbX=0.25, rbY=0.5, rbW=0.125, rbH=0.25), [0.25, 0.5, 0.125, 0.25]),
        (numbers(rbUnit="pixel", rbX=24, rbY=32, rbW=12, rbH=16), [0.25, 0.5, 0.125, 0.25]),
        (numbers(rbX=0.5, rbY=0.5, rbRx=0.25), [0.25, 0.25, 0.5, 0.5]),
        (numbers(rbX=0.75, rbY=-0.25, rbW=0.5, rbH=0.5), [0.75, 0.0, 0.25, 0.25]),
    ],
)
def test_region_of_iptc_becomes_a_box(boundary: str, box: list[float]) -> None:
    found = read(jpeg(xmp=iptc_region(boundary)))

    assert found["regions"] == Fact([{"name": "Kim Doe", "box": box}], "XMP")
    assert found["people"] == Fact(["Kim Doe"], "XMP")


@pytest.mark.parametrize(
    "boundary",
    [
        numbers(rbX=2, rbY=2, rbW=1, rbH=1),
        numbers(rbX="nan", rbY=0, rbW=1, rbH=1),
        numbers(rbX="inf", rbY=0, rbW=1, rbH=1),
        numbers(rbX=0.1),
        "",
    ],
)
def test_region_that_is_nowhere_is_passed_over(boundary: str) -> None:
    assert read(jpeg(xmp=iptc_region(boundary))) == {}


def test_region_of_a_photo_library_is_told_by_its_middle() -> None:
    packet = xmp(
        "<mwg:Regions rdf:parseType='Resource'><mwg:RegionList><rdf:Bag><rdf:li><rdf:Description mwg:Name='Kim Doe'>"
        "<mwg:Area area:x='0.5' area:y='0.5' area:w='0.5' area:h='0.25'/>"
        "</rdf:Description></rdf:li></rdf:Bag></mwg:RegionList></mwg:Regions>"
    )

    assert read(jpeg(xmp=packet))["regions"] == Fact([{"name": "Kim Doe", "box": [0.25, 0.375, 0.5, 0.25]}], "XMP")


def test_boxes_of_a_picture_on_its_side_are_left_out() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6

    found = read(jpeg(xmp=iptc_region(numbers(rbX=0.25, rbY=0.5, rbW=0.1, rbH=0.1)), exif=turned))

    assert found == {}


def test_position_and_numbers_of_a_camera_are_not_read() -> None:
    tags = exif(description="A wave")
    tags.get_ifd(0x8825).update({2: (37.0, 33.0, 59.0), 4: (126.0, 58.0, 40.0)})
    tags.get_ifd(0x8769).update({0xA431: "SERIAL-1234"})
    packet = xmp("", 'exif:GPSLatitude="37,33.99N"')

    assert read(jpeg(xmp=packet, exif=tags)) == {"caption": Fact("A wave", "EXIF")}


def test_words_that_cameras_write_are_nobodys() -> None:
    assert read(jpeg(exif=exif(description="OLYMPUS DIGITAL CAMERA"))) == {}


def test_day_of_the_camera_is_the_last_resort() -> None:
    tags = exif()
    tags.get_ifd(0x8769)[0x9003] = "2025:12:09 23:10:00"

    assert read(jpeg(exif=tags)) == {"taken_on": Fact("2025-12-09", "EXIF")}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-12-09T10:00:00+09:00", "2025-12-09"),
        ("2025:12:09 10:00:00", "2025-12-09"),
        ("20251209", "2025-12-09"),
        ("20251200", "2025-12"),
        ("20250000", "2025"),
        ("2025-12", "2025-12"),
        ("2025", "2025"),
        ("0000:00:00 00:00:00", ""),
        ("2025:23:00 00:00:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_date_is_as_precise_as_the_file(written: str, day: str) -> None:
    assert edtf(written) == day


BILLION = (
    b'<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">&b;</x:xmpmeta>'
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


@pytest.mark.parametrize("packet", [b"", b"<", b"no xml", b"\xff\xfe\x00", BILLION, OUTSIDE, xmp("<dc:title>")])
def test_packet_that_is_broken_or_means_harm_says_nothing(packet: bytes) -> None:
    assert read(encoded(scene(), "WEBP", xmp=packet)) == {}


def test_broken_iim_says_nothing() -> None:
    content = jpeg()
    broken = content[:2] + b"\xff\xed\x00\x1cPhotoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00" + content[2:]

    assert read(content[:2] + iim_block({(9, 9): b"\x1c"}) + content[2:]) == {}
    assert isinstance(broken, bytes)


def test_text_without_end_is_cut_and_control_characters_go() -> None:
    packet = xmp(f"<photoshop:Headline>one\x7f{'x' * 20_000}</photoshop:Headline>")

    headline = read(encoded(scene(), "WEBP", xmp=packet))["headline"].value

    assert (headline[:5], len(headline)) == ("onexx", 10_000)
