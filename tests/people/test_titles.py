"""Which title somebody had on a day, however imprecise the day and the sources are."""

from pathlib import Path

import pytest
from django.core.management import call_command

from newsroom.dates import PartialDate
from people.models import Attestation, Organisation, Person, Position
from people.titles import Basis, title_on
from tests import factories

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture
def person() -> Person:
    return factories.make_person()


def hold(person: Person, title: str, *seen_on: str, **dates: str) -> Position:
    position = Position.objects.create(person=person, title=title, **dates)
    for day in seen_on:
        Attestation.objects.create(position=position, seen_on=day)
    return position


def on(person: Person, day: str | None) -> tuple[str, str, str | None] | None:
    """The title, what it rests on, and the day on which it was seen."""
    answer = person.title_on(PartialDate.parse(day) if day else None)
    return answer and (str(answer), answer.basis.value, str(answer.seen_on) if answer.seen_on else None)


def test_nobody_without_a_position_has_a_title(person: Person) -> None:
    assert on(person, "2025-12-09") is None


@pytest.mark.parametrize(
    ("seen_on", "day", "basis"),
    [
        ("2025-12-09", "2025-12-09", Basis.ATTESTED),
        ("2025-12", "2025-12-09", Basis.ATTESTED),
        ("2025", "2025-12-09", Basis.ATTESTED),
        ("2025-12-09", "2025-12", Basis.ATTESTED),
        ("2025-12-09", "2025", Basis.ATTESTED),
        ("2025", "2025-12", Basis.ATTESTED),
        ("202X", "2025", Basis.ATTESTED),
        ("2025-XX-06", "2025-XX-06", Basis.ATTESTED),
        ("2025-12-06", "2025-XX-06", Basis.ATTESTED),
        ("2025-XX-06", "2025-12-06", Basis.ATTESTED),
        ("?2025-12-09", "2025-12-09", Basis.ATTESTED),
        ("2025-07-01", "2025-XX-06", Basis.NEAREST),
        ("2025-XX-06", "2025-07-01", Basis.NEAREST),
        ("2025-12-08", "2025-12-09", Basis.NEAREST),
        ("2024", "2025", Basis.NEAREST),
        ("XXXX-XX-06", "2025-12-06", Basis.NEAREST),
        ("2025-12-06", "XXXX-XX-06", Basis.NEAREST),
        ("2025-12-09", None, Basis.NEAREST),
    ],
)
def test_title_is_attested_where_both_may_be_one_day(
    person: Person, seen_on: str, day: str | None, basis: Basis
) -> None:
    hold(person, "Director", seen_on)

    assert on(person, day) == ("Director", basis.value, seen_on)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "day", "basis"),
    [
        ("2023-01-01", "2025-06-30", "2024-05-05", Basis.HELD),
        ("2023-01-01", "2025-06-30", "2023-01-01", Basis.HELD),
        ("2023-01-01", "2025-06-30", "2025-06-30", Basis.HELD),
        ("2023-01-01", "", "2030", Basis.HELD),
        ("2023", "2025", "2024", Basis.HELD),
        ("2023", "2025", "2024-07", Basis.HELD),
        ("2023", "2025", "2023-07", Basis.UNDATED),
        ("2023", "2025", "2025-07", Basis.UNDATED),
        ("2023-01-01", "2025-06-30", "2025-07-01", Basis.NEAREST),
        ("2023-01-01", "2025-06-30", "2022", Basis.NEAREST),
        ("", "2025-06-30", "2024-05-05", Basis.UNDATED),
        ("", "2025-06-30", "2026", Basis.NEAREST),
        ("2023-01-01", "2025-06-30", None, Basis.UNDATED),
        ("", "", "2024-05-05", Basis.UNDATED),
    ],
)
def test_title_is_held_where_the_whole_day_lies_within(
    person: Person, starts_on: str, ends_on: str, day: str | None, basis: Basis
) -> None:
    hold(person, "Director", starts_on=starts_on, ends_on=ends_on)

    assert on(person, day) == ("Director", basis.value, None)


def test_attested_title_goes_before_one_that_was_held(person: Person) -> None:
    hold(person, "Director", starts_on="2020")
    hold(person, "President", "2025-12-09")

    assert on(person, "2025-12-09") == ("President", "attested", "2025-12-09")


