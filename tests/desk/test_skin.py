"""The desk's skin: its first page, its order, what it refuses, and that its pages hold no inline code."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client

from newsroom.models import User
from newsroom.pills import pill
from tests.factories import make_article, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger_client(db: None) -> Client:
    """On the staff, but in no group: may view nothing."""
    stranger = User.objects.create_user(username="stranger", is_staff=True)
    client = Client()
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    return client


class _InlineCode(HTMLParser):
    """Collects what the policy would refuse: styles, handlers, and scripts without address or nonce."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        if tag == "style" or (tag == "script" and not names & {"src", "nonce"}):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in sorted(names) if name == "style" or name.startswith("on")]


def inline_code(page: str) -> list[str]:
    parser = _InlineCode()
    parser.feed(page)
    return parser.found


def test_panels_for_somebody_without_a_group(stranger_client: Client) -> None:
    make_article(headline="Unspoken")

    page = stranger_client.get("/admin/")

    assert page.context["panels"] == []
    assert "Unspoken" not in page.content.decode()


def test_shortcuts_lead_only_where_one_may_add(photo_editor_client: Client) -> None:
    shortcuts = photo_editor_client.get("/admin/").context["shortcuts"]

    assert [shortcut["address"] for shortcut in shortcuts] == ["/admin/photos/photo/add/"]


def test_rooms_stand_in_the_editors_order(administrator_client: Client) -> None:
    rooms = administrator_client.get("/admin/").context["app_list"]

    labels = [room["app_label"] for room in rooms]
    assert labels == ["articles", "events", "people", "photos", "newsroom", "partners", "auth"]


def test_bar_marks_the_room_one_is_in(chief_client: Client) -> None:
    page = chief_client.get("/admin/people/person/").content.decode()

    assert page.count('aria-current="page"') == 1
    assert '<a href="/admin/people/person/" aria-current="page">People</a>' in page


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [("/admin/no/such/page/", 404, "Not found"), ("/admin/newsroom/user/", 403, "Not yours to open")],
)
def test_refusals_stay_at_the_desk(reporter_client: Client, path: str, status: int, title: str) -> None:
    refusal = reporter_client.get(path)

    assert (refusal.status_code, refusal.context["title"]) == (status, title)
    assert "no-store" in refusal.headers["Cache-Control"]
    assert "desk/desk.css" in refusal.content.decode()


def test_refusals_tell_a_visitor_nothing(client: Client) -> None:
    missing, real = client.get("/admin/no/such/page/"), client.get("/admin/newsroom/user/")

    assert missing.headers["Location"] == "/admin/login/?next=/admin/no/such/page/"
    assert real.headers["Location"] == "/admin/login/?next=/admin/newsroom/user/"


def test_pages_hold_no_inline_code(administrator_client: Client) -> None:
    person = make_person()
    article = make_article()
    paths = [
        "/admin/",
        "/admin/articles/",
        "/admin/articles/article/",
        "/admin/newsroom/change/",
        "/admin/password_change/",
        f"/admin/articles/article/{article.pk}/change/",
        f"/admin/articles/article/{article.pk}/delete/",
        f"/admin/people/person/{person.pk}/change/",
        f"/admin/people/person/{person.pk}/history/",
        "/admin/no/such/page/",
    ]

    found = {path: inline_code(administrator_client.get(path).content.decode()) for path in paths}

    assert [path for path, code in found.items() if code] == []


def test_inline_code_would_be_found() -> None:
    page = '<style></style><script>1</script><script nonce="x">1</script><p style="a" onclick="b">'

    assert inline_code(page) == ["style", "script", "p onclick", "p style"]


def test_side_fieldsets_stand_in_their_own_column(chief_client: Client) -> None:
    page = chief_client.get("/admin/articles/article/add/").content.decode()
    main, _apart, side = page.partition('<div class="column-side">')

    assert 'name="headline"' in main
    assert 'name="slug"' in side
    assert 'name="slug"' not in main


def test_empty_list_says_so_and_leads_back(chief_client: Client) -> None:
    make_person()

    nothing = chief_client.get("/admin/people/person/", {"q": "zzzz"}).content.decode()

    assert "No people match what you asked for." in nothing
    assert '<a href="?">Show all</a>' in nothing


def test_inline_fields_have_labels(chief_client: Client) -> None:
    page = chief_client.get("/admin/articles/article/add/").content.decode()

    assert 'for="id_bylines-__prefix__-role"' in page


def test_login_names_the_newsroom(client: Client) -> None:
    page = client.get("/admin/login/").content.decode()

    assert "<title>Log in | Meridian desk</title>" in page
    assert "<h1>Log in to the desk</h1>" in page


def test_pill_escapes_what_it_shows() -> None:
    assert pill("draft", "<b>draft</b>") == '<span class="pill pill-draft">&lt;b&gt;draft&lt;/b&gt;</span>'


@pytest.mark.parametrize(
    "address",
    [
        "autocomplete/?app_label=events&model_name=appearance&field_name=person&term=%00",
        "articles/article/?state__exact=%00",
        "people/organisation/?country=%00",
        "newsroom/source/?publisher=%00",
        "people/person/?q=a%00b",
    ],
)
def test_address_with_nul_is_unreadable(address: str, chief_client: Client) -> None:
    """SQLite would look for it and find nothing; PostgreSQL cannot be asked."""
    answer = chief_client.get(f"/admin/{address}")

    assert (answer.status_code, answer.context["title"]) == (400, "Not readable")


def test_address_with_nul_tells_a_stranger_of_no_room(client: Client) -> None:
    answer = client.get("/admin/articles/article/?q=%00")

    assert (answer.status_code, answer.context["available_apps"]) == (400, [])


@pytest.mark.parametrize("key", ["no", "9" * 40, "9" * 5000])
@pytest.mark.parametrize("page", ["{key}/history/", "{key}/history/1/", "1/history/{key}/"])
def test_history_of_no_row_is_not_found(page: str, key: str, chief_client: Client) -> None:
    answer = chief_client.get(f"/admin/people/person/{page.format(key=key)}")

    assert (answer.status_code, answer.context["title"]) == (404, "Not found")


@pytest.mark.parametrize(
    ("address", "heading"),
    [("/admin/", "Nothing was saved by this request."), ("/", "Something went wrong on our side")],
)
def test_failure_is_told_in_the_words_of_the_place(
    address: str, heading: str, chief_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both first pages are made to break."""
    chief_client.raise_request_exception = False
    for page in ("newsroom.desk.dashboard.panels", "newsroom.website.home.render"):
        monkeypatch.setattr(page, _break)

    answer = chief_client.get(address)

    assert (answer.status_code, heading in answer.content.decode()) == (500, True)


def _break(*_args: object, **_named: object) -> None:
    raise ZeroDivisionError
