"""The documents of the API, field by field: what the schema promises and golden files hold."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from events.models import Appearance, Event, Hosting
from newsroom.articles.models import Byline, Kind, Language
from newsroom.models import Change, Source
from newsroom.photos.models import Depiction, Photo
from people.models import NameVariant, Organisation, Person

Char = serializers.CharField


class Shape(serializers.Serializer):  # type: ignore[type-arg]
    """A read-only description; documents are stored, never built by serializers."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        extend_schema_serializer(component_name=cls.__name__.removesuffix("Shape"))(cls)


class PartialDateShape(Shape):
    """A date as imprecise as its source: EDTF text, and the days between which it lies."""

    edtf = Char(
        help_text="EDTF; a question mark left of a part means that this part is inferred, "
        "and 21 to 24 in place of a month are spring, summer, autumn and winter"
    )
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)


class SourceShape(Shape):
    """What is printed of a source; empty text is what it does not say."""

    publisher = Char()
    author = Char(allow_blank=True)
    title = Char(allow_blank=True)
    published_on = PartialDateShape(allow_null=True)
    url = Char(allow_blank=True)
    rights_notice = Char(allow_blank=True)
    redistribution = serializers.ChoiceField(choices=Source.Permission.choices)
    ai_training = serializers.ChoiceField(choices=Source.Permission.choices)


class ReferenceShape(Shape):
    """Another object; by `name` alone while that object is not public."""

    id = serializers.UUIDField(required=False)
    type = Char(required=False)
    name = Char()
    url = serializers.URLField(required=False)
    object = serializers.DictField(
        required=False, allow_null=True, help_text="with ?expand=: all that you may have of it; null if nothing"
    )


class ObjectShape(Shape):
    """What all public objects have."""

    id = serializers.UUIDField()
    type = Char()
    url = serializers.URLField()


class TopicShape(ObjectShape):
    slug = Char()
    name = Char()
    name_ko = Char(allow_blank=True)
    description = Char(allow_blank=True)
    description_ko = Char(allow_blank=True)
    medtop = Char(allow_blank=True, help_text="IPTC Media Topic code, where one fits")


class VariantShape(Shape):
    spelling = Char()
    script = serializers.ChoiceField(choices=NameVariant.Script.choices)
    source = SourceShape(allow_null=True)  # type: ignore[assignment]  # a field of ours, not DRF's


class AttestationShape(Shape):
    seen_on = PartialDateShape(allow_null=True)
    title_as_printed = Char(allow_blank=True)
    source = SourceShape(allow_null=True)  # type: ignore[assignment]  # a field of ours, not DRF's


class PositionShape(Shape):
    title = Char()
    title_ko = Char(allow_blank=True)
    organisation = ReferenceShape(allow_null=True)
    starts_on = PartialDateShape(allow_null=True)
    ends_on = PartialDateShape(allow_null=True)
    attestations = AttestationShape(many=True)


class PersonShape(ObjectShape):
    slug = Char()
    name = Char()
    family_name = Char()
    given_name = Char(allow_blank=True)
    name_order = serializers.ChoiceField(choices=Person.NameOrder.choices)
    native_name = Char(allow_blank=True)
    biography = Char(allow_blank=True)
    orcid = Char(allow_blank=True)
    wikidata = Char(allow_blank=True)
    variants = VariantShape(many=True)
    positions = PositionShape(many=True)


class OrganisationShape(ObjectShape):
    slug = Char()
    name = Char()
    short_name = Char(allow_blank=True)
    native_name = Char(allow_blank=True)
    kind = serializers.ChoiceField(choices=Organisation.Kind.choices)
    country = Char(allow_blank=True, help_text="ISO 3166-1 alpha-2")
    parent = ReferenceShape(allow_null=True)
    description = Char(allow_blank=True)
    website = Char(allow_blank=True)
    ror = Char(allow_blank=True)
    wikidata = Char(allow_blank=True)
    variants = VariantShape(many=True)


class VenueShape(Shape):
    name = Char(allow_blank=True)
    city = Char(allow_blank=True)
    country = Char(allow_blank=True)
    address = Char(allow_blank=True)
    time_zone = Char(allow_blank=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)


class SeriesShape(Shape):
    slug = Char()
    name = Char()
    number = serializers.IntegerField(allow_null=True)
    since = PartialDateShape(allow_null=True)


