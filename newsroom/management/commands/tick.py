"""Records what has appeared or expired by now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from newsroom import changes


class Command(BaseCommand):
    help = "Record in the change feed what time has made public or taken away; safe to run at any moment."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{changes.tick(timezone.now())} objects were due")
