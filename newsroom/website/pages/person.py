"""Detail pages: a person: every spelling, the posts they were seen in, where they appeared and what they said."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils.text import capfirst
from django.utils.timezone import localtime

from events.models import Appearance, Event, Statement
from newsroom import keyset
from newsroom.articles.models import EditionFacet
from newsroom.dates import PartialDate
from newsroom.models import Topic
from newsroom.photos.documents import with_all as photos_with_all
from newsroom.photos.models import Depiction, Photo
from newsroom.website.pages import linked_records, shelves
from newsroom.website.pages.figures import Figure, figures, gallery
from newsroom.website.pages.linked_data import Node
from newsroom.website.pages.links import Link, link, topic_link
from newsroom.website.pages.people import basis_in_words, names_and_posts, title_and_basis
from newsroom.website.pages.statements import MOST as MOST_STATEMENTS
from newsroom.website.pages.statements import SaidAt, by_event, newest
from newsroom.website.pages.stretches import Asked, InStretches, Stretch, beginning, stretch
from newsroom.website.pages.tenures import Tenures, newest_first, tenures
from newsroom.website.pictures import Crop, Picture, is_drawn, picture_of, with_pictures
from newsroom.website.rows import StoryRow
from people.models import NameVariant, Person, Position
from people.titles import TitleOn

MOST_SPELLINGS = 24
MOST_POSTS = 6
MOST_APPEARANCES = 20
MOST_PHOTOS = 12
# Who was where is read for the latest meetings only: the work is bounded, and older company is one step away.
MEETINGS_COMPARED = 5
MOST_COMPANY = 300
MOST_OF_A_MEETING = 5
MOST_TOPICS = 8


@dataclass(frozen=True)
class Spelling:
    """One way in which the name is printed, and in which sources."""

    text: str
    is_native: bool
    seen_in: list[str]


@dataclass(frozen=True)
class Company:
    """Who was named at one meeting beside this person; `again` marks those met at another one too."""

    event: Event
    people: list[tuple[Link, bool]]

    @property
    def first(self) -> list[tuple[Link, bool]]:
        """Those met again before the others; where hardly more were there, all of them."""
        most = MOST_OF_A_MEETING if len(self.people) > MOST_OF_A_MEETING + 2 else len(self.people)
        return sorted(self.people, key=lambda one: not one[1])[:most]

    @property
    def more(self) -> int:
        return len(self.people) - len(self.first)


@dataclass(frozen=True)
class Presence:
    """One appearance, with the title as printed then, else the post of the day."""

    appearance: Appearance
    event: Event
    role: str
    title: str
    basis: str


@dataclass(frozen=True)
class Counts:
    events: int
    company: int
    articles: int


@dataclass(frozen=True)
class PersonPage(InStretches):
    person: Person
    portrait: Picture | None
    portrait_photo: Photo | None
    now: TitleOn | None
    basis: str
    spellings: Stretch[Spelling]
    #: those on record last come first
    positions: Stretch[Position]
    counts: Counts
    presences: Stretch[Presence]
    said: Stretch[Statement]
    topics: list[Link]
    company: Stretch[Company]
    photos: Stretch[Figure]
    stories: Stretch[StoryRow]

    @cached_property
    def posts(self) -> Tenures:
        return tenures(self.positions)

    @property
    def statements(self) -> list[SaidAt]:
        return by_event(self.said)

    @property
    def gallery(self) -> list[Figure]:
        return gallery(self.photos)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is told of them beyond their names."""
        return not any(one.total for one in (self.positions, self.presences, self.said, self.stories, self.photos))

    @property
    def linked_data(self) -> Node:
        return linked_records.person(self)


