"""Who is who, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        from people import documents  # noqa: F401  registers what the public sees of people
