"""Addresses for machines: one text each, so none of them stands under a language."""

from django.urls import path
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from newsroom.website import calendars, cards_served, details, health, media, preferences, sitemaps
from newsroom.website.feeds import ArticleFeed, EventFeed, JSONFeed

machines = [
    path("feeds/articles.rss", ArticleFeed(Rss201rev2Feed), name="articles-rss"),
    path("feeds/articles.atom", ArticleFeed(Atom1Feed), name="articles-atom"),
    path("feeds/articles.json", ArticleFeed(JSONFeed), name="articles-json"),
    path("feeds/events.rss", EventFeed(Rss201rev2Feed), name="events-rss"),
    path("feeds/events.atom", EventFeed(Atom1Feed), name="events-atom"),
    path("feeds/events.json", EventFeed(JSONFeed), name="events-json"),
    path("articles/<slug:slug>/cite.<str:ending>", details.cite, name="cite"),
    path("events.ics", calendars.events_calendar, name="events-calendar"),
    path("events/<slug:slug>.ics", calendars.event_calendar, name="event-calendar"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("media/cards/<str:language>/<str:kind>/<uuid:key>/<str:name>", cards_served.card, name="card"),
    path("media/<path:name>", media.media, name="media"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.pages, name="sitemap-pages"),
    path("robots.txt", health.robots, name="robots"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
    path("healthz", health.healthz, name="healthz"),
]
