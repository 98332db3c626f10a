"""Deletes the files of pictures that no record holds."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from newsroom.photos.darkroom import sweeping


class Command(BaseCommand):
    help = "Delete the files that work which failed or was rolled back left behind; a worker does so every night."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweeping.sweep(timezone.now())} files swept")
