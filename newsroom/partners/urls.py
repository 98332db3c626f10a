"""The addresses of the partner API and of the pages that explain its errors."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from newsroom.partners import handbook, problem_pages, schema
from newsroom.partners.export import Export
from newsroom.partners.lists import LISTS
from newsroom.partners.me import Me
from newsroom.partners.newsfeeds import FORMATS
from newsroom.partners.pictures import Picture
from newsroom.partners.views import Changes, Entry, NoSuchAddress, ObjectDetail, ObjectList
from newsroom.partners.webhooks.urls import webhooks

lists = [
    path(
        f"api/v1/{source.plural}/",
        schema.of_list(source, ObjectList).as_view(),
        name=f"api-{source.plural}",
    )
    for source in LISTS.values()
]
details = [
    path(
        f"api/v1/{source.plural}/<uuid:uuid>/",
        schema.of_detail(source, ObjectDetail).as_view(),
        name=f"api-{source.kind}",
    )
    for source in LISTS.values()
]
feeds = [
    path(
        f"api/v1/{source.plural}.{form}",
        schema.of_feed(source, form).as_view(),
        name=f"api-{source.plural}-{form}",
    )
    for source in (LISTS["article"], LISTS["event"])
    for form in FORMATS
]
calendars = [
    path("api/v1/events.ics", schema.of_calendar(LISTS["event"]).as_view(), name="api-events-calendar"),
    path("api/v1/events/<uuid:uuid>.ics", schema.of_one_calendar(LISTS["event"]).as_view(), name="api-event-calendar"),
]
api: list[URLPattern] = [
    path("api/v1/", Entry.as_view(), name="api"),
    path("api/v1/changes/", Changes.as_view(), name="api-changes"),
    path("api/v1/export.ndjson", Export.as_view(), name="api-export"),
    path("api/v1/me/", Me.as_view(), name="api-me"),
    path("api/v1/photos/<uuid:uuid>/renditions/<path:name>", Picture.as_view(), name="api-rendition"),
    *lists,
    *details,
    *feeds,
    *calendars,
    *webhooks,
    path("api/v1/openapi.json", schema.OpenAPI.as_view(), name="api-openapi"),
    path("api/v1/ninjs-attache.schema.json", schema.NinjsExtension.as_view(), name="api-ninjs-schema"),
    path("api/v1/docs/", schema.docs, name="api-docs"),
    path("api/v1/docs/getting-started/", handbook.getting_started, name="api-getting-started"),
    path("api/v1/docs/changelog/", handbook.changelog, name="api-changelog"),
    path(f"api/v1/docs/{handbook.MIRROR}", handbook.mirror, name="api-mirror"),
    re_path(r"^api/(?P<rest>.*)$", NoSuchAddress.as_view()),
    path("problems/", problem_pages.every, name="problems"),
    path("problems/<slug:slug>/", problem_pages.one, name="problem"),
]
