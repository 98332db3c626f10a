"""Dates with precision in models and forms: what is stored, what stands beside it, what an editor is told."""

import datetime as dt
import json

import pytest
from django.contrib.admin import AdminSite, ModelAdmin
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.migrations.state import ModelState
from django.forms import modelform_factory
from django.test.utils import isolate_apps
from simple_history.models import HistoricalRecords

from newsroom.dates import PartialDate, PartialDateField, overlapping, with_edges
from newsroom.models import Source

NOT_UNDERSTOOD = (
    "“soon” is not understood as a date; type it like 2023-12-19, 19 December 2023, "
    "December 2023 or 2023, and 2025-XX-06 when the month is unknown."
)


@pytest.fixture
def fair():
    """A model with one date that it has to have and one from an abstract parent that it need not."""
    with isolate_apps("newsroom"):

        class Announced(models.Model):
            announced_on = PartialDateField(blank=True)

            class Meta:
                abstract = True
                app_label = "newsroom"

        class Fair(Announced):  # noqa: DJ008
            held_on = PartialDateField()

            class Meta:
                app_label = "newsroom"

        yield Fair


def source(slug, published_on, **fields):
    return Source(slug=slug, publisher="Institute", published_on=published_on, **fields)


def stored(slug):
    """The three columns as the database has them."""
    names = with_edges("published_on")
    date, *edges = Source.objects.values_list(*names).get(slug=slug)
    return [str(date) if date else date, *map(str, edges)]


# In memory


def test_model_has_both_edges_once(fair):
    names = sorted(field.name for field in fair._meta.get_fields())

    assert names == [
        "announced_on",
        "announced_on_earliest",
        "announced_on_latest",
        "held_on",
        "held_on_earliest",
        "held_on_latest",
        "id",
    ]


def test_assigned_text_is_read(fair):
    opening = fair(held_on="?2025-XX-06")

    assert opening.held_on == PartialDate(2025, day=6, inferred=frozenset({"year"}))


@pytest.mark.parametrize("nothing", ["", "  ", None])
def test_assigned_nothing_is_none(fair, nothing):
    opening = fair(held_on=nothing)

    assert (opening.held_on, opening.held_on_earliest, opening.held_on_latest) == (None, None, None)


def test_edges_follow_each_assignment(fair):
    opening = fair(held_on="2023-12")
    opening.held_on = PartialDate(2024, 2)

    assert (opening.held_on_earliest, opening.held_on_latest) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))


