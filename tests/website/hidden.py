"""Matter that the public must not see, each piece with a secret word in it, beside one piece that it may."""

import datetime as dt

from newsroom.articles import workflow
from tests import factories as make

SECRET = "zanzibar"
LONG_AGO = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
FAR_AHEAD = dt.datetime(2090, 1, 1, tzinfo=dt.UTC)


def hide_things() -> None:
    """A draft, a scheduled, an expired and a withdrawn story, and a record of each kind that is not public."""
    make.make_article(slug=f"draft-{SECRET}", headline=f"Draft {SECRET}")
    scheduled = make.make_article(slug=f"scheduled-{SECRET}", headline=f"Scheduled {SECRET}")
    workflow.publish(scheduled, by=None, at=LONG_AGO, visible_from=FAR_AHEAD)
    expired = make.make_article(slug=f"expired-{SECRET}", headline=f"Expired {SECRET}")
    workflow.publish(expired, by=None, at=LONG_AGO, visible_until=LONG_AGO + dt.timedelta(days=1))
    withdrawn = make.make_article(slug=f"withdrawn-{SECRET}", headline=f"Withdrawn {SECRET}")
    workflow.publish(withdrawn, by=None, at=LONG_AGO)
    workflow.withdraw(withdrawn, by=None, at=LONG_AGO + dt.timedelta(days=1))
    make.make_event(slug=f"event-{SECRET}", name=f"Meeting {SECRET}", starts_on="2025-12-09")
    make.make_person(slug=f"person-{SECRET}")
    make.make_organisation(slug=f"organisation-{SECRET}", name=f"Institute {SECRET}")
    make.make_topic(slug=f"topic-{SECRET}", name=f"Topic {SECRET}")


def show_things() -> None:
    """A story and an event that have nothing to hide, with a note for the desk that has."""
    story = make.make_article(slug="open", headline="Open", desk_note=f"Ask {SECRET}")
    workflow.publish(story, by=None, at=LONG_AGO)
    make.make_event(slug="open-day", name="Open day", starts_on="2025-12-09", is_public=True, desk_note=f"Ask {SECRET}")