def test_held_title_goes_before_one_seen_the_day_before(person: Person) -> None:
    hold(person, "President", "2025-12-08")
    hold(person, "Director", starts_on="2020")

    assert on(person, "2025-12-09") == ("Director", "held", None)


def test_exact_attestation_goes_before_one_of_the_year(person: Person) -> None:
    hold(person, "Director", "2025")
    hold(person, "President", "2025-12-09")

    assert on(person, "2025-12-09") == ("President", "attested", "2025-12-09")


def test_nearest_title_is_that_of_the_fewest_days(person: Person) -> None:
    hold(person, "Director", "2025-07-01")
    hold(person, "Group Leader", "2025-12-09")

    assert [on(person, day) for day in ("2025-08-01", "2025-11-01", "2030")] == [
        ("Director", "nearest", "2025-07-01"),
        ("Group Leader", "nearest", "2025-12-09"),
        ("Group Leader", "nearest", "2025-12-09"),
    ]


def test_nearest_attestation_of_one_position_is_the_one_named(person: Person) -> None:
    hold(person, "Director", "2020-01-01", "2025-07-01", "2023-01-01")

    assert on(person, "2024-12-31") == ("Director", "nearest", "2025-07-01")


def test_post_that_was_certainly_over_comes_last(person: Person) -> None:
    hold(person, "Director", "2020-01-01", ends_on="2021")
    hold(person, "Envoy")

    assert on(person, "2025") == ("Envoy", "undated", None)


def test_equal_claims_are_settled_by_the_older_record(person: Person) -> None:
    hold(person, "Director", "2025-12-09")
    hold(person, "Envoy", "2025-12-09")

    assert on(person, "2025-12-09") == ("Director", "attested", "2025-12-09")


def test_post_taken_up_last_is_the_title_where_several_are_held(person: Person) -> None:
    hold(person, "Professor", starts_on="1990")
    hold(person, "Rector", starts_on="2018")
    hold(person, "Dean", starts_on="2005")

    assert on(person, "2025-12-09") == ("Rector", "held", None)


@pytest.mark.parametrize(
    ("basis", "is_certain"),
    [(Basis.ATTESTED, True), (Basis.HELD, True), (Basis.NEAREST, False), (Basis.UNDATED, False)],
)
def test_what_a_title_rests_on_says_whether_it_is_certain(person: Person, basis: Basis, is_certain: bool) -> None:
    seen, dates = {
        Basis.ATTESTED: (["2025-12-09"], {}),
        Basis.HELD: ([], {"starts_on": "2020"}),
        Basis.NEAREST: (["2020"], {}),
        Basis.UNDATED: ([], {}),
    }[basis]
    hold(person, "Director", *seen, **dates)

    answer = person.title_on(PartialDate.parse("2025-12-09"))

    assert answer is not None
    assert (answer.basis, answer.is_certain) == (basis, is_certain)


def test_title_names_the_organisation_by_its_short_name(person: Person) -> None:
    kistep = factories.make_organisation(name="Korea Institute", short_name="KISTEP", is_public=True)
    Position.objects.create(person=person, organisation=kistep, title="President")

    answer = title_on(person.positions.all(), None)

    assert str(answer) == "President, KISTEP"


def test_presidents_of_kistep_go_by_the_year() -> None:
    for name in ("sources", "organisations", "people"):
        call_command("loaddata", FIXTURES / f"{name}.json", verbosity=0)
    kistep = Organisation.objects.get(short_name="KISTEP")
    presidents = Person.objects.filter(positions__organisation=kistep, positions__title="President").order_by("slug")

    by_year = {year: {str(one): on(one, year) for one in presidents} for year in ("2022", "2023", "2025")}

    jeong, oh = (str(one) for one in presidents)
    title = "President, KISTEP"
    assert (jeong, oh) == ("Jeong Byung-seon", "Oh Taeseok")
    assert {year: {name: basis for name, (_t, basis, _d) in answers.items()} for year, answers in by_year.items()} == {
        "2022": {jeong: "attested", oh: "nearest"},
        "2023": {jeong: "attested", oh: "nearest"},
        "2025": {jeong: "nearest", oh: "attested"},
    }
    assert {answer[0] for answers in by_year.values() for answer in answers.values()} == {title}