def test_edges_cannot_be_assigned(fair):
    opening = fair(held_on="2023", held_on_earliest=dt.date(1999, 1, 1))
    opening.held_on_latest = None

    assert (opening.held_on_earliest, opening.held_on_latest) == (dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def test_assigned_text_that_is_no_date_is_refused_by_full_clean(fair):
    opening = fair(held_on="soon")

    with pytest.raises(ValidationError) as refusal:
        opening.full_clean()

    assert refusal.value.message_dict == {"held_on": [NOT_UNDERSTOOD]}
    assert (opening.held_on, opening.held_on_earliest) == ("soon", None)


def test_required_date_is_refused_when_missing(fair):
    with pytest.raises(ValidationError) as refusal:
        fair().full_clean()

    assert refusal.value.message_dict == {"held_on": ["This field cannot be blank."]}


def test_migrations_see_plain_text_and_date_columns(fair):
    state = ModelState.from_model(fair)

    assert {name: field.deconstruct()[1] for name, field in state.fields.items() if name != "id"} == {
        "announced_on": "django.db.models.CharField",
        "announced_on_earliest": "django.db.models.DateField",
        "announced_on_latest": "django.db.models.DateField",
        "held_on": "django.db.models.CharField",
        "held_on_earliest": "django.db.models.DateField",
        "held_on_latest": "django.db.models.DateField",
    }


def test_column_is_as_wide_as_the_longest_text(fair):
    longest = PartialDate(2025, 12, 19, frozenset({"year", "month", "day"}), approximate=True, uncertain=True)

    assert len(str(longest)) < fair._meta.get_field("held_on").max_length


@isolate_apps("newsroom")
def test_history_copies_the_date_and_both_edges():
    class Fair(models.Model):  # noqa: DJ008
        held_on = PartialDateField()
        history = HistoricalRecords(history_user_id_field=models.IntegerField(null=True))

        class Meta:
            app_label = "newsroom"

    entry = Fair.history.model(held_on="2023")

    assert sorted(f.name for f in entry._meta.fields if f.name.startswith("held")) == sorted(with_edges("held_on"))
    assert entry.held_on_latest == dt.date(2023, 12, 31)


def test_edges_stand_in_no_form(fair):
    assert list(modelform_factory(fair, fields="__all__")().fields) == ["announced_on", "held_on"]


# In the database


@pytest.mark.django_db
def test_save_writes_the_text_and_both_edges():
    source("talk", "?2025-XX-06").save()

    assert stored("talk") == ["?2025-XX-06", "2025-01-06", "2025-12-06"]


@pytest.mark.django_db
def test_save_without_a_date_stores_empty_text():
    source("talk", None).save()

    assert Source.objects.filter(published_on="").count() == 1
    assert stored("talk") == [None, "None", "None"]


@pytest.mark.django_db
def test_save_refuses_text_that_is_no_date():
    with pytest.raises(ValidationError), transaction.atomic():
        source("talk", "soon").save()

    assert Source.objects.count() == 0


@pytest.mark.django_db
def test_saved_again_the_edges_move():
    source("talk", "2023").save()

    talk = Source.objects.get(slug="talk")
    talk.published_on = "2024-02"
    talk.save()

    assert stored("talk") == ["2024-02", "2024-02-01", "2024-02-29"]


@pytest.mark.django_db
def test_update_fields_with_edges_writes_all_three():
    talk = source("talk", "2023")
    talk.save()

    talk.published_on = "2024-02"
    talk.save(update_fields=with_edges("published_on"))

    assert stored("talk") == ["2024-02", "2024-02-01", "2024-02-29"]


@pytest.mark.django_db
def test_created_in_bulk_the_edges_are_written():
    Source.objects.bulk_create([source("talk", "2023"), source("note", None)])

    assert stored("talk") == ["2023", "2023-01-01", "2023-12-31"]


@pytest.mark.django_db
def test_updated_in_bulk_with_edges_all_three_are_written():
    talk = source("talk", "2023")
    talk.save()

    talk.published_on = "2024-02"
    Source.objects.bulk_update([talk], with_edges("published_on"))

    assert stored("talk") == ["2024-02", "2024-02-01", "2024-02-29"]


@pytest.mark.django_db
@pytest.mark.parametrize("loaded", [["title"], ["published_on"], ["published_on_latest"]])
def test_deferred_columns_are_loaded_and_saved(loaded):
    source("talk", "2023").save()

    talk = Source.objects.only(*loaded).get()
    assert (str(talk.published_on_latest), str(talk.published_on)) == ("2023-12-31", "2023")
    talk.published_on = "2024-02"
    talk.save()

    assert stored("talk") == ["2024-02", "2024-02-01", "2024-02-29"]


@pytest.mark.django_db
def test_edge_alone_is_read_without_its_date(django_assert_num_queries):
    source("talk", "2023").save()

    with django_assert_num_queries(1):
        talk = Source.objects.only("published_on_latest").get()
        assert talk.published_on_latest == dt.date(2023, 12, 31)


@pytest.mark.django_db
def test_refreshed_row_shows_what_the_database_has():
    talk = source("talk", "2023")
    talk.save()

    talk.published_on = "1999"
    talk.refresh_from_db()

    assert (str(talk.published_on), talk.published_on_earliest) == ("2023", dt.date(2023, 1, 1))


@pytest.mark.django_db
def test_text_in_the_database_that_is_no_date_is_shown_as_it_is():
    source("talk", "2023").save()
    Source.objects.annotate(words=models.Value("soon")).update(published_on=models.F("words"))

    talk = Source.objects.get()

    assert (talk.published_on, talk.published_on_latest) == ("soon", None)


@pytest.mark.django_db
def test_fixture_holds_the_text_alone_and_is_loaded_with_edges():
    source("talk", "?2025-XX-06").save()
    fixture = serializers.serialize("json", Source.objects.all())
    Source.objects.all().delete()

    for row in serializers.deserialize("json", fixture):
        row.save()

    fields = json.loads(fixture)[0]["fields"]
    assert {name: fields[name] for name in fields if name in with_edges("published_on")} == {
        "published_on": "?2025-XX-06"
    }
    assert stored("talk") == ["?2025-XX-06", "2025-01-06", "2025-12-06"]


@pytest.mark.django_db
def test_fixture_without_a_date_is_loaded_as_none():
    talk = {"model": "newsroom.source", "fields": {"slug": "talk", "publisher": "Institute"}}

    for row in serializers.deserialize("json", json.dumps([talk])):
        row.save()

    assert stored("talk") == [None, "None", "None"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (None, None, ["day", "month", "month-unknown", "season", "undated", "year-unknown"]),
        (dt.date(2023, 12, 19), None, ["day", "month", "month-unknown"]),
        (dt.date(2023, 12, 20), None, ["month", "month-unknown"]),
        (None, dt.date(2023, 12, 18), ["month", "season"]),
        (None, dt.date(2023, 11, 30), ["season"]),
        (dt.date(2025, 6, 7), dt.date(2025, 6, 8), ["month-unknown"]),
        (dt.date(2025, 12, 7), None, []),
        (dt.date(2020, 2, 29), dt.date(2020, 3, 1), ["season"]),
    ],
)
def test_overlapping_finds_dates_that_can_lie_in_the_span(start, end, found):
    dates = {
        "day": "2023-12-19",
        "month": "2023-12",
        "month-unknown": "2025-XX-06",
        "season": "2019-24",
        "year-unknown": "XXXX-03-16",
        "undated": None,
    }
    Source.objects.bulk_create(source(slug, date) for slug, date in dates.items())

    rows = Source.objects.filter(overlapping("published_on", start, end)).order_by("slug")

    assert [row.slug for row in rows] == found


