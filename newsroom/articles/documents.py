"""What the public sees of a story: the edition of the moment, with the live records beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Any

from events.models import Event
from newsroom import changes
from newsroom.articles.facets import sweep
from newsroom.articles.models import OPEN_END, Article, Edition, EditionFacet, Withdrawal
from newsroom.articles.story import Cast, cast
from newsroom.articles.transitions import follow_time
from newsroom.articles.translations import Beside, beside, kin_of
from newsroom.changes import PUBLIC, Document, Kind, Public
from newsroom.documents import address, ai_training, identity, instant, reference, source
from newsroom.indexing import Searchable
from newsroom.markup import clean, only_figures, plain
from newsroom.models import Change, Source, Topic
from newsroom.photos.models import Photo
from people.documents import name_tokens
from people.models import Organisation, Person

Keys = Collection[int]
Facet = EditionFacet.Facet


def _articles(keys: Keys) -> list[Article]:
    """The stories with their editions and, shared by all of them, the records that these name."""
    articles = list(Article.objects.filter(pk__in=keys).select_related("withdrawal").prefetch_related("editions"))
    now_or_later = [edition for article in articles for edition in article.editions.all()]
    known, translated = cast(now_or_later), beside(keys)
    for article in articles:
        article.cast, article.beside = known, translated.get(article.pk, Beside())  # type: ignore[attr-defined]
    return articles


def _article(article: Any, at: dt.datetime) -> Public:
    editions = list(article.editions.all())
    current = next((edition for edition in editions if edition.is_visible(at)), None)
    due_at = _next_turn(editions, at)
    history = sorted((one for one in editions if one.was_seen(at)), key=lambda one: one.number)
    if current is None:
        return _absent(article, history, due_at)
    return Public(
        document=document(article, current, history, article.cast, at) | _translated(article.beside, at),
        mask=PUBLIC,
        reason=_reason(current, history),
        note=current.correction_note,
        search=_words(current, article.cast, at),
        due_at=_first([due_at, _next_turn(article.beside.editions, at), *_opening(current, article.cast, at)]),
    )


def _translated(kin: Beside, at: dt.datetime) -> Document:
    """The story's versions in other languages, by their headlines and addresses of the moment."""
    versions = kin.visible(at)
    original, since = versions.original, versions.corrected_since
    translations = [] if kin.bond else versions.others
    return {
        "translation_of": _version(original) | {"corrections_since": _corrections(since)} if original else None,
        "translations": [_version(one) for one in translations],
    }


def _version(edition: Edition) -> Document:
    article = edition.article
    named = {"id": str(article.uuid), "type": "article", "name": edition.headline, "url": address(article)}
    return {**named, "language": edition.language}


TAKEN_AWAY = {
    Withdrawal.Act.UNPUBLISH: Change.Reason.WITHDRAWN,
    Withdrawal.Act.TAKEDOWN: Change.Reason.TAKEN_DOWN,
    Withdrawal.Act.KILL: Change.Reason.KILLED,
}


def _absent(article: Article, history: list[Edition], due_at: dt.datetime | None) -> Public:
    """Nothing to read now: withdrawn until another edition appears, past its end, or still to come."""
    withdrawal = getattr(article, "withdrawal", None)
    if withdrawal and all(one.visible_from < withdrawal.withdrawn_at for one in history):
        return Public(reason=TAKEN_AWAY[withdrawal.act], note=withdrawal.public_note, due_at=due_at)
    return Public(reason=Change.Reason.EXPIRED, due_at=due_at)


def _reason(current: Edition, history: list[Edition]) -> Change.Reason:
    if current.is_correction:
        return Change.Reason.CORRECTED
    return Change.Reason.PUBLISHED if current is history[0] else Change.Reason.CHANGED


def _next_turn(editions: Iterable[Edition], at: dt.datetime) -> dt.datetime | None:
    real = [edition for edition in editions if edition.visible_from < edition.visible_until]
    turns = (moment for edition in real for moment in (edition.visible_from, edition.visible_until))
    return _first(moment for moment in turns if at < moment < OPEN_END)


def _end(current: Edition, editions: Iterable[Edition]) -> dt.datetime | None:
    """When the story leaves its readers: the end of the last edition that follows without a gap, if it has one.

    Where one edition gives way to the next is nobody's business before it does.
    """
    ends = {one.visible_from: one.visible_until for one in editions if one.visible_from < one.visible_until}
    end = current.visible_until
    while end in ends:
        end = ends[end]
    return end if end < OPEN_END else None


def _opening(current: Edition, known: Cast, at: dt.datetime) -> Iterable[dt.datetime | None]:
    """When the embargoes end of what the story has to leave out until then, and when leases of its pictures turn."""
    for part, records in (("events", known.events), ("photos", known.photos)):
        named = (records.get(one["id"]) for one in current.story[part])
        yield from (record.opens_at(at) for record in named if record)
    photos = (known.photos.get(one["id"]) for one in current.story["photos"])
    leases = [lease for photo in photos if photo for lease in photo.leases.all()]
    turns = (moment for lease in leases for moment in (lease.starts_at, lease.ends_at))
    yield from (moment for moment in turns if moment and moment > at)


def _first(moments: Iterable[dt.datetime | None]) -> dt.datetime | None:
    return min((moment for moment in moments if moment), default=None)


