"""The copy desk's letters: who is told of which step, and who is not."""

import datetime as dt

import pytest

from newsroom.articles import notices, workflow
from newsroom.articles.models import Article
from newsroom.models import Letter, User
from tests import factories as make

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def writer() -> User:
    return make.make_user("Reporter", email="writer@newsroom.example", display_name="Jane Doe")


@pytest.fixture
def chief() -> User:
    return make.make_user("Chief editor", email="chief@newsroom.example", display_name="John Doe")


@pytest.fixture
def story(writer: User) -> Article:
    return make.make_article(headline="Observatory to open", created_by=writer)


def letters() -> list[tuple[str, str]]:
    """To whom, and about what, in the order in which they were written."""
    return [(letter.to.email, letter.subject) for letter in Letter.objects.select_related("to").order_by("pk")]


def send_back(story: Article, by: User) -> None:
    workflow.submit(story, by=None, at=NOW)
    workflow.send_back(story, by=by, at=NOW, note="The date is wrong.")


def test_writer_gets_the_reason_and_answers_to_who_gave_it(story: Article, chief: User) -> None:
    send_back(story, chief)

    letter = Letter.objects.get()
    assert letters() == [("writer@newsroom.example", "Sent back to you: Observatory to open")]
    assert letter.reply_to == "chief@newsroom.example"
    assert letter.text.splitlines()[:7] == [
        "Dear Jane Doe,",
        "",
        "John Doe has sent back “Observatory to open”, with this reason:",
        "",
        "The date is wrong.",
        "",
        "An answer to this letter goes to whoever wrote the reason.",
    ]
    assert f"http://testserver/admin/articles/article/{story.pk}/change/" in letter.text.splitlines()


def test_writer_who_has_the_story_is_told_once(story: Article, writer: User, chief: User) -> None:
    Article.objects.update(assigned_to=writer)

    send_back(story, chief)

    assert [to for to, _subject in letters()] == ["writer@newsroom.example"]


def test_both_who_wrote_and_who_has_it_are_told(story: Article, chief: User) -> None:
    Article.objects.update(assigned_to=make.make_user("Reporter", email="other@newsroom.example"))

    send_back(story, chief)

    assert [to for to, _subject in letters()] == ["writer@newsroom.example", "other@newsroom.example"]


def test_approval_is_told(story: Article, chief: User) -> None:
    workflow.submit(story, by=None, at=NOW)

    workflow.approve(story, by=chief, at=NOW, note="Well done.")

    assert letters() == [("writer@newsroom.example", "Approved: Observatory to open")]
    assert "Well done." in Letter.objects.get().text.splitlines()


def test_first_hand_in_is_a_letter_to_nobody(story: Article, writer: User) -> None:
    workflow.submit(story, by=writer, at=NOW)

    assert letters() == []


def test_who_sent_it_back_learns_that_it_is_there_again(story: Article, writer: User, chief: User) -> None:
    send_back(story, chief)
    Letter.objects.all().delete()

    workflow.submit(story, by=writer, at=NOW + dt.timedelta(hours=1), note="Done.")

    assert letters() == [("chief@newsroom.example", "Handed in again: Observatory to open")]


def test_nobody_is_told_of_their_own_act(chief: User) -> None:
    story = make.make_article(created_by=chief)

    send_back(story, chief)

    assert letters() == []


def test_nobody_is_told_of_a_story_that_they_may_not_see(story: Article, writer: User, chief: User) -> None:
    writer.groups.clear()

    send_back(story, chief)

    assert letters() == []


def test_step_that_is_refused_writes_no_letter(story: Article, chief: User) -> None:
    with pytest.raises(workflow.WrongState):
        workflow.approve(story, by=chief, at=NOW)

    assert letters() == []


def test_assignment_names_the_day(story: Article, writer: User, chief: User) -> None:
    story.assigned_to, story.due_on = writer, dt.date(2026, 3, 6)

    notices.assigned(story, chief)

    assert letters() == [("writer@newsroom.example", "Assigned to you: Observatory to open")]
    assert Letter.objects.get().text.splitlines()[2:4] == [
        "John Doe has assigned “Observatory to open” to you.",
        "It is due on 6 March 2026.",
    ]


def test_assignment_to_nobody_is_a_letter_to_nobody(story: Article, chief: User) -> None:
    notices.assigned(story, chief)

    assert letters() == []
