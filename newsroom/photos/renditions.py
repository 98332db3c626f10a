"""Photo desk: the drawings that stand for photographs which are not held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from newsroom.photos.darkroom.cupboard import stored
from newsroom.photos.models import Depiction, Photo, Rendition, renditions
from newsroom.photos.placeholders import Scene, draw, encode, scene_for
from newsroom.photos.placeholders.drawing import Format

WIDTHS = (1200, 640)
FORMATS: tuple[Format, ...] = ("WEBP", "JPEG")


@dataclass(frozen=True)
class Picture:
    """One file before it is kept."""

    form: Format
    width: int
    height: int
    content: bytes


def drawn(scene: Scene) -> list[Picture]:
    """The scene in every size and format; touches no record, so several can be drawn at once."""
    largest = draw(scene, max(WIDTHS), max(WIDTHS) * 2 // 3)
    sizes = (largest if width == largest.width else _scaled(largest, width) for width in WIDTHS)
    return [Picture(form, *size.size, encode(size, form)) for size in sizes for form in FORMATS]


def keep_placeholder(photo: Photo, pictures: Iterable[Picture]) -> list[Rendition]:
    """As the photo's renditions; the same pictures make the same files."""
    return [_keep_placeholder(photo, picture) for picture in pictures]


def has_placeholder(photo: Photo) -> bool:
    """Whether every file of it is there; reads `photo.renditions`."""
    drawn = [one for one in photo.renditions.all() if one.is_placeholder]
    return len(drawn) >= len(WIDTHS) * len(FORMATS) and all(renditions().exists(str(one.file)) for one in drawn)


def scene_of(photo: Photo) -> Scene:
    """What is drawn of a caption; reads `photo.depictions`."""
    shown = list(photo.depictions.all())
    in_front = (one.place_from_left for one in shown if one.row in {Depiction.Row.FRONT, Depiction.Row.NOT_STATED})
    return scene_for(
        seed=str(photo.uuid),
        caption=f"{photo.headline}\n{photo.description}",
        marked=tuple(sorted(place for place in in_front if place)),
        shown=len(shown),
        is_group=any(one.row or one.place_from_left for one in shown),
        is_portrait=any(one.is_portrait for one in shown),
    )


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)


def _keep_placeholder(photo: Photo, picture: Picture) -> Rendition:
    facts = {"height": picture.height, "size": len(picture.content), "file": stored(picture.form, picture.content)}
    rendition, _created = Rendition.objects.update_or_create(
        photo=photo, is_placeholder=True, format=picture.form, width=picture.width, defaults=facts
    )
    return rendition
