"""The desk's pages ask as much of the database for eight rows as for one: ten queries a list, twenty a form."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newsroom import unsaved
from newsroom.articles import previews, talk, workflow
from newsroom.articles.models import Article, Translation
from newsroom.models import Change, User
from newsroom.partners import keys
from newsroom.partners.models import Key, Package, Partner, Removal, Scope, Webhook
from people.models import Attestation, Position
from tests import factories
from tests.desk.pages import as_sent, with_row
from tests.desk.rows import (
    fill_article,
    fill_event,
    fill_organisation,
    fill_person,
    fill_photo,
    make_position,
)

pytestmark = pytest.mark.django_db

LIST_QUERIES, FORM_QUERIES = 10, 20
MANY = 8
DAY = timezone.timedelta(days=1)
Making = Callable[[], Any]

_numbers = itertools.count(1)


def make_partner() -> Partner:
    partner = Partner.objects.create(name=f"Partner {next(_numbers)}")
    partner.packages.add(make_package())
    return partner


def make_package() -> Package:
    number = next(_numbers)
    used = set(Package.objects.values_list("bit", flat=True))
    bit = next(bit for bit in range(1, 60) if bit not in used)
    return Package.objects.create(name=f"Package {number}", slug=f"package-{number}", bit=bit, kinds=["article"])


def make_key() -> Key:
    partner = Partner.objects.create(name=f"Partner {next(_numbers)}")
    return keys.issue(partner, by=None, at=timezone.now(), label="test", scopes=list(Scope.values)).key


def make_webhook() -> Webhook:
    partner = Partner.objects.create(name=f"Partner {next(_numbers)}")
    return Webhook.objects.create(partner=partner, url=f"https://partner-{partner.pk}.example/news")


def make_published() -> Article:
    article = factories.make_article()
    workflow.publish(article, by=None, at=timezone.now() - DAY)
    return article


def make_withdrawn() -> Article:
    article = make_published()
    return workflow.withdraw(article, by=None, at=timezone.now(), act="kill", public_note="It was wrong.")


def make_attempt(model: type[Model], **more: Any) -> Making:
    return lambda: model._default_manager.create(username=f"user-{next(_numbers)}", ip_address="127.0.0.1", **more)


#: everything that has an admin, and how one more row of it comes to be
MAKES: dict[str, Making] = {
    "articles.article": lambda: factories.make_article(assigned_to=factories.make_user("Editor")),
    "auth.group": lambda: Group.objects.create(name=f"Group {next(_numbers)}"),
    "axes.accessattempt": make_attempt(AccessAttempt, failures_since_start=1),
    "axes.accessfailurelog": make_attempt(AccessFailureLog),
    "axes.accesslog": make_attempt(AccessLog),
    "events.event": lambda: factories.make_event(venue=factories.make_venue(), series=factories.make_series()),
    "events.series": lambda: factories.make_series(organisation=factories.make_organisation()),
    "events.venue": factories.make_venue,
    "newsroom.change": make_published,
    "newsroom.source": factories.make_source,
    "newsroom.topic": factories.make_topic,
    "newsroom.user": lambda: factories.make_user("Editor"),
    "partners.key": make_key,
    "partners.package": make_package,
    "partners.partner": make_partner,
    "partners.removal": make_withdrawn,
    "partners.webhook": make_webhook,
    "people.organisation": lambda: factories.make_organisation(parent=factories.make_organisation()),
    "people.person": factories.make_person,
    "people.position": make_position,
    "photos.photo": lambda: factories.make_photo(event=factories.make_event()),
}
ROLES = ["Reporter", "Editor", "Chief editor", "Administrator"]


@pytest.fixture
def readers(db: None) -> dict[str, Client]:
    """A browser of somebody of each role, and of one who may do everything."""
    users = {role: factories.make_user(role) for role in ROLES}
    users["superuser"] = User.objects.create_superuser("superuser")
    return {role: logged_in(user) for role, user in users.items()}


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def list_of(label: str) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


def form_of(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def filtered(client: Client, address: str) -> Iterator[str]:
    """The list as it is, with its first filters one by one, searched, and in the trash."""
    yield address
    cl = client.get(address).context["cl"]
    for spec in cl.filter_specs:
        chosen = list(spec.choices(cl))[-1]["query_string"]
        if chosen != "?":
            yield f"{address}{chosen}"
    if cl.search_fields:
        yield f"{address}?q=e"


def answered(client: Client, address: str) -> tuple[int, int]:
    """With which status a page answers, and after how many queries; the feed's head not counted."""
    with CaptureQueriesContext(connection) as captured:
        status = client.get(address).status_code
    return status, len([query for query in captured if "newsroom_feedhead" not in query["sql"]])


def counted(readers: dict[str, Client], label: str) -> dict[tuple[str, str], int]:
    """How many queries each of its lists takes, for everybody who may open it."""
    address = list_of(label)
    able = {role: client for role, client in readers.items() if answered(client, address)[0] == 200}
    return {
        (role, path.partition("=")[0]): answered(client, path)[1]
        for role, client in able.items()
        for path in filtered(client, address)
    }


def test_every_model_of_the_desk_is_counted() -> None:
    assert sorted(MAKES) == sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.mark.parametrize("label", MAKES)
