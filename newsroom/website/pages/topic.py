"""Detail pages: a topic: its latest stories, the meetings about it, and who spoke there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from events.filters import EventFilters
from events.models import Event, Statement
from newsroom import keyset
from newsroom.articles.models import EditionFacet
from newsroom.models import Topic
from newsroom.website.pages import linked_records, shelves
from newsroom.website.pages.linked_data import Node
from newsroom.website.pages.people import PersonLine, line, posts
from newsroom.website.pages.stretches import InStretches, Stretch, beginning
from newsroom.website.record_rows import today_as_date
from newsroom.website.rows import StoryRow
from people.models import Person

MOST_EVENTS = 20
MOST_SPEAKERS = 8


@dataclass(frozen=True)
class TopicPage(InStretches):
    topic: Topic
    stories: Stretch[StoryRow]
    events: Stretch[Event]
    speakers: Stretch[PersonLine]

    @property
    def linked_data(self) -> Node:
        return linked_records.topic(self)


def topic_page(topic: Topic, at: dt.datetime) -> TopicPage:
    events = Event.objects.public().filter(topics=topic).select_related("venue")
    return TopicPage(
        topic=topic,
        stories=beginning(lambda: shelves.latest_rows(EditionFacet.Facet.TOPIC, topic.pk, at)),
        events=beginning(lambda: keyset.ordered(events, EventFilters.orders["newest"])[:MOST_EVENTS]),
        speakers=beginning(lambda: (line(person, day=today_as_date(at)) for person in _speakers(topic))),
    )


def _speakers(topic: Topic) -> list[Person]:
    """Public people to whom words at a meeting on the topic are attributed, the most frequent first."""
    said = Statement.objects.public().filter(event__topics=topic, person__is_public=True)
    counted = said.values("person").annotate(times=Count("pk")).order_by("-times", "person_id")
    order = [row["person"] for row in counted[:MOST_SPEAKERS]]
    found = Person.objects.prefetch_related(*posts()).in_bulk(order)
    return [found[key] for key in order]
