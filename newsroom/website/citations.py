"""Front of house: a story as reference managers take it: RIS, BibTeX, CSL-JSON, and as a line of text."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from newsroom.articles.models import Byline, Edition
from newsroom.articles.story import Cast
from newsroom.documents import site_address
from newsroom.website.pages.links import public_records
from newsroom.website.translated import address_of
from people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: signs that mean something to BibTeX; it counts even an escaped brace, so those have a name
ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "#": r"\#",
        "$": r"\$",
        "%": r"\%",
        "&": r"\&",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
IN_AN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


class Name(NamedTuple):
    """Who signs: a person in two parts, or a body under one name."""

    family: str
    given: str = ""
    is_person: bool = False

    @property
    def inverted(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True)
class Citation:
    """What every format tells of a story; the day is the newsroom's own."""

    slug: str
    headline: str
    address: str
    language: str
    day: dt.date
    number: int
    abstract: str = ""
    keywords: list[str] = field(default_factory=list)
    authors: list[Name] = field(default_factory=list)
    editors: list[Name] = field(default_factory=list)
    translators: list[Name] = field(default_factory=list)


class Format(NamedTuple):
    label: StrOrPromise
    media_type: str
    write: Callable[[Citation], str]


def addresses(slug: str) -> list[tuple[StrOrPromise, str, str]]:
    """Every format: its label, the address at which the story is told in it, its media type."""
    return [
        (one.label, reverse("cite", args=[slug, ending]), one.media_type.partition(";")[0])
        for ending, one in FORMATS.items()
    ]


def citation_of(edition: Edition, known: Cast) -> Citation:
    """The edition under its byline; a story that nobody signs is the newsroom's."""
    roles = Byline.Role
    return Citation(
        slug=edition.article.slug,
        headline=" ".join(edition.headline.split()),
        address=site_address(address_of(edition)),
        language=edition.language,
        day=localtime(edition.first_published_at).date(),
        number=edition.number,
        abstract=" ".join(edition.standfirst.split()),
        keywords=[topic.name for topic in public_records(edition.story["topics"], known.topics)],
        authors=_names(edition, known, roles.AUTHOR, roles.REPORTING) or [Name(settings.NEWSROOM_NAME)],
        editors=_names(edition, known, roles.EDITING),
        translators=_names(edition, known, roles.TRANSLATION),
    )


def _names(edition: Edition, known: Cast, *roles: str) -> list[Name]:
    signed = (one for one in edition.story["bylines"] if one["role"] in roles)
    return [_name(known.people.get(one["person"] or ""), one["name"]) for one in signed]


def _name(person: Person | None, printed: str) -> Name:
    """In two parts as the record has them, where the byline prints that very name."""
    name = " ".join(printed.split())
    if person is None or not person.is_public or person.name != name:
        return Name(name)
    return Name(person.family_name, person.given_name, is_person=True)


# As a line of text


def as_text(citation: Citation) -> str:
    """In the language of the story, whatever the page around it speaks."""
    with translation.override(citation.language):
        authors = _listed([_in_order(one, citation) for one in citation.authors])
        return _("%(authors)s (%(year)d) ‘%(headline)s’, %(newsroom)s. %(address)s") % {
            "authors": authors,
            "year": citation.day.year,
            "headline": citation.headline,
            "newsroom": settings.NEWSROOM_NAME,
            "address": citation.address,
        }


def _listed(names: list[str]) -> str:
    """Semicolons keep three or more apart where a name has a comma of its own."""
    *others, last = names
    if len(others) > 1 and any("," in one for one in names):
        others = ["; ".join(others)]
    return str(get_text_list([*others, last], _("and")))


def _in_order(name: Name, citation: Citation) -> str:
    return f"{name.family} {name.given}".strip() if citation.language == "ko" else name.inverted


def _text_file(citation: Citation) -> str:
    return f"{as_text(citation)}\n"


# RIS, as its importers read it: a tag of two letters, two blanks, a hyphen, a blank; lines end with CR and LF


def as_ris(citation: Citation) -> str:
    tags = [
        ("TY", "NEWS"),
        ("TI", citation.headline),
        *(("AU", _in_ris(one)) for one in citation.authors),
        *(("ED", _in_ris(one)) for one in citation.editors),
        *(("A4", _in_ris(one)) for one in citation.translators),
        ("T2", settings.NEWSROOM_NAME),
        ("PB", settings.NEWSROOM_NAME),
        ("PY", f"{citation.day:%Y}"),
        ("DA", f"{citation.day:%Y/%m/%d}"),
        ("ET", str(citation.number)),
        ("AB", citation.abstract),
        *(("KW", keyword) for keyword in citation.keywords),
        ("LA", citation.language),
        ("UR", citation.address),
        ("ID", citation.slug),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _in_ris(name: Name) -> str:
    """A body whose name has a comma would be read as a person's family and given name."""
    return name.inverted if name.is_person else name.family.replace(", ", " ").replace(",", " ")


# BibTeX, in UTF-8


def as_bibtex(citation: Citation) -> str:
    """Titles stand in two pairs of braces, so that no style changes their capitals; so do bodies that sign."""
    fields = {
        "title": f"{{{_escaped(citation.headline)}}}",
        "author": _people(citation.authors),
        "editor": _people(citation.editors),
        "translator": _people(citation.translators),
        "journal": _escaped(settings.NEWSROOM_NAME),
        "year": f"{citation.day:%Y}",
        "month": str(citation.day.month),
        "day": str(citation.day.day),
        "date": citation.day.isoformat(),
        "abstract": _escaped(citation.abstract),
        "keywords": _escaped(", ".join(citation.keywords)),
        "langid": {"en": "english", "ko": "korean"}.get(citation.language, ""),
        "url": citation.address.translate(IN_AN_ADDRESS),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(citation)},", *lines, "}", ""])


def _key(citation: Citation) -> str:
    return re.sub(r"[^A-Za-z0-9:-]", "", f"{settings.NEWSROOM_NAME}{citation.day:%Y}:{citation.slug}") or citation.slug


def _people(names: list[Name]) -> str:
    return " and ".join(_in_bibtex(one) for one in names)


def _in_bibtex(name: Name) -> str:
    return _escaped(name.inverted) if name.is_person else f"{{{_escaped(name.family)}}}"


def _escaped(text: str) -> str:
    return text.translate(ESCAPED)


# CSL-JSON


def as_csl(citation: Citation) -> str:
    item: dict[str, Any] = {
        "id": citation.slug,
        "type": "article-newspaper",
        "title": citation.headline,
        "container-title": settings.NEWSROOM_NAME,
        "publisher": settings.NEWSROOM_NAME,
        "author": [_in_csl(one) for one in citation.authors],
        "editor": [_in_csl(one) for one in citation.editors],
        "translator": [_in_csl(one) for one in citation.translators],
        "issued": {"date-parts": [[citation.day.year, citation.day.month, citation.day.day]]},
        "edition": str(citation.number),
        "abstract": citation.abstract,
        "keyword": ", ".join(citation.keywords),
        "language": citation.language,
        "URL": citation.address,
    }
    filled = {name: value for name, value in item.items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=2) + "\n"


def _in_csl(name: Name) -> dict[str, str]:
    if not name.is_person:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} if name.given else {"family": name.family}


#: by the ending of the address
FORMATS = {
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
    "csl.json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", as_csl),
    "txt": Format(pgettext_lazy("a form of citation", "Text"), "text/plain; charset=utf-8", _text_file),
}
