"""Every page of the desk that the URLconf has, in Chromium: no barrier that axe knows, in the dark nor by phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from newsroom.desk import reports
from tests.desk import matrix
from tests.desk.barriers import barriers_at_any_size
from tests.desk.flows import DONE, LIST, Colleague
from tests.desk.flows import desk as desk
from tests.infrastructure.browser import Visit

Keys = Callable[[str], str]  # of some row of that model

#: answers that are no pages
NO_PAGE = {
    **dict.fromkeys(("autocomplete", "find_hits", "jsi18n", "articles_article_colleagues"), "for scripts"),
    **dict.fromkeys(("paste", "typed", "present", "photos_photo_upload_one"), "what scripts send"),
    "articles_article_photographs": "part of the form and of the page beside it",
    **dict.fromkeys(("photos_photo_upload_progress", "photos_photo_upload_make"), "for scripts"),
    **dict.fromkeys(("logout", "calendar_feed", "articles_article_revoke"), "lead elsewhere"),
    **dict.fromkeys((f"{matrix.flat(label)}_delete" for label in matrix.RECORDS - {"people.position"}), "lead on"),
    **dict.fromkeys(
        ("articles_article_delete", "people_position_do", "password_change_done"), "lead on, or say no more"
    ),
    **dict.fromkeys((f"{matrix.flat(label)}_export" for label in matrix.RECORDS), "files"),
    **dict.fromkeys(("articles_article_export", "report_export", "photos_photo_picture"), "files"),
    **dict.fromkeys((f"newsroom_change_{page}" for page in ("add", "delete", "history")), "nobody's"),
    **dict.fromkeys((f"partners_key_{page}" for page in ("add", "delete")), "nobody's"),
    **dict.fromkeys((f"partners_removal_{page}" for page in matrix.WHOLE_PAGES[1:]), "of no row of the demo"),
    **{
        f"axes_{model}_{page}": "of no account of the demo"
        for model in ("accessattempt", "accesslog", "accessfailurelog")
        for page in matrix.WHOLE_PAGES
    },
}
#: rooms of an administrator, which a chief editor does not enter
STAFF_ROOMS = {"newsroom.user", "auth.group"}
PLAIN = ["index", "find", "letters", "calendar", "reports", "password_change", "articles_article_states"]
PLAIN += ["articles_article_changelist", "articles_article_add", "photos_photo_upload"]
PLAIN += ["photos_photo_library", "photos_photo_collections"]
PLAIN += ["people_person_import", "people_organisation_import", "newsroom_change_changelist"]
OF_A_STORY = ["change", "history", "preview", "draft", "links", "revisions", "compare", "checks", "talk", "choose"]
ALSO = [  # the same pages in other states
    "/admin/find/?q=kim",
    "/admin/find/?q=zzzz",
    f"{LIST}?q=zzzz",
    f"{LIST}?trash=yes",
    f"{LIST}?_facets=True&state__exact=draft",
    "/admin/people/person/?trash=yes",
    "/admin/no/such/page/",
    "/admin/newsroom/user/",  # forbidden to a chief editor
]


def story_pages(key: Keys) -> Iterator[tuple[str, str]]:
    """Each address of stories, and of the desk as a whole, with a path that it has in the demo."""
    story = key("articles.article")
    yield from ((name, reverse(f"admin:{name}")) for name in PLAIN)
    for page in OF_A_STORY:
        yield f"articles_article_{page}", reverse(f"admin:articles_article_{page}", args=[story])
    yield "articles_article_restore", reverse("admin:articles_article_restore", args=[story, 1])
    for verb in matrix.STORY_VERBS[:-1]:  # only administrators delete for good
        yield "articles_article_do", f"{reverse('admin:articles_article_do', args=[verb])}?id={story}"
    yield from (("report", reverse("admin:report", args=[name])) for name in reports.REPORTS)
    yield from (("app_list", reverse("admin:app_list", args=[room])) for room in ("articles", "people"))
    yield from ((path, path) for path in ALSO)


def other_pages(key: Keys) -> Iterator[tuple[str, str]]:
    """Those of all other rooms of a chief editor."""
    yield "photos_photo_depict", reverse("admin:photos_photo_depict", args=[key("photos.photo")])
    yield "newsroom_change_change", reverse("admin:newsroom_change_change", args=[key("newsroom.change")])
    for label in sorted(matrix.RECORDS):
        yield from record_pages(label, key(label))
    yield from partners_pages(key)


def record_pages(label: str, key: str) -> Iterator[tuple[str, str]]:
    flat = matrix.flat(label)
    yield from whole_pages(label, key, ["changelist", "add", "change", "history"])
    if label == "people.position":  # which has no trash of its own
        yield f"{flat}_delete", reverse(f"admin:{flat}_delete", args=[key])
        return
    yield f"{flat}_do", f"{reverse(f'admin:{flat}_do', args=['trash'])}?id={key}"
    if label in matrix.MERGED:  # with both records: in test_merging_in_browser
        yield f"{flat}_merge", f"{reverse(f'admin:{flat}_merge')}?id={key}"


def whole_pages(label: str, key: str, pages: list[str]) -> Iterator[tuple[str, str]]:
    for page in pages:
        name = f"{matrix.flat(label)}_{page}"
        yield name, reverse(f"admin:{name}", args=[] if page in {"changelist", "add"} else [key])


def partners_pages(key: Keys) -> Iterator[tuple[str, str]]:
    for label in ("partners.partner", "partners.package", "partners.webhook"):
        yield from whole_pages(label, key(label), matrix.WHOLE_PAGES)
    yield from whole_pages("partners.key", key("partners.key"), ["changelist", "change", "history"])
    yield "partners_removal_changelist", reverse("admin:partners_removal_changelist")
    yield "partners_key_issue", reverse("admin:partners_key_issue", args=[key("partners.partner")])
    for verb in ("test", "replay", "resume", "rotate"):
        name = f"partners_webhook_{verb}"
        yield name, reverse(f"admin:{name}", args=[key("partners.webhook")])
    for verb in ("rotate", "revoke"):
        yield f"partners_key_{verb}", reverse(f"admin:partners_key_{verb}", args=[key("partners.key")])


def administrators_pages(key: Keys) -> Iterator[tuple[str, str]]:
    yield "index", reverse("admin:index")
    for label in sorted(STAFF_ROOMS):
        yield from whole_pages(label, key(label), matrix.WHOLE_PAGES)
    yield "auth_user_password_change", reverse("admin:auth_user_password_change", args=[key("newsroom.user")])
    yield "articles_article_do", f"{reverse('admin:articles_article_do', args=['purge'])}?id={key('articles.article')}"


def former_pages(chief: Colleague) -> Iterator[tuple[str, str]]:
    """A former state of a record of each kind that keeps them, as its history leads there."""
    for label in sorted(matrix.WITH_HISTORY):
        flat = matrix.flat(label)
        # What another test has sent up lies there without a caption, and is not saved so.
        key = first(chief.page, label, "?q=KISTEP" if label == "photos.photo" else "")
        chief.open(reverse(f"admin:{flat}_change", args=[key]))
        chief.save()
        chief.open(reverse(f"admin:{flat}_history", args=[key]))
        former = chief.page.locator(f"#content a[href*='/{key}/history/']").first
        yield f"{flat}_simple_history", str(former.get_attribute("href"))


def first(page: Page, label: str, query: str = "") -> str:
    """The key of the first row that the list of this model shows."""
    page.goto(reverse(f"admin:{matrix.flat(label)}_changelist") + query)
    address = page.locator("#result_list a[href*='/change/']").first.get_attribute("href")
    return str(address).partition("/change/")[0].rpartition("/")[2]


def license_a_partner(chief: Colleague) -> None:
    """The demo has none: one with a package and a key."""
    chief.open("/admin/partners/package/add/")
    chief.write(name="Everything")
    chief.page.locator("[name=kinds]").first.check()
    chief.save()
    chief.open("/admin/partners/partner/add/")
    chief.write(name="Science Weekly")
    chief.save()
    chief.open(reverse("admin:partners_key_issue", args=[first(chief.page, "partners.partner")]))
    chief.write(label="Their site")
    with chief.page.expect_navigation():
        chief.page.click("[type=submit].default")
    chief.open("/admin/partners/webhook/add/")
    chief.choose("partner", "science weekly")
    chief.write(url="https://science-weekly.example/news")
    chief.save()


def looked_at(opened: Visit, pages: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Each path with its barriers, if it has any."""
    found = {}
    for _name, path in list(pages):
        opened.complaints.clear()
        opened.page.goto(path)
        found[path] = barriers_at_any_size(opened)
    return {path: broken for path, broken in found.items() if broken}


