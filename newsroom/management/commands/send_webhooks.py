"""Tells partners' webhooks what they are owed."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.partners.webhooks import sending


class Command(BaseCommand):
    help = "Tell partners what they wait for; the worker does so every minute. Safe to run at any moment."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sending.deliver_all()} called")
