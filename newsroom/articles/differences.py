"""What two tellings of one story print differently, part by part and word by word; for the desk and for readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from django_countries import countries

from newsroom import diffing, moments
from newsroom.articles.models import Byline, Kind, Language
from newsroom.articles.story import Snapshot
from newsroom.markup import with_figures

Names = Mapping[str, str]


FOR_THE_DESK = {"slug", "embargo_until", "desk_note"}
LEFT_OUT = diffing.Paragraph([diffing.Piece("same", "…")])


@dataclass(frozen=True)
class Difference:
    """One part of the story that the two tell differently: paragraphs of pieces, to be shown by `_prose.html`."""

    part: str
    label: str
    paragraphs: list[diffing.Paragraph]

    @property
    def is_for_the_desk(self) -> bool:
        """Whether it steers the work and is told to no reader."""
        return self.part in FOR_THE_DESK

    @property
    def changed(self) -> list[diffing.Paragraph]:
        """The paragraphs that differ, with a sign wherever others stand between them."""
        runs = groupby(self.paragraphs, key=lambda paragraph: paragraph.is_same)
        return [one for is_same, run in runs for one in ([LEFT_OUT] if is_same else run)]


@dataclass(frozen=True)
class Part:
    """One part of a telling, as lines of text; `is_prose` where the text is an editor's HTML."""

    name: str
    label: str
    text: str
    is_prose: bool = False


def differences(earlier: Snapshot, later: Snapshot, sources: Names) -> list[Difference]:
    """The parts that differ, in the order of the page; `sources` names those that the two call by short name."""
    pairs = zip(parts(earlier, sources), parts(later, sources), strict=True)
    return [_difference(before, after) for before, after in pairs if before.text != after.text]


def _difference(before: Part, after: Part) -> Difference:
    if after.is_prose:
        return Difference(after.name, after.label, diffing.prose(before.text, after.text))
    pieces = diffing.words(before.text, after.text)
    return Difference(after.name, after.label, list(_by_line(pieces)))


def _by_line(pieces: Iterable[diffing.Piece]) -> Iterator[diffing.Paragraph]:
    """The pieces of several lines, a paragraph for each line."""
    line: list[diffing.Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line += [piece._replace(text=first)] if first else []
        for other in others:
            yield diffing.Paragraph(line)
            line = [piece._replace(text=other)] if other else []
    if line:
        yield diffing.Paragraph(line)


def parts(story: Snapshot, sources: Names) -> list[Part]:
    """All that can differ between two tellings, the desk's own matter last; an edition has none of that."""
    printed, working = story["printed"], story.get("working", {})
    return [
        Part("headline", _("Headline"), story["headline"]),
        Part("standfirst", _("Standfirst"), story["standfirst"]),
        Part("dateline", _("Dateline"), story["dateline"]),
        Part("body", _("Text"), _body(story), is_prose=True),
        Part("bylines", _("Bylines"), _lines(_byline(one) for one in printed["bylines"])),
        Part("people", _("People in the story"), _lines(_mention(one) for one in printed["people"])),
        Part("photos", _("Photos"), _lines(line for one in printed["photos"] for line in _photo(one))),
        Part("sources", _("Sources"), _lines(sources.get(slug, slug) for slug in printed["sources"])),
        Part("events", _("Events"), _lines(one["name"] for one in printed["events"])),
        Part("organisations", _("Organisations"), _lines(one["name"] for one in printed["organisations"])),
        Part("topics", _("Topics"), _lines(one["name"] for one in printed["topics"])),
        Part("countries", _("Countries"), _lines(str(countries.name(code)) for code in printed["countries"])),
        Part("kind", _("Kind"), _label(Kind, story["kind"])),
        Part("language", _("Language"), _label(Language, story["language"])),
        Part("slug", _("Slug"), story.get("slug", "")),
        Part("embargo_until", _("Embargo until"), _moment(working.get("embargo_until"))),
        Part("desk_note", _("Note for the desk"), working.get("desk_note", "")),
    ]


def _body(story: Snapshot) -> str:
    """The text, with a line for each photograph in it; what the telling does not print is not named."""
    said = [(one["id"], _("Picture: %(caption)s") % {"caption": one["caption"]}) for one in story["printed"]["photos"]]
    lines = {key: f"<p>{escape(words)}</p>" for key, words in said}
    return with_figures(story["body"], lambda key: lines.get(key, ""))


def names_of_sources(stories: Iterable[Snapshot]) -> dict[str, str]:
    """What the desk called the sources of these tellings when they were saved, by short name."""
    kept = (one for story in stories for one in story.get("working", {}).get("sources", []))
    return {one["slug"]: one["record"] for one in kept}


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(" ".join(line.split()) for line in lines)


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _byline(printed: Snapshot) -> str:
    return f"{_label(Byline.Role, printed['role'])} {printed['name']}"


def _mention(printed: Snapshot) -> str:
    return ", ".join(filter(None, (printed["name"], printed["title"])))


def _photo(printed: Snapshot) -> Iterator[str]:
    lead = _("Lead picture: %(caption)s") if printed["is_lead"] else "%(caption)s"
    yield lead % {"caption": printed["caption"]}
    if printed["alt"] or printed["is_decorative"]:
        alternative = _("(decorative)") if printed["is_decorative"] else printed["alt"]
        yield _("Alternative text: %(words)s") % {"words": alternative}


def _moment(text: str | None) -> str:
    return moments.in_words(dt.datetime.fromisoformat(text)) if text else ""
