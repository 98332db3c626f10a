"""Drawings: ties at the left, what they tie in at the right, and nothing upon anything else."""

from itertools import pairwise

import pytest

from newsroom.website.drawings.neighbourhood import MOST_ENDS, MOST_TIES, Neighbourhood, Tie, neighbourhood, spread
from newsroom.website.pages.links import Link


def person(number: int) -> Link:
    return Link(f"Person {number}", f"/people/{number}/")


def meeting(number: int, *people: int) -> Tie:
    return Tie(Link(f"Meeting {number}", f"/events/{number}/"), "2025", [person(one) for one in people])


def drawn(*ties: Tie) -> Neighbourhood:
    drawing = neighbourhood("Doe Jane", ties)
    assert drawing is not None
    return drawing


def test_nobody_tied_in_is_no_drawing() -> None:
    assert neighbourhood("Doe Jane", [meeting(1)]) is None


def test_whoever_is_tied_in_twice_stands_between_their_ties_once() -> None:
    drawing = drawn(meeting(1, 1, 2, 3), meeting(2, 3, 4, 5))

    assert [end.name for end in drawing.ends] == [f"Person {number}" for number in (1, 2, 3, 4, 5)]
    assert [end.is_again for end in drawing.ends] == [False, False, True, False, False]
    assert drawing.ends[2].path.count("M0") == 2


def test_line_leads_from_the_tie_to_the_end() -> None:
    drawing = drawn(meeting(1, 1))

    assert drawing.ends[0].path == f"M0 {drawing.hubs[0].y}C50 {drawing.hubs[0].y} 50 {drawing.ends[0].y} 100 64"
    assert drawing.ends[0].y == 64


def test_same_person_twice_at_one_meeting_is_no_second_tie() -> None:
    assert [end.ties for end in drawn(meeting(1, 7, 7)).ends] == [1]


def test_those_without_room_are_counted_beside_their_tie() -> None:
    drawing = drawn(meeting(1, *range(100)), meeting(2, *range(90, 200)))

    labelled = [end for end in drawing.ends if not end.more]
    assert len(labelled) == MOST_ENDS - 2
    assert [end.name for end in labelled if end.is_again] == [f"Person {number}" for number in range(90, 100)]
    assert [(end.name, end.more) for end in drawing.ends if end.more] == [("Meeting 1", 78), ("Meeting 2", 100)]
    assert drawing.named == 200


def test_of_many_ties_the_first_are_drawn() -> None:
    drawing = drawn(*(meeting(number, number) for number in range(30)))

    assert [hub.name for hub in drawing.hubs] == [f"Meeting {number}" for number in range(MOST_TIES)]


@pytest.mark.parametrize("people", [1, 3, 20])
def test_nothing_stands_upon_anything_else(people: int) -> None:
    long = "An international conference on everything that anybody might want to confer about"
    ties = [Tie(Link(long, "/e/"), "about 2025, not certain", [person(n % 40) for n in range(people)]) for _ in "12345"]

    drawing = drawn(*ties)

    assert all(below.y - above.y >= 24 for above, below in pairwise(drawing.ends))
    assert all(below.lines[0][0] - 12 >= above.notes[-1][0] for above, below in pairwise(drawing.hubs))
    assert drawing.hubs[0].lines[0][0] - 12 >= 30
    assert max(drawing.hubs[-1].notes[-1][0], drawing.ends[-1].y) + 4 <= drawing.height


@pytest.mark.parametrize(
    ("wanted", "standing"),
    [([50, 150], [50, 150]), ([50, 55], [50, 70]), ([0, 0], [10, 30]), ([200, 200], [170, 190]), ([95], [95])],
)
def test_places_are_kept_where_they_can_be(wanted: list[float], standing: list[int]) -> None:
    assert spread(wanted, [(10, 10)] * len(wanted), (0, 200)) == standing


def test_drawing_of_the_same_is_the_same() -> None:
    ties = [meeting(number, *range(number, number + 9)) for number in range(9)]

    assert drawn(*ties) == drawn(*ties)
