"""How readers and partners look through the captions."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from events.models import Event
from newsroom.dates import overlapping
from newsroom.filters import AnyOf, Bound, Filters, Rows, Sort, Words, column
from newsroom.options import TOPICS, Countries, Records
from newsroom.photos.models import Depiction, Photo
from people.filters import ORGANISATIONS, PEOPLE, names_in


def _meetings() -> Rows:
    """A picture of people beside the name of a meeting says who was there, and so do its matter and its place."""
    return Event.objects.public().naming_people()


def _taken_at_meetings() -> Rows:
    """Photos with the country in which their meeting was held: its own, else its venue's."""
    own = NullIf(F("event__country"), Value(""))
    place = Coalesce(own, F("event__venue__country"), Value(""))
    return Photo.objects.filter(event__in=_meetings()).annotate(place_of_meeting=place)


class PhotoFilters(Filters):
    """Lists public captions, the latest filed first; matter and country are those of the meeting."""

    q = Words("photo", exact=names_in)
    event = column(Photo, "event", Records(_meetings))
    person = AnyOf(PEOPLE, label=_("Person shown"), rows=Depiction.objects.all, owner="photo", key="person")
    organisation = AnyOf(
        ORGANISATIONS,
        rows=Photo.organisations.through._default_manager.all,
        owner="photo",
        key="organisation",
    )
    photographer = column(Photo, "photographer", PEOPLE, label=_("Photographer"))
    topic = AnyOf(TOPICS, rows=_taken_at_meetings, key="event__topics")
    country = AnyOf(Countries(), rows=_taken_at_meetings, key="place_of_meeting")
    from_ = Bound(
        lambda photos, day: photos.filter(overlapping("taken_on", day, None)), label=_("Taken from"), is_end=False
    )
    to = Bound(lambda photos, day: photos.filter(overlapping("taken_on", None, day)), label=_("Taken to"), is_end=True)
    sort = Sort([("newest", _("Latest filed first")), ("oldest", _("First filed first"))])

    orders = {"newest": ("-id",), "oldest": ("id",)}
    place = (int,)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return Photo.objects.public()
