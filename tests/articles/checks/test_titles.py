"""Titles against the position held on the day of the event."""

import pytest

from newsroom.articles.checks.copy import Named, Post, Standing
from tests.articles.checks.copies import copy, found, person, prose, sentences

IBS = ("Institute for Basic Science", "IBS")
DIRECTOR = Post("Director, IBS", "Director", IBS[0], IBS, ("Director of the Institute for Basic Science (IBS)",))
LEADER = Post("Group Leader, IBS", "Group Leader", IBS[0], IBS)
DEAN = Post("Dean of Industry, NTU", "Dean of Industry", "NTU", ("NTU",))


def koo(director: Standing, leader: Standing, **over: object) -> Named:
    posts = tuple(
        Post(post.wording, post.title, post.organisation, post.organisation_names, post.as_printed, standing)
        for post, standing in ((DIRECTOR, director), (LEADER, leader), (DEAN, Standing.ELSEWHERE))
    )
    return person(name="Koo Bonkyung", native_name="", posts=posts, **over)


@pytest.mark.parametrize(
    "title", ["Director, IBS", "director at the IBS", "Director of the Institute for Basic Science (IBS)"]
)
def test_title_of_another_day_at_the_same_house_is_found(title: str) -> None:
    people = (koo(Standing.ELSEWHERE, Standing.HELD, title_as_printed=title),)

    assert sentences("title-of-another-day", people=people) == [
        f"“{title}”: on the day of the event the record has Koo Bonkyung as “Group Leader, IBS”."
    ]


def test_title_beside_the_name_in_the_text_is_read_too() -> None:
    seen = copy(
        body=prose("Koo Bonkyung, director of the IBS, spoke."), people=(koo(Standing.ELSEWHERE, Standing.HELD),)
    )

    assert [finding.field for finding in found("title-of-another-day", seen)] == ["body"]


@pytest.mark.parametrize(
    "text",
    [
        "Koo Bonkyung, group leader at the IBS, spoke.",
        "Koo Bonkyung, a former director of the IBS, spoke.",
        "Koo Bonkyung, dean of industry at NTU, spoke.",  # at another house one may hold a second post
        "Koo Bonkyung, who spoke first, is a director by training.",
        "Koo Bonkyung spoke.",
    ],
)
def test_title_of_the_day_and_former_ones_are_right(text: str) -> None:
    people = (koo(Standing.ELSEWHERE, Standing.HELD),)

    assert sentences("title-of-another-day", body=prose(text), people=people) == []


@pytest.mark.parametrize(
    ("director", "leader"),
    [
        (Standing.HELD, Standing.HELD),
        (Standing.UNDATED, Standing.HELD),
        (Standing.ELSEWHERE, Standing.ELSEWHERE),
    ],
)
def test_title_is_right_where_nothing_speaks_against_it(director: Standing, leader: Standing) -> None:
    people = (koo(director, leader, title_as_printed="Director, IBS"),)

    assert sentences("title-of-another-day", people=people) == []


def test_post_that_had_ended_is_found_though_no_other_is_known() -> None:
    people = (koo(Standing.RULED_OUT, Standing.ELSEWHERE, title_as_printed="Director, IBS"),)

    assert sentences("title-out-of-time", people=people) == [
        "“Director, IBS”: by the dates on record Koo Bonkyung did not hold this post on the day of the event."
    ]


def test_longer_title_is_not_taken_for_the_shorter_one() -> None:
    minister = Post("Minister, MSIT", "Minister", "MSIT", ("MSIT",), standing=Standing.RULED_OUT)
    vice = Post("First Vice Minister, MSIT", "First Vice Minister", "MSIT", ("MSIT",), standing=Standing.HELD)
    cho = person(title_as_printed="First Vice Minister, MSIT", posts=(minister, vice))

    assert sentences("title-of-another-day", people=(cho,)) == []


def test_title_that_is_on_no_record_is_let_pass() -> None:
    people = (koo(Standing.ELSEWHERE, Standing.HELD, title_as_printed="Novelist"),)

    assert sentences("title-of-another-day", people=people) == []
    assert sentences("title-out-of-time", people=people) == []
