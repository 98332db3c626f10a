"""Settling costs a fixed number of queries, whatever the number of records; two are the savepoint of a test, and one
the word owed to webhooks where something changed.
"""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article, Mention
from newsroom.models import Topic
from people.models import Person
from tests import factories
from tests.factories import make_row

pytestmark = pytest.mark.django_db


def make_stories(number: int) -> tuple[list[Article], Person]:
    """As many published stories, all of which name one person and stand under one topic."""
    person, topic = factories.make_person(is_public=True), factories.make_topic(is_public=True)
    stories = [factories.make_article() for _ in range(number)]
    for article in stories:
        make_row(Mention, article, article=article, person=person)
        article.topics.add(topic)
        workflow.publish(article, by=None, at=timezone.now() - dt.timedelta(hours=1))
    return stories, person


@pytest.mark.parametrize("number", [1, 3])
def test_settling_stories_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stories, _person = make_stories(number)

    with django_assert_num_queries(18), changes.recording() as record:
        record.touch(*stories)


@pytest.mark.parametrize("number", [1, 3])
def test_settling_what_names_a_person_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _stories, person = make_stories(number)

    with django_assert_num_queries(37), changes.recording() as record:
        record.touch(person)
        Person.objects.filter(pk=person.pk).update(family_name="Roe")


@pytest.mark.parametrize("number", [1, 3])
def test_touching_records_together_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    topics = [factories.make_topic(is_public=True) for _ in range(number)]

    with django_assert_num_queries(19), changes.recording() as record:
        record.touch(*topics)
        Topic.objects.update(description="Another line.")


def test_head_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        changes.head()


def test_recording_in_which_nothing_is_touched_asks_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2), changes.recording():
        pass
