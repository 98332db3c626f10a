"""The partners room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "newsroom.partners"
    label = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        from newsroom import changes
        from newsroom.partners import packages, tasks
        from newsroom.partners.webhooks import outbox

        changes.license_by(packages.audience)
        changes.tell_by(outbox.owe_changes)
        outbox.wake_by(tasks.wake)
