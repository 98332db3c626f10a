"""Front of house: what a page's head says of the card under which other sites show the page."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.text import Truncator

from newsroom.markup import plain
from newsroom.website.cards import address_of
from newsroom.website.cards_of_pages import card_of

register = template.Library()

AS_MUCH = 200  # letters of a text, where nobody wrote what it is about


@register.filter
def begun(body: str) -> str:
    """How a text begins."""
    return Truncator(" ".join(plain(body).split())).chars(AS_MUCH)


@register.simple_tag(takes_context=True)
def brief(context: Context) -> str:
    """What the page's card says beside its headline: for a record of which nobody wrote a summary."""
    return card_of(context.get("page"), timezone.now()).in_brief


@register.inclusion_tag("website/_card_meta.html", takes_context=True)
def card_meta(context: Context) -> dict[str, object]:
    """The card of the record that the page is about, else that of the house; nothing for a page without address."""
    if not context.get("canonical_url"):
        return {}
    card = card_of(context.get("page"), timezone.now())
    return {"card": card, "address": address_of(card)}
