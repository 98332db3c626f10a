"""Stories and time: schedule, embargo and end by the newsroom's clock, with or without anybody there to see to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from newsroom import changes, search
from newsroom.articles import workflow
from newsroom.articles.forms import PublishForm
from newsroom.articles.models import Article, Edition, Step
from newsroom.models import Change
from tests import factories
from tests.articles.clock import HOUR, INSTANT, NEXT_WEEK, NOW, TOMORROW, correct, publish

pytestmark = pytest.mark.django_db
SECRET = "quokka"
TOLD = re.compile(f"(A|The) {SECRET}")  # the word alone is in slugs, and in what the walk asks for


@pytest.fixture
def paris() -> Iterator[None]:
    with timezone.override("Europe/Paris"):
        yield


@pytest.fixture
def story() -> Article:
    return factories.make_article(slug="quokkas", headline=f"A {SECRET}", body=f"<p>The {SECRET} story.</p>")


def tick(at: dt.datetime) -> None:
    with time_machine.travel(at, tick=False):
        changes.tick(at)


def state() -> str:
    return Article.objects.get().state


def test_story_to_come_is_scheduled_until_its_moment_and_published_from_it(story: Article) -> None:
    publish(story, visible_from=TOMORROW)
    states = [state()]

    for moment in (TOMORROW - INSTANT, TOMORROW):
        tick(moment)
        states.append(state())

    assert states == ["scheduled", "scheduled", "published"]


def test_moment_that_came_is_written_down_as_a_step_of_the_house(story: Article) -> None:
    publish(story, visible_from=TOMORROW)

    tick(TOMORROW)

    last = Step.objects.latest("pk")
    assert (last.verb, last.state_before, last.state_after, last.by) == ("appear", "scheduled", "published", None)


def test_correction_to_come_corrects_the_story_at_its_moment(story: Article) -> None:
    publish(story)
    correct(story, visible_from=TOMORROW)
    before = state()

    tick(TOMORROW)

    assert (before, state()) == ("published", "corrected")


def test_story_whose_moment_came_unrecorded_can_be_corrected_as_any_that_is_out(story: Article) -> None:
    publish(story, visible_from=TOMORROW)

    correct(story, at=TOMORROW + HOUR)

    steps = Step.objects.order_by("pk").values_list("verb", "state_before", "state_after")
    assert list(steps)[1:] == [("appear", "scheduled", "published"), ("correct", "published", "corrected")]


def test_tick_long_after_the_moment_finds_the_story_as_it_is_by_then(story: Article) -> None:
    publish(story, visible_from=TOMORROW, visible_until=TOMORROW + HOUR)

    tick(NEXT_WEEK)

    assert (state(), Change.objects.filter(object_id=story.uuid).count()) == ("published", 0)


def test_first_visitor_after_the_moment_reads_the_story_and_has_it_recorded(story: Article, client: Client) -> None:
    publish(story, visible_from=TOMORROW)

    with time_machine.travel(TOMORROW, tick=False):
        status = client.get("/articles/quokkas/").status_code

    assert (status, state(), Change.objects.get(object_id=story.uuid).changed_at) == (200, "published", TOMORROW)


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        ("2026-03-28T09:00", dt.datetime(2026, 3, 28, 8, 0, tzinfo=dt.UTC)),
        ("2026-03-30T09:00", dt.datetime(2026, 3, 30, 7, 0, tzinfo=dt.UTC)),
        ("2026-10-26T09:00", dt.datetime(2026, 10, 26, 8, 0, tzinfo=dt.UTC)),
    ],
)
def test_nine_in_the_morning_is_that_on_either_side_of_a_change_of_clocks(
    local: str, moment: dt.datetime, story: Article, paris: None
) -> None:
    form = PublishForm({"visible_from": local})

    assert form.is_valid()
    edition = publish(story, **form.cleaned_data)
    assert (edition.visible_from, localtime(edition.visible_from).strftime("%H:%M")) == (moment, "09:00")


def test_end_that_comes_twice_is_the_one_that_was_meant(story: Article, paris: None) -> None:
    second = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)

    form = PublishForm({"visible_until": "2026-10-25T02:30", "visible_until_meant": second.isoformat()})

    assert form.is_valid()
    edition = publish(story, **form.cleaned_data)
    assert [edition.is_visible(second - HOUR), edition.is_visible(second - INSTANT), edition.is_visible(second)] == [
        True,
        True,
        False,
    ]


# Under embargo


@pytest.fixture
def embargoed(story: Article) -> Article:
    Article.objects.update(embargo_until=TOMORROW)
    return story


@pytest.mark.parametrize("opens", [None, NOW, TOMORROW - INSTANT])
def test_no_edition_opens_before_the_embargo_ends(opens: dt.datetime | None, embargoed: Article) -> None:
    with pytest.raises(workflow.Embargoed):
        publish(embargoed, visible_from=opens)

    assert (Edition.objects.count(), Change.objects.count()) == (0, 0)


ADDRESSES = (
    "/",
    "/articles/",
    "/articles/quokkas/",
    "/articles/quokkas/versions/",
    f"/search/?q={SECRET}",
    f"/articles/?q={SECRET}",
    "/ko/articles/",
    "/corrections/",
    "/feeds/articles.rss",
    "/feeds/articles.atom",
    "/feeds/articles.json",
    "/sitemap.xml",
    "/api/v1/articles/",
    f"/api/v1/articles/?q={SECRET}",
    "/api/v1/articles/{uuid}/",
    "/api/v1/changes/",
)


def answers(client: Client, story: Article, at: dt.datetime) -> dict[str, bool]:
    """By address, whether the answer at that moment knows the story."""
    with time_machine.travel(at, tick=False):
        pages = {address: client.get(address.format(uuid=story.uuid)) for address in ADDRESSES}
        return {address: bool(TOLD.search(text(page))) for address, page in pages.items()}


def text(page: HttpResponse) -> str:
    content = b"".join(page.streaming_content) if page.streaming else page.content  # type: ignore[attr-defined]
    return re.sub("</?mark>", "", content.decode())


def test_embargoed_story_leaves_by_no_door_before_its_hour_and_by_all_of_them_after(
    embargoed: Article, client: Client
) -> None:
    publish(embargoed, visible_from=TOMORROW)

    early, late = answers(client, embargoed, TOMORROW - INSTANT), answers(client, embargoed, TOMORROW)

    assert [address for address, knows in early.items() if knows] == []
    silent = {address for address, knows in late.items() if not knows}
    assert silent == {"/corrections/", "/sitemap.xml"}


def test_search_counts_nothing_of_an_embargoed_story(embargoed: Article) -> None:
    publish(embargoed, visible_from=TOMORROW)
    early = search.counts(SECRET)

    tick(TOMORROW)

    assert (early, search.counts(SECRET)) == ({}, {"article": 1})
