"""A draft shown to somebody without an account: on the readers' page, for a while, and nowhere else."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsroom.articles import previews, workflow
from newsroom.articles.models import Article, Edition, Mention, PhotoUse, PreviewLink, SignOff
from newsroom.articles.story import with_corrections
from newsroom.models import Letter, User
from newsroom.photos.models import Rendition
from newsroom.website.pages.article import story_page
from newsroom.website.previews import draft_page
from tests import factories as make
from tests.website.html import open_page, parse, texts, words

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SAID = {"name": "Jane Doe", "comment": "Well put.", "verdict": "approve", "version": "0"}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def story() -> Article:
    return make.make_article(headline="Observatory to open", standfirst="In spring.", desk_note="Zanzibar")


def shared(story: Article, by: User | None = None, **how: Any) -> tuple[PreviewLink, str]:
    link, address = previews.share(story, by=by or make.make_user("Editor"), at=NOW, **how)
    return link, address.removeprefix("http://testserver")


def test_draft_tells_all_that_readers_would_have_to_turn_pages_for(client: Client, story: Article) -> None:
    for _number in range(30):
        Mention.objects.create(article=story, person=make.make_person(is_public=True))
    _link, address = shared(story)

    main = open_page(client, address)

    assert len(main.findall(".//ul[@class='people']/li")) + len(main.findall(".//ul[@class='people grid']/li")) == 30
    assert not [link for link in main.iterfind(".//a") if "part=" in link.attrib["href"]]


def say(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, {**SAID, **typed})


def test_link_shows_the_draft_on_the_readers_page(client: Client, story: Article) -> None:
    _link, address = shared(story)

    main = open_page(client, address)

    assert words(main.find(".//h1")) == "Observatory to open"
    assert texts(main, ".//p[@class='stand']") == ["In spring."]
    assert "Zanzibar" not in words(main)


def test_link_shows_the_text_of_the_moment(client: Client, story: Article) -> None:
    _link, address = shared(story)
    Article.objects.update(headline="Observatory opens")

    assert words(open_page(client, address).find(".//h1")) == "Observatory opens"


def test_link_ends_when_its_maker_leaves(client: Client, story: Article) -> None:
    maker = make.make_user("Editor")
    _link, address = shared(story, by=maker)
    before = client.get(address).status_code

    User.objects.filter(pk=maker.pk).update(is_active=False)

    assert (before, client.get(address).status_code) == (200, 404)


def test_link_ends_with_its_makers_right_to_share(client: Client, story: Article) -> None:
    maker = make.make_user("Editor")
    _link, address = shared(story, by=maker)

    maker.groups.clear()

    assert client.get(address).status_code == 404


def test_draft_of_a_published_story_is_shown_with_its_history(client: Client, story: Article) -> None:
    workflow.publish(story, by=None, at=NOW - HOUR)
    Article.objects.update(headline="Observatory opens")
    _link, address = shared(story)

    page = draft_page(Article.objects.get(), NOW)

    assert words(open_page(client, address).find(".//h1")) == "Observatory opens"
    assert ([one.number for one in page.history], page.edition.first_published_at) == ([2, 1], NOW - HOUR)
    assert (story.editions.count(), story.editions.get().headline) == (1, "Observatory to open")


def test_page_of_a_draft_is_that_of_its_edition(story: Article) -> None:
    """But for what publishing itself brings about: its number, its moment and its place in the history."""
    person = make.make_person(is_public=True)
    Mention.objects.create(article=story, person=person, title_as_printed="Director")
    story.topics.add(topic := make.make_topic(is_public=True))
    other = make.make_article(headline="Another")
    other.topics.add(topic)
    workflow.publish(other, by=None, at=NOW - HOUR)
    draft = draft_page(story, NOW)

    workflow.publish(story, by=None, at=NOW)

    printed = story_page(with_corrections(Edition.objects.filter(article=story), NOW).get(), NOW)
    names = ("place", "bylines", "facts", "lead", "figures", "people", "organisations", "topics", "sources", "related")
    assert {name: getattr(draft, name) for name in names} == {name: getattr(printed, name) for name in names}
    assert [one.reason for one in draft.related] == [f"Also on {topic.name}"]


def test_draft_shows_the_pictures_that_readers_would_get(client: Client, story: Article) -> None:
    for number, is_public in enumerate([True, False], 1):
        photo = make.make_photo(description=f"Picture {number}.", is_public=is_public)
        PhotoUse.objects.create(article=story, photo=photo, order=number)
        file = ContentFile(b"drawn", name=f"{number:040x}.webp")
        Rendition.objects.create(
            photo=photo, file=file, format="WEBP", width=640, height=480, size=5, is_placeholder=True
        )
    _link, address = shared(story)

    main = open_page(client, address)

    assert [image.get("src") for image in main.iterfind(".//figure//img")] == [f"/media/{1:040x}.webp"]


def test_secret_is_kept_as_its_digest_alone(story: Article) -> None:
    link, address = shared(story)
    secret = address.split("/")[-2]

    assert len(secret) == 43  # 256 bits in base 64
    assert link.digest == previews.digest_of(secret)
    assert secret not in str(PreviewLink.objects.values().get())


def test_link_to_a_korean_story_speaks_korean(client: Client) -> None:
    story = make.make_article(language="ko", headline="천문대가 문을 연다")

    _link, address = shared(story)

    assert re.fullmatch(r"/ko/preview/[\w-]{43}/", address)
    assert words(open_page(client, address).find(".//h1")) == "천문대가 문을 연다"


def test_answer_is_kept_by_nobody_and_found_by_nobody(client: Client, story: Article) -> None:
    _link, address = shared(story)

    answer = client.get(address)

    assert {
        name: answer.headers.get(name) for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag", "ETag")
    } == {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "ETag": None,
    }
    assert (answer.headers["X-Frame-Options"], list(answer.cookies)) == ("DENY", [])
    page = parse(answer.content.decode())
    assert [one.get("content") for one in page.iterfind(".//meta[@name='robots']")] == ["noindex, nofollow, noarchive"]
    assert list(page.iterfind(".//link[@rel='canonical']")) == []


def _revoked(link: PreviewLink) -> None:
    previews.revoke(link, at=NOW)


def _expired(link: PreviewLink) -> None:
    PreviewLink.objects.update(expires_at=NOW)


def _trashed(link: PreviewLink) -> None:
    Article.objects.update(trashed_at=NOW)


def _withdrawn(link: PreviewLink) -> None:
    workflow.publish(link.article, by=None, at=NOW)
    workflow.withdraw(link.article, by=None, at=NOW)


def _never_made(link: PreviewLink) -> None:
    PreviewLink.objects.update(digest="0" * 64)


@pytest.mark.parametrize("close", [_revoked, _expired, _trashed, _withdrawn, _never_made])
def test_closed_link_is_not_found_in_the_very_same_words(client: Client, story: Article, close: Any) -> None:
    link, address = shared(story)
    close(link)

    answers = [client.get(address), say(client, address), client.get("/preview/garbage/")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    shown = [_without_address(answer, address) for answer in answers]
    assert shown[0] == shown[1] == shown[2]
    assert SignOff.objects.count() == 0


def _without_address(answer: HttpResponse, address: str) -> tuple[str, list[tuple[str, str]]]:
    text = answer.content.decode().replace(address, "/…/").replace("/preview/garbage/", "/…/")
    headers = [(name, value) for name, value in answer.items() if name not in {"Content-Length", "X-Request-ID"}]
    return re.sub(r"/ko/…/|/ko/preview/[^/]+/", "/ko/…/", text), headers


def test_link_made_after_a_withdrawal_is_open(client: Client, story: Article) -> None:
    workflow.publish(story, by=None, at=NOW - HOUR)
    workflow.withdraw(story, by=None, at=NOW - HOUR)

    _link, address = shared(story)

    assert client.get(address).status_code == 200


def test_openings_are_counted(client: Client, story: Article) -> None:
    link, address = shared(story)

    for ask in (client.get, client.get, client.head):
        ask(address)

    link.refresh_from_db()
    assert (link.opened_count, link.opened_at) == (2, NOW)


def test_page_takes_the_same_queries_however_much_was_said(
    client: Client, story: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    link, address = shared(story)
    client.get(address)
    for count in (1, 3):
        while link.sign_offs.count() < count:
            SignOff.objects.create(link=link, at=NOW, version=0, name="Jane Doe", verdict="approve")
        with django_assert_num_queries(QUERIES):
            client.get(address)


QUERIES = 22  # two of them ask what the maker of the link may still do


def test_word_said_is_kept_with_the_version_that_was_read(client: Client, story: Article) -> None:
    Article.objects.update(version=4)
    link, address = shared(story)

    answer = say(client, address, version="4", comment=" Well put. ")

    kept = SignOff.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}#said")
    assert (kept.link, kept.version, kept.verdict, kept.name, kept.comment, kept.at) == (
        link,
        4,
        "approve",
        "Jane Doe",
        "Well put.",
        NOW,
    )


def test_word_said_stands_on_the_page_and_says_when_the_text_changed(client: Client, story: Article) -> None:
    _link, address = shared(story)
    say(client, address)
    before = texts(open_page(client, address), ".//ul[@class='said']/li")
    Article.objects.update(version=1)

    after = texts(open_page(client, address), ".//ul[@class='said']/li")

    assert before == ["Jane Doe approved, 2 March 2026, 18:00"]
    assert after == ["Jane Doe approved, 2 March 2026, 18:00 (of an earlier text: it has changed since)"]


def test_version_still_to_be_written_cannot_be_approved(client: Client, story: Article) -> None:
    _link, address = shared(story)

    say(client, address, version="99")

    assert SignOff.objects.get().version == 0


def test_word_sent_twice_is_kept_once(client: Client, story: Article) -> None:
    maker = make.make_user("Editor", email="maker@newsroom.example")
    _link, address = shared(story, by=maker)

    answers = [say(client, address).status_code for _time in range(2)]

    assert (answers, SignOff.objects.count(), Letter.objects.count()) == ([303, 303], 1, 1)


@pytest.mark.parametrize(
    ("typed", "complaints"),
    [
        ({"name": " "}, {"name": ["This field is required."]}),
        ({"name": "x" * 121}, {"name": ["Ensure this value has at most 120 characters (it has 121)."]}),
        ({"verdict": "change", "comment": " "}, {"comment": ["Say what should change."]}),
        ({"comment": "x" * 2001}, {"comment": ["Ensure this value has at most 2000 characters (it has 2001)."]}),
        ({"version": "x"}, {"version": ["Enter a whole number."]}),
        ({"verdict": "kill"}, {"verdict": ["Select a valid choice. kill is not one of the available choices."]}),
    ],
)
def test_word_that_lacks_something_is_refused_and_stays_typed(
    client: Client, story: Article, typed: dict[str, str], complaints: dict[str, list[str]]
) -> None:
    _link, address = shared(story)
    typed = {**SAID, "comment": "Kept text.", **typed}

    answer = say(client, address, **typed)

    main = parse(answer.content.decode()).find(".//main")
    assert main is not None
    assert (answer.status_code, answer.context["form"].errors) == (200, complaints)
    assert [one.get("value", "") for one in main.iterfind(".//input[@name='name']")] == [typed["name"]]
    assert words(main.find(".//textarea")) == words_of(typed["comment"])
    assert SignOff.objects.count() == 0


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_flood_of_words_is_stopped_within_the_hour(client: Client, story: Article) -> None:
    _link, address = shared(story)

    answers = [say(client, address, comment=f"Word {number}").status_code for number in range(7)]
    with time_machine.travel(NOW + HOUR, tick=False):
        later = say(client, address, comment="Word 7").status_code

    assert (answers, later) == ([303] * 5 + [200] * 2, 303)
    assert SignOff.objects.count() == 6


def test_flood_of_words_is_stopped_for_good(client: Client, story: Article) -> None:
    link, address = shared(story)
    for _number in range(previews.MOST_SIGN_OFFS):
        SignOff.objects.create(link=link, at=NOW - 2 * HOUR, version=0, name="Jane Doe", verdict="approve")

    assert (say(client, address).status_code, link.sign_offs.count()) == (200, previews.MOST_SIGN_OFFS)


def test_maker_and_assignee_are_told(client: Client) -> None:
    maker, assignee = (make.make_user("Editor", email=f"{name}@newsroom.example") for name in ("maker", "assignee"))
    story = make.make_article(headline="Observatory to open", assigned_to=assignee)
    _link, address = shared(story, by=maker)

    say(client, address, verdict="change", comment="The date is wrong.")

    letters = {letter.to: letter for letter in Letter.objects.select_related("to")}
    assert letters.keys() == {maker, assignee}
    assert {letter.subject for letter in letters.values()} == {"Jane Doe asks for a change: Observatory to open"}
    assert "The date is wrong." in letters[maker].text.splitlines()


def test_maker_who_is_the_assignee_is_told_once(client: Client) -> None:
    maker = make.make_user("Editor", email="maker@newsroom.example")
    story = make.make_article(assigned_to=maker)
    _link, address = shared(story, by=maker)

    say(client, address)

    assert Letter.objects.count() == 1


def test_link_beyond_the_most_is_refused(story: Article, editor: User) -> None:
    for _number in range(previews.MOST_OPEN_LINKS):
        shared(story, by=editor)

    with pytest.raises(previews.Refused, match="revoke some first"):
        shared(story, by=editor)


@pytest.mark.parametrize("hours", previews.HOURS)
def test_link_is_open_as_long_as_was_chosen(story: Article, hours: int) -> None:
    link, _address = shared(story, hours=hours)
    end = NOW + dt.timedelta(hours=hours)

    assert (link.is_open(end - dt.timedelta(seconds=1)), link.is_open(end)) == (True, False)


@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_no_other_method_is_answered(client: Client, story: Article, method: str) -> None:
    _link, address = shared(story)

    assert getattr(client, method)(address).status_code == 405


def test_secret_of_an_open_link_is_not_logged(client: Client, story: Article, caplog: pytest.LogCaptureFixture) -> None:
    _link, address = shared(story)

    client.get(address)
    say(client, address, name="")
    say(client, address)

    assert [record for record in caplog.records if address in record.getMessage()] == []
