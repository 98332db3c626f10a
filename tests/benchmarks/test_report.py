"""The report of the benchmarks says what grew, and whether the machine was quiet."""

from typing import Any

from benchmarks.report import Outcome, machine, table


def outcome(articles: int, *, load: float = 0.2, **milliseconds: list[float]) -> Outcome:
    measured: dict[str, Any] = {
        "database": "SQLite 3",
        "articles": articles,
        "load": [load, load + 1],
        "pages": [
            {"page": {"name": name}, "queries": articles // 1000, "cpu": cpu} for name, cpu in milliseconds.items()
        ],
    }
    return Outcome(measured, None, None)


def test_table_shows_growth_from_smallest_to_largest() -> None:
    outcomes = [
        outcome(10_000, home=[4, 2, 9], search=[40]),
        outcome(1_000, home=[2, 2, 3], search=[10]),
    ]

    lines = list(table(outcomes))

    assert lines[3:] == [
        "| page | queries | 1,000 articles | 10,000 articles | growth | in the last step |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| home | 1–10 | 2.0 (2.0–3.0) | 4.0 (2.0–9.0) | 1.0 | 1.0 |",
        "| search | 1–10 | 10.0 (10.0–10.0) | 40.0 (40.0–40.0) | **4.0** | 4.0 |",
    ]


def test_machine_is_called_busy_only_when_others_kept_it_so() -> None:
    quiet, busy = (list(machine([outcome(1_000, load=load, home=[1])])) for load in (0.2, 5.0))

    assert len(busy) == len(quiet) + 1
    assert "load up to 5.0" in busy[-1]
