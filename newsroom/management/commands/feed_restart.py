"""Ends every cursor given out so far: for an archive that was restored from a backup."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand

from newsroom.models import FeedHead


class Command(BaseCommand):
    help = "After restoring a backup: end all cursors, so that partners start again instead of missing changes."

    def handle(self, *args: Any, **options: Any) -> None:
        FeedHead.objects.update_or_create(pk=1, defaults={"generation": uuid.uuid4()})
        self.stdout.write("All cursors have ended; partners will start again.")
