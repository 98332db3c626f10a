"""Makes the versions of photos that are ordered, where no worker runs or nobody wants to wait for one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from newsroom import changes
from newsroom.photos.darkroom import cupboard, orders
from newsroom.photos.models import Photo


class Command(BaseCommand):
    help = "Make the versions of all photos that wait for them; safe to run beside a worker, and to stop at any moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="look at every photo that is held, not only at orders")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            for photo in Photo.objects.exclude(original="").order_by("pk").only("pk").iterator():
                with changes.recording():
                    orders.order(photo, at=timezone.now())
        self.stdout.write(f"{orders.work()} photos processed")
        cupboard.clear(timezone.now())
