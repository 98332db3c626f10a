"""Drawings: however many names there are and however long they are, a picture of the matter stays light."""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from newsroom.website.drawings.arcs import arcs
from newsroom.website.drawings.neighbourhood import Tie, neighbourhood
from newsroom.website.drawings.places import Place, map_of
from newsroom.website.drawings.timeline import Happening, timeline
from newsroom.website.pages.links import Link

LIGHT = 60_000
LONG = "International Conference on Whatever Anybody Might Want to Confer About at Length, Number"
TODAY = dt.date(2026, 1, 16)


def to(number: int) -> Link:
    return Link(f"{LONG} {number}", f"/organisations/{'-'.join(LONG.lower().split())}-{number}/")


def around() -> dict[str, object]:
    ties = [Tie(to(number), "about 2025", [to(one) for one in range(number, number + 100)]) for number in range(200)]
    return {"drawing": neighbourhood("Doe Jane", ties), "label": LONG, "caption": LONG}


def network() -> dict[str, object]:
    ties = {(to(number), to((number + step) % 200)): step for number in range(200) for step in (1, 7, 90)}
    return {"network": {"drawing": arcs(ties), "bonds": []}}


def over_time() -> dict[str, object]:
    happenings = [
        Happening(to(n), "about then", TODAY + dt.timedelta(n), TODAY + dt.timedelta(n + 9), is_settled=False)
        for n in range(200)
    ]
    return {"chronicle": {"drawing": timeline(happenings), "entries": []}, "label": LONG}


def places() -> dict[str, object]:
    everywhere = [Place(to(number), (number * 1.7 - 170, number % 70), number) for number in range(200)]
    return {"drawing": map_of(everywhere, least=14), "label": LONG}


@pytest.mark.parametrize(
    ("template", "context"),
    [("_neighbourhood", around()), ("_arcs", network()), ("_timeline", over_time()), ("_map", places())],
    ids=["neighbourhood", "arcs", "timeline", "map"],
)
def test_drawing_of_two_hundred_is_light(template: str, context: dict[str, object]) -> None:
    drawing = render_to_string(f"website/drawings/{template}.html", context)

    assert drawing.count("<a ") >= 24
    assert len(drawing.encode()) < LIGHT
