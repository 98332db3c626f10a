"""Photo desk: the people marked in one picture, read with all that sentences and doubts need; and how they are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Prefetch, QuerySet

from newsroom import changes, collisions
from newsroom.photos import captions
from newsroom.photos.darkroom import orders
from newsroom.photos.depicting.places import Box
from newsroom.photos.depicting.typed import Mark, doubts
from newsroom.photos.models import Depiction, Photo
from people.models import Person, Position
from people.recognition import Recognised, recognised
from people.spellings import names_in

MOST_NAMES = 200  # of one caption; what stands further down is not looked up
BOX = ("box_x", "box_y", "box_width", "box_height")


@dataclass(frozen=True)
class Sentence:
    """Where somebody stands and who they are, as a caption may say it."""

    english: str
    korean: str


def marked(photo: Photo) -> QuerySet[Depiction]:
    """Four queries, however many people are marked."""
    posts = Prefetch("person__positions", Position.objects.select_related("organisation"))
    rows = photo.depictions.select_related("person", "position__organisation")
    return rows.prefetch_related("person__variants", posts, "person__positions__attestations")


def sentences(photo: Photo, depictions: Iterable[Depiction]) -> list[Sentence]:
    return [Sentence(*(captions.sentence(one, photo, language) for language in ("en", "ko"))) for one in depictions]


def doubts_of(photo: Photo, depictions: Sequence[Depiction]) -> list[str]:
    """What the caption says otherwise than the marks; nothing as long as nobody is marked. Takes those of `marked`."""
    if not depictions:
        return []
    named = recognised(islice(names_in(photo.description), MOST_NAMES))
    return doubts(photo.description, [_mark(one, named) for one in depictions], _others(named, depictions))


def box_of(depiction: Depiction) -> Box | None:
    """None unless all of it is known."""
    parts = [float(part) for name in BOX if (part := getattr(depiction, name)) is not None]
    return Box(*parts) if len(parts) == len(BOX) else None


def keep(photo: Photo, kept: Sequence[Depiction], gone: Sequence[Depiction], *, at: dt.datetime) -> None:
    """Save these marks and take those out; the versions of the picture, which name people, are ordered anew.

    Inside the caller's recording. Places are freed first, so that two people may change theirs in one save.
    """
    with changes.recording() as record:
        record.touch(photo)
        Depiction.objects.filter(pk__in=[one.pk for one in gone]).delete()
        photo.depictions.update(place_from_left=None)
        for one in kept:
            one.photo = photo
            one.save()
        collisions.step(photo)
        orders.order(photo, at=at)
        record.touch(photo)


def _mark(depiction: Depiction, named: Iterable[Recognised]) -> Mark:
    """Known by every spelling on record, and by those in which the caption names them."""
    as_typed = {one.spelling for one in named if one.key == depiction.person_id}
    return Mark(
        depiction.name_as_printed or depiction.person.name,
        frozenset(_spellings(depiction.person)) | as_typed | {depiction.name_as_printed} - {""},
        depiction.row,
        depiction.place_from_left,
    )


def _spellings(person: Person) -> Iterator[str]:
    """In both orders; reads the person's variants."""
    parts = [part for part in (person.family_name, person.given_name) if part]
    spelt = [" ".join(parts), " ".join(parts[::-1]), person.name, person.native_name]
    yield from (one for one in [*spelt, *(variant.spelling for variant in person.variants.all())] if one)


def _others(named: Sequence[Recognised], depictions: Sequence[Depiction]) -> list[str]:
    """People on record whom the caption names, in whatever romanisation, unless somebody marked may be meant."""
    marked_keys = {one.person_id for one in depictions}
    own = {spelling for one in depictions for spelling in (*_spellings(one.person), one.name_as_printed)}
    own |= {one.spelling for one in named if one.key in marked_keys}
    return list(dict.fromkeys(one.spelling for one in named if one.spelling not in own))
