"""Sends the letters that wait in the outbox."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from newsroom import mail


class Command(BaseCommand):
    help = "Send the letters that wait for it; the worker does so every minute. Safe to run at any moment."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = mail.deliver(timezone.now())
        self.stdout.write(f"{sent} sent, {mail.waiting(timezone.now()).count()} waiting")
