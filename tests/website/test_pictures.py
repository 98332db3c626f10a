"""Which picture a page shows, in which sizes, and what a browser may choose from."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsroom.photos.documents import with_all
from newsroom.photos.models import Lease, Photo, Rendition
from newsroom.website.pages.figures import figure, figures
from newsroom.website.pictures import picture_of, with_pictures
from newsroom.website.templatetags.reading import preload
from tests.factories import make_photo, make_row

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
WIDTHS = (320, 640, 1280)


def ready_photo(
    *, crops: tuple[str, ...] = ("", "4x3", "2x1"), forms: tuple[str, ...] = ("AVIF", "WEBP"), **over: Any
) -> Photo:
    held = {"original": "2026/a.jpg", "width": 1280, "height": 960, "is_public": True}
    photo = make_photo(**{**held, **over})
    make_row(Lease, photo, photo=photo, effect="allow", scope="use")
    for crop in crops:
        for form in forms:
            for width in WIDTHS:
                name = f"{photo.pk}-{crop}-{width}.{form.lower()}"
                facts = {"crop": crop, "format": form, "width": width, "height": width // 2, "size": 1, "file": name}
                Rendition.objects.create(photo=photo, **facts)
    return photo


def names(renditions: Any) -> list[str]:
    return [str(one.file).partition("-")[2] for one in renditions]


def test_whole_picture_is_shown_and_a_row_gets_its_cut() -> None:
    picture = picture_of(ready_photo(), NOW)

    assert picture is not None
    assert names(picture.sizes) == ["-320.webp", "-640.webp", "-1280.webp"]
    assert names(picture.lighter) == ["-320.avif", "-640.avif", "-1280.avif"]
    assert names([picture.small, picture.large]) == ["4x3-640.webp", "-1280.webp"]


def test_one_of_several_is_offered_in_no_size_that_a_browser_would_not_choose() -> None:
    picture = picture_of(ready_photo(), NOW)

    assert picture is not None
    assert (names(picture.as_shot.sizes), names(picture.as_shot.lighter)) == (
        ["-640.webp", "-1280.webp"],
        ["-640.avif", "-1280.avif"],
    )
    assert names(replace(picture, sizes=picture.sizes[:1]).as_shot.sizes) == ["-320.webp"]


def test_head_of_a_story_gets_its_own_cut() -> None:
    shown = figure(ready_photo(), NOW)

    assert shown.hero is not None
    assert names(shown.hero.sizes) == ["2x1-320.webp", "2x1-640.webp", "2x1-1280.webp"]
    assert names(shown.hero.lighter) == ["2x1-320.avif", "2x1-640.avif", "2x1-1280.avif"]


def test_upright_picture_stands_whole_and_no_wider_than_a_screen_is_high() -> None:
    photo = ready_photo(forms=("WEBP",))
    Rendition.objects.filter(photo=photo, crop="").update(height=2000)

    shown = figure(with_all(Photo.objects.filter(pk=photo.pk)).get(), NOW)

    assert shown.hero == shown.picture
    assert 'imagesizes="(min-width: 29rem) 26rem, 100vw"' in preload(shown.hero, "hero")


def test_whole_picture_stands_in_for_a_cut_that_is_not_there() -> None:
    shown = figure(ready_photo(crops=("",)), NOW)

    assert shown.hero == shown.picture
    assert shown.picture is not None
    assert names([shown.picture.small]) == ["-640.webp"]


def test_lighter_format_is_offered_only_in_every_width() -> None:
    photo = ready_photo()
    Rendition.objects.filter(photo=photo, crop="", format="AVIF", width=320).delete()

    picture = picture_of(photo, NOW)

    assert picture is not None
    assert picture.lighter_srcset == ""
    assert f'type="image/webp" imagesrcset="{picture.srcset}"' in preload(picture, "alone")


def test_page_lets_the_browser_choose_and_knows_the_size(client: Client) -> None:
    photo = ready_photo(alt_text="Two people wave")

    page = client.get(photo.get_absolute_url()).content.decode()

    avif = ", ".join(f"/media/{photo.pk}--{width}.avif {width}w" for width in WIDTHS)
    webp = ", ".join(f"/media/{photo.pk}--{width}.webp {width}w" for width in WIDTHS)
    sizes = "(min-width: 64rem) 48rem, 100vw"
    first = f'type="image/avif" imagesrcset="{avif}" imagesizes="{sizes}" fetchpriority="high"'
    assert f'<source type="image/avif" srcset="{avif}" sizes="{sizes}">' in page
    assert re.findall(r'<link rel="preload" as="image" ([^>]*)>', page) == [first]
    assert (
        f'<img src="/media/{photo.pk}--1280.webp" srcset="{webp}" sizes="{sizes}" width="1280" height="640" '
        'alt="Two people wave" fetchpriority="high">'
    ) in page


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_cost_the_same_queries_however_many(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        ready_photo()

    with django_assert_num_queries(5):
        assert len(figures(with_all(Photo.objects.public()), NOW)) == count
    with django_assert_num_queries(3):
        shown = [picture_of(photo, NOW) for photo in with_pictures(Photo.objects.public())]
        assert [picture.srcset.count("w,") for picture in shown if picture] == [2] * count
