"""Brings a table of people or organisations into who's who; says first what each row would do."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom import csv_import
from newsroom.models import User
from people.imports import IMPORTS, Outcome


class Command(BaseCommand):
    help = "Check a CSV file of people or organisations row by row; with --write, import it. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(IMPORTS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--write", action="store_true", help="Write the rows that are not refused.")
        parser.add_argument("--user", default="", help="The account that the new records are said to be made by.")

    def handle(self, *args: Any, **options: Any) -> None:
        importer = IMPORTS[options["kind"]]
        rows = self._read(options["file"], options["kind"])
        by = self._account(options["user"])
        outcomes = importer.write(rows, by=by) if options["write"] else importer.plan(rows)
        for outcome in outcomes:
            self.stdout.write(_told(outcome))
        counted = Counter(outcome.verdict for outcome in outcomes)
        summary = ", ".join(f"{counted[verdict]} {verdict}" for verdict in ("new", "known", "refused"))
        self.stdout.write(f"{summary}; {'written' if options['write'] else 'nothing written: say --write'}.")

    def _read(self, file: Path, kind: str) -> list[csv_import.Row]:
        importer = IMPORTS[kind]
        try:
            upload = file.read_bytes()
            table = csv_import.read(upload, importer.columns, required=importer.required, ignored=importer.ignored)
        except (OSError, csv_import.Unreadable) as error:
            raise CommandError(str(error)) from error
        return table.rows

    def _account(self, username: str) -> User | None:
        if not username:
            return None
        try:
            return User.objects.get(username=username)
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account “{username}”.") from error


def _told(outcome: Outcome) -> str:
    reasons = "; ".join(f"{column}: {' '.join(words)}".removeprefix(": ") for column, words in outcome.reasons.items())
    also = f"adds {', '.join(outcome.adds)}" if outcome.adds else reasons
    return f"line {outcome.row.line}: {outcome.verdict} {outcome.name}" + (f" ({also})" if also else "")
