"""Alternative texts, credits and rights of the pictures in a story."""

from typing import Any

import pytest

from newsroom.photos.rights import Right
from tests.articles.checks.copies import AT, DAY, copy, fields, found, picture, sentences

RIGHTS = ("rights-missing", "rights-expired", "rights-denied", "rights-ending")


def of_picture(code: str, **over: Any) -> list[str]:
    return fields(code, pictures=(picture(**over),))


def rights(*leases: Right, **over: Any) -> list[str]:
    seen = copy(pictures=(picture(is_held=True, rights=leases),), **over)
    return [code for code in RIGHTS if found(code, seen)]


def test_alt_text_is_missing_unless_the_picture_is_decorative() -> None:
    assert of_picture("no-alt-text", row=2, alt_text=" ") == ["photo_uses-2-alt_text"]
    assert of_picture("no-alt-text", alt_text="", is_decorative=True) == []
    assert of_picture("no-alt-text") == []


@pytest.mark.parametrize(
    "name",
    ["IMG_2034.JPG", "DSC01234", "KakaoTalk_20231219_101530.jpg", "Screenshot 2023-12-19 at 10.15.30", "image (3)",
     "group photo.png", "스크린샷 2023-12-19", "사진 1", "P1010023"],
)  # fmt: skip
def test_name_of_a_file_is_no_alt_text(name: str) -> None:
    assert of_picture("alt-text-is-a-file-name", alt_text=name) == ["photo_uses-0-alt_text"]


@pytest.mark.parametrize(
    "words",
    ["Fifty people on steps.", "Image of a reactor in 1978", "쉰 명이 계단에 서 있다.", "Kim at the 2023 forum", ""],
)
def test_words_are_an_alt_text(words: str) -> None:
    assert of_picture("alt-text-is-a-file-name", alt_text=words) == []


def test_credit_is_asked_for_where_a_picture_is_held() -> None:
    assert of_picture("no-credit", is_held=True) == ["photo_uses-0-photo"]
    assert of_picture("no-credit", is_held=True, credit="Yonhap") == []
    assert of_picture("no-credit", is_held=False) == []


def test_rights_lead_to_the_record_of_the_photo() -> None:
    (finding,) = found("rights-missing", copy(pictures=(picture(is_held=True, link="/admin/photo/7/"),)))

    assert (finding.link, finding.is_error) == ("/admin/photo/7/", True)


def test_picture_that_is_not_held_needs_no_rights() -> None:
    seen = copy(pictures=(picture(is_held=False),))

    assert [code for code in RIGHTS if found(code, seen)] == []


def test_each_state_of_the_rights_is_said_once() -> None:
    said = {
        "none": rights(),
        "for good": rights(Right(True)),
        "begins later": rights(Right(True, starts_at=AT + DAY)),
        "ended": rights(Right(True, ends_at=AT - DAY)),
        "refused": rights(Right(True), Right(False)),
        "refused once": rights(Right(True), Right(False, ends_at=AT - DAY)),
        "ends in two days": rights(Right(True, ends_at=AT + 2 * DAY)),
        "ends in four days": rights(Right(True, ends_at=AT + 4 * DAY)),
        "renewed": rights(Right(True, ends_at=AT + DAY), Right(True, starts_at=AT)),
        "refused from tomorrow": rights(Right(True), Right(False, starts_at=AT + DAY)),
    }

    assert said == {
        "none": ["rights-missing"],
        "for good": [],
        "begins later": ["rights-missing"],
        "ended": ["rights-expired"],
        "refused": ["rights-denied"],
        "refused once": [],
        "ends in two days": ["rights-ending"],
        "ends in four days": [],
        "renewed": [],
        "refused from tomorrow": ["rights-ending"],
    }


def test_rights_are_those_of_the_day_on_which_the_embargo_ends() -> None:
    later = Right(True, starts_at=AT + 5 * DAY)

    assert rights(later, embargo_until=AT + 5 * DAY) == []
    assert rights(Right(True, ends_at=AT + DAY), embargo_until=AT + 5 * DAY) == ["rights-expired"]


def test_end_of_the_rights_is_said_in_the_newsrooms_zone() -> None:
    ends = picture(is_held=True, rights=(Right(True, ends_at=AT + DAY),))

    (sentence,) = sentences("rights-ending", pictures=(ends,))

    assert sentence == (
        "The right to use “Group photograph” ends on 13 January 2026, 09:00: "
        "readers see a drawing in its place from then on."
    )


def test_picture_of_somebody_else_needs_its_usage_terms() -> None:
    assert of_picture("no-usage-terms", is_held=True, lacks_terms=True) == ["photo_uses-0-photo"]
    assert of_picture("no-usage-terms", is_held=True) == []
    assert of_picture("no-usage-terms", lacks_terms=True) == []


def test_picture_used_before_is_noted_and_no_warning() -> None:
    seen = copy(pictures=(picture(uses=4), picture(uses=1)))

    said = [(one.sentence, one.is_error, one.is_warning) for one in found("photo-used-before", seen)]

    words = "“Group photograph” is used 4 times: readers may know it from another story."
    assert said == [(words, False, False)]