def test_list_takes_as_many_queries_for_eight_rows_as_for_one(label: str, readers: dict[str, Client]) -> None:
    MAKES[label]()
    one = counted(readers, label)
    for _number in range(MANY - 1):
        MAKES[label]()

    many = counted(readers, label)

    assert one
    assert {path: count for path, count in many.items() if count != one.get(path, count)} == {}
    assert {path: count for path, count in many.items() if count > LIST_QUERIES} == {}


def fill_position(position: Position, number: int) -> None:
    Attestation.objects.create(position=position, seen_on=f"20{number:02}", source=factories.make_source())


def fill_story(article: Article, number: int) -> None:
    """With what others said and did to it, beside its rows."""
    now = timezone.now()
    fill_article(article, number)
    for links in (article.topics, article.organisations, article.events, article.sources):
        links.add(getattr(factories, f"make_{links.model._meta.model_name}")())
    previews.share(article, by=factories.make_user("Editor"), at=now)
    talk.start(article, by=factories.make_user("Editor"), at=now, text=f"Question {number}")


def nothing(_row: Any, _number: int) -> None:
    """What has no rows below it."""


FILLS: dict[str, Callable[[Any, int], None]] = {
    "articles.article": fill_story,
    "events.event": fill_event,
    "people.organisation": fill_organisation,
    "people.person": fill_person,
    "people.position": fill_position,
    "photos.photo": fill_photo,
}


def forms_counted(readers: dict[str, Client], address: str) -> dict[str, int]:
    readers["superuser"].get(address)  # content types and the like are remembered from here on
    taken = {role: answered(client, address) for role, client in readers.items()}
    return {role: count for role, (status, count) in taken.items() if status == 200}


@pytest.mark.parametrize("label", sorted(set(MAKES) - {"newsroom.change", "partners.removal"}))
def test_form_takes_as_many_queries_for_eight_rows_as_for_one(label: str, readers: dict[str, Client]) -> None:
    row, fill = MAKES[label](), FILLS.get(label, nothing)
    fill(row, 1)
    one = forms_counted(readers, form_of(row))
    for number in range(2, MANY + 1):
        fill(row, number)
        if fill is nothing:
            MAKES[label]()

    many = forms_counted(readers, form_of(row))

    assert one
    assert many == one
    assert {role: count for role, count in many.items() if count > FORM_QUERIES} == {}


@pytest.mark.parametrize("label", ["articles.article", "people.person"])
def test_form_takes_as_many_queries_with_unsaved_texts_as_without(label: str, readers: dict[str, Client]) -> None:
    row = MAKES[label]()
    FILLS[label](row, 1)
    plain = forms_counted(readers, form_of(row))
    sent = as_sent(readers["superuser"].get(form_of(row)), desk_note="Typed")
    for user, number in itertools.product(User.objects.all(), range(unsaved.MOST_OFFERED)):
        fields = {**sent, "_slot": [f"window{number}"], "slug": [f"typed-{number}"]}
        unsaved.Drawer(user, label, str(row.pk)).keep(fields, at=timezone.now())

    assert forms_counted(readers, form_of(row)) == plain
    assert len(readers["superuser"].get(form_of(row)).context["careful"]["unsaved"]) == unsaved.MOST_OFFERED


def test_form_takes_as_many_queries_for_three_unsaved_rows_as_for_one(readers: dict[str, Client]) -> None:
    article, client = make_published(), readers["superuser"]
    sent = as_sent(client.get(form_of(article)))
    drawer = unsaved.Drawer(User.objects.get(is_superuser=True), "articles.article", str(article.pk))
    taken = []
    for number in range(1, 4):
        sent = with_row(sent, "mentions", person=factories.make_person().pk, name_as_printed=f"Doe {number}")
        drawer.keep(sent, at=timezone.now())
        taken.append(forms_counted({"superuser": client}, form_of(article)))

    assert taken == taken[:1] * 3
    assert len(client.get(form_of(article)).context["careful"]["unsaved"][0].new_rows) == 3


@pytest.mark.parametrize("state", Article.State.values)
def test_form_of_a_story_is_within_bounds_in_every_state(state: str, readers: dict[str, Client]) -> None:
    article = factories.make_article(state=state)
    fill_story(article, 1)

    counts = forms_counted(readers, form_of(article))

    assert {role: count for role, count in counts.items() if count > FORM_QUERIES} == {}
    assert "Editor" in counts


def translate(original: Article) -> Article:
    translation = factories.make_article(language="ko")
    Translation.objects.create(article=translation, original=original)
    return translation


def test_form_of_a_translated_story_is_bounded_however_many_translations(readers: dict[str, Client]) -> None:
    original = make_published()
    one = translate(original)
    fill_story(one, 1)
    fill_story(original, 1)
    before = forms_counted(readers, form_of(original))
    for _number in range(MANY - 1):
        translate(original)

    assert forms_counted(readers, form_of(original)) == before
    assert max(before.values()) <= FORM_QUERIES + 3
    assert max(forms_counted(readers, form_of(one)).values()) <= FORM_QUERIES + 9


@pytest.mark.parametrize("model", [Change, Removal])
def test_row_of_the_feed_takes_as_many_queries_after_eight_as_after_one(
    model: type[Change], readers: dict[str, Client]
) -> None:
    make_withdrawn()
    address = form_of(model._default_manager.order_by("seq").last())
    one = forms_counted(readers, address)
    for _number in range(MANY - 1):
        make_withdrawn()

    assert one
    assert forms_counted(readers, address) == one
    assert max(one.values()) <= FORM_QUERIES
