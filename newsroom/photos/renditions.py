"""Photo desk: the files that the public gets, named by their content, so that a name never changes its picture."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from PIL import Image

from newsroom.photos.models import Depiction, Photo, Rendition, renditions
from newsroom.photos.placeholders import Scene, draw, encode, scene_for
from newsroom.photos.placeholders.drawing import Format

WIDTHS = (1200, 640)
FORMATS: tuple[Format, ...] = ("WEBP", "JPEG")


def draw_placeholder(photo: Photo) -> list[Rendition]:
    """Draw the picture that stands on our pages for one that is not held; the same record, the same files.

    Reads `photo.depictions`.
    """
    largest = draw(scene_of(photo), max(WIDTHS), max(WIDTHS) * 2 // 3)
    pictures = (largest if width == largest.width else _scaled(largest, width) for width in WIDTHS)
    return [_keep_placeholder(photo, picture, form) for picture in pictures for form in FORMATS]


def has_placeholder(photo: Photo) -> bool:
    """Whether every file of it is there; reads `photo.renditions`."""
    drawn = [one for one in photo.renditions.all() if one.is_placeholder]
    return len(drawn) >= len(WIDTHS) * len(FORMATS) and all(renditions().exists(str(one.file)) for one in drawn)


def scene_of(photo: Photo) -> Scene:
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


def _keep_placeholder(photo: Photo, picture: Image.Image, form: Format) -> Rendition:
    content = encode(picture, form)
    facts = {"height": picture.height, "size": len(content), "file": stored(content, form)}
    rendition, _created = Rendition.objects.update_or_create(
        photo=photo, is_placeholder=True, format=form, width=picture.width, defaults=facts
    )
    return rendition


def stored(content: bytes, form: Format) -> str:
    """The name under which the public storage has this file now."""
    extension = "jpg" if form == "JPEG" else form.lower()
    name = f"{hashlib.sha256(content).hexdigest()[:40]}.{extension}"
    return name if renditions().exists(name) else renditions().save(name, ContentFile(content))
