"""Gives the groups of the desk the permissions of their roles."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom import roles


class Command(BaseCommand):
    help = "Give each group of the desk exactly the permissions of its role; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for role, count in roles.grant().items():
            self.stdout.write(f"{role}: {count} permissions")
