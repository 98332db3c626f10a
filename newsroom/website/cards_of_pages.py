"""Front of house: the card of a page, from what the page has read already, so that it costs no query."""

from __future__ import annotations

import datetime as dt
from functools import singledispatch

from newsroom.website import cards
from newsroom.website.cards import Card
from newsroom.website.pages.article import StoryPage
from newsroom.website.pages.event import EventPage
from newsroom.website.pages.organisation import OrganisationPage
from newsroom.website.pages.person import PersonPage
from newsroom.website.pages.photo import PhotoPage
from newsroom.website.pages.topic import TopicPage


@singledispatch
def card_of(page: object, at: dt.datetime) -> Card:
    """The same card that `cards_served` finds for the record; lists and all other pages show that of the house."""
    return cards.of_house()


@card_of.register
def _story(page: StoryPage, at: dt.datetime) -> Card:
    shown = [*([page.lead] if page.lead else []), *page.placed.values(), *page.figures]
    return cards.of_story(page.edition, {str(one.photo.uuid): one.photo for one in shown}, at)


@card_of.register
def _event(page: EventPage, at: dt.datetime) -> Card:
    return cards.of_event(page.event, [one.photo for one in page.photos], at)


@card_of.register
def _person(page: PersonPage, at: dt.datetime) -> Card:
    return cards.of_person(page.person, page.portrait_photo, str(page.now or ""), at)


@card_of.register
def _organisation(page: OrganisationPage, at: dt.datetime) -> Card:
    return cards.of_organisation(page.organisation)


@card_of.register
def _topic(page: TopicPage, at: dt.datetime) -> Card:
    return cards.of_topic(page.topic)


@card_of.register
def _photo(page: PhotoPage, at: dt.datetime) -> Card:
    return cards.of_photo(page.photo, at)
