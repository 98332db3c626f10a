"""Whose right a picture is: what each category asks for, and the remarks that lists make."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.photos.models import Lease, Photo
from newsroom.photos.rights import Remark, remarks, restriction_missing
from tests.desk.pages import as_sent, complaints
from tests.factories import make_article, make_photo, make_row

AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def codes(photo: Photo, uses: int = 0) -> list[str]:
    return [remark.code for remark in remarks(photo, AT, uses=uses)]


def held(*leases: dict[str, Any], **over: Any) -> Photo:
    photo = make_photo(**{"original": "2024/05/a.jpg", "credit_line": "Desk", **over})
    for lease in leases:
        make_row(Lease, photo, photo=photo, **{"effect": "allow", "scope": "use", **lease})
    return photo


@pytest.mark.parametrize("category", ["handout", "agency", "licensed"])
def test_picture_of_others_says_for_what_it_may_be_used(category: str) -> None:
    assert (bool(restriction_missing(category, " ")), restriction_missing(category, "Once, online.")) == (True, "")


@pytest.mark.parametrize("category", ["unknown", "own", "public-domain"])
def test_picture_of_our_own_or_nobody_knows_whose_needs_no_terms(category: str) -> None:
    assert restriction_missing(category, "") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("leases", "expected"),
    [
        ([], ["no-rights"]),
        ([{}], []),
        ([{"scope": "syndication"}], ["no-rights"]),
        ([{"starts_at": AT + DAY}], ["no-rights"]),
        ([{"ends_at": AT}], ["expired"]),
        ([{}, {"effect": "deny"}], ["denied"]),
        ([{"ends_at": AT + 3 * DAY}], ["ending"]),
        ([{"ends_at": AT + 14 * DAY}], ["ending"]),
        ([{"ends_at": AT + 14 * DAY + dt.timedelta(seconds=1)}], []),
        ([{"ends_at": AT + DAY}, {"starts_at": AT}], []),
        ([{}, {"effect": "deny", "starts_at": AT + DAY}], ["ending"]),
    ],
)
def test_remark_says_what_the_leases_come_to(leases: list[dict[str, Any]], expected: list[str]) -> None:
    assert codes(held(*leases)) == expected


@pytest.mark.django_db
def test_remarks_are_said_in_words() -> None:
    photo = held({"ends_at": AT + 3 * DAY}, credit_line="", rights="agency")

    assert remarks(photo, AT, uses=4) == [
        Remark("no-credit", "no credit"),
        Remark("no-restrictions", "no usage terms"),
        Remark("ending", "lease ends in 3 days", is_grave=False),
        Remark("used", "used 4 times", is_grave=False),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left", "words"),
    [(DAY, "lease ends in 1 day"), (dt.timedelta(hours=23), "lease ends within a day")],
)
def test_last_days_of_a_lease_are_counted(left: dt.timedelta, words: str) -> None:
    assert [one.words for one in remarks(held({"ends_at": AT + left}), AT)] == [words]


@pytest.mark.django_db
def test_of_a_picture_that_is_not_held_only_its_uses_are_told() -> None:
    photo = make_photo(rights="agency")

    assert (codes(photo), codes(photo, uses=1)) == ([], ["used"])


@pytest.mark.django_db
def test_list_shows_the_remarks(photo_editor_client: Client) -> None:
    photo = held(credit_line="")
    article = make_article()
    article.photo_uses.create(photo=photo)

    page = photo_editor_client.get(reverse("admin:photos_photo_changelist"))

    assert page.content.decode().count("no credit, no rights, used once") == 1


@pytest.mark.django_db
def test_form_names_the_field_that_the_category_asks_for(photo_editor_client: Client) -> None:
    photo = make_photo()
    address = reverse("admin:photos_photo_change", args=[photo.pk])

    page = photo_editor_client.post(address, as_sent(photo_editor_client.get(address), rights="agency", place="Busan"))

    words = "An agency's picture comes under a contract: say here what it allows."
    assert (complaints(page), dict(page.context["adminform"].form.errors)) == ([words], {"usage_terms": [words]})
    assert as_sent(page)["place"] == ["Busan"]