def document(article: Article, current: Edition, history: list[Edition], known: Cast, at: dt.datetime) -> Document:
    """The story as partners get it; frozen texts from the edition, live addresses and rights from the records."""
    printed = current.story
    return {
        **identity(article),
        "slug": article.slug,
        "edition": current.number,
        "kind": current.kind,
        "language": current.language,
        "headline": current.headline,
        "standfirst": current.standfirst,
        "dateline": current.dateline,
        "body_html": _body(current, known, at),
        "bylines": [_byline(one, known) for one in printed["bylines"]],
        "people": [_mention(one, known) for one in printed["people"]],
        "organisations": [_link("organisation", one, known.organisations) for one in printed["organisations"]],
        "events": _public_links("event", printed["events"], known.events, at),
        "topics": _public_links("topic", printed["topics"], known.topics, at),
        "photos": [_photo(one, known) for one in printed["photos"] if _may_show(one, known, at)],
        "sources": [source(known.sources[slug]) for slug in printed["sources"] if slug in known.sources],
        "countries": printed["countries"],
        "first_published_at": instant(current.first_published_at),
        "updated_at": instant(current.visible_from),
        "expires_at": instant(_end(current, article.editions.all())),
        "corrections": _corrections(one for one in history if one.is_correction),
        "versions": [{"edition": one.number, "visible_from": instant(one.visible_from)} for one in history],
        "withheld": _withheld(printed["photos"], known, at),
        "ai_training": ai_training(map(known.sources.get, printed["sources"])),
    }


def _corrections(editions: Iterable[Edition]) -> list[Document]:
    return [{"edition": one.number, "at": instant(one.visible_from), "note": one.correction_note} for one in editions]


def _body(current: Edition, known: Cast, at: dt.datetime) -> str:
    """The text, with the photographs in it as empty figures that name those under `photos`; the others leave it."""
    shown = {one["id"] for one in current.story["photos"] if _may_show(one, known, at)}
    return only_figures(clean(current.body), shown)


def _withheld(photos: list[Document], known: Cast, at: dt.datetime) -> list[Document]:
    """Pictures that are printed with the story and not given on, and why; the story keeps its text."""
    shown = [known.photos[one["id"]] for one in photos if _may_show(one, known, at)]
    refused = [photo for photo in shown if photo.is_held and not photo.may_be("syndication", at)]
    return [
        *({"what": "photo", "reason": "hidden"} for _number in range(len(photos) - len(shown))),
        *({"what": "renditions", "reason": "rights"} for _photo in refused),
    ]


def _byline(printed: Document, known: Cast) -> Document:
    person = known.people.get(printed["person"] or "")
    link = reference("person", person, printed["name"]) if person else {"name": printed["name"]}
    return {"role": printed["role"], **link}


def _mention(printed: Document, known: Cast) -> Document:
    """Name and title as the story prints them; the person's name of today beside it where they have a page."""
    person = known.people.get(printed["id"])
    if person is None or not person.is_public:
        return {"name": printed["name"], "title": printed["title"]}
    return {
        **reference("person", person, printed["name"]),
        "title": printed["title"],
        "current_name": person.name,
    }


def _link(kind: str, printed: Document, records: dict[str, Any]) -> Document:
    """The record by its name of today, or the name that was printed while it is not public."""
    record = records.get(printed["id"])
    return reference(kind, record) if record and record.is_public else {"name": printed["name"]}


def _public_links(kind: str, printed: list[Document], records: dict[str, Any], at: dt.datetime) -> list[Document]:
    """Only the records that are public: the desk links its stories to meetings that nobody may know of yet."""
    found = (records.get(one["id"]) for one in printed)
    return [reference(kind, record) for record in found if record and record.is_out(at)]


def _may_show(printed: Document, known: Cast, at: dt.datetime) -> bool:
    photo = known.photos.get(printed["id"])
    return photo is not None and photo.is_out(at)


def _photo(printed: Document, known: Cast) -> Document:
    photo = known.photos[printed["id"]]
    return {
        **reference("photo", photo, str(photo)),
        "caption": printed["caption"],
        "alt_text": printed["alt"],
        "is_lead": printed["is_lead"],
        "is_decorative": printed["is_decorative"],
        "credit_line": photo.credit_line,
        "is_file_picture": photo.is_file_picture,
    }


def _words(edition: Edition, known: Cast, at: dt.datetime) -> Searchable:
    printed = edition.story
    people = [f"{one['name']} {one['title']}".strip() for one in printed["people"]]
    records = (known.people.get(one["id"]) for one in printed["people"])
    current = [person.name for person in records if person is not None and person.is_public]
    captions = [one["caption"] for one in printed["photos"] if _may_show(one, known, at)]
    lines = [edition.standfirst, plain(edition.body), edition.dateline, *people, *current, *captions]
    text = "\n".join(filter(None, lines))
    names = name_tokens([*(one["name"] for one in printed["people"]), *current])
    topics = (known.topics.get(one["id"]) for one in printed["topics"])
    return Searchable(
        edition.headline,
        text,
        edition.language,
        edition.first_published_at,
        exact=names,
        topics=tuple(topic.pk for topic in topics if topic and topic.is_out(at)),
        countries=tuple(printed["countries"]),
    )


def _keep_up(articles: Keys, at: dt.datetime) -> None:
    """What time has done to these stories, whether or not anybody was there."""
    sweep(articles, at)
    follow_time(articles, at)


def _on_shelf(*shelves: str) -> Callable[[Keys], Iterable[int]]:
    """The stories whose standing editions print these records."""
    return lambda keys: EditionFacet.objects.filter(facet__in=shelves, value__in=map(str, keys)).values_list(
        "article", flat=True
    )


changes.register(
    Kind(
        "article",
        Article,
        _articles,
        _article,
        embeds={
            Person: _on_shelf(Facet.PERSON, Facet.BYLINE),
            Organisation: _on_shelf(Facet.ORGANISATION),
            Event: _on_shelf(Facet.EVENT),
            Topic: _on_shelf(Facet.TOPIC),
            Photo: _on_shelf(Facet.PHOTO),
            Source: _on_shelf(Facet.SOURCE),
            Article: kin_of,
        },
        tidy=_keep_up,
    )
)