def test_every_address_is_looked_at_or_is_no_page() -> None:
    known = {
        name for pages in (story_pages, other_pages, administrators_pages) for name, _path in pages(lambda label: "1")
    }
    known |= {f"{matrix.flat(label)}_simple_history" for label in matrix.WITH_HISTORY}
    known |= {"login", *NO_PAGE} - set(ALSO)

    assert matrix.addresses() - known == set()
    assert {name for name in known if not name.startswith("/")} - matrix.addresses() == set()


@pytest.mark.browser
def test_no_page_of_a_story_has_a_barrier(desk: Callable[..., Colleague]) -> None:
    chief = desk("chief")

    found = looked_at(chief.opened, story_pages(cache(partial(first, chief.page))))

    assert found == {}


@pytest.mark.browser
def test_no_page_of_a_record_has_a_barrier(desk: Callable[..., Colleague]) -> None:
    chief = desk("chief")
    license_a_partner(chief)

    found = looked_at(chief.opened, other_pages(cache(partial(first, chief.page))))

    assert found == {}


@pytest.mark.browser
def test_no_former_state_has_a_barrier(desk: Callable[..., Colleague]) -> None:
    chief = desk("chief")

    assert looked_at(chief.opened, former_pages(chief)) == {}


@pytest.mark.browser
def test_no_page_of_an_administrator_has_a_barrier(desk: Callable[..., Colleague]) -> None:
    administrator = desk("admin")

    found = looked_at(administrator.opened, administrators_pages(cache(partial(first, administrator.page))))

    assert found == {}


@pytest.mark.browser
def test_form_that_is_refused_has_no_barrier(desk: Callable[..., Colleague]) -> None:
    editor = desk("editor", "/admin/people/person/add/")

    editor.page.click(".submit-row [name=_save]")
    expect(editor.page.locator(".errornote")).to_be_visible()

    assert barriers_at_any_size(editor.opened) == []
    expect(editor.page.locator(DONE)).to_have_count(0)


@pytest.mark.browser
def test_log_in_has_no_barrier(visit: Callable[..., Visit]) -> None:
    opened = visit("/admin/login/")

    assert barriers_at_any_size(opened) == []
