"""Detail pages: a photo: its caption always, its picture where a lease allows it, who stands where and whose it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.models import Event
from newsroom.articles.models import EditionFacet
from newsroom.photos.captions import where_in_picture
from newsroom.photos.models import Depiction, Photo
from newsroom.website.pages import shelves
from newsroom.website.pages.figures import Figure, figure
from newsroom.website.pages.links import Link, link
from newsroom.website.pages.people import PersonLine, line, with_posts
from newsroom.website.pages.stretches import Asked, InStretches, Stretch, beginning, stretch
from newsroom.website.rows import StoryRow
from people.models import Organisation

MOST_SHOWN, MOST_ORGANISATIONS = 40, 24
MOST_WALKED = 500  # photos of one event that lead from one to the next
WALKED = ("uuid", "slug", "headline", "description", "is_public", "embargo_until")


@dataclass(frozen=True)
class PhotoPage(InStretches):
    photo: Photo
    figure: Figure
    people: Stretch[tuple[PersonLine, str, bool]]
    organisations: Stretch[Organisation]
    photographer: Link | None
    event: Link | None
    before: Link | None
    after: Link | None
    stories: Stretch[StoryRow]


def photo_page(photo: Photo, at: dt.datetime, asked: Asked) -> PhotoPage:
    """Takes a photo from `photos.documents.with_all`."""
    depictions = list(photo.depictions.all())
    with_posts([one.person for one in depictions])
    people = [(_line(photo, one), where_in_picture(one), one.row_is_inferred) for one in depictions]
    meeting = _meeting(photo)
    before, after = _beside(photo, meeting)
    return PhotoPage(
        photo=photo,
        figure=figure(photo, at),
        people=stretch("shown", people, asked, most=MOST_SHOWN),
        organisations=stretch("organisations", photo.organisations.all(), asked, most=MOST_ORGANISATIONS),
        photographer=link(photo.photographer) if photo.photographer else None,
        event=link(meeting) if meeting else None,
        before=before,
        after=after,
        stories=beginning(lambda: shelves.latest_rows(EditionFacet.Facet.PHOTO, photo.pk, at), asked),
    )


def _line(photo: Photo, depiction: Depiction) -> PersonLine:
    return line(
        depiction.person,
        name=depiction.name_as_printed,
        title=depiction.title_as_printed,
        day=photo.taken_on or (photo.event.starts_on if photo.event and photo.event.is_out() else None),
    )


def _meeting(photo: Photo) -> Event | None:
    """Not one at which nobody may be named: beside a picture of people it would do just that."""
    event = photo.event
    return event if event and event.is_out() and not event.names_nobody else None


def _beside(photo: Photo, meeting: Event | None) -> tuple[Link | None, Link | None]:
    """The photos before and after this one in the gallery of its meeting."""
    if meeting is None:
        return None, None
    gallery = list(Photo.objects.public().gallery_of(meeting).only(*WALKED)[:MOST_WALKED])
    place = next((place for place, one in enumerate(gallery) if one.pk == photo.pk), None)
    if place is None:
        return None, None
    before, after = gallery[:place][-1:], gallery[place + 1 :][:1]
    return next(map(link, before), None), next(map(link, after), None)
