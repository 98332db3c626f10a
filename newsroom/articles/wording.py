"""The copy desk's names for its acts, as histories and tables print them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTS = {
    "submit": _("Hand in"),
    "recall": _("Take back"),
    "return": _("Send back"),
    "approve": _("Approve"),
    "publish": _("Publish"),
    "correct": _("Correct"),
    "withdraw": _("Withdraw"),
    "cancel": _("Cancel the schedule"),
    "appear": pgettext_lazy("act of the clock", "Appeared"),
}
