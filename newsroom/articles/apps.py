"""The articles room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "newsroom.articles"
    label = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from newsroom.articles import (
            documents,  # noqa: F401  registers what the public sees of them
            merged,  # noqa: F401  keeps the shelves when two people become one
            traces,  # noqa: F401  says where records stand in print
        )
