"""The shelf of topics: how readers and partners look through them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Expression, F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from newsroom.filters import Filters, Rows, Sort, Words
from newsroom.models import Topic


class TopicFilters(Filters):
    """Lists public topics by the alphabet of the reader's language."""

    q = Words("topic")
    sort = Sort([("a-z", _("A to Z")), ("z-a", _("Z to A"))])

    orders = {"a-z": ("title", "id"), "z-a": ("-title", "-id")}
    place = (str, int)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return Topic.objects.public().annotate(title=_title())


def _title() -> Expression | F:
    """What readers of this language see; 가나다 is the order of Unicode too."""
    return Coalesce(NullIf("name_ko", Value("")), "name") if get_language() == "ko" else F("name")
