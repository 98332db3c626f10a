"""What is followed or taken away as a file says which field of its query it cannot read, and gives nothing then."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db

READABLE = "Give a year, a month or a day from 1900 to 2100, like 2023, 2023-12 or 2023-12-19."


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/feeds/articles.rss?from=rubbish", f"from: {READABLE}"),
        ("/feeds/events.atom?to=31+February+2025", "to: 2025-02 has 28 days"),
        ("/feeds/photos.rss?from=2026&to=2025", "to: This lies before “from”: give a later day."),
        ("/feeds/search.atom?q=meeting&from=rubbish", f"from: {READABLE}"),
        ("/feeds/search.rss?q=meeting&kind=rubbish", "kind: There is no such kind; there are: "),
        ("/events.csv?from[]=rubbish", f"from: {READABLE}"),
        ("/events.ics?from=rubbish", f"from: {READABLE}"),
    ],
)
def test_unreadable_query_is_refused_in_words(client: Client, path: str, sentence: str) -> None:
    make.make_event(name="Meeting", starts_on="2025-06-01", is_public=True)

    answer = client.get(path)

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith(sentence)


@pytest.mark.parametrize("path", ["/feeds/events.json?from=rubbish", "/feeds/search.json?q=meeting&from=rubbish"])
def test_json_feed_refuses_as_the_api_does(client: Client, path: str) -> None:
    answer = client.get(path)

    asked_of_the_api = client.get("/api/v1/events/?from=rubbish").json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json() == {**asked_of_the_api, "instance": path.partition("?")[0]}


@pytest.mark.parametrize("path", ["/feeds/events.json?from=2025&sort=rubbish&topic=nothing", "/events.ics?from=+"])
def test_readable_query_is_answered(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
