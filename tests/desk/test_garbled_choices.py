"""What was sent in the place of a chosen row and is no key: the form comes back with a word, and nothing is lost."""

import pytest
from django.test import Client

from newsroom.models import User
from tests.desk.pages import as_sent
from tests.factories import make_article, make_event

pytestmark = pytest.mark.django_db

GARBLED = ["abc", "²", "-1", "9" * 30, "9" * 5000]
garbled = pytest.mark.parametrize("key", GARBLED, ids=["word", "power", "below-zero", "huge", "unreadable"])
ADD_FORMS = [
    ("/admin/articles/article/add/", "topics"),
    ("/admin/articles/article/add/", "assigned_to"),
    ("/admin/people/position/add/", "person"),
    ("/admin/events/event/add/", "venue"),
    ("/admin/photos/photo/add/", "event"),
]


@garbled
@pytest.mark.parametrize(("address", "name"), ADD_FORMS)
def test_form_filled_by_its_address_leaves_out_what_is_no_key(
    address: str, name: str, key: str, chief_client: Client
) -> None:
    page = chief_client.get(address, {name: key})

    assert page.status_code == 200
    assert key not in as_sent(page).get(name, [])


@garbled
@pytest.mark.parametrize("name", ["topics", "assigned_to"])
def test_choice_that_is_no_key_is_refused_and_the_text_stays(name: str, key: str, chief_client: Client) -> None:
    article = make_article()
    address = f"/admin/articles/article/{article.pk}/change/"

    answer = chief_client.post(address, as_sent(chief_client.get(address), **{name: key, "headline": "Typed"}))

    assert list(answer.context["adminform"].form.errors) == [name]
    assert as_sent(answer)["headline"] == ["Typed"]


@garbled
@pytest.mark.parametrize("name", ["topics", "assigned_to"])
def test_unsaved_choice_that_is_no_key_does_not_keep_the_form_shut(
    name: str, key: str, chief: User, chief_client: Client
) -> None:
    article = make_article()
    address = f"/admin/articles/article/{article.pk}/change/"
    sent = as_sent(chief_client.get(address), **{name: key, "headline": "Typed"})
    chief_client.post(f"/admin/open/typed/?form=articles.article&id={article.pk}&user={chief.pk}", sent)

    offered, brought_back = chief_client.get(address), chief_client.get(f"{address}?_unsaved=1")

    assert "Typed" in offered.content.decode()
    assert as_sent(brought_back)["headline"] == ["Typed"]


@garbled
def test_unsaved_row_with_no_key_does_not_keep_the_form_shut(key: str, chief: User, chief_client: Client) -> None:
    event = make_event()
    address = f"/admin/events/event/{event.pk}/change/"
    row = {"hostings-TOTAL_FORMS": "1", "hostings-0-organisation": key, "hostings-0-role": "host"}
    sent = as_sent(chief_client.get(address), name="Typed", venue=key, **row)
    chief_client.post(f"/admin/open/typed/?form=events.event&id={event.pk}&user={chief.pk}", sent)

    offered, brought_back = chief_client.get(address), chief_client.get(f"{address}?_unsaved=1")

    assert "Typed" in offered.content.decode()
    assert as_sent(brought_back)["name"] == ["Typed"]