def with_record(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.prefetch_related(*names_and_posts())


def person_page(person: Person, at: dt.datetime, asked: Asked) -> PersonPage:
    """Takes a person from `with_record`."""
    count = _count_of_appearances(person)
    appearances = stretch("appearances", _appearances(person), asked, most=MOST_APPEARANCES, total=count["appearances"])
    today = localtime(at).date()
    now = person.title_on(PartialDate(today.year, today.month, today.day))
    photos = beginning(lambda: figures(_photos(person), at), asked)
    portrait = _portrait(person, photos, at)
    said = Statement.objects.public().filter(person=person)
    return PersonPage(
        person=person,
        portrait=_square(portrait, at),
        portrait_photo=portrait,
        now=now,
        basis=basis_in_words(now) if now else "",
        spellings=stretch("spellings", _spellings(person), asked, most=MOST_SPELLINGS),
        positions=stretch("positions", newest_first(person.positions.all()), asked, most=MOST_POSTS),
        counts=Counts(
            events=count["events"],
            company=_count_of_company(person),
            articles=shelves.count(EditionFacet.Facet.PERSON, person.pk, at),
        ),
        presences=appearances.told(lambda one: _presence(one, person)),
        said=stretch("said", newest(said), asked, most=MOST_STATEMENTS, total=said.count()),
        topics=[topic_link(topic) for topic in _topics(said)],
        company=_company(person, appearances, asked, count["events"]),
        photos=photos,
        stories=beginning(lambda: shelves.latest_in_words(EditionFacet.Facet.PERSON, person.pk, at), asked),
    )


def _spellings(person: Person) -> list[Spelling]:
    """The name on record first, then every other as printed; a spelling seen in two sources stands once."""
    seen: dict[str, list[NameVariant]] = defaultdict(list)
    for variant in person.variants.all():
        seen[variant.spelling].append(variant)
    order = [person.name, person.native_name, *seen]
    return [_spelling(text, seen[text]) for text in dict.fromkeys(order) if text]


def _spelling(text: str, variants: list[NameVariant]) -> Spelling:
    is_native = any(one.script != NameVariant.Script.LATIN for one in variants)
    return Spelling(text, is_native, [str(one.source) for one in variants if one.source])


def _appearances(person: Person) -> QuerySet[Appearance]:
    """The latest first."""
    rows = person.appearances.public().select_related("event__venue")
    return keyset.ordered(rows, ("-event__starts_on_earliest", "-event__id", "order", "id"))


def _count_of_appearances(person: Person) -> dict[str, int]:
    return person.appearances.public().aggregate(appearances=Count("pk"), events=Count("event", distinct=True))


def _presence(appearance: Appearance, person: Person) -> Presence:
    stated = appearance.role != Appearance.Role.NOT_STATED
    title, basis = title_and_basis(person, appearance.title_as_printed, appearance.event.starts_on)
    role = appearance.get_role_display() if stated else ""
    return Presence(appearance, appearance.event, capfirst(role), title, basis)


def _topics(said: QuerySet[Statement]) -> QuerySet[Topic]:
    """What the meetings were about at which these words fell, the most frequent first."""
    counted = Topic.objects.public().filter(events__statements__in=said).annotate(times=Count("events__statements"))
    return counted.order_by("-times", "name")[:MOST_TOPICS]


def _count_of_company(person: Person) -> int:
    """How many others were named at any of the same meetings."""
    meetings = person.appearances.public().values("event")
    others = Appearance.objects.public().filter(event__in=meetings).exclude(person=person)
    return others.order_by().values("person").distinct().count()


def _company(person: Person, appearances: Iterable[Appearance], asked: Asked, meetings: int) -> Stretch[Company]:
    """Not beside a part that is looked at by itself."""
    events = [] if asked.part else list({one.event_id: one.event for one in appearances}.values())
    compared = events[:MEETINGS_COMPARED]
    others = Appearance.objects.public().filter(event__in=compared).exclude(person=person)
    rows = others.select_related("person").order_by("event__pk", "order", "pk")[:MOST_COMPANY]
    of_event: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in rows:
        of_event[row.event_id][row.person_id] = row.person
    met = Counter(key for people in of_event.values() for key in people)
    company = [Company(event, _marked(of_event[event.pk].values(), met)) for event in compared if event.pk in of_event]
    return Stretch(company, meetings if meetings > len(compared) else len(company))


def _marked(people: Iterable[Person], met: Counter[int]) -> list[tuple[Link, bool]]:
    return [(link(one), met[one.pk] > 1) for one in people]


def _photos(person: Person) -> QuerySet[Photo]:
    shown = Photo.objects.public().filter(depictions__person=person)
    return photos_with_all(shown).order_by("-pk")[:MOST_PHOTOS]


def portrait_of(person: Person, at: dt.datetime) -> Photo | None:
    """The latest cleared photograph flagged as a portrait, with its pictures; a drawing never stands for a face."""
    cleared = with_pictures(Photo.objects.public(at).usable(at).portraying(person))
    return next((one for one in cleared[:MOST_PHOTOS] if not is_drawn(one, at)), None)


def _portrait(person: Person, photos: Sequence[Figure], at: dt.datetime) -> Photo | None:
    """The same, out of those on the page as long as these are all."""
    shown = (one.photo for one in photos if any(_is_portrait(part, person) for part in one.photo.depictions.all()))
    found = next((one for one in shown if one.is_held and not is_drawn(one, at)), None)
    return found or (portrait_of(person, at) if len(photos) == MOST_PHOTOS else None)


def _is_portrait(depiction: Depiction, person: Person) -> bool:
    return depiction.person_id == person.pk and depiction.is_portrait


def _square(portrait: Photo | None, at: dt.datetime) -> Picture | None:
    return picture_of(portrait, at, crop=Crop.SQUARE) if portrait else None
