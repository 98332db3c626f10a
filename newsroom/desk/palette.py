"""The desk's finder: any record that this user may see, by any spelling, and what they may start; Ctrl-K on every page.

What is public is found through the search index, whatever the size of the archive; what is not, among the
records last saved or last made. Nothing scans a table of the archive.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Case, Model, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom import policy, tokens
from newsroom.articles.models import Article
from newsroom.confirming import author
from newsroom.desk_pages import form_of, page_of
from newsroom.models import SearchEntry, Source, Topic, User
from newsroom.photos.models import Photo
from newsroom.search import KINDS
from newsroom.search_sql import CROWD, Asked, latest
from people import naming
from people.filters import spelt_alike
from people.models import Organisation, Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 120  # characters of what is asked
NEWEST = 300  # records of a kind that are looked through letter by letter
INDEXED = 60  # hits of the search index, of a kind, that are looked up
EVERYWHERE = dict.fromkeys(KINDS, CROWD + 1)  # where there may be many
EACH, MOST = 6, 24  # hits of one kind, and of all
SHORTEST_BEGINNING = 3  # letters of a word that is still being typed, from which on texts are looked through for it
LONGEST_STEMLESS = 4
ENDINGS = (1, 2, 3)  # letters that are typed beyond a stem: the index has “secur” where one types “securi”

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Shelf:
    """One kind of record: how the index calls it, in which columns its name stands, what is said beside it."""

    kind: str
    model: type[Model]
    columns: tuple[str, ...]
    newest: str = "-pk"
    deferred: tuple[str, ...] = ()
    beside: Callable[[Any], str] = lambda _row: ""
    by_key: Callable[[str], Q] = lambda _words: Q()


def _of_name(words: str) -> Q:
    """A name in another spelling, order or script, by the folded keys."""
    key = naming.match_key(words)
    spelt = Person.objects.filter(variants__match_key=key).values("pk")
    return Q(match_key=key) | Q(native_match_key=key) | Q(pk__in=spelt) if key else Q()


def _of_organisation(words: str) -> Q:
    key = naming.match_key(words)
    spelt = Organisation.objects.filter(variants__match_key=key).values("pk")
    return Q(match_key=key) | Q(pk__in=spelt) if key else Q()


SHELVES = (
    Shelf(
        "article",
        Article,
        ("headline", "slug"),
        "-updated_at",
        ("body", "desk_note"),
        beside=lambda story: str(story.get_state_display()),
    ),
    Shelf(
        "person",
        Person,
        ("family_name", "given_name", "native_name", "slug"),
        beside=lambda person: str(person.native_name),
        by_key=_of_name,
    ),
    Shelf(
        "organisation",
        Organisation,
        ("name", "short_name", "native_name", "slug"),
        beside=lambda organisation: str(organisation.native_name),
        by_key=_of_organisation,
    ),
    Shelf(
        "event",
        Event,
        ("name", "native_name", "slug"),
        beside=lambda event: event.starts_on.in_words() if event.starts_on else "",
    ),
    Shelf("photo", Photo, ("headline", "description", "slug")),
    Shelf("topic", Topic, ("name", "name_ko", "slug"), beside=lambda topic: str(topic.name_ko)),
    Shelf("source", Source, ("title", "publisher", "slug")),
)
STARTS: tuple[tuple[type[Model], StrOrPromise], ...] = (
    (Article, _("New article")),
    (Event, _("New event")),
    (Photo, _("New photo")),
    (Person, _("New person")),
    (Organisation, _("New organisation")),
    (Topic, _("New topic")),
    (Source, _("New source")),
)


@dataclass(frozen=True)
class Hit:
    """Something that can be opened: what it is, what it is called, and a word beside it."""

    kind: str
    label: str
    title: str
    beside: str
    address: str


def urls() -> list[Any]:
    desk = admin.site.admin_view
    return [
        path("find/", desk(require_safe(find_page)), name="find"),
        path("find/hits/", desk(require_safe(hits)), name="find_hits"),
    ]


def find_page(request: HttpRequest) -> HttpResponse:
    """The same without a script."""
    words = _asked(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Find"),
        "words": words,
        "found": found(author(request), words),
    }
    return TemplateResponse(request, "admin/desk/find.html", context)


def hits(request: HttpRequest) -> JsonResponse:
    shown = found(author(request), _asked(request))
    return JsonResponse({"hits": [asdict(hit) for hit in shown]})


def _asked(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:LONGEST]


def found(user: User, words: str) -> list[Hit]:
    """What the words find, the best first; without words, what was saved last and what may be started."""
    starts = list(_starts(user, words))
    if not words:
        return [*_recent(user), *starts]
    indexed = _indexed(words)
    ranked = [(place, hit) for shelf in SHELVES for place, hit in _on(shelf, user, words, indexed[shelf.kind])]
    ranked.sort(key=lambda one: one[0])
    return [*starts, *(hit for _place, hit in ranked)][:MOST]


def _starts(user: User, words: str) -> Iterator[Hit]:
    for model, label in STARTS:
        if policy.can(user, "add", model) and _begins(str(label), words):
            yield Hit("action", gettext("start"), str(label), "", page_of(model, "add"))
    if _begins(gettext("Calendar"), words):
        yield Hit("action", gettext("go to"), gettext("Calendar"), "", reverse("admin:calendar"))


def _begins(label: str, words: str) -> bool:
    """Whether each word asked for begins a word of the label."""
    offered = label.casefold().split()
    return all(any(word.startswith(asked) for word in offered) for asked in words.casefold().split())


def _recent(user: User) -> Iterator[Hit]:
    shelf = SHELVES[0]
    for story in _seen(shelf, user).order_by("-updated_at", "-pk")[:EACH]:
        yield _hit(shelf, story)


def _indexed(words: str) -> dict[str, list[int]]:
    """The index's entries of what holds all the words, the last one perhaps not typed to its end.

    The latest that are called so, then the latest of each kind: to weigh all hits would take longer the more there are.
    """
    exact, left_out = spelt_alike(words), tokens.left_out(words)
    begun = tokens.for_typing(tokens.wanted(words)), _with_beginning(tokens.for_query(words), words)
    of_kinds: dict[str, list[int]] = defaultdict(list)
    for groups in begun:
        if asked := Asked(groups, exact, left_out=left_out):
            for kind, entries in latest(asked, EVERYWHERE, INDEXED).items():
                of_kinds[kind] += entries
    return of_kinds


def _with_beginning(groups: list[list[str]], words: str) -> list[list[str]]:
    if not groups or not words[-1].isalnum():
        return groups
    last = [token for token in groups[-1] if token.isalnum() and len(token) >= SHORTEST_BEGINNING]
    begun = [f"{token}*" for token in last]
    stems = [token[:-cut] for token in last for cut in ENDINGS if token.isascii() and len(token) > LONGEST_STEMLESS]
    return [*groups[:-1], [*groups[-1], *begun, *stems]]


def _on(shelf: Shelf, user: User, words: str, indexed: list[int]) -> Iterator[tuple[tuple[int, int], Hit]]:
    """The shelf's hits, each with its place among all: how well its name answers, then its kind."""
    newest = shelf.model._default_manager.order_by(shelf.newest, "-pk").values("pk")[:NEWEST]
    if shelf.kind == "article":
        newest = _seen(shelf, user).order_by(shelf.newest, "-pk").values("pk")[:NEWEST]
    among = Q(pk__in=newest) & _letters(shelf.columns, words)
    rows = _seen(shelf, user).filter(among | Q(slug=words) | _known(indexed) | shelf.by_key(words))
    likely = Case(When(_known(indexed[:INDEXED]), then=0), default=1)
    ranked = sorted(rows.order_by(likely, shelf.newest, "-pk")[:INDEXED], key=lambda row: _fit(shelf, row, words))
    for row in ranked[:EACH]:
        yield (_fit(shelf, row, words), SHELVES.index(shelf)), _hit(shelf, row)