class HostingShape(Shape):
    role = serializers.ChoiceField(choices=Hosting.Role.choices)
    organisation = ReferenceShape()


class SessionShape(Shape):
    order = serializers.IntegerField()
    title = Char()
    summary = Char(allow_blank=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    room = Char(allow_blank=True)


class AppearanceShape(Shape):
    person = ReferenceShape()
    name_as_printed = Char(allow_blank=True)
    title_as_printed = Char(allow_blank=True)
    role = serializers.ChoiceField(choices=Appearance.Role.choices)
    session = serializers.IntegerField(allow_null=True, help_text="the order of the session in the programme")
    talk_title = Char(allow_blank=True)


class StatementShape(Shape):
    person = ReferenceShape(allow_null=True)
    organisation = ReferenceShape(allow_null=True)
    title_as_printed = Char(allow_blank=True, help_text="the speaker's title at that event")
    text = Char(help_text="reported speech in our own words")
    language = Char()
    source = SourceShape(allow_null=True)  # type: ignore[assignment]  # a field of ours, not DRF's


class EventShape(ObjectShape):
    """A meeting; under the Chatham House Rule `appearances` and `statements` are empty."""

    slug = Char()
    name = Char()
    native_name = Char(allow_blank=True)
    theme = Char(allow_blank=True)
    summary = Char(allow_blank=True)
    kind = serializers.ChoiceField(choices=Event.Kind.choices)
    mode = serializers.ChoiceField(choices=Event.Mode.choices)
    status = serializers.ChoiceField(choices=Event.Status.choices)
    starts_on = PartialDateShape(allow_null=True)
    ends_on = PartialDateShape(allow_null=True)
    date_as_printed = Char(allow_blank=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    venue = VenueShape(allow_null=True)
    country = Char(allow_blank=True)
    series = SeriesShape(allow_null=True)
    hosts = HostingShape(many=True)
    attendance = serializers.IntegerField(allow_null=True)
    attendance_is_about = serializers.BooleanField()
    recording_url = Char(allow_blank=True)
    recording_note = Char(allow_blank=True)
    attribution = serializers.ChoiceField(choices=Event.Attribution.choices)
    sessions = SessionShape(many=True)
    appearances = AppearanceShape(many=True)
    statements = StatementShape(many=True)
    topics = ReferenceShape(many=True)
    sources = SourceShape(many=True)


class DepictionShape(Shape):
    person = ReferenceShape()
    name_as_printed = Char(allow_blank=True)
    title_as_printed = Char(allow_blank=True)
    row = serializers.ChoiceField(choices=Depiction.Row.choices, allow_blank=True)
    row_is_inferred = serializers.BooleanField()
    place_from_left = serializers.IntegerField(allow_null=True)
    where = Char(allow_blank=True, help_text="in words: “Front row, fifth from left”")
    is_portrait = serializers.BooleanField()


class RenditionShape(Shape):
    href = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    contentType = Char()  # noqa: N815  the name that ninjs gives it
    sizeInBytes = serializers.IntegerField()  # noqa: N815


class WithheldShape(Shape):
    """What you do not get, and why: not-held, rights (no lease allows it), licence (yours has none), hidden."""

    what = Char()
    reason = Char()


class PhotoShape(ObjectShape):
    """A caption always; `renditions` only where a lease allows syndication, else `withheld` says why not."""

    headline = Char(allow_blank=True)
    caption = Char()
    is_name_label = serializers.BooleanField(help_text="the source prints only a name or title under the picture")
    alt_text = Char(allow_blank=True)
    alt_text_ko = Char(allow_blank=True, help_text="the same in Korean; empty where nobody wrote it")
    photographer = ReferenceShape(allow_null=True)
    credit_line = Char(allow_blank=True)
    copyright_notice = Char(allow_blank=True)
    usage_terms = Char(allow_blank=True)
    rights = serializers.ChoiceField(choices=Photo.Rights.choices)
    data_mining = serializers.ChoiceField(choices=Photo.DataMining.choices)
    taken_on = PartialDateShape(allow_null=True)
    place = Char(allow_blank=True)
    event = ReferenceShape(allow_null=True)
    is_file_picture = serializers.BooleanField()
    people = DepictionShape(many=True)
    organisations = ReferenceShape(many=True)
    source = SourceShape(allow_null=True)  # type: ignore[assignment]  # a field of ours, not DRF's
    renditions = RenditionShape(many=True)
    withheld = WithheldShape(many=True)
    on_our_pages = serializers.BooleanField(help_text="whether our own pages may show the picture now")


class BylineShape(ReferenceShape):
    role = serializers.ChoiceField(choices=Byline.Role.choices)


class MentionShape(ReferenceShape):
    """Name and title as the story prints them; `current_name` is the person's name today."""

    title = Char(allow_blank=True)
    current_name = Char(required=False)


class PhotoUseShape(ReferenceShape):
    caption = Char()
    alt_text = Char(allow_blank=True)
    is_lead = serializers.BooleanField()
    is_decorative = serializers.BooleanField()
    credit_line = Char(allow_blank=True)
    is_file_picture = serializers.BooleanField()


class CorrectionShape(Shape):
    edition = serializers.IntegerField()
    at = serializers.DateTimeField()
    note = Char()


class VersionShape(Shape):
    edition = serializers.IntegerField()
    visible_from = serializers.DateTimeField()


class TranslationShape(ReferenceShape):
    """The same story in another language, by its headline."""

    language = serializers.ChoiceField(choices=Language.choices)


class OriginalShape(TranslationShape):
    corrections_since = CorrectionShape(many=True, help_text="its corrections that this text does not say yet")


class ArticleShape(ObjectShape):
    """A story as the edition of the moment prints it."""

    slug = Char()
    edition = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    language = serializers.ChoiceField(choices=Language.choices)
    headline = Char()
    standfirst = Char(allow_blank=True)
    dateline = Char(allow_blank=True)
    body_html = Char(help_text='`<figure data-photo="…"></figure>` is the place of the photo of that id under `photos`')
    bylines = BylineShape(many=True)
    people = MentionShape(many=True)
    organisations = ReferenceShape(many=True)
    events = ReferenceShape(many=True)
    topics = ReferenceShape(many=True)
    photos = PhotoUseShape(many=True)
    sources = SourceShape(many=True)
    countries = serializers.ListField(child=Char())
    first_published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True, help_text="when it leaves our pages, where that is set")
    corrections = CorrectionShape(many=True)
    versions = VersionShape(many=True)
    withheld = WithheldShape(many=True)
    ai_training = serializers.ChoiceField(choices=Source.Permission.choices, help_text="what its sources say of it")
    translation_of = OriginalShape(allow_null=True)
    translations = TranslationShape(many=True)


class CountShape(Shape):
    """How many a list has; `value` is all of them where it is exact, else a number that they exceed."""

    value = serializers.IntegerField()
    is_exact = serializers.BooleanField()


class ChangeShape(Shape):
    """One change: `upsert` an object, or `remove` it from your copy."""

    op = serializers.ChoiceField(choices=["upsert", "remove"])
    type = Char()
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    changed_at = serializers.DateTimeField()
    kind = Char(help_text="published, corrected, changed or removed")
    reason = serializers.ChoiceField(choices=Change.Reason.choices, allow_null=True)
    must_remove = serializers.BooleanField()
    note = Char(allow_blank=True)
    replaced_by = serializers.UUIDField(allow_null=True)
    object = serializers.DictField(allow_null=True)


class ChangesPageShape(Shape):
    changes = ChangeShape(many=True)
    cursor = Char()
    has_more = serializers.BooleanField()


class FaultShape(Shape):
    parameter = Char()
    detail = Char()


class ProblemShape(Shape):
    """RFC 9457."""

    type = serializers.URLField()
    title = Char()
    status = serializers.IntegerField()
    detail = Char()
    instance = Char()
    errors = FaultShape(many=True, required=False)  # type: ignore[assignment]


EVERYWHERE = (401, 403, 429, 503)


def refusals(*codes: int) -> dict[tuple[int, str], type[Shape]]:
    """The problems that an address answers with, beside those that every address may."""
    return {(code, "application/problem+json"): ProblemShape for code in (*codes, *EVERYWHERE)}


SHAPES: dict[str, type[ObjectShape]] = {
    "article": ArticleShape,
    "event": EventShape,
    "person": PersonShape,
    "organisation": OrganisationShape,
    "photo": PhotoShape,
    "topic": TopicShape,
}
