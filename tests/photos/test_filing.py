"""How a picture comes into the archive: once, untouched, private, with what its file says in the empty fields."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from pytest_django import Settings

from newsroom import changes
from newsroom.models import Change, User
from newsroom.photos import filing, prefilling
from newsroom.photos.embedded import Fact, Facts
from newsroom.photos.intake import Refused, examine
from newsroom.photos.models import Intake, Photo, RenditionJob
from tests import factories as make
from tests.photos.embedded.test_facts import alt, bag, iptc_region, numbers, xmp
from tests.photos.pictures import encoded, jpeg, scene
from tests.photos.watching import OvertakenStorage

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def file(content: bytes, by: User | None = None) -> filing.Filed:
    return filing.file_upload(content, by=by, at=NOW)


def kept_files() -> list[Path]:
    return [path for path in Path(settings.PRIVATE_MEDIA_ROOT).rglob("*") if path.is_file()]


def of_xmp(**values: Any) -> Facts:
    return {name: Fact(value, "XMP") for name, value in values.items()}


def test_picture_is_filed_untouched_and_not_public(photo_editor: User) -> None:
    content = jpeg(300, 200)

    filed = file(content, photo_editor)

    photo = Photo.objects.get()
    assert (filed.photo, filed.is_new, filed.alike) == (photo, True, [])
    assert (photo.is_public, photo.created_by, photo.width, photo.height) == (False, photo_editor, 300, 200)
    assert photo.sha256 == hashlib.sha256(content).hexdigest()
    assert [path.read_bytes() for path in kept_files()] == [content]
    assert RenditionJob.objects.get().photo == photo
    assert Change.objects.count() == 0


def test_intake_notes_what_the_file_is() -> None:
    content = encoded(scene(300, 200).convert("CMYK"), "JPEG")

    photo = file(content).photo

    noted = Intake.objects.get(photo=photo)
    assert (noted.form, noted.size, noted.notes, noted.taken_in_at) == ("JPEG", len(content), ["colours"], NOW)
    assert int(noted.likeness, 16) == examine(content).likeness


def test_same_file_is_one_photo() -> None:
    first = file(jpeg())

    again = file(jpeg())

    assert (again.photo, again.is_new) == (first.photo, False)
    assert (Photo.objects.count(), len(kept_files())) == (1, 1)


def test_same_file_sent_twice_at_the_same_time_is_one_photo(photo_editor: User, settings: Settings) -> None:
    overtaken = {**settings.STORAGES["originals"], "BACKEND": "tests.photos.watching.OvertakenStorage"}
    settings.STORAGES = {**settings.STORAGES, "originals": overtaken}
    first: list[filing.Filed] = []
    OvertakenStorage.meanwhile.append(lambda: first.append(file(jpeg(), photo_editor)))

    again = file(jpeg(), photo_editor)

    assert [(one.photo, one.is_new) for one in [*first, again]] == [(Photo.objects.get(), new) for new in (True, False)]
    assert len(kept_files()) == 1


def test_near_duplicate_is_pointed_out() -> None:
    first = file(encoded(scene(480, 320), "PNG")).photo
    file(jpeg(480, 320, seed=5))

    again = file(encoded(scene(480, 320).resize((240, 160)), "WEBP"))

    assert (again.is_new, again.alike) == (True, [first])


def test_refused_file_leaves_nothing_behind() -> None:
    with pytest.raises(Refused):
        file(b"<svg/>")

    assert (Photo.objects.count(), kept_files()) == (0, [])


def test_file_goes_again_when_the_record_could_not_be_made() -> None:
    make.make_photo(slug="one")

    def file_under_a_slug_that_is_taken() -> None:
        with filing.stored(jpeg(), examine(jpeg())) as original, transaction.atomic():
            photo = Photo(slug="one")
            filing.hold(photo, original)
            photo.save()

    with pytest.raises(IntegrityError):
        file_under_a_slug_that_is_taken()

    assert kept_files() == []


def test_name_of_the_file_is_nobodys_guess_and_its_extension_is_its_content() -> None:
    name = str(file(encoded(scene(), "WEBP")).photo.original)

    assert name.endswith(".webp")
    assert len(name.rpartition("/")[2]) == 32 + len(".webp")


def test_words_of_the_file_fill_the_record() -> None:
    person = make.make_person(family_name="Doe", given_name="Kim")
    photographer = make.make_person(family_name="Poe", given_name="Pat")
    packet = xmp(
        alt("dc:description", **{"x-default": "과학외교 포럼"})
        + bag("dc:creator", "Pat Poe")
        + bag("e:PersonInImage", "Kim Doe", "Nobody Known")
        + iptc_region(numbers(rbX=0.25, rbY=0.5, rbW=0.125, rbH=0.25))
        .decode()
        .partition('rdf:about="" >')[2]
        .partition("</rdf:Description>")[0],
        'photoshop:Headline="A wave" photoshop:City="Seoul" photoshop:Country="Korea" '
        'photoshop:DateCreated="2025-12" plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"',
    )

    photo = file(jpeg(xmp=packet)).photo

    assert (photo.headline, photo.description, photo.place) == ("A wave", "과학외교 포럼", "Seoul, Korea")
    assert (photo.photographer, photo.credit_line) == (photographer, "Pat Poe")
    assert (str(photo.taken_on), photo.data_mining) == ("2025-12", "prohibited")
    shown = photo.depictions.get()
    assert (shown.person, shown.name_as_printed) == (person, "Kim Doe")
    assert (shown.box_x, shown.box_height) == (Decimal("0.2500"), Decimal("0.2500"))
    assert photo.slug.startswith("a-wave-")
    assert Intake.objects.get().facts["people"] == {"value": ["Kim Doe", "Nobody Known"], "block": "XMP"}


def test_further_words_of_the_file_fill_the_record_except_its_instructions() -> None:
    """Instructions are meant for whom the file was sent to; what we make of it goes to everybody."""
    photo = make.make_photo()

    prefilling.fill(
        photo,
        of_xmp(
            author_title="Staff", caption_writer="Desk", source="Agency", instructions="SECRET", keywords=["a", "b"],
            long_description="All of it", constraints="Ask", city="Seoul", country="South Korea", country_code="KOR",
            made_by="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", ai_system="None",
        ),
    )  # fmt: skip

    assert (photo.photographer_title, photo.caption_writer, photo.source_as_printed) == ("Staff", "Desk", "Agency")
    assert (photo.instructions, photo.keywords, photo.long_description) == ("", "a, b", "All of it")
    assert (photo.other_constraints, photo.city, photo.country.code) == ("Ask", "Seoul", "KR")
    assert (photo.source_type, photo.ai_system) == ("digitalCapture", "None")


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"country_code": "kor"}, "KR"),
        ({"country_code": "JP", "country": "Elsewhere"}, "JP"),
        ({"country": "south korea"}, "KR"),
        ({"country": "Atlantis", "country_code": "XXX"}, ""),
        ({}, ""),
    ],
)
def test_country_is_read_from_its_code_or_its_name(stated: dict[str, str], code: str) -> None:
    photo = make.make_photo()

    prefilling.fill(photo, of_xmp(**stated))

    assert (photo.country.code or "") == code


def test_words_of_an_editor_are_never_touched() -> None:
    photo = make.make_photo(headline="Ours", credit_line="Ours", data_mining="allowed", taken_on="2024", place="Busan")
    facts = of_xmp(headline="Theirs", credit="Theirs", data_mining="DMI-PROHIBITED", taken_on="2025", city="Seoul")

    prefilling.fill(photo, {**facts, **of_xmp(alt_text="Two people")})

    assert (photo.headline, photo.credit_line, photo.data_mining) == ("Ours", "Ours", "allowed")
    assert (str(photo.taken_on), photo.place, photo.alt_text) == ("2024", "Busan", "Two people")


def test_photo_in_which_somebody_is_marked_gets_nobody_more() -> None:
    photo = make.make_photo()
    marked = make.make_person()
    photo.depictions.create(person=marked)
    make.make_person(family_name="Doe", given_name="Kim")

    prefilling.mark_people(photo, of_xmp(people=["Kim Doe"]))

    assert [one.person for one in photo.depictions.all()] == [marked]


def test_name_that_two_people_bear_is_left_to_the_editor() -> None:
    for _ in range(2):
        make.make_person(family_name="Doe", given_name="Kim")
    photo = make.make_photo()

    prefilling.fill(photo, of_xmp(creator="Kim Doe"))
    prefilling.mark_people(photo, of_xmp(people=["Kim Doe"]))

    assert (photo.photographer, photo.depictions.count(), photo.credit_line) == (None, 0, "Kim Doe")


def test_person_named_twice_in_two_spellings_is_marked_once() -> None:
    make.make_person(family_name="Kim", given_name="Sang-bae")
    photo = make.make_photo()

    prefilling.mark_people(photo, of_xmp(people=["Sang-bae Kim", "Kim Sangbae"]))

    assert [one.name_as_printed for one in photo.depictions.all()] == ["Sang-bae Kim"]


@pytest.mark.parametrize(
    ("term", "read"),
    [
        ("DMI-ALLOWED", "allowed"),
        ("DMI-PROHIBITED", "prohibited"),
        ("DMI-PROHIBITED-AIMLTRAINING", "prohibited-ai-training"),
        ("DMI-PROHIBITED-GENAIMLTRAINING", "prohibited-ai-training"),
        ("DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", "prohibited"),
        ("DMI-NEVER-HEARD-OF", "unspecified"),
        ("", "unspecified"),
    ],
)
def test_data_mining_terms_are_read_as_what_forbids_as_much(term: str, read: str) -> None:
    photo = make.make_photo()

    prefilling.fill(photo, of_xmp(data_mining=f"http://ns.useplus.org/ldf/vocab/{term}"))

    assert photo.data_mining == read


@pytest.mark.parametrize(
    ("facts", "headline"),
    [
        ({"title": "DSC_0042.JPG"}, ""),
        ({"title": "A wave in Seoul"}, "A wave in Seoul"),
        ({"title": "A wave in Seoul", "headline": "Wave"}, "Wave"),
        ({"headline": "x" * 300}, "x" * 199 + "…"),
    ],
)
def test_headline_is_no_name_of_a_file_and_fits(facts: dict[str, str], headline: str) -> None:
    photo = make.make_photo()

    prefilling.fill(photo, of_xmp(**facts))

    assert photo.headline == headline


def test_day_that_no_calendar_has_is_passed_over() -> None:
    photo = make.make_photo()

    prefilling.fill(photo, of_xmp(taken_on="2025-02-30"))

    assert photo.taken_on is None


def test_meeting_and_organisation_are_found_by_their_names() -> None:
    event, organisation = make.make_event(name="Congress"), make.make_organisation(name="Institute of Waves")
    photo = make.make_photo()
    facts = of_xmp(event="congress", organisations=["Institute of Waves", "Unknown"])

    prefilling.fill(photo, facts)
    prefilling.mark_people(photo, facts)

    assert (photo.event, list(photo.organisations.all())) == (event, [organisation])


def test_original_that_is_taken_out_takes_along_what_its_file_said(
    django_capture_on_commit_callbacks: Any,
) -> None:
    photo = file(jpeg()).photo

    with django_capture_on_commit_callbacks(execute=True), changes.recording() as record:
        filing.take_out(photo, at=NOW)
        record.touch(photo)

    photo.refresh_from_db()
    assert (photo.is_held, photo.sha256, photo.width) == (False, "", None)
    assert (Intake.objects.count(), RenditionJob.objects.count(), kept_files()) == (0, 0, [])
