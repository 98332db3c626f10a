"""Every address of the site. They are promises: none of them breaks."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
