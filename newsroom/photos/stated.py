"""Photo desk: what a file says of itself, line by line for the desk, and which of it the record says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsroom.photos.models import Depiction, Photo
from people import naming

LABELS = {
    "headline": _("headline"),
    "title": _("title"),
    "caption": _("caption"),
    "alt_text": _("alternative text"),
    "creator": _("photographer"),
    "author_title": _("photographer's job"),
    "caption_writer": _("caption written by"),
    "long_description": _("long description"),
    "credit": _("credit line"),
    "source": _("source"),
    "copyright": _("copyright notice"),
    "usage_terms": _("usage terms"),
    "rights_page": _("rights page"),
    "instructions": _("instructions"),
    "data_mining": _("data mining"),
    "constraints": _("other constraints"),
    "made_by": _("made how"),
    "ai_system": _("AI system"),
    "ai_system_version": _("version of the AI system"),
    "ai_prompt": _("prompt"),
    "ai_prompt_writer": _("prompt written by"),
    "taken_on": _("taken on"),
    "location": _("place"),
    "city": _("city"),
    "state": _("province"),
    "country": _("country"),
    "country_code": _("code of the country"),
    "job": _("job number"),
    "event": _("event"),
    "people": _("people shown"),
    "organisations": _("organisations shown"),
    "keywords": _("keywords"),
}
# The field of the record in which the same is said.
FIELDS = {
    "headline": "headline",
    "caption": "description",
    "alt_text": "alt_text",
    "credit": "credit_line",
    "copyright": "copyright_notice",
    "usage_terms": "usage_terms",
    "taken_on": "taken_on",
    "creator": "photographer_as_printed",
    "author_title": "photographer_title",
    "caption_writer": "caption_writer",
    "long_description": "long_description",
    "source": "source_as_printed",
    "instructions": "instructions",
    "constraints": "other_constraints",
    "city": "city",
    "state": "state",
}


@dataclass(frozen=True)
class Line:
    """One fact: its label, the words, the block of the file, and whether the record says something else."""

    label: str
    words: str
    block: str
    differs: bool
    #: names that the file gives and nobody in the record bears
    unmarked: tuple[str, ...] = ()


def lines(facts: Mapping[str, Any], photo: Photo) -> list[Line]:
    """In the order of the form; the facts are those of an `Intake`."""
    return [_line(name, facts[name], photo) for name in LABELS if name in facts]


def _line(name: str, fact: Mapping[str, Any], photo: Photo) -> Line:
    value = fact["value"]
    words = "; ".join(value) if isinstance(value, list) else str(value)
    ours = str(getattr(photo, FIELDS[name]) or "") if name in FIELDS else words
    unmarked = tuple(_unmarked(value, photo)) if name == "people" else ()
    return Line(str(LABELS[name]), words, str(fact["block"]), ours != words, unmarked)


def _unmarked(names: list[str], photo: Photo) -> list[str]:
    """Whom the file names and the record does not: nobody or several people may be meant, so an editor chooses."""
    marked = [
        spelling
        for one in photo.depictions.select_related("person").prefetch_related("person__variants")
        for spelling in _spellings(one)
        if spelling
    ]
    return [name for name in names if not any(naming.same_name(name, spelling) for spelling in marked)]


def _spellings(depiction: Depiction) -> list[str]:
    person = depiction.person
    recorded = [variant.spelling for variant in person.variants.all()]
    return [depiction.name_as_printed, person.name, person.native_name, *recorded]
