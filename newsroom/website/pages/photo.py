"""Detail pages: a photo: its caption always, its picture where a lease allows it, who stands where and whose it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newsroom.articles.models import EditionFacet
from newsroom.photos.captions import where_in_picture
from newsroom.photos.models import Depiction, Photo
from newsroom.website.pages import shelves
from newsroom.website.pages.figures import Figure, figure
from newsroom.website.pages.links import Link, link
from newsroom.website.pages.people import PersonLine, line, with_posts
from newsroom.website.rows import StoryRow


@dataclass(frozen=True)
class PhotoPage:
    photo: Photo
    figure: Figure
    people: list[tuple[PersonLine, str, bool]]
    photographer: Link | None
    event: Link | None
    stories: list[StoryRow]


def photo_page(photo: Photo, at: dt.datetime) -> PhotoPage:
    """Takes a photo from `photos.documents.with_all`."""
    depictions = list(photo.depictions.all())
    with_posts([one.person for one in depictions])
    return PhotoPage(
        photo=photo,
        figure=figure(photo, at),
        people=[(_line(photo, one), where_in_picture(one), one.row_is_inferred) for one in depictions],
        photographer=link(photo.photographer) if photo.photographer else None,
        event=_event(photo),
        stories=shelves.latest_rows(EditionFacet.Facet.PHOTO, photo.pk, at),
    )


def _line(photo: Photo, depiction: Depiction) -> PersonLine:
    return line(
        depiction.person,
        name=depiction.name_as_printed,
        title=depiction.title_as_printed,
        day=photo.taken_on or (photo.event.starts_on if photo.event and photo.event.is_out() else None),
    )


def _event(photo: Photo) -> Link | None:
    """Not of a meeting at which nobody may be named: beside a picture of people it would do just that."""
    event = photo.event
    if event is None or not event.is_out() or event.names_nobody:
        return None
    return link(event)
