"""Detail pages: a story, as printed in its edition, with today's records beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate

from events.models import Event, Hosting
from newsroom.articles.models import Byline, Edition
from newsroom.articles.story import Cast, Snapshot, cast
from newsroom.articles.translations import Versions, versions_of
from newsroom.dates import PartialDate, span_in_words
from newsroom.documents import site_address
from newsroom.markup import minutes_to_read, placed_photos
from newsroom.models import Source
from newsroom.website import calendars, citations
from newsroom.website.citations import Citation, as_text, citation_of
from newsroom.website.pages import shelves
from newsroom.website.pages.figures import Figure, figure, gallery, not_drawn
from newsroom.website.pages.linked_data import news_article
from newsroom.website.pages.links import Link, link, printed_links, public_records, topic_link
from newsroom.website.pages.people import PersonLine, printed_line, with_names_and_posts
from newsroom.website.pages.places import present_in_words, where_in_words
from newsroom.website.pages.republishing import Terms, terms_of, text_of
from newsroom.website.pages.stretches import RECORD, Asked, InStretches, Stretch, beginning, stretch
from newsroom.website.pictures import alt_of
from newsroom.website.translated import Elsewhere, elsewhere

OLD = 2  # years, after which a story says so on top
MOST_FACTS = 3  # meetings told of in full; the others by their names
MOST_HOSTS = 8  # of each of them
MOST_PEOPLE, MOST_LINKS, MOST_SOURCES = 36, 30, 12
MOST_PICTURES, MOST_CORRECTIONS = 15, 6
LONG_TEXT = 3_000  # letters that a page does not print twice


@dataclass(frozen=True)
class Facts:
    """What a reader wants to know first of a meeting that the story tells of."""

    event: Link
    where: str
    when: str
    hosts: tuple[Link, ...]
    more_hosts: int
    present: str
    status: str
    #: whether it does not take place as announced
    is_off: bool
    #: where a calendar gets it, as long as it is still to come
    calendar: str


@dataclass(frozen=True)
class StoryPage(InStretches):
    edition: Edition
    place: str
    bylines: list[tuple[str, list[Link]]]
    facts: list[Facts]
    more_events: Stretch[Link]
    lead: Figure | None
    #: those that stand within the text, by public id
    placed: dict[str, Figure]
    #: those that follow it
    figures: Stretch[Figure]
    people: Stretch[PersonLine]
    organisations: Stretch[Link]
    topics: Stretch[Link]
    sources: Stretch[Source]
    corrections: Stretch[Edition]
    terms: Terms
    #: what another site pastes, on a page of its own where it is long; empty where it may not, and of a draft
    text: Stretch[str]
    #: in full years
    age: int
    related: Stretch[shelves.Related]
    others: Versions
    cited: Citation
    told: dict[str, Any]

    @property
    def linked_data(self) -> dict[str, Any]:
        """Of what there may be very much, machines are told no more than readers are shown."""
        shown = {
            "about": [*self.facts, *self.more_events],
            "mentions": self.people,
            "keywords": self.topics,
            "isBasedOn": self.sources,
            "correction": self.corrections,
        }
        return {name: one[: len(shown[name])] if name in shown else one for name, one in self.told.items()}

    @property
    def hero(self) -> Figure | None:
        """The lead picture, unless the text itself shows it."""
        return self.lead if self.lead and str(self.lead.photo.uuid) not in self.placed else None

    @property
    def gallery(self) -> list[Figure]:
        """What follows the text."""
        return gallery(self.figures)

    @property
    def not_drawn(self) -> Sequence[Figure]:
        """Of which the caption says more than yet another drawing would."""
        return not_drawn(self.figures)

    @property
    def picture_count(self) -> int:
        return len(self.placed) + len(self.figures) + bool(self.hero)

    @property
    def is_old(self) -> bool:
        return self.age >= OLD

    @property
    def history(self) -> list[Edition]:
        """The editions that readers could see so far, newest first."""
        history: list[Edition] = self.edition.article.public_editions  # type: ignore[attr-defined]
        return history

    @property
    def updated_at(self) -> dt.datetime | None:
        """When this edition took the place of another; None for the first."""
        return self.edition.visible_from if len(self.history) > 1 else None

    @property
    def minutes(self) -> int:
        return minutes_to_read(self.edition.body)

    @property
    def citation(self) -> str:
        return as_text(self.cited)

    @property
    def elsewhere(self) -> list[Elsewhere]:
        return elsewhere(self.others)

    @property
    def cite_addresses(self) -> list[tuple[Any, str, str]]:
        return citations.addresses(self.edition.article.slug)

    @property
    def address(self) -> str:
        """What a reader passes on."""
        return site_address(self.edition.get_absolute_url())


def story_page(edition: Edition, at: dt.datetime, asked: Asked = RECORD) -> StoryPage:
    """Takes an edition from `story.with_corrections`."""
    printed = edition.story
    known = cast([edition])
    _with_more(known)
    events = _events(printed, known)
    pictures, others = _figures(printed, known, at), versions_of(edition, at)
    lead = next((one for one, is_lead in pictures.values() if is_lead), None)
    placed = [one for one in placed_photos(edition.body) if one in pictures]
    following = [one for key, (one, is_lead) in pictures.items() if not is_lead and key not in placed]
    organisations = printed_links(printed["organisations"], known.organisations)
    topics = [topic_link(topic) for topic in public_records(printed["topics"], known.topics)]
    sources = [known.sources[slug] for slug in printed["sources"] if slug in known.sources]
    corrections = [one for one in edition.article.public_editions if one.is_correction]  # type: ignore[attr-defined]
    terms = terms_of(_permissions(printed, known, others))
    is_free = bool(terms.licence and edition.pk)
    return StoryPage(
        edition=edition,
        place=edition.dateline or _place(printed, known),
        bylines=_bylines(printed, known),
        facts=[_facts(event, localdate(at)) for event in events[:MOST_FACTS]],
        more_events=stretch("events", [link(event) for event in events[MOST_FACTS:]], asked, most=MOST_LINKS),
        lead=lead,
        placed={one: pictures[one][0] for one in placed},
        figures=stretch("pictures", following, asked, most=MOST_PICTURES),
        people=stretch("people", _people(printed, known), asked, most=MOST_PEOPLE),
        organisations=stretch("organisations", organisations, asked, most=MOST_LINKS),
        topics=stretch("topics", topics, asked, most=MOST_LINKS),
        sources=stretch("sources", sources, asked, most=MOST_SOURCES),
        corrections=stretch("corrections", corrections, asked, most=MOST_CORRECTIONS),
        terms=terms,
        text=stretch("text", [text_of(edition)] if is_free else [], asked, most=len(edition.body) < LONG_TEXT),
        age=_years(edition.first_published_at, at),
        related=beginning(lambda: shelves.related(edition, known, at), asked),
        others=others,
        cited=citation_of(edition, known),
        told=news_article(edition, known, lead, others),
    )


def _with_more(known: Cast) -> None:
    """What the page shows of people and events beyond what partners get."""
    with_names_and_posts([person for person in known.people.values() if person.is_public])
    hosts = Prefetch("hostings", Hosting.objects.select_related("organisation"))
    prefetch_related_objects(list(known.events.values()), hosts)


def _bylines(printed: Snapshot, known: Cast) -> list[tuple[str, list[Link]]]:
    """A line for each role, in the order in which the story comes to them."""
    signed: dict[str, list[Link]] = {}
    for one in printed["bylines"]:
        label = str(Byline.Role(one["role"]).label)
        signed.setdefault(label, []).append(link(known.people.get(one["person"] or ""), one["name"]))
    return list(signed.items())


def _permissions(printed: Snapshot, known: Cast, others: Versions) -> list[str]:
    """A translation stands on the sources of its original too.

    Of those that it does not name itself, or that are on record no longer, nobody can say here what they allow.
    """
    original = others.original.story["sources"] if others.original else []
    found = (known.sources.get(slug) for slug in (*printed["sources"], *original))
    return [source.redistribution if source else Source.Permission.UNKNOWN for source in found]


def _years(first: dt.datetime | None, at: dt.datetime) -> int:
    """How many full years ago that was, by the newsroom's calendar; a draft has no age."""
    if first is None:
        return 0
    day, today = localdate(first), localdate(at)
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def _people(printed: Snapshot, known: Cast) -> list[PersonLine]:
    day = _day(printed, known)
    return [printed_line(known.people.get(one["id"]), one["name"], one["title"], day) for one in printed["people"]]


