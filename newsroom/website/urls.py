"""The readers' addresses: English without prefix, Korean under /ko/."""

from django.urls import path

from newsroom.website import lists, views

pages = [
    path("", views.coming, name="home"),
    path("search/", views.coming, name="search"),
    path("articles/", lists.ArticleList.as_view(), name="articles"),
    path("articles/<slug:slug>/", views.coming, name="article"),
    path("articles/<slug:slug>/versions/", views.coming, name="versions"),
    path("events/", views.coming, name="events"),
    path("events/<slug:slug>/", views.coming, name="event"),
    path("people/", views.coming, name="people"),
    path("people/<slug:slug>/", views.coming, name="person"),
    path("organisations/", views.coming, name="organisations"),
    path("organisations/<slug:slug>/", views.coming, name="organisation"),
    path("topics/", views.coming, name="topics"),
    path("topics/<slug:slug>/", views.coming, name="topic"),
    path("photos/", views.coming, name="photos"),
    path("photos/<uuid:uuid>/", views.coming, name="photo"),
    path("corrections/", views.coming, name="corrections"),
]
