"""The website room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    name = "newsroom.website"
    label = "website"
    verbose_name = _("Front of house")
