"""Detail pages: where a meeting was and how many came, as far as that is known."""

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import Event


def where_in_words(event: Event) -> str:
    """The venue and its country, or that it was online; empty where nothing is known. Reads `event.venue`."""
    country = event.country.name or (event.venue.country.name if event.venue else "")
    parts = [str(event.venue or ""), str(country or "")]
    if event.mode == Event.Mode.ONLINE:
        parts.append(event.get_mode_display())
    return capfirst(", ".join(part for part in parts if part))


def present_in_words(event: Event) -> str:
    """How many were present; empty where nobody says."""
    if not event.attendance:
        return ""
    words = _("About %(number)s") if event.attendance_is_about else pgettext("people present", "%(number)s")
    return words % {"number": number_format(event.attendance, force_grouping=True)}
