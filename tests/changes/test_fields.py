"""Each field that a page or a document shows moves the head; none that is the desk's own does."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import models, transaction
from django.utils import timezone
from django_countries.fields import CountryField

from events.models import Appearance, Event, Hosting, Series, Session, Statement, Venue
from newsroom import changes
from newsroom.dates import PartialDateField
from newsroom.dates.fields import EdgeField
from newsroom.models import Kept, Source, Topic, User
from newsroom.photos.models import Depiction, Lease, Photo, Rendition
from newsroom.photos.models.stating import Stating
from people.models import Attestation, NameVariant, Organisation, Person, Position
from tests import factories
from tests.changes.feed import head
from tests.changes.world import World

pytestmark = pytest.mark.django_db

NEVER_CHANGES = {"id", "uuid"}
KEPT = {field.name for field in Kept._meta.get_fields()}  # the desk's memory of a record, never shown
STATED = {one.name for one in Stating._meta.get_fields()}
PUBLIC: dict[type[models.Model], set[str]] = {
    Topic: {"slug", "is_public", "name", "name_ko", "description", "description_ko", "medtop"},
    Source: {
        "slug", "publisher", "author", "title", "published_on", "url", "rights_notice", "redistribution",
        "ai_training",
    },
    Organisation: {
        "slug", "is_public", "name", "short_name", "native_name", "kind", "country", "parent", "description",
        "website", "ror", "wikidata", "merged_into",
    },
    Person: {
        "slug", "is_public", "family_name", "given_name", "name_order", "native_name", "biography", "orcid",
        "wikidata", "merged_into",
    },
    NameVariant: {"person", "organisation", "spelling", "script", "source"},
    Position: {"person", "organisation", "title", "title_ko", "starts_on", "ends_on"},
    Attestation: {"position", "seen_on", "title_as_printed", "source"},
    Series: {"since", "slug", "name"},
    Venue: {"name", "city", "country", "address", "time_zone", "latitude", "longitude"},
    Event: {
        "slug", "is_public", "name", "native_name", "theme", "summary", "kind", "mode", "status", "starts_on",
        "embargo_until",
        "ends_on", "date_as_printed", "starts_at", "ends_at", "venue", "country", "series", "number_in_series",
        "attendance", "attendance_is_about", "recording_url", "recording_note", "attribution", "organisations",
        "topics", "sources",
    },
    Hosting: {"event", "organisation", "role", "order"},
    Session: {"event", "order", "title", "summary", "starts_at", "ends_at", "room"},
    Appearance: {
        "event", "session", "person", "role", "order", "talk_title", "name_as_printed", "title_as_printed",
    },
    Statement: {"event", "person", "organisation", "appearance", "order", "text", "language", "source"},
    Photo: {
        "is_public", "original", "headline", "description", "is_name_label", "alt_text", "alt_text_ko", "photographer",
        "credit_line", "copyright_notice", "usage_terms", "rights", "data_mining", "taken_on", "place", "event",
        "source", "focal_x", "focal_y", "is_file_picture", "organisations",
        "order_in_source", "embargo_until",
    },
    Depiction: {
        "photo", "person", "order", "row", "row_is_inferred", "place_from_left", "name_as_printed",
        "title_as_printed", "is_portrait", "box_x", "box_y", "box_width", "box_height",
    },
    Lease: {"photo", "effect", "scope", "starts_at", "ends_at"},
    Rendition: {"photo", "is_placeholder", "format", "crop", "width", "height", "size", "file"},
}  # fmt: skip
PRIVATE: dict[type[models.Model], set[str]] = {
    Topic: {"desk_note"},
    Source: {"published_on_as_printed", "language", "text", "desk_note"},
    Organisation: {"desk_note", "match_key"},
    Person: {"desk_note", "match_key", "native_match_key"},
    NameVariant: {"match_key"},
    Position: {"desk_note"},
    Attestation: set(),
    Series: {"organisation", "description"},
    Venue: {"slug"},
    Event: {"desk_note"},
    Hosting: set(),
    Session: set(),
    Appearance: {"position", "source", "desk_note"},
    Statement: {"desk_note"},
    # What files state is in the versions of the picture, which are made anew when the record is saved at the desk.
    Photo: {"slug", "desk_note", "width", "height", "sha256", "words", *(STATED - {"alt_text_ko"})},
    Depiction: {"position"},
    Lease: {"note"},
    Rendition: set(),
}
OWNERS: dict[type[models.Model], str] = {
    NameVariant: "person organisation",
    Position: "person",
    Attestation: "position__person",
    Hosting: "event",
    Session: "event",
    Appearance: "event",
    Statement: "event",
    Depiction: "photo",
    Lease: "photo",
    Rendition: "photo",
}
MAKERS: dict[type[models.Model], Callable[[], Any]] = {
    User: lambda: factories.make_user("Editor"),
    Person: lambda: factories.make_person(is_public=True),
    Organisation: lambda: factories.make_organisation(is_public=True),
    Topic: lambda: factories.make_topic(is_public=True),
    Event: lambda: factories.make_event(is_public=True),
    Photo: lambda: factories.make_photo(is_public=True),
    Source: factories.make_source,
    Series: factories.make_series,
    Venue: factories.make_venue,
    Session: lambda: Session.objects.get(order=2),
    Appearance: lambda: Appearance.objects.get(order=2),
    Position: lambda: Position.objects.create(person=MAKERS[Person](), title="Envoy"),
}
TOMORROW = timezone.now() + dt.timedelta(days=1)
SPECIAL: dict[tuple[type[models.Model], str], Callable[[], dict[str, Any]]] = {
    (NameVariant, "organisation"): lambda: {"person": None, "organisation": MAKERS[Organisation]()},
    (Lease, "ends_at"): lambda: {"ends_at": timezone.now() - dt.timedelta(days=1)},
    (Photo, "original"): lambda: {"original": ""},
    # What lies in the trash cannot be public; that hides it, and is tested with the trash.
    **{(model, "trashed_at"): lambda: {"trashed_at": None} for model in PUBLIC},
}
BY_TYPE: list[tuple[type[Any], Callable[[], Any]]] = [
    (PartialDateField, lambda: "2019-03"),
    (CountryField, lambda: "FR"),
    (models.DateTimeField, lambda: TOMORROW),
    (models.URLField, lambda: "https://else.example/"),
    (models.DecimalField, lambda: Decimal("0.25")),
    (models.IntegerField, lambda: 97),
]


def fields_of(model: type[models.Model]) -> set[str]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields if not isinstance(field, EdgeField)} - NEVER_CHANGES


def private_of(model: type[models.Model]) -> set[str]:
    return PRIVATE[model] | (KEPT if issubclass(model, Kept) else set())


def another(row: Any, field: Any) -> Any:
    """A value that the field does not have yet."""
    if field.related_model:
        return MAKERS[field.related_model]()
    if isinstance(field, models.BooleanField):
        return not getattr(row, field.name)
    if field.choices and not isinstance(field, CountryField):
        return next(key for key, _label in field.flatchoices if key and key != getattr(row, field.name))
    words = "other-words"[: field.max_length]
    return next((value() for kind, value in BY_TYPE if isinstance(field, kind)), words)


def owners(model: type[models.Model], key: int) -> list[models.Model]:
    """What the admin touches when such a row is saved, read afresh."""
    row = model._default_manager.get(pk=key)
    found = []
    for path in OWNERS.get(model, "").split():
        owner: Any = row
        for step in path.split("__"):
            owner = getattr(owner, step)
        found.append(owner)
    return [owner for owner in found if owner] or [row]


def new_values(row: Any, field: Any) -> dict[str, Any]:
    return SPECIAL.get((type(row), field.name), lambda: {field.name: another(row, field)})()


def change(row: Any, field: Any, values: dict[str, Any]) -> None:
    """Give the field another value as the desk would: its owners touched before and after."""
    model = type(row)
    with changes.recording() as record:
        record.touch(*owners(model, row.pk))
        if field.many_to_many:
            getattr(row, field.name).add(values[field.name])
        else:
            model._default_manager.filter(pk=row.pk).update(**values)
        record.touch(*owners(model, row.pk))


def moves_head(row: Any, name: str) -> bool:
    """Whether a change of this field does; the change itself is taken back."""
    undo = transaction.savepoint()
    field = type(row)._meta.get_field(name)
    values = new_values(row, field)
    before = head()
    change(row, field, values)
    after = head()
    transaction.savepoint_rollback(undo)
    return after > before


def named(model: type[models.Model]) -> str:
    return model.__name__


@pytest.mark.parametrize("model", PUBLIC, ids=named)
def test_every_field_is_known_to_be_public_or_private(model: type[models.Model]) -> None:
    assert fields_of(model) == PUBLIC[model] | private_of(model)
    assert not PUBLIC[model] & private_of(model)


@pytest.mark.parametrize("model", PUBLIC, ids=named)
def test_head_moves_with_the_public_fields_alone(model: type[models.Model], world: World) -> None:
    moving = {name for name in fields_of(model) if moves_head(world[model], name)}

    assert moving == PUBLIC[model]
