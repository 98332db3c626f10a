"""Compares the change feed and the search index with the records they are made from."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from newsroom import feedcheck


class Command(BaseCommand):
    help = "Report where feed and search say something else than the records; exit code 1 if they do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="record each difference as the change it is")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        found = feedcheck.mend(at) if options["fix"] else list(feedcheck.drifts(at))
        for drift in found:
            self.stdout.write(str(drift))
        if found and not options["fix"]:
            raise CommandError(f"{len(found)} differences; --fix records them.")
        self.stdout.write(f"{len(found)} differences recorded" if found else "Feed, search and records agree")
