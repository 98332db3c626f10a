"""Two editors on one record: the stale save is refused, both texts are shown, and nothing that was typed is lost."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from newsroom.articles.models import Article, Byline, Revision
from newsroom.models import Topic, User
from people.models import NameVariant, Person, Position
from tests import factories
from tests.changes.threads import at_once
from tests.desk.pages import as_sent, complaints, with_row

RECORDS: dict[Any, str] = {
    factories.make_article: "headline",
    factories.make_event: "name",
    factories.make_person: "family_name",
    factories.make_organisation: "name",
    factories.make_photo: "description",
    factories.make_topic: "name",
    factories.make_source: "publisher",
    factories.make_series: "name",
    factories.make_venue: "name",
}
every_record = pytest.mark.parametrize(
    ("make", "field"), RECORDS.items(), ids=[make.__name__.removeprefix("make_") for make in RECORDS]
)


@pytest.fixture
def colleague_client(db: None) -> Client:
    """Another chief editor, who may change every record too."""
    client = Client()
    client.force_login(factories.make_user("Chief editor"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(row: Model, page: str = "change", *more: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk, *more])


def found(answer: HttpResponse) -> dict[str, tuple[str, str]]:
    """What the page says that differs: what stands, and what was typed."""
    careful = answer.context["careful"]  # type: ignore[attr-defined]
    return {one.label: (one.standing, one.typed) for one in careful["differences"]}


@pytest.mark.django_db
@every_record
def test_stale_save_is_refused_with_both_texts_and_the_next_one_lands(
    make: Any, field: str, chief_client: Client, colleague_client: Client
) -> None:
    row = make()
    mine, theirs = (as_sent(client.get(address(row))) for client in (chief_client, colleague_client))
    colleague_client.post(address(row), {**theirs, field: ["Theirs"]})

    refused = chief_client.post(address(row), {**mine, field: ["Mine"]})
    row.refresh_from_db()
    stood = getattr(row, field)
    again = chief_client.post(address(row), as_sent(refused))

    row.refresh_from_db()
    label = str(row._meta.get_field(field).verbose_name).capitalize()  # type: ignore[union-attr]
    assert found(refused)[label] == ("Theirs", "Mine")
    assert (refused.status_code, stood, again.status_code, getattr(row, field)) == (200, "Theirs", 302, "Mine")
    assert row.version == 2


@pytest.mark.django_db
def test_refused_save_says_who_saved_and_marks_the_words(
    editor_client: Client, chief_client: Client, chief: User
) -> None:
    article = factories.make_article(headline="A treaty in Seoul")
    sent = as_sent(editor_client.get(address(article)))
    chief_client.post(address(article), {**sent, "headline": "A treaty in Busan"})

    page = editor_client.post(address(article), {**sent, "headline": "The treaty in Seoul"})

    shown = page.content.decode()
    assert complaints(page) == ["Not saved yet: look at what differs, then save again to let your text stand."]
    assert page.context["careful"]["collision"].last.by == str(chief)
    assert 'A </del><ins><span class="visually-hidden">[added: </span>The' not in shown
    assert '<del><span class="visually-hidden">[taken out: </span>A <span' in shown
    assert '<ins><span class="visually-hidden">[added: </span>Seoul<span' in shown
    assert Revision.objects.filter(article=article).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "0.0", "１"])
def test_version_that_is_none_counts_as_stale(version: str, chief_client: Client) -> None:
    topic = factories.make_topic(name="Space")
    sent = as_sent(chief_client.get(address(topic)))

    answer = chief_client.post(address(topic), {**sent, "name": "Stars", "_version": version})

    assert (answer.status_code, found(answer)) == (200, {"Name": ("Space", "Stars")})
    assert Topic.objects.get().name == "Space"


@pytest.mark.django_db
def test_version_that_is_missing_counts_as_stale(chief_client: Client) -> None:
    topic = factories.make_topic(name="Space")
    sent = as_sent(chief_client.get(address(topic)), name="Stars")
    del sent["_version"]

    answer = chief_client.post(address(topic), sent)

    assert (as_sent(answer)["_version"], Topic.objects.get().name) == (["0"], "Space")


@pytest.mark.django_db
def test_form_with_another_mistake_keeps_the_version_it_was_opened_at(
    chief_client: Client, editor_client: Client
) -> None:
    topic = factories.make_topic(name="Space")
    sent = as_sent(chief_client.get(address(topic)))

    wrong = chief_client.post(address(topic), {**sent, "slug": ""})
    editor_client.post(address(topic), {**sent, "name": "Stars"})
    refused = chief_client.post(address(topic), as_sent(wrong, slug="space"))

    assert as_sent(wrong)["_version"] == ["0"]
    assert found(refused)["Name"] == ("Stars", "Space")


@pytest.mark.django_db
def test_field_takes_what_stands_without_saving(chief_client: Client, editor_client: Client) -> None:
    topic = factories.make_topic(name="Space", description="Old")
    sent = as_sent(chief_client.get(address(topic)))
    editor_client.post(address(topic), {**sent, "name": "Stars", "description": "New"})
    refused = chief_client.post(address(topic), {**sent, "name": "Sky", "description": "Mine"})

    merged = chief_client.post(address(topic), as_sent(refused, _theirs="name"))
    chief_client.post(address(topic), as_sent(merged))

    assert found(merged) == {"Description": ("New", "Mine")}
    assert Topic.objects.values_list("name", "description", "version").get() == ("Stars", "Mine", 2)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "no_field", "bylines-0-person", "bylines-99999999999-words", "id"])
def test_field_that_is_none_takes_nothing(name: str, chief_client: Client) -> None:
    article = factories.make_article(headline="As it stands")
    sent = as_sent(chief_client.get(address(article)), headline="Mine", _theirs=name)

    answer = chief_client.post(address(article), sent)

    assert found(answer) == {"Headline": ("As it stands", "Mine")}


def bylines(article: Article) -> list[tuple[int, str]]:
    return list(article.bylines.order_by("order").values_list("order", "words"))


@pytest.mark.django_db
def test_rows_that_others_added_stand_in_the_form(chief_client: Client, editor_client: Client) -> None:
    article = factories.make_article()
    sent = as_sent(chief_client.get(address(article)))
    editor_client.post(address(article), with_row(sent, "bylines", words="Theirs", role="author", order=1))

    refused = chief_client.post(address(article), with_row(sent, "bylines", words="Mine", role="author", order=2))
    chief_client.post(address(article), as_sent(refused))

    assert refused.context["careful"]["collision"].added == ["byline “Theirs”"]
    assert bylines(article) == [(1, "Theirs"), (2, "Mine")]


@pytest.mark.django_db
def test_row_that_others_took_out_stands_as_a_new_one(chief_client: Client, editor_client: Client) -> None:
    person = factories.make_person()
    NameVariant.objects.create(person=person, spelling="Deo")
    sent = as_sent(chief_client.get(address(person)))
    editor_client.post(address(person), {**sent, "variants-0-DELETE": "on"})
    before = NameVariant.objects.count()

    refused = chief_client.post(address(person), {**sent, "variants-0-spelling": "Dooe"})
    answer = chief_client.post(address(person), as_sent(refused))

    assert refused.context["careful"]["collision"].gone == ["spelling: Dooe, Latn"]
    assert (before, answer.status_code) == (0, 302)
    assert list(NameVariant.objects.values_list("spelling", flat=True)) == ["Dooe"]


@pytest.mark.django_db
def test_row_that_both_changed_is_compared(chief_client: Client, editor_client: Client) -> None:
    article = factories.make_article()
    Byline.objects.create(article=article, words="Old", order=1)
    sent = as_sent(chief_client.get(address(article)))
    editor_client.post(address(article), {**sent, "bylines-0-words": "Theirs"})

    refused = chief_client.post(address(article), {**sent, "bylines-0-words": "Mine"})
    merged = chief_client.post(address(article), as_sent(refused, _theirs="bylines-0-words"))

    assert list(found(refused).values()) == [("Theirs", "Mine")]
    assert (found(merged), as_sent(merged)["bylines-0-words"]) == ({}, ["Theirs"])


@pytest.mark.django_db
def test_record_that_was_deleted_leaves_what_was_typed(chief_client: Client) -> None:
    topic = factories.make_topic()
    sent = as_sent(chief_client.get(address(topic)), name="Mine", description="Long & dear")
    where = address(topic)
    topic.delete()

    answer = chief_client.post(where, sent)

    assert answer.status_code == 404
    assert {"label": "Description", "text": "Long & dear"} in answer.context["texts"]
    assert "Long &amp; dear</textarea>" in answer.content.decode()


@pytest.mark.django_db
def test_record_that_closed_meanwhile_leaves_what_was_typed(reporter_client: Client, reporter: User) -> None:
    article = factories.make_article(created_by=reporter)
    sent = as_sent(reporter_client.get(address(article)), standfirst="Long and dear")
    Article.objects.update(state=Article.State.REVIEW)

    answer = reporter_client.post(address(article), sent)

    assert answer.status_code == 403
    assert {"label": "Standfirst", "text": "Long and dear"} in answer.context["texts"]
    assert Article.objects.get().standfirst == ""


@pytest.mark.django_db
def test_upload_of_a_refused_save_is_named_as_lost(chief_client: Client) -> None:
    photo = factories.make_photo()
    sent = as_sent(chief_client.get(address(photo)))
    upload = SimpleUploadedFile("hall.jpg", b"no picture", "image/jpeg")

    answer = chief_client.post(address(photo), {**sent, "_version": "7", "original": upload})

    assert answer.context["careful"]["lost_files"] == ["Original"]
    assert "Choose again: Original" in answer.content.decode()


@pytest.mark.django_db
def test_stale_popup_stays_a_popup(chief_client: Client) -> None:
    topic = factories.make_topic()
    page = chief_client.get(address(topic) + "?_popup=1")

    refused = chief_client.post(address(topic) + "?_popup=1", as_sent(page, _version="7", name="Mine"))
    done = chief_client.post(address(topic) + "?_popup=1", as_sent(refused))

    assert as_sent(refused)["_popup"] == ["1"]
    assert (done.templates[0].name, Topic.objects.get().name) == ("admin/popup_response.html", "Mine")


@pytest.mark.django_db
def test_former_state_is_not_brought_back_over_a_save_of_others(chief_client: Client, editor_client: Client) -> None:
    person = factories.make_person(family_name="First")
    editor_client.post(address(person), as_sent(editor_client.get(address(person)), family_name="Second"))
    former = address(person, "simple_history", Person.history.earliest("history_id").pk)  # type: ignore[attr-defined]
    sent = as_sent(chief_client.get(former))
    editor_client.post(address(person), as_sent(editor_client.get(address(person)), family_name="Third"))

    refused = chief_client.post(former, sent)
    stood = Person.objects.get().family_name
    chief_client.post(former, as_sent(refused))

    assert found(refused)["Family name"] == ("Third", "First")
    assert (stood, *Person.objects.values_list("family_name", "version").get()) == ("Third", "First", 3)


@pytest.mark.django_db
def test_position_saved_on_its_own_page_makes_the_form_of_its_person_stale(
    chief_client: Client, editor_client: Client
) -> None:
    person = factories.make_person()
    position = Position.objects.create(person=person, title="Director")
    sent = as_sent(chief_client.get(address(person)))
    editor_client.post(address(position), as_sent(editor_client.get(address(position)), title="President"))

    refused = chief_client.post(address(person), {**sent, "positions-0-title": "Dean"})

    assert list(found(refused).values()) == [("President", "Dean")]
    assert Position.objects.get().title == "President"


@pytest.mark.django_db(transaction=True)
def test_of_eight_saves_at_once_exactly_one_lands() -> None:
    article = factories.make_article()
    clients = [Client() for _ in range(8)]
    for client in clients:
        client.force_login(factories.make_user("Editor"), backend="django.contrib.auth.backends.ModelBackend")
    sent = as_sent(clients[0].get(address(article)))

    answers = at_once(
        *(
            partial(client.post, address(article), {**sent, "headline": f"Save {number}"})
            for number, client in enumerate(clients)
        )
    )

    article.refresh_from_db()
    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [200] * 7 + [302]
    assert article.headline == f"Save {codes.index(302)}"
    assert (article.version, article.revisions.count()) == (1, 1)
