"""Benchmarks: what was measured, in Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

FLAT = 1.3  # what has grown no more than this from the smallest archive to the largest counts as flat
BUSY = 1.0  # processes that others kept running while we measured


@dataclass(frozen=True)
class Outcome:
    """One archive in one database: what `benchmarks.pages` printed, and what it took to fill it."""

    measured: dict[str, Any]
    fill_seconds: float | None
    fill_cpu_seconds: float | None

    @property
    def database(self) -> str:
        return str(self.measured["database"])

    @property
    def articles(self) -> int:
        return int(self.measured["articles"])

    @property
    def pages(self) -> dict[str, dict[str, Any]]:
        return {one["page"]["name"]: one for one in self.measured["pages"]}

    @property
    def load(self) -> float:
        """How many processes wanted to run, ours not counted; the average of a minute."""
        before, after = self.measured["load"]
        return float(max(before, after - 1))


def write(outcomes: Sequence[Outcome], day: str) -> str:
    """The whole report."""
    databases = list(dict.fromkeys(one.database for one in outcomes))
    lines = [f"# Measured on {day}", "", *machine(outcomes), ""]
    for database in databases:
        lines += [f"## {database}", "", *table([one for one in outcomes if one.database == database]), ""]
    return "\n".join(lines)


def machine(outcomes: Sequence[Outcome]) -> Iterator[str]:
    import django

    runs = len(outcomes[0].measured["pages"][0]["cpu"])
    yield (
        f"{os.cpu_count()} cores ({processor()}), {memory()} GB of memory, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Django {django.__version__}."
    )
    yield (
        f"Cells: milliseconds of CPU for one uncached answer, median of {runs} runs (least–most). On PostgreSQL "
        "the server's process is counted in. Growth compares the least of the runs, which other work on the machine "
        f"disturbs least; over {FLAT} from the smallest to the largest archive it is set in bold."
    )
    busiest = max(one.load for one in outcomes)
    if busiest > BUSY:
        yield (
            f"**The machine was busy with other work** (load up to {busiest:.1f} beside ours): times are higher "
            "and less steady than on a quiet one. Growth and the numbers of queries are what to trust."
        )


def processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """One line a page, one column an archive, and how much it grew between the first and the last."""
    ordered = sorted(outcomes, key=lambda one: one.articles)
    yield from (f"- {_filled(one)}" for one in ordered)
    yield ""
    heads = [f"{one.articles:,} articles" for one in ordered]
    yield _row(["page", "queries", *heads, "growth", "in the last step"])
    yield _row(["---", "---:", *["---:"] * len(heads), "---:", "---:"])
    for name in ordered[0].pages:
        yield _row(_cells(name, [one.pages[name] for one in ordered]))


def _filled(outcome: Outcome) -> str:
    load = f"load beside ours {outcome.load:.1f}"
    if outcome.fill_seconds is None:
        return f"{outcome.articles:,} articles, {load}"
    took = f"filled in {outcome.fill_seconds:.0f} s ({outcome.fill_cpu_seconds:.0f} s of CPU, the server's not counted)"
    return f"{outcome.articles:,} articles, {took}, {load}"


def _cells(name: str, of_sizes: Sequence[dict[str, Any]]) -> list[str]:
    queries = sorted({one["queries"] for one in of_sizes})
    least = [min(one["cpu"]) for one in of_sizes]
    growth, last_step = least[-1] / least[0], least[-1] / least[-2 if len(least) > 1 else -1]
    return [
        name,
        "–".join(map(str, [queries[0], queries[-1]][: len(queries)])),
        *(f"{median(one['cpu']):.1f} ({min(one['cpu']):.1f}–{max(one['cpu']):.1f})" for one in of_sizes),
        f"**{growth:.1f}**" if growth > FLAT else f"{growth:.1f}",
        f"{last_step:.1f}",
    ]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
