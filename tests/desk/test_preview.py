"""The desk's previews: what stands in the frame, who may open it, and the links that are made for others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.articles import previews, workflow
from newsroom.articles.models import Article, PhotoUse, PreviewLink, SignOff
from newsroom.models import User
from tests import factories as make
from tests.desk.pages import queries, told
from tests.website.html import parse, words

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
PAGE_QUERIES, DRAFT_QUERIES, LINKS_QUERIES = 5, 21, 7


@pytest.fixture
def story(reporter: User) -> Article:
    return make.make_article(headline="Observatory to open", created_by=reporter)


def address(name: str, *keys: object) -> str:
    return reverse(f"admin:articles_article_{name}", args=keys)


def made_link(story: Article, by: User) -> PreviewLink:
    return previews.share(story, by=by, at=timezone.now(), made_for="The speaker").link


def test_preview_frames_the_page_at_the_width_chosen(reporter_client: Client, story: Article) -> None:
    answer = reporter_client.get(address("preview", story.pk), {"width": "390"})

    frame = parse(answer.content.decode()).find(".//iframe")
    assert frame is not None
    assert (frame.get("class"), frame.get("src")) == ("w390", address("draft", story.pk))
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("width", ["", "1", "x"])
def test_preview_of_an_unknown_width_has_the_usual_one(reporter_client: Client, story: Article, width: str) -> None:
    answer = reporter_client.get(address("preview", story.pk), {"width": width})

    frame = parse(answer.content.decode()).find(".//iframe")
    assert frame is not None
    assert frame.get("class") == "w1280"


def test_draft_may_stand_in_a_frame_of_ours_alone(reporter_client: Client, story: Article) -> None:
    answer = reporter_client.get(address("draft", story.pk))

    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_draft_is_what_was_saved_last(reporter_client: Client, story: Article) -> None:
    Article.objects.update(headline="Observatory opens")

    page = parse(reporter_client.get(address("draft", story.pk)).content.decode())

    assert words(page.find(".//h1")) == "Observatory opens"
    assert "What is typed and not saved yet is not shown." in words(page.find(".//main"))


def test_draft_speaks_the_language_of_its_story(reporter: User, reporter_client: Client) -> None:
    story = make.make_article(language="ko", created_by=reporter)

    page = parse(reporter_client.get(address("draft", story.pk)).content.decode())

    assert page.get("lang") == "ko"


def test_draft_says_which_pictures_readers_would_not_see(reporter_client: Client, story: Article) -> None:
    PhotoUse.objects.create(article=story, photo=make.make_photo(is_public=True), order=1)
    PhotoUse.objects.create(article=story, photo=make.make_photo(), order=2, is_lead=True)

    page = parse(reporter_client.get(address("draft", story.pk)).content.decode())

    assert "1 picture is not shown: its record is not public." in words(page.find(".//main"))


VIEWS = [("preview", "get"), ("draft", "get"), ("links", "get"), ("links", "post")]


@pytest.mark.parametrize(("view", "method"), VIEWS)
def test_story_of_somebody_else_stays_shut(reporter_client: Client, view: str, method: str) -> None:
    story = make.make_article()

    assert getattr(reporter_client, method)(address(view, story.pk)).status_code == 403
    assert PreviewLink.objects.count() == 0


@pytest.mark.parametrize(("view", "method"), VIEWS)
@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_story_that_is_none_is_not_found(editor_client: Client, view: str, method: str, key: str) -> None:
    assert getattr(editor_client, method)(address(view, key)).status_code == 404


@pytest.mark.parametrize(("view", "method"), VIEWS)
def test_nobody_gets_in_without_an_account(client: Client, story: Article, view: str, method: str) -> None:
    answer = getattr(client, method)(address(view, story.pk))

    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, reverse("admin:login"))


def test_photo_desk_sees_a_story_with_pictures_and_shares_none(photo_editor_client: Client, story: Article) -> None:
    PhotoUse.objects.create(article=story, photo=make.make_photo(), order=1)

    statuses = [photo_editor_client.get(address(view, story.pk)).status_code for view in ("preview", "draft", "links")]

    assert statuses == [200, 200, 403]


def test_address_of_a_new_link_is_shown_once(reporter: User, reporter_client: Client, story: Article) -> None:
    made = reporter_client.post(address("links", story.pk), {"made_for": "The speaker", "hours": "24"})

    link = PreviewLink.objects.get()
    shown = made.context["address"]
    assert previews.digest_of(shown.split("/")[-2]) == link.digest
    assert (link.made_by, link.made_for, link.expires_at - link.made_at) == (reporter, "The speaker", DAY)
    assert shown in made.content.decode()
    assert shown not in reporter_client.get(address("links", story.pk)).content.decode()


@pytest.mark.parametrize(
    ("typed", "complaints"),
    [
        ({"hours": "1"}, {"hours": ["Select a valid choice. 1 is not one of the available choices."]}),
        ({"made_for": "x" * 121}, {"made_for": ["Ensure this value has at most 120 characters (it has 121)."]}),
    ],
)
def test_link_that_cannot_be_made_stays_typed(
    reporter_client: Client, story: Article, typed: dict[str, str], complaints: dict[str, Any]
) -> None:
    answer = reporter_client.post(address("links", story.pk), {"made_for": "The speaker", "hours": "24", **typed})

    assert (answer.context["form"].errors, answer.context["address"]) == (complaints, "")
    assert PreviewLink.objects.count() == 0


def test_link_beyond_the_most_is_refused_in_words(reporter: User, reporter_client: Client, story: Article) -> None:
    for _number in range(previews.MOST_OPEN_LINKS):
        made_link(story, reporter)

    answer = reporter_client.post(address("links", story.pk), {"hours": "24"})

    assert answer.context["form"].non_field_errors() == ["This story has 20 open links: revoke some first."]


def test_revoked_link_leads_nowhere(reporter: User, reporter_client: Client, story: Article) -> None:
    link = made_link(story, reporter)

    answers = [told(reporter_client.post(address("revoke", story.pk, link.pk), follow=True))[0] for _time in range(2)]

    link.refresh_from_db()
    assert link.revoked_at is not None
    assert answers == ["The link is revoked: its address leads nowhere now.", "This link was revoked before."]


def test_link_of_another_story_is_not_found_here(reporter: User, reporter_client: Client, story: Article) -> None:
    foreign = made_link(make.make_article(), reporter)

    answers = [reporter_client.post(address("revoke", story.pk, key)) for key in (foreign.pk, "x", "9" * 30)]

    foreign.refresh_from_db()
    assert ([answer.status_code for answer in answers], foreign.revoked_at) == ([404, 404, 404], None)


def test_revoking_wants_a_post(reporter: User, reporter_client: Client, story: Article) -> None:
    link = made_link(story, reporter)

    assert reporter_client.get(address("revoke", story.pk, link.pk)).status_code == 405


def test_link_is_not_revoked_by_who_may_not_share(photo_editor_client: Client, reporter: User, story: Article) -> None:
    PhotoUse.objects.create(article=story, photo=make.make_photo(), order=1)
    link = made_link(story, reporter)

    answer = photo_editor_client.post(address("revoke", story.pk, link.pk))

    link.refresh_from_db()
    assert (answer.status_code, link.revoked_at) == (403, None)


def test_what_was_said_says_whether_the_text_changed_since(
    reporter: User, reporter_client: Client, story: Article
) -> None:
    link = made_link(story, reporter)
    for version, name in ((0, "Jane Doe"), (1, "John Doe")):
        SignOff.objects.create(link=link, at=timezone.now(), version=version, name=name, verdict="approve")
    Article.objects.update(version=1)

    page = parse(reporter_client.get(address("links", story.pk)).content.decode())

    said = [words(item) for item in page.iterfind(".//ul[@class='past sign-offs']/li")]
    assert [("Jane Doe" in one, "The text has changed since." in one) for one in said] == [(False, False), (True, True)]


def test_pages_take_the_same_queries_however_many_rows(reporter: User, reporter_client: Client, story: Article) -> None:
    counts = []
    for _number in range(2):
        link = made_link(story, reporter)
        SignOff.objects.create(link=link, at=timezone.now(), version=0, name="Jane Doe", verdict="approve")
        counts.append([queries(reporter_client, address(view, story.pk)) for view in ("preview", "draft", "links")])

    assert counts == [[PAGE_QUERIES, DRAFT_QUERIES, LINKS_QUERIES]] * 2


def test_draft_of_a_published_story_leaves_the_public_one_alone(
    client: Client, reporter_client: Client, story: Article
) -> None:
    workflow.publish(story, by=None, at=timezone.now())
    Article.objects.update(headline="Secret rewrite")

    reporter_client.get(address("draft", story.pk))

    assert words(parse(client.get(story.get_absolute_url()).content.decode()).find(".//h1")) == "Observatory to open"
