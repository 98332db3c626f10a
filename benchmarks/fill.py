"""Benchmarks: fills an empty database with an archive of any size: `python -m benchmarks.fill 1000`."""

from __future__ import annotations

import sys
import time

from django.db import connection

from benchmarks import records, stories
from newsroom.articles.models import Article


class NotEmpty(RuntimeError):
    """The database holds stories: it is somebody's newsroom."""


def fill(articles: int) -> None:
    """Write the archive, its change feed and its search index; the same rows at every run."""
    if Article.objects.exists():
        raise NotEmpty("This database has articles already: give the benchmark one of its own.")
    stories.make(articles, records.make(articles))


def settle_down() -> None:
    """Leave PostgreSQL as a day of its own upkeep would; nothing of the kind ever happens to an SQLite file."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def main() -> None:
    articles, begun = int(sys.argv[1]), time.monotonic()
    try:
        fill(articles)
    except NotEmpty as refusal:
        sys.exit(str(refusal))
    settle_down()
    print(f"{articles:,} articles in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
