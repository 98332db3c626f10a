"""How readers and partners look through the captions."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from events.models import Event
from newsroom.dates import overlapping
from newsroom.filters import AnyOf, Bound, Filters, Records, Rows, Sort, Words, column
from newsroom.photos.models import Depiction, Photo
from people.models import Organisation, Person


class PhotoFilters(Filters):
    """Lists public captions, the latest filed first."""

    q = Words("photo")
    # A picture of people beside the name of a meeting says who was there.
    event = column(Photo, "event", Records(lambda: Event.objects.public().naming_people()), label=_("Event"))
    person = AnyOf(
        Records(Person.objects.public),
        label=_("Person shown"),
        rows=Depiction.objects.all,
        owner="photo",
        key="person",
    )
    organisation = AnyOf(
        Records(Organisation.objects.public, label=lambda one: one.name),
        label=_("Organisation"),
        rows=Photo.organisations.through._default_manager.all,
        owner="photo",
        key="organisation",
    )
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
