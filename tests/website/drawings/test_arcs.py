"""Drawings: bodies in an order that keeps what is tied together close, and arcs between them."""

import pytest

from newsroom.website.drawings.arcs import MOST_ARCS, MOST_BODIES, Arcs, Pair, arcs, length, ordered
from newsroom.website.pages.links import Link


def body(number: int) -> Link:
    return Link(f"Body {number:03}", f"/organisations/{number}/")


def pair(one: int, other: int) -> Pair:
    return body(one), body(other)


def drawn(ties: dict[Pair, int], *strong: Pair) -> Arcs:
    drawing = arcs(ties, frozenset(strong))
    assert drawing is not None
    return drawing


def test_no_ties_are_no_drawing() -> None:
    assert arcs({}) is None


def test_arc_leads_down_from_the_upper_of_two() -> None:
    drawing = drawn({pair(1, 2): 1}, pair(1, 2))

    assert [(one.y, [arc.path for arc in one.arcs]) for one in drawing.bodies] == [
        (12, ["M0 12A12 12 0 0 1 0 36"]),
        (36, []),
    ]
    assert drawing.bodies[0].arcs[0].is_strong


def test_groups_stand_together() -> None:
    ties = {pair(1, 4): 1, pair(2, 5): 1, pair(1, 7): 1, pair(4, 7): 1, pair(2, 8): 1, pair(5, 8): 1}

    order = [int(one.link.name[-3:]) for one in drawn(ties).bodies]

    assert sorted([sorted(order[:3]), sorted(order[3:])]) == [[1, 4, 7], [2, 5, 8]]


@pytest.mark.parametrize("step", [1, 3, 7])
def test_order_is_never_worse_than_the_one_given(step: int) -> None:
    links = [body(number) for number in range(20)]
    ties = {pair(number, (number * step + 5) % 20): 1 for number in range(20) if number != (number * step + 5) % 20}

    order = ordered(links, ties)

    assert sorted(order) == links
    assert length(order, ties) <= length(links, ties)


def test_of_many_those_with_the_weightiest_ties_are_drawn() -> None:
    ties = {pair(number, number + 1): 200 - number for number in range(200)}

    drawing = drawn(ties)

    assert sorted(one.link for one in drawing.bodies) == [body(number) for number in range(1, MOST_BODIES + 1)]
    assert drawing.more == 201 - MOST_BODIES


def test_drawing_of_the_same_is_the_same() -> None:
    ties = {pair(number, number * 7 % 31 + 40): number % 5 + 1 for number in range(30)}

    assert drawn(ties) == drawn(dict(reversed(ties.items())))


def test_everybody_who_is_drawn_is_tied() -> None:
    crowd = {pair(one, other): 9 for one in range(20) for other in range(one + 1, 20)}

    drawing = drawn(crowd | {pair(20, 21): 1})

    assert len(drawing.pairs) == MOST_ARCS
    assert {link for one in drawing.pairs for link in one} == {one.link for one in drawing.bodies}
    assert pair(20, 21) in drawing.pairs
