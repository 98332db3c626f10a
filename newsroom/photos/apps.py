"""The photos room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhotosConfig(AppConfig):
    name = "newsroom.photos"
    label = "photos"
    verbose_name = _("Photos")

    def ready(self) -> None:
        from newsroom.photos import documents  # noqa: F401  registers what the public sees of them
