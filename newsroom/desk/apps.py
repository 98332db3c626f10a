"""The desk room as Django knows it, and the admin whose default site it is."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "newsroom.desk"
    label = "desk"
    verbose_name = _("Desk")


class DeskAdminConfig(admin_apps.AdminConfig):
    """Stands in INSTALLED_APPS for `django.contrib.admin`."""

    default = False  # or Django would take it for the desk's own
    default_site = "newsroom.desk.site.Desk"
