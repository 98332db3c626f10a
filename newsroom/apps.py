"""The shared shelf as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from newsroom import checks, documents  # noqa: F401  registers checks and what the public sees of topics
