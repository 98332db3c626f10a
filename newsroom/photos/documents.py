"""What the public sees of a photo: its caption always, its picture only where a lease allows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from events.models import Event, Venue
from newsroom import changes
from newsroom.changes import Document, Kind, Public
from newsroom.documents import identity, of_record, partial_date, reference, site_address, source
from newsroom.indexing import Searchable, days_of
from newsroom.models import Source, Topic
from newsroom.photos.captions import where_in_picture
from newsroom.photos.models import Depiction, Photo, Rendition
from people.documents import name_tokens
from people.models import Organisation, Person

Keys = Collection[int]


def with_all(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """Everything a document or a page of a photo reads, in a fixed number of queries."""
    return photos.select_related("event", "source", "photographer").prefetch_related(
        Prefetch("depictions", Depiction.objects.select_related("person")),
        Prefetch("organisations", Organisation.objects.public()),
        "leases",
        "renditions",
    )


def _photo(photo: Photo, at: dt.datetime) -> Public:
    syndicable = photo.may_be("syndication", at)
    document = {
        **identity(photo),
        "headline": photo.headline,
        "caption": photo.description,
        "is_name_label": photo.is_name_label,
        "alt_text": photo.alt_text,
        "alt_text_ko": photo.alt_text_ko,
        "photographer": reference("person", photo.photographer) if photo.photographer else None,
        "credit_line": photo.credit_line,
        "copyright_notice": photo.copyright_notice,
        "usage_terms": photo.usage_terms,
        "rights": photo.rights,
        "data_mining": photo.data_mining,
        "taken_on": partial_date(photo.taken_on),
        "place": photo.place,
        "event": reference("event", photo.event) if photo.event and _may_name(photo.event, at) else None,
        "is_file_picture": photo.is_file_picture,
        "people": [_depiction(depiction) for depiction in photo.depictions.all()],
        "organisations": [reference("organisation", organisation) for organisation in photo.organisations.all()],
        "source": source(photo.source) if photo.source else None,
        "renditions": [_rendition(one) for one in photo.renditions.all() if _is_for_partners(one)]
        if syndicable
        else [],
        "withheld": _withheld(photo, syndicable),
        "on_our_pages": _is_shown(photo, at),
    }
    turn, words = _next_turn(photo, at), _words(photo, at)
    return of_record(photo, document, words, at=at, due_at=turn, beside=_beside(photo, at))


def _may_name(event: Event, at: dt.datetime) -> bool:
    """A caption that names people must not tell that they took part in a meeting that names nobody."""
    return event.is_out(at) and not event.names_nobody


def _is_shown(photo: Photo, at: dt.datetime) -> bool:
    """Whether our pages show the photograph itself: it is held, its use is allowed, and there is a version of it."""
    has_version = any(not one.is_placeholder for one in photo.renditions.all())
    return photo.is_held and photo.may_be("use", at) and has_version


def _beside(photo: Photo, at: dt.datetime) -> Document:
    """How pages cut, order and mark the pictures, why they show none, and which files they have, drawings included."""
    files = [[one.file.name, one.crop, one.width, one.height] for one in photo.renditions.all()]
    focal_point = [str(photo.focal_x), str(photo.focal_y)]
    boxes = [
        [str(part) for part in (one.box_x, one.box_y, one.box_width, one.box_height)] for one in photo.depictions.all()
    ]
    return {
        "focal_point": focal_point,
        "order": photo.order_in_source,
        "files": files,
        "is_cleared": photo.may_be("use", at),
        "boxes": boxes,
    }


def _withheld(photo: Photo, syndicable: bool) -> list[Document]:
    """What a partner does not get, and why; said rather than dropped."""
    if not photo.is_held:
        return [{"what": "renditions", "reason": "not-held"}]
    return [] if syndicable else [{"what": "renditions", "reason": "rights"}]


def _depiction(depiction: Depiction) -> Document:
    return {
        "person": reference("person", depiction.person),
        "name_as_printed": depiction.name_as_printed,
        "title_as_printed": depiction.title_as_printed,
        "row": depiction.row,
        "row_is_inferred": depiction.row_is_inferred,
        "place_from_left": depiction.place_from_left,
        "where": where_in_picture(depiction, "en"),
        "is_portrait": depiction.is_portrait,
    }


def _is_for_partners(rendition: Rendition) -> bool:
    """Whole photographs: a drawing stands on our pages only, and what our pages cut off is theirs to cut."""
    return not rendition.is_placeholder and rendition.crop == Rendition.Crop.WHOLE


def _rendition(rendition: Rendition) -> Document:
    return {
        "href": site_address(reverse("api-rendition", args=[rendition.photo.uuid, rendition.file.name])),
        "width": rendition.width,
        "height": rendition.height,
        "contentType": f"image/{rendition.format.lower()}",
        "sizeInBytes": rendition.size,
    }


def _words(photo: Photo, at: dt.datetime) -> Searchable:
    shown = [f"{one.name_as_printed} {one.person.name} {one.title_as_printed}" for one in photo.depictions.all()]
    lines = [photo.description, photo.alt_text, photo.alt_text_ko, photo.credit_line, photo.place, *shown]
    if photo.event and _may_name(photo.event, at):
        lines.append(photo.event.name)
    names = [name for one in photo.depictions.all() for name in (one.name_as_printed, one.person.name)]
    text, days = "\n".join(filter(None, lines)), days_of(photo.taken_on)
    words = Searchable(str(photo), text, exact=name_tokens(names), days=days)
    return replace(words, **_matter(photo.event)) if photo.event and _may_name(photo.event, at) else words


def _matter(event: Event) -> dict[str, Any]:
    """A photo has its topics and its country from its meeting."""
    return {"topics": tuple(topic.pk for topic in event.topics.all()), "countries": (event.held_in,)}


def _with_matter(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    return photos.select_related("event__venue").prefetch_related(Prefetch("event__topics", Topic.objects.public()))


def _next_turn(photo: Photo, at: dt.datetime) -> dt.datetime | None:
    """The next moment at which a lease begins or ends, or the embargo of the meeting does."""
    turns = [moment for lease in photo.leases.all() for moment in (lease.starts_at, lease.ends_at)]
    if photo.event:
        turns.append(photo.event.opens_at(at))
    return min((moment for moment in turns if moment and moment > at), default=None)


def _where(lookup: str) -> Callable[[Keys], Any]:
    return lambda keys: Photo.objects.filter(**{f"{lookup}__in": keys}).values_list("pk", flat=True).distinct()


def _of_people(keys: Keys) -> Iterable[int]:
    return [*_where("depictions__person")(keys), *_where("photographer")(keys)]


changes.register(
    Kind(
        "photo",
        Photo,
        lambda keys: _with_matter(with_all(Photo.objects.filter(pk__in=keys))),
        _photo,
        embeds={
            Person: _of_people,
            Organisation: _where("organisations"),
            Event: _where("event"),
            Topic: _where("event__topics"),
            Venue: _where("event__venue"),
            Source: _where("source"),
        },
    )
)
