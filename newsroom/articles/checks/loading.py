"""The copy desk's checks: one loader reads a story, with all that the checks look at, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from events.models import Event
from newsroom.articles import filing
from newsroom.articles.checks.blocks import blocks_of
from newsroom.articles.checks.copy import Copy, Document, Known, Meeting, Named, Original, Picture, Post, Standing
from newsroom.articles.models import Article, Mention, PhotoUse, Translation
from newsroom.articles.translations import newest_edition
from newsroom.dates import PartialDate
from newsroom.desk_pages import form_of
from newsroom.models import Source
from newsroom.photos.models import Lease
from newsroom.photos.rights import restriction_missing, rights_of
from people.models import Position
from people.recognition import recognised
from people.spellings import names_in
from people.titles import is_ruled_out, title_on

MOST_NAMES = 1_000  # of one story; what stands further down is not looked up


def copy_of(article: Article, at: dt.datetime) -> Copy:
    """The story as it is in the database now; fourteen queries at most, six more for a translation."""
    bylines = list(article.bylines.order_by("order", "pk").values_list("person", flat=True))
    events = list(article.events.order_by("pk"))
    pictures = tuple(map(_picture, range(len(uses := _uses(article))), uses))
    days = [day for event in events if (day := event.starts_on)]
    people = tuple(_named(row, mention, days) for row, mention in enumerate(_mentions(article)))
    printed = [article.headline, article.standfirst, *(picture.caption for picture in pictures)]
    return Copy(
        at=at,
        language=article.language,
        headline=article.headline,
        standfirst=article.standfirst,
        dateline=article.dateline,
        body=article.body,
        embargo_until=article.embargo_until,
        byline_count=len(bylines),
        authors=frozenset(key for key in bylines if key),
        people=people,
        known=tuple(_known([*printed, *(block.text for block in blocks_of(article.body))])),
        meetings=tuple(map(_meeting, events)),
        pictures=pictures,
        documents=tuple(map(_document, article.sources.order_by("pk").only("publisher", "title", "text"))),
        original=_original(article, at),
    )


def _mentions(article: Article) -> list[Mention]:
    positions = Position.objects.select_related("organisation").prefetch_related("attestations")
    people = Prefetch("person__positions", positions)
    return list(article.mentions.select_related("person").prefetch_related("person__variants", people))


def _uses(article: Article) -> list[PhotoUse]:
    leases = Prefetch("photo__leases", Lease.objects.filter(scope=Lease.Scope.USE))
    uses = PhotoUse.objects.filter(photo=OuterRef("photo")).order_by().values("photo")
    stories = Count(Coalesce("article__translation__original", "article"), distinct=True)  # one in any language
    counted = article.photo_uses.annotate(number=Subquery(uses.annotate(number=stories).values("number")))
    return list(counted.select_related("photo__photographer").prefetch_related(leases))


def _named(row: int, mention: Mention, days: list[PartialDate]) -> Named:
    person = mention.person
    return Named(
        row=row,
        key=person.pk,
        name=person.name,
        native_name=person.native_name,
        name_as_printed=mention.name_as_printed,
        title_as_printed=mention.title_as_printed,
        spellings=tuple(variant.spelling for variant in person.variants.all()),
        posts=tuple(_post(position, days) for position in person.positions.all()),
    )


def _post(position: Position, days: list[PartialDate]) -> Post:
    house = position.organisation
    return Post(
        wording=position.wording,
        title=position.title,
        organisation=house.name if house else "",
        organisation_names=tuple(filter(None, (house.name, house.short_name, house.native_name))) if house else (),
        as_printed=tuple({one.title_as_printed for one in position.attestations.all() if one.title_as_printed}),
        standing=_standing(position, days),
    )


def _standing(position: Position, days: list[PartialDate]) -> Standing:
    """With several events a title is right that was so on the day of any."""
    standings = {_standing_on(position, day) for day in days}
    order = (Standing.HELD, Standing.UNDATED, Standing.ELSEWHERE, Standing.RULED_OUT)
    return next((one for one in order if one in standings), Standing.UNDATED)


def _standing_on(position: Position, day: PartialDate) -> Standing:
    """Attested before the day and after it is held on it, as far as anybody can tell."""
    if is_ruled_out(position, day):
        return Standing.RULED_OUT
    answer = title_on([position], day)
    if answer and answer.is_certain:
        return Standing.HELD
    seen = [one.seen_on for one in position.attestations.all() if one.seen_on and one.seen_on.year]
    if not seen or day.year is None:
        return Standing.UNDATED
    return Standing.HELD if min(seen) < day < max(seen) else Standing.ELSEWHERE


def _meeting(event: Event) -> Meeting:
    return Meeting(
        name=event.name,
        names=tuple(filter(None, (event.name, event.native_name))),
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        embargo_until=event.embargo_until,
        link=form_of(event),
    )


def _picture(row: int, use: Any) -> Picture:
    photo = use.photo
    return Picture(
        row=row,
        title=str(photo),
        caption=use.caption,
        own_caption=photo.description,
        alt_text=use.alt_text or photo.alt_text,
        credit=photo.credit_line or str(photo.photographer or ""),
        lacks_terms=bool(restriction_missing(photo.rights, photo.usage_terms)),
        uses=use.number,
        is_decorative=use.is_decorative,
        is_held=photo.is_held,
        rights=rights_of(photo.leases.all()),
        embargo_until=photo.embargo_until,
        link=form_of(photo),
    )


def _document(source: Source) -> Document:
    return Document(str(source), source.text)


def _original(article: Article, at: dt.datetime) -> Original | None:
    made = Translation.objects.select_related("original").filter(article=article).first()
    if made is None:
        return None
    missing = filing.missing(article, made.original)
    return Original(
        headline=made.original.headline,
        language=made.original.language,
        made_from=made.made_from or 0,
        newest=newest_edition(made.original, at) or 0,
        is_withdrawn=made.original.state == Article.State.WITHDRAWN,
        link=form_of(made.original),
        filed=tuple((field, ", ".join(names)) for field, names in missing.by_field.items()),
        people=", ".join(map(str, missing.people)),
    )


def _known(texts: Iterable[str]) -> Iterator[Known]:
    """People on record under one of the names in these texts, in whatever romanisation, whoever is linked."""
    names = dict.fromkeys(name for text in texts for name in names_in(text))
    for one in recognised(islice(names, MOST_NAMES)):
        yield Known(one.key, one.spelling, one.name)
