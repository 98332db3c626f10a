"""Addresses for machines: one text each, so none of them stands under a language."""

from django.urls import path

from newsroom.partners.newsfeeds import Atom, JSONFeed, Rss
from newsroom.website import calendars, cards_served, details, health, media, mining, preferences, sitemaps
from newsroom.website.feeds import ArticleFeed, EventFeed

machines = [
    path("feeds/articles.rss", ArticleFeed(Rss), name="articles-rss"),
    path("feeds/articles.atom", ArticleFeed(Atom), name="articles-atom"),
    path("feeds/articles.json", ArticleFeed(JSONFeed), name="articles-json"),
    path("feeds/events.rss", EventFeed(Rss), name="events-rss"),
    path("feeds/events.atom", EventFeed(Atom), name="events-atom"),
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
    path(".well-known/tdmrep.json", mining.tdmrep, name="tdmrep"),
    path(".well-known/tdm-policy.json", mining.policy, name="tdm-policy"),
    path("healthz", health.healthz, name="healthz"),
]
