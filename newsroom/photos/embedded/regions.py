"""Photo desk, embedded metadata: who is where in a picture, as IPTC's image regions or those of the MWG say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from newsroom.photos.embedded.xmp import Struct

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Region:
    """A named box; left, top, width and height as parts of the picture's sides."""

    name: str
    box: Box


def regions_in(packet: Struct, size: tuple[int, int]) -> list[Region]:
    """IPTC's where there are any, else those that photo libraries write."""
    return list(_of_iptc(packet, size)) or list(_of_mwg(packet))


def _of_iptc(packet: Struct, size: tuple[int, int]) -> Iterator[Region]:
    for region in packet.structs("Iptc4xmpExt:ImageRegion"):
        name = region.text("Iptc4xmpExt:PersonInImage") or region.text("Iptc4xmpExt:Name")
        for boundary in region.structs("Iptc4xmpExt:RegionBoundary"):
            yield from _named(name, _box(boundary, size))


def _of_mwg(packet: Struct) -> Iterator[Region]:
    """Their boxes are told by the middle."""
    lists = (one for regions in packet.structs("mwg-rs:Regions") for one in regions.structs("mwg-rs:RegionList"))
    for region in lists:
        for area in region.structs("mwg-rs:Area"):
            numbers = [_number(area.text(f"stArea:{part}")) for part in "xywh"]
            yield from _named(region.text("mwg-rs:Name"), _from_middle(numbers))


def _from_middle(numbers: list[float | None]) -> Box | None:
    x, y, width, height = numbers
    if x is None or y is None or width is None or height is None:
        return None
    return (x - width / 2, y - height / 2, width, height)


def _box(boundary: Struct, size: tuple[int, int]) -> Box | None:
    def part(name: str) -> float | None:
        return _number(boundary.text(f"Iptc4xmpExt:{name}"))

    x, y = part("rbX"), part("rbY")
    width, height, radius = part("rbW"), part("rbH"), part("rbRx")
    if x is None or y is None:
        return None
    if radius is not None:  # a circle, told by its middle
        box = (x - radius, y - radius, 2 * radius, 2 * radius)
    elif width is None or height is None:
        return None
    else:
        box = (x, y, width, height)
    if boundary.text("Iptc4xmpExt:rbUnit") == "pixel":
        return (box[0] / size[0], box[1] / size[1], box[2] / size[0], box[3] / size[1])
    return box


def _named(name: str, box: Box | None) -> Iterator[Region]:
    """Only what lies within the picture; a little over its edge is cut off."""
    if not name or box is None:
        return
    left, top = max(0.0, box[0]), max(0.0, box[1])
    right, bottom = min(1.0, box[0] + box[2]), min(1.0, box[1] + box[3])
    if left < right and top < bottom:
        yield Region(name, (left, top, right - left, bottom - top))


def _number(text: str) -> float | None:
    with suppress(ValueError):
        number = float(text)
        return number if abs(number) < 1_000_000 else None  # which not-a-number and infinity are not
    return None
