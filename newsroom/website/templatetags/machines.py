"""Front of house: what a page tells machines, in data blocks that no browser runs."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from newsroom.website.cards import address_of
from newsroom.website.cards_of_pages import card_of
from newsroom.website.listing import Listing
from newsroom.website.pages import linked_data, linked_lists
from newsroom.website.pages.figures import Figure

register = template.Library()

UNSAFE_IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def data_block(facts: dict[str, Any]) -> SafeString | str:
    """A block of JSON-LD, none where there is nothing to tell; no text in it can end the block or begin another."""
    if not facts:
        return ""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE_IN_A_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  see above


@register.simple_tag(takes_context=True)
def page_block(context: Context, page: Any) -> SafeString | str:
    """What a page is about; without a photograph, a story or a meeting has the image of its card."""
    facts = page.linked_data
    if context.get("canonical_url") and "image" not in facts:
        facts = facts | {"image": address_of(card_of(page, timezone.now()))}
    return data_block(facts)


@register.simple_tag
def website_block() -> SafeString | str:
    return data_block(linked_data.website())


@register.simple_tag
def picture_block(shown: Figure) -> SafeString | str:
    """The photograph of a page of its own, with its licence."""
    return data_block(linked_data.photograph(shown.picture, shown.photo))


@register.simple_tag
def list_block(listing: Listing) -> SafeString | str:
    """What a list begins with; nothing of its filtered and further pages, which are not to be found by themselves."""
    return data_block(linked_lists.collection(listing) if listing.is_indexable else {})


@register.simple_tag
def crumbs_block(section: str, url: str, here: object = "") -> SafeString | str:
    return data_block(linked_data.breadcrumbs(section, url, str(here)))
