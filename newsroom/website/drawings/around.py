"""Drawings: who or what stands around a person or an organisation, as far as the public may know it."""

from __future__ import annotations

from newsroom.dates import span_in_words
from newsroom.local_names import name_of
from newsroom.website.drawings.neighbourhood import Neighbourhood, Tie, neighbourhood
from newsroom.website.pages.links import link
from newsroom.website.pages.person import PersonPage


def around_person(page: PersonPage) -> Neighbourhood | None:
    """A person, the latest meetings, and who was named there too; whoever has no page stands in the list alone."""
    ties = [
        Tie(
            link(one.event),
            span_in_words(one.event.starts_on, one.event.ends_on),
            [other for other, _again in one.people if other.url],
        )
        for one in page.company
    ]
    return neighbourhood(name_of(page.person), ties)
