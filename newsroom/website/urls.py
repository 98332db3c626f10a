"""The readers' addresses: English without prefix, Korean under /ko/."""

from django.urls import path

from newsroom.website import details, home, lists, previews, search_view, stories, suggestions, versions

pages = [
    path("", home.home, name="home"),
    path("search/", search_view.search_page, name="search"),
    path("search/suggest/", suggestions.suggest, name="suggest"),
    path("articles/", lists.ArticleList.as_view(), name="articles"),
    path("articles/<slug:slug>/", details.article, name="article"),
    path("articles/<slug:slug>/versions/", versions.versions, name="versions"),
    path("events/", lists.EventList.as_view(), name="events"),
    path("events/<slug:slug>/", details.event, name="event"),
    path("people/", lists.PersonList.as_view(), name="people"),
    path("people/<slug:slug>/", details.person, name="person"),
    path("organisations/", lists.OrganisationList.as_view(), name="organisations"),
    path("organisations/<slug:slug>/", details.organisation, name="organisation"),
    path("topics/", lists.TopicList.as_view(), name="topics"),
    path("topics/<slug:slug>/", details.topic, name="topic"),
    path("photos/", lists.PhotoList.as_view(), name="photos"),
    path("photos/<uuid:uuid>/", details.photo, name="photo"),
    path("corrections/", stories.CorrectionList.as_view(), name="corrections"),
    path("preview/<str:token>/", previews.preview, name="preview"),
]