@pytest.mark.django_db
def test_date_is_found_by_any_spelling_of_it():
    source("talk", "2023-12").save()

    found = [Source.objects.filter(published_on=date).count() for date in ("2023-12-XX", PartialDate(2023, 12), "2023")]

    assert found == [1, 1, 0]


# In forms


@pytest.fixture
def form(fair):
    return modelform_factory(fair, fields=["held_on"])


def test_form_reads_an_editors_words(form):
    filled = form({"held_on": "the 6th (2025 inferred)"})

    assert filled.is_valid()
    assert filled.cleaned_data == {"held_on": PartialDate(2025, day=6, inferred=frozenset({"year"}))}


def test_form_shows_the_stored_text_and_what_it_means(form, fair):
    html = form(instance=fair(held_on="?2025-XX-06")).as_p()

    assert 'value="?2025-XX-06"' in html
    assert "Understood: the 6th, month unknown, year 2025 inferred</span>" in html


def test_form_sent_back_unchanged_has_not_changed(form, fair):
    opening = fair(held_on="?2025-XX-06")

    assert form({"held_on": "?2025-XX-06"}, instance=opening).changed_data == []
    assert form({"held_on": "2025-XX-06"}, instance=opening).changed_data == ["held_on"]


def test_form_keeps_what_was_typed_and_says_what_to_type(form):
    filled = form({"held_on": "soon"})

    assert filled.errors == {"held_on": [NOT_UNDERSTOOD]}
    assert 'value="soon"' in filled.as_p()
    assert "Understood" not in filled.as_p()


def test_form_asks_for_a_date_as_precise_as_the_source(form):
    assert form({"held_on": " "}).errors == {
        "held_on": ["Give a date as precise as your source: a day, a month or a year."]
    }


def test_form_field_names_its_hint_its_error_and_what_was_understood(form):
    html = form({"held_on": "<b>"}).as_p()

    assert 'aria-describedby="id_held_on_error id_held_on_hint id_held_on_understood"' in html
    assert 'value="&lt;b&gt;"' in html


def test_form_field_that_may_stay_empty_cleans_to_none(fair):
    filled = modelform_factory(fair, fields=["announced_on"])({"announced_on": ""})

    assert (filled.is_valid(), filled.cleaned_data) == (True, {"announced_on": None})


def test_admin_uses_the_same_form_field(fair):
    field = ModelAdmin(fair, AdminSite()).formfield_for_dbfield(fair._meta.get_field("held_on"), request=None)

    assert (type(field).__name__, type(field.widget).__name__) == (
        "PartialDateFormField",
        "PartialDateWidget",
    )