def _day(printed: Snapshot, known: Cast) -> PartialDate | None:
    """The day whose titles count: that of the first event told of."""
    return next((event.starts_on for event in _events(printed, known)), None)


def _events(printed: Snapshot, known: Cast) -> list[Event]:
    return public_records(printed["events"], known.events)


def _place(printed: Snapshot, known: Cast) -> str:
    return next((event.venue.city for event in _events(printed, known) if event.venue and event.venue.city), "")


def _facts(event: Any, today: dt.date) -> Facts:
    is_off = event.status in {Event.Status.CANCELLED, Event.Status.POSTPONED}
    hosts = [link(one.organisation) for one in event.hostings.all() if one.role != Hosting.Role.ORGANISER]
    return Facts(
        event=link(event),
        where=where_in_words(event),
        when=span_in_words(event.starts_on, event.ends_on),
        hosts=tuple(hosts[:MOST_HOSTS]),
        more_hosts=len(hosts[MOST_HOSTS:]),
        present=present_in_words(event),
        status=capfirst(event.get_status_display()),
        is_off=is_off,
        calendar=reverse("event-calendar", args=[event.slug]) if _is_coming(event, today) and not is_off else "",
    )


def _is_coming(event: Any, today: dt.date) -> bool:
    """Whether its last day is still ahead and a calendar can hold it."""
    last = event.ends_on or event.starts_on
    return bool(last and last.latest and last.latest >= today and calendars.start_of(event))


def _figures(printed: Snapshot, known: Cast, at: dt.datetime) -> dict[str, tuple[Figure, bool]]:
    """The story's photos under the captions of this use, as far as their records are public; which one leads."""
    shown = [(known.photos.get(one["id"]), one) for one in printed["photos"]]
    return {
        one["id"]: (figure(photo, at, caption=one["caption"], alt=alt_of(photo, one)), one["is_lead"])
        for photo, one in shown
        if photo is not None and photo.is_out(at)
    }
