"""The shelf of topics: how readers and partners look through them."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from newsroom.filters import Filters, Rows, Sort, Words
from newsroom.models import Topic


class TopicFilters(Filters):
    """Lists public topics by the alphabet."""

    q = Words("topic")
    sort = Sort([("a-z", _("A to Z")), ("z-a", _("Z to A"))])

    orders = {"a-z": ("name", "id"), "z-a": ("-name", "-id")}
    place = (str, int)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return Topic.objects.public()
