"""Detail pages: whether others may print a story: as its sources and the house allow it, the strictest deciding."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from newsroom import markup
from newsroom.articles.models import Edition
from newsroom.documents import site_address
from newsroom.models import Source
from newsroom.website.translated import address_of

Permission = Source.Permission
OWN_ADDRESS = re.compile('(<a(?: title="[^"]*")? href=")/')  # as the text is written once it is cleaned


@dataclass(frozen=True)
class Terms:
    """In words, and the address of the licence where a story may be taken without asking."""

    words: str
    licence: str = ""


def terms_of(permissions: Collection[str]) -> Terms:
    """Of a story whose sources say so much about redistribution; pictures have rights of their own."""
    if Permission.FORBIDDEN in permissions:
        return Terms(_("Not for republication: a source of this story forbids it. Links to it are welcome."))
    if settings.NEWSROOM_LICENCE and set(permissions) <= {Permission.ALLOWED}:
        words = _("The text of this story may be republished, its pictures may not.")
        return Terms(words, settings.NEWSROOM_LICENCE)
    return Terms(_("Please ask before you republish this story. Links to it are welcome."))


def text_of(edition: Edition) -> str:
    """The story as another site takes it: without pictures, with the line that says where it comes from."""
    parts = [
        format_html("<h1>{}</h1>", edition.headline),
        format_html("<p>{}</p>", edition.standfirst) if edition.standfirst else "",
        _with_whole_addresses(markup.with_figures(markup.safe(edition.body), lambda _key: "")),
        _line(site_address(address_of(edition))),
    ]
    return "\n".join(part for part in parts if part)


def _with_whole_addresses(text: str) -> str:
    """An address without a host would lead to the other site's own pages."""
    return OWN_ADDRESS.sub(rf"\g<1>{site_address('/')}", text)


def _line(address: str) -> SafeString:
    link = format_html('<a href="{}">{}</a>', address, settings.NEWSROOM_NAME)
    return format_html("<p>{}</p>", format_html(_("First published by {}."), link))
