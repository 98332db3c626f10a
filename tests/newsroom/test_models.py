"""What every record has: a door that starts shut, an address that is a promise, a name in fixtures."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint
from django.utils import timezone, translation

from newsroom.models import Change, FeedHead, Keyed, Record, Source, Topic, User
from tests import factories

pytestmark = pytest.mark.django_db

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
KEYED = [model for model in apps.get_models() if issubclass(model, Keyed)]


def named(model: type) -> str:
    return model.__name__


def unique_together(model: type[Keyed]) -> Iterator[set[str]]:
    """Columns that the database keeps unique, those inside expressions such as Coalesce included."""
    yield from ({field.name} for field in model._meta.fields if field.unique)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and not constraint.condition:
            expressions = " ".join(map(str, constraint.expressions))
            yield set(constraint.fields) | set(re.findall(r"F\((\w+)\)", expressions))


def test_public_records_are_these() -> None:
    assert {model.__name__ for model in RECORDS} == {"Topic", "Organisation", "Person", "Event", "Photo"}


@pytest.mark.parametrize("model", RECORDS, ids=named)
def test_door_of_every_new_record_is_shut(model: type[Record]) -> None:
    assert model().is_public is False


@pytest.mark.parametrize("model", KEYED, ids=named)
def test_name_in_fixtures_is_unique_in_the_database(model: type[Keyed]) -> None:
    """`loaddata` twice doubles nothing only if the database itself refuses the double."""
    columns = {lookup.split("__")[0] for lookup in model.natural_lookups}

    assert any(names <= columns for names in unique_together(model))


@pytest.mark.parametrize("model", KEYED, ids=named)
def test_every_part_of_a_name_in_fixtures_leads_to_a_column(model: type[Keyed]) -> None:
    for lookup in model.natural_lookups:
        model._default_manager.filter(**{lookup: None}).exists()  # raises FieldError where it leads nowhere


def test_natural_key_follows_relations_and_ends_at_none() -> None:
    topic = factories.make_topic(slug="space")

    assert topic.natural_key() == ("space",)
    assert Topic.objects.get_by_natural_key("space") == topic


def test_short_name_of_a_source_cannot_change() -> None:
    source = factories.make_source(slug="asia-daily")
    source.slug = "asia-weekly"

    with pytest.raises(ValidationError, match="its short name cannot change") as refused:
        source.full_clean()

    assert list(refused.value.message_dict) == ["slug"]


def test_source_may_be_corrected_under_its_short_name() -> None:
    source = factories.make_source(slug="asia-daily")
    source.publisher = "Asia Daily"

    source.full_clean()


def test_public_ids_are_unique_and_nobodys_choice() -> None:
    first, second = factories.make_topic(), factories.make_topic()

    assert first.uuid != second.uuid
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.create(slug="third", name="Third", uuid=first.uuid)


@pytest.mark.parametrize(
    ("language", "name_ko", "shown"), [("en", "우주", "Space"), ("ko", "우주", "우주"), ("ko", "", "Space")]
)
def test_topic_is_named_in_the_readers_language_where_it_can_be(language: str, name_ko: str, shown: str) -> None:
    topic = Topic(name="Space", name_ko=name_ko, description="Far.", description_ko=name_ko and "멀리.")

    with translation.override(language):
        found = (topic.local_name, topic.local_description)

    assert found == (shown, "멀리." if shown == "우주" else "Far.")


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"display_name": "Kim at the desk", "first_name": "Kim"}, "Kim at the desk"),
        ({"first_name": "Kim", "last_name": "Doe"}, "Kim Doe"),
        ({}, "kim"),
    ],
)
def test_colleague_is_called_as_they_wish(names: dict[str, str], shown: str) -> None:
    assert str(User(username="kim", **names)) == shown


@pytest.mark.parametrize(("title", "shown"), [("Telescopes", "Asia Daily: Telescopes"), ("", "Asia Daily")])
def test_source_is_called_by_publisher_and_title(title: str, shown: str) -> None:
    assert str(Source(publisher="Asia Daily", title=title)) == shown


def test_counter_is_one_row() -> None:
    FeedHead.objects.get_or_create(pk=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        FeedHead.objects.create(pk=2)


def add_change(seq: int, *, mask: int = 1, ever: int = 1, kind: str = "topic") -> Change:
    values = {"digest": "", "reason": "changed", "changed_at": timezone.now()}
    return Change.objects.create(seq=seq, kind=kind, object_id=uuid.uuid4(), mask=mask, ever_mask=ever, **values)


def test_changes_since_a_number_come_in_their_order() -> None:
    for seq in (12, 10, 11):
        add_change(seq)

    assert list(Change.objects.since(10).values_list("seq", flat=True)) == [11, 12]


def test_changes_are_asked_for_by_kind_and_audience() -> None:
    add_change(11, kind="person")
    add_change(12, mask=0)
    add_change(13, mask=0b10, ever=0b10)
    add_change(14, mask=0b11, ever=0b11)

    def numbers(changes: Any) -> list[int]:
        return sorted(changes.values_list("seq", flat=True))

    assert numbers(Change.objects.of_kind("person")) == [11]
    assert numbers(Change.objects.current()) == [11, 14]


def test_number_of_a_change_and_its_object_stand_once() -> None:
    change = add_change(11)

    with pytest.raises(IntegrityError), transaction.atomic():
        add_change(11)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(
            seq=12, kind="topic", object_id=change.object_id, digest="", reason="changed", changed_at=timezone.now()
        )
