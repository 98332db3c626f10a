"""Benchmarks: every size on both databases, into `results/`: `python benchmarks/run.py --help`."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from report import Outcome, write  # noqa: E402

from tests.infrastructure import postgres  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
DATABASES = ("sqlite", "postgresql")
PRESET = {
    "SITE_URL": "http://127.0.0.1:8000",
    "SECRET_KEY": "only-for-benchmarks-0123456789-abcdefghijklmnop",
    "LOG_LEVEL": "WARNING",
    "DEBUG": "0",
}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many articles")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--runs", type=int, default=15, help="requests that count, of each page")
    parser.add_argument("--folder", type=Path, help="where the SQLite files go and stay; otherwise nothing stays")
    parser.add_argument("--postgresql", metavar="URL", help="a server of yours, in which databases are made and stay")
    parser.add_argument("--filled", action="store_true", help="measure the archives that an earlier run left there")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    return parser.parse_args()


def python(environment: dict[str, str], *arguments: str) -> str:
    """Run one step in a process of its own; what it printed."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def outcome(asked: argparse.Namespace, environment: dict[str, str], size: int) -> Outcome:
    python(environment, "manage.py", "migrate", "--verbosity=0")
    seconds, cpu = (None, None) if asked.filled else filled(environment, size)
    measured = json.loads(python(environment, "-m", "benchmarks.pages", str(asked.runs)))
    return Outcome(measured, seconds, cpu)


def filled(environment: dict[str, str], size: int) -> tuple[float, float]:
    """Seconds by the clock and of CPU that filling took."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    python(environment, "-m", "benchmarks.fill", str(size))
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextlib.contextmanager
def workplace(asked: argparse.Namespace) -> Iterator[Path]:
    """A DATA_DIR with the static files that pages name."""
    folder = Path(asked.folder or tempfile.mkdtemp(prefix="attache-benchmark-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        python(
            {**os.environ, **PRESET, "DATA_DIR": str(folder)},
            "manage.py",
            "collectstatic",
            "--noinput",
            "--verbosity=0",
        )
        yield folder
    finally:
        if asked.folder is None:
            shutil.rmtree(folder)


def on_sqlite(asked: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The address of a database for each size."""
    return (f"sqlite:///{quote(str(folder / f'{size}.sqlite3'))}" for size in asked.sizes)


def on_postgresql(asked: argparse.Namespace, folder: Path) -> Iterator[str]:
    with contextlib.ExitStack() as stack:
        server = asked.postgresql or throw_away_server(stack)
        for size in asked.sizes:
            if not asked.filled:
                create_database(server, f"articles_{size}")
            yield f"{server.rpartition('/')[0]}/articles_{size}"


def throw_away_server(stack: contextlib.ExitStack) -> str:
    programs = postgres.programs()
    if programs is None:
        sys.exit("No PostgreSQL server is installed (Debian: apt install postgresql).")
    return stack.enter_context(postgres.cluster(programs))


def create_database(server: str, name: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")


def main() -> None:
    # A run that is told to stop still removes what it made.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked, outcomes = options(), []
    day = dt.datetime.now(dt.UTC).date().isoformat()
    with workplace(asked) as folder:
        for database in asked.databases:
            addresses = (on_sqlite if database == "sqlite" else on_postgresql)(asked, folder)
            for size, address in zip(asked.sizes, addresses, strict=True):
                environment = {**os.environ, **PRESET, "DATA_DIR": str(folder), "DATABASE_URL": address}
                outcomes.append(outcome(asked, environment, size))
                asked.results.mkdir(parents=True, exist_ok=True)
                (asked.results / f"{day}.md").write_text(write(outcomes, day))
                print(f"{database}, {size:,} articles: done", flush=True)


if __name__ == "__main__":
    main()
