"""The copy desk's way back: an earlier state of a story brought into its working copy, whatever has become of the rest.

A restoration is a save like any other: it makes a revision, and what it replaces stays among the revisions. What
steers the work rather than being told (slug, embargo, assignment, the desk's note, the state) stays as it is now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from events.models import Event
from newsroom import changes, policy
from newsroom.articles import checks, placing, story, workflow
from newsroom.articles.models import Article, Byline, Mention, PhotoUse, Revision
from newsroom.articles.story import Snapshot
from newsroom.models import Source, Topic, User
from newsroom.photos.models import Photo
from people.models import Organisation, Person

Found = dict[str, Any]


class Overtaken(workflow.Refused):
    """Somebody saved the story after the restoration was looked at."""


@dataclass(frozen=True)
class Records:
    """The records that a snapshot names, as far as they are there and not in the trash, and the names of the others."""

    people: Found
    photos: Found
    events: Found
    organisations: Found
    topics: Found
    sources: Found
    missing: list[str]


def restore(revision: Revision, *, by: User | None, at: dt.datetime, version: int | None = None) -> Revision:
    """Put the story back as it stood then; raises Refused where the user may not, or somebody saved since `version`."""
    with changes.recording() as record:
        article = Article.objects.select_for_update().get(pk=revision.article_id)
        _check(article, by, version)
        record.touch(article)
        _write(article, revision.story)
        checks.keep(article, at)
        note = _("Restored from revision %(number)s") % {"number": revision.number}
        return story.keep(article, by=by, at=at, note=note)


def missing(told: Snapshot) -> list[str]:
    """What the story named then and a restoration would leave out, since it is deleted or in the trash."""
    return _records(told, working(told)).missing


def _check(article: Article, by: User | None, version: int | None) -> None:
    if by is not None and not policy.can(by, "edit", article):
        raise workflow.NotAllowed(_("This story is not yours to edit as it stands now."))
    if version is not None and version != article.version:
        raise Overtaken(_("Somebody has saved this story since you opened this page. Look again, then confirm."))


def working(told: Snapshot) -> Snapshot:
    """The rows as they were typed; of revisions that did not keep them, as they were printed."""
    return told.get("working") or _as_printed(told["printed"])


def _as_printed(printed: Snapshot) -> Snapshot:
    return {
        "countries": printed["countries"],
        "bylines": [
            {**_person(one["person"], one["name"]), "role": one["role"], "words": "" if one["person"] else one["name"]}
            for one in printed["bylines"]
        ],
        "people": [{**_person(one["id"], one["name"]), **one} for one in printed["people"]],
        "photos": [{**one, "record": one["caption"]} for one in printed["photos"]],
        "sources": [{"slug": slug, "record": slug} for slug in printed["sources"]],
    }


def _person(object_id: str | None, name: str) -> Snapshot:
    return {"id": object_id, "record": name}


def _records(told: Snapshot, typed: Snapshot) -> Records:
    printed = told["printed"]
    named = [(one["id"], one["record"]) for part in ("bylines", "people") for one in typed[part] if one["id"]]
    lost: list[str] = []
    return Records(
        people=_find(Person, named, lost),
        photos=_find(Photo, [(one["id"], one["record"]) for one in typed["photos"]], lost),
        events=_find(Event, _named(printed["events"]), lost),
        organisations=_find(Organisation, _named(printed["organisations"]), lost),
        topics=_find(Topic, _named(printed["topics"]), lost),
        sources=_find(Source, [(one["slug"], one["record"]) for one in typed["sources"]], lost),
        missing=lost,
    )


def _named(printed: Iterable[Snapshot]) -> list[tuple[str, str]]:
    return [(one["id"], one["name"]) for one in printed]


def _find(model: type[Model], named: list[tuple[str, str]], lost: list[str]) -> Found:
    """The rows by what the snapshot calls them; the names of those that are gone are added to `lost`."""
    key = "slug" if model is Source else "uuid"
    wanted = [one if model is Source else UUID(one) for one, _name in named]
    rows: Any = model._default_manager.filter(**{f"{key}__in": wanted})
    stand = {str(getattr(row, key)): getattr(row, "merged_into", None) or row for row in rows}
    found = {one: row for one, row in stand.items() if not row.is_trashed}
    kind = model._meta.verbose_name
    lost += dict.fromkeys(f"{kind}: {name}" for one, name in named if one not in found)
    return found


def _write(article: Article, told: Snapshot) -> None:
    typed = working(told)
    known = _records(told, typed)
    for name in story.TEXTS:
        setattr(article, name, told[name])
    if refusal := article.refusal_of_language():
        raise workflow.Refused(refusal)
    article.countries = typed["countries"]
    article.version += 1
    article.save(update_fields=[*story.TEXTS, "countries", "version", "updated_at"])
    for part in ("events", "organisations", "topics", "sources"):
        getattr(article, part).set(getattr(known, part).values())
    _replace(Byline, article, _bylines(article, typed, known))
    _replace(Mention, article, _mentions(article, typed, known))
    _replace(PhotoUse, article, _uses(article, typed, known))
    placing.drop_strangers(article)


def _replace(model: type[Model], article: Article, rows: Iterable[Any]) -> None:
    model._default_manager.filter(article=article).delete()
    model._default_manager.bulk_create(rows)


def _bylines(article: Article, typed: Snapshot, known: Records) -> Iterator[Byline]:
    for order, one in enumerate(typed["bylines"]):
        if one["id"] in known.people or one["words"]:
            person = known.people.get(one["id"] or "")
            place = one.get("order", order)
            yield Byline(article=article, order=place, role=one["role"], person=person, words=one["words"])


def _mentions(article: Article, typed: Snapshot, known: Records) -> Iterator[Mention]:
    given: set[int] = set()  # two who were merged since are one
    for order, one in enumerate(typed["people"]):
        if (person := known.people.get(one["id"])) and person.pk not in given:
            given.add(person.pk)
            names = {"name_as_printed": one["name"], "title_as_printed": one["title"]}
            yield Mention(article=article, order=one.get("order", order), person=person, **names)


def _uses(article: Article, typed: Snapshot, known: Records) -> Iterator[PhotoUse]:
    for order, one in enumerate(typed["photos"]):
        if photo := known.photos.get(one["id"]):
            marks = {name: one[name] for name in ("caption", "is_lead", "is_decorative")}
            yield PhotoUse(article=article, order=one.get("order", order), photo=photo, alt_text=one["alt"], **marks)
