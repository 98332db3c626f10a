"""Addresses for machines: one text each, so that none stands under a language, but for lists that are followed."""

from django.urls import path
from django.views.decorators.http import require_safe

from newsroom.partners.newsfeeds import FORMATS
from newsroom.website import (
    calendars,
    cards_served,
    details,
    health,
    media,
    mining,
    mistyped,
    opensearch,
    preferences,
    sitemaps,
)
from newsroom.website.feeds import ArticleFeed, CorrectionFeed, EventFeed, HouseFeed, PhotoFeed
from newsroom.website.search_feeds import SearchFeed
from newsroom.website.tables import TABLES
from newsroom.website.unreadable import refusing

FEEDS: tuple[tuple[str, type[HouseFeed]], ...] = (
    ("articles", ArticleFeed),
    ("events", EventFeed),
    ("photos", PhotoFeed),
    ("corrections", CorrectionFeed),
    ("search", SearchFeed),
)

#: what readers follow or take along, in their language: a list holds what the filters of its page leave
lists = [
    *(
        path(f"feeds/{name}.{form}", refusing(feed(written)), name=f"{name}-{form}")
        for name, feed in FEEDS
        for form, written in FORMATS.items()
    ),
    *(path(f"{table.name}.csv", require_safe(refusing(table)), name=f"{table.name}-csv") for table in TABLES),
    path("events.ics", refusing(calendars.events_calendar), name="events-calendar"),
    path("events/<slug:slug>.ics", calendars.event_calendar, name="event-calendar"),
]

machines = [
    path("favicon.ico", mistyped.favicon, name="favicon"),
    path("opensearch.xml", opensearch.description, name="opensearch"),
    path("articles/<slug:slug>/cite.<str:ending>", details.cite, name="cite"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("media/cards/<str:language>/<str:kind>/<uuid:key>/<str:name>", cards_served.card, name="card"),
    path("media/<path:name>", media.media, name="media"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.pages, name="sitemap-pages"),
    path("robots.txt", health.robots, name="robots"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
    path(".well-known/tdmrep.json", mining.tdmrep, name="tdmrep"),
    path(".well-known/tdm-policy.json", mining.policy, name="tdm-policy"),
    path("healthz", health.healthz, name="healthz"),
]
