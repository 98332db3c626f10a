"""Two editors on one record: the stale save is refused, both texts are shown, and nothing that was typed is lost."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from newsroom.articles.models import Article, Byline, Revision
from newsroom.models import Topic, User
from people.models import NameVariant, Person, Position
from tests import factories
from tests.changes.threads import at_once
from tests.desk.pages import address, as_sent, complaints, found, said, with_row

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
    assert said(page) == ("Not saved yet: look at what differs, then save again to let your text stand.", [])
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

    assert (answer.status_code, as_sent(answer)["name"], as_sent(answer)["_version"]) == (200, ["Stars"], ["0"])
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

    wrong = chief_client.post(address(topic), {**sent, "slug": "", "name": "Mine"})
    editor_client.post(address(topic), {**sent, "name": "Stars"})
    refused = chief_client.post(address(topic), as_sent(wrong, slug="space"))

    assert as_sent(wrong)["_version"] == ["0"]
    assert found(refused)["Name"] == ("Stars", "Mine")


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

    assert (found(answer), as_sent(answer)["headline"]) == ({}, ["Mine"])
    assert Article.objects.get().headline == "As it stands"


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
    refused = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert all(article.headline in page for page in refused)  # as it stands, however long each of them waited


# Who changed what

PROSE = '<p>Wombats <a href="https://example.org/a?b=1&amp;c=2">dig</a> &amp; sleep.</p>'
SEVERAL: dict[Any, tuple[str, str]] = {
    factories.make_article: ("headline", "body"),
    factories.make_person: ("family_name", "biography"),
    factories.make_photo: ("description", "credit_line"),
}
several = pytest.mark.parametrize(
    ("make", "fields"), SEVERAL.items(), ids=[make.__name__.removeprefix("make_") for make in SEVERAL]
)


def values(row: Any, *names: str) -> list[Any]:
    row.refresh_from_db()
    return [getattr(row, name) for name in names]


def taken(answer: HttpResponse) -> list[str]:
    return answer.context["careful"]["collision"].taken  # type: ignore[attr-defined]


@pytest.mark.django_db
@every_record
def test_form_that_nobody_touched_is_sent_as_it_was_opened(make: Any, field: str, chief_client: Client) -> None:
    row = make()
    sent = as_sent(chief_client.get(address(row)))
    type(row).objects.update(version=7, **{field: "Theirs"})

    answer = chief_client.post(address(row), sent)

    label = str(row._meta.get_field(field).verbose_name).capitalize()
    assert (taken(answer), found(answer), as_sent(answer)[field]) == ([label], {}, ["Theirs"])


@pytest.mark.django_db
@several
def test_fields_that_different_editors_changed_are_both_kept(
    make: Any, fields: tuple[str, str], chief_client: Client, colleague_client: Client
) -> None:
    row = make()
    sent = as_sent(chief_client.get(address(row)))
    colleague_client.post(address(row), {**sent, fields[0]: ["Theirs"]})

    refused = chief_client.post(address(row), {**sent, fields[1]: ["<p>Mine</p>"]})
    stood = values(row, *fields)
    again = chief_client.post(address(row), as_sent(refused))

    label = str(row._meta.get_field(fields[0]).verbose_name).capitalize()
    assert (found(refused), taken(refused)) == ({}, [label])
    assert (refused.status_code, stood[0], again.status_code) == (200, "Theirs", 302)
    assert values(row, *fields) == ["Theirs", "<p>Mine</p>"]


@pytest.mark.django_db
@several
def test_field_that_both_changed_is_shown_alone(
    make: Any, fields: tuple[str, str], chief_client: Client, colleague_client: Client
) -> None:
    row = make()
    sent = as_sent(chief_client.get(address(row)))
    colleague_client.post(address(row), {**sent, fields[1]: ["<p>Theirs</p>"]})

    refused = chief_client.post(address(row), {**sent, fields[0]: ["Mine"], fields[1]: ["<p>Mine</p>"]})

    label = str(row._meta.get_field(fields[1]).verbose_name).capitalize()
    assert (found(refused), taken(refused)) == ({label: ("<p>Theirs</p>", "<p>Mine</p>")}, [])


@pytest.mark.django_db
def test_prose_that_only_the_colleague_changed_is_taken_over(chief_client: Client, colleague_client: Client) -> None:
    article = factories.make_article(headline="Old", body=PROSE)
    sent = as_sent(chief_client.get(address(article)))
    colleague_client.post(address(article), {**sent, "body": ["<p>Theirs</p>"]})

    refused = chief_client.post(address(article), {**sent, "headline": ["Mine"], "body": [f"{PROSE}\r\n"]})
    chief_client.post(address(article), as_sent(refused))

    assert (found(refused), taken(refused)) == ({}, ["Story"])
    assert "Taken over from" in refused.content.decode()
    assert values(article, "headline", "body") == ["Mine", "<p>Theirs</p>"]


@pytest.mark.django_db
def test_prose_that_nobody_touched_is_left_where_the_colleague_changed_another(
    chief_client: Client, colleague_client: Client
) -> None:
    article = factories.make_article(headline="Old", body=PROSE)
    sent = as_sent(chief_client.get(address(article)))
    colleague_client.post(address(article), {**sent, "headline": ["Theirs"]})

    refused = chief_client.post(address(article), {**sent, "standfirst": ["Mine"]})

    assert (found(refused), taken(refused)) == ({}, ["Headline"])
    assert said(refused) == (
        "Not saved yet: what you typed and what was saved meanwhile now stand together. Look, then save again.",
        [],
    )


@pytest.mark.django_db
def test_many_chosen_by_the_colleague_alone_are_taken_over(chief_client: Client, colleague_client: Client) -> None:
    one, two = (factories.make_topic(name=name) for name in ("Space", "Sea"))
    article = factories.make_article(headline="Old")
    article.topics.set([one, two])
    sent = as_sent(chief_client.get(address(article)))
    colleague_client.post(address(article), {**sent, "topics": [str(two.pk)]})

    refused = chief_client.post(address(article), {**sent, "topics": sent["topics"][::-1], "headline": ["Mine"]})
    chief_client.post(address(article), as_sent(refused))

    assert (found(refused), taken(refused)) == ({}, ["Topics"])
    assert list(article.topics.all()) == [two]


@pytest.mark.django_db
def test_box_ticked_by_the_colleague_alone_is_taken_over(chief_client: Client, colleague_client: Client) -> None:
    topic = factories.make_topic(is_public=True)
    sent = as_sent(chief_client.get(address(topic)))
    without = {name: values for name, values in sent.items() if name != "is_public"}
    colleague_client.post(address(topic), without)

    refused = chief_client.post(address(topic), {**sent, "description": ["Mine"]})
    chief_client.post(address(topic), as_sent(refused))

    assert (found(refused), len(taken(refused))) == ({}, 1)
    assert values(topic, "is_public", "description") == [False, "Mine"]


@pytest.mark.django_db
def test_row_that_only_the_colleague_changed_is_taken_over(chief_client: Client, colleague_client: Client) -> None:
    article = factories.make_article()
    for order, words in enumerate(("First", "Second"), start=1):
        Byline.objects.create(article=article, words=words, order=order)
    sent = as_sent(chief_client.get(address(article)))
    colleague_client.post(address(article), {**sent, "bylines-1-words": ["Theirs"]})

    refused = chief_client.post(address(article), {**sent, "bylines-0-words": ["Mine"]})
    chief_client.post(address(article), as_sent(refused))

    assert (found(refused), taken(refused)) == ({}, ["Byline “Theirs”, In words"])
    assert bylines(article) == [(1, "Mine"), (2, "Theirs")]


@pytest.mark.django_db
def test_row_that_the_colleague_took_out_and_nobody_touched_stays_out(
    chief_client: Client, colleague_client: Client
) -> None:
    article = factories.make_article()
    for order, words in enumerate(("First", "Second"), start=1):
        Byline.objects.create(article=article, words=words, order=order)
    sent = as_sent(chief_client.get(address(article)))
    colleague_client.post(address(article), {**sent, "bylines-0-DELETE": ["on"]})

    refused = chief_client.post(address(article), {**sent, "bylines-1-words": ["Mine"]})
    chief_client.post(address(article), as_sent(refused))

    assert taken(refused) == ["byline: author, First (taken out)"]
    assert bylines(article) == [(2, "Mine")]


@pytest.mark.django_db
def test_row_taken_out_here_and_changed_there_is_shown(chief_client: Client, colleague_client: Client) -> None:
    article = factories.make_article()
    Byline.objects.create(article=article, words="First", order=1)
    sent = as_sent(chief_client.get(address(article)))
    colleague_client.post(address(article), {**sent, "bylines-0-words": ["Theirs"]})

    refused = chief_client.post(address(article), {**sent, "bylines-0-DELETE": ["on"]})

    assert (list(found(refused).values()), taken(refused)) == ([("Theirs", "First"), ("no", "yes")], [])


@pytest.mark.django_db
@pytest.mark.parametrize("note", ["", "x", "name=", "=name", "name=AAAAAAAA", "name " * 30, "\x00=\x00"])
def test_note_that_is_forged_or_lost_shows_both_texts(
    note: str, chief_client: Client, colleague_client: Client
) -> None:
    topic = factories.make_topic(name="Space", description="Old")
    sent = as_sent(chief_client.get(address(topic)))
    colleague_client.post(address(topic), {**sent, "name": ["Stars"]})

    refused = chief_client.post(address(topic), {**sent, "description": ["Old"], "_opened": [note]})

    assert (found(refused), taken(refused)) == ({"Name": ("Stars", "Space")}, [])


@pytest.mark.django_db
def test_third_editor_does_not_take_over_what_two_have_still_to_settle(
    chief_client: Client, colleague_client: Client
) -> None:
    topic = factories.make_topic(name="Space", description="Old")
    sent = as_sent(chief_client.get(address(topic)))
    colleague_client.post(address(topic), {**sent, "name": ["Stars"]})
    refused = chief_client.post(address(topic), {**sent, "name": ["Mine"], "description": ["My own"]})
    newer = as_sent(colleague_client.get(address(topic)))
    colleague_client.post(address(topic), {**newer, "name_ko": ["별"], "description": ["Old"]})

    again = chief_client.post(address(topic), as_sent(refused))

    assert found(again) == {"Name": ("Stars", "Mine")}
    assert as_sent(again)["description"] == ["My own"]


@pytest.mark.django_db
def test_mistake_elsewhere_keeps_the_note_of_what_was_opened(chief_client: Client, colleague_client: Client) -> None:
    topic = factories.make_topic(name="Space")
    sent = as_sent(chief_client.get(address(topic)))
    wrong = chief_client.post(address(topic), {**sent, "slug": [""], "description": ["Mine"]})
    colleague_client.post(address(topic), {**sent, "name": ["Stars"]})

    refused = chief_client.post(address(topic), as_sent(wrong, slug=topic.slug))

    assert (found(refused), taken(refused)) == ({}, ["Name"])


@pytest.mark.django_db
def test_stale_save_with_a_mistake_of_its_own_asks_to_correct_it(
    chief_client: Client, colleague_client: Client
) -> None:
    topic = factories.make_topic(name="Space")
    sent = as_sent(chief_client.get(address(topic)))
    colleague_client.post(address(topic), {**sent, "name": ["Stars"]})

    refused = chief_client.post(address(topic), {**sent, "slug": [""]})

    assert "Please correct the errors below." in refused.content.decode()
    assert len(complaints(refused)) == 2
