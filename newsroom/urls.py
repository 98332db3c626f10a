"""Every address of the site. They are promises: none of them breaks."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path

from newsroom.desk import calendar_feed
from newsroom.partners.urls import api
from newsroom.website.machine_urls import lists, machines
from newsroom.website.urls import pages

urlpatterns = [
    path("admin/", admin.site.urls),
    *calendar_feed.urls,
    *machines,
    *api,
    *i18n_patterns(*lists, *pages, prefix_default_language=False),
]

handler400 = "newsroom.desk.failures.bad_request"
handler404 = "newsroom.website.mistyped.page_not_found"
handler500 = "newsroom.desk.failures.server_error"