def _known(indexed: list[int]) -> Q:
    return Q(uuid__in=SearchEntry.objects.filter(pk__in=indexed).values("object_id")) if indexed else Q(pk__in=[])


def _letters(columns: tuple[str, ...], words: str) -> Q:
    """Each word in some column of the name."""
    asked = Q()
    for word in words.split():
        asked &= Q(*((f"{column}__icontains", word) for column in columns), _connector=Q.OR)
    return asked


def _fit(shelf: Shelf, row: Any, words: str) -> int:
    """0 for a name that begins so, 1 where one of its words does, 2 for another spelling, 3 if only the text has it."""
    names = [str(row), *(str(getattr(row, column)) for column in shelf.columns)]
    folded = words.casefold()
    if any(name.casefold().startswith(folded) for name in names):
        return 0
    if any(_begins(re.sub(r"[^\w\s]", sign, name), words) for name in names for sign in (" ", "")):
        return 1
    is_called = shelf.kind == "person" and any(naming.same_name(name, words) for name in (row.name, row.native_name))
    return 2 if is_called else 3


def _seen(shelf: Shelf, user: User) -> Rows:
    """Those that this user may open; who only deletes for good is told of stories in their list alone."""
    rows: Rows = shelf.model._default_manager.filter(trashed_at=None)
    seen = policy.seen_by(user, rows) if policy.can(user, "see", shelf.model) else rows.none()
    return seen.defer(*shelf.deferred)


def _hit(shelf: Shelf, row: Any) -> Hit:
    label = capfirst(str(shelf.model._meta.verbose_name))
    return Hit(shelf.kind, label, str(row), shelf.beside(row), form_of(row))
