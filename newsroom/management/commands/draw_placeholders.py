"""Draws the pictures that stand for photographs which are not held."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom import changes
from newsroom.photos.models import Photo
from newsroom.photos.renditions import drawn, has_placeholder, keep_placeholder, scene_of


class Command(BaseCommand):
    help = "Draw a placeholder for each public photo whose picture is not held and that has none yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="draw those anew that have one")

    def handle(self, *args: Any, **options: Any) -> None:
        photos = Photo.objects.public().filter(original="").prefetch_related("depictions", "renditions")
        wanting = [photo for photo in photos.order_by("pk") if options["all"] or not has_placeholder(photo)]
        with ThreadPoolExecutor() as pool:  # drawing lets go of the interpreter; only this thread writes records
            for photo, pictures in zip(wanting, pool.map(drawn, map(scene_of, wanting)), strict=True):
                with changes.recording() as record:
                    keep_placeholder(photo, pictures)
                    record.touch(photo)
        self.stdout.write(f"{len(wanting)} placeholders drawn")
