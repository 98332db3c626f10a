"""Two people, or two organisations, that turn out to be one: everything stays, and all of it can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Appearance, Hosting, Statement
from newsroom import feedcheck
from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline, EditionFacet, Mention
from newsroom.models import Change, User
from newsroom.photos.models import Depiction
from people import merging
from people.models import Attestation, Merge, NameVariant, Organisation, Person, Position
from tests import factories
from tests.changes.feed import document, entry
from tests.factories import make_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> User:
    return factories.make_user("Editor")


def make_pair(**over: Any) -> tuple[Person, Person]:
    """The one that goes and the one that stays, both public."""
    going = {"family_name": "Doe", "given_name": "Jane", "slug": "jane-doe", "is_public": True}
    staying = {"family_name": "Doe", "given_name": "Janet", "slug": "janet-doe", "is_public": True}
    return factories.make_person(**going | over), factories.make_person(**staying)


def merge(going: Any, staying: Any, editor: User, **taken: bool) -> Merge:
    return merging.merge(going, into=staying, by=editor, at=timezone.now(), taken=taken)


def undo(going: Any, editor: User) -> list[str]:
    return merging.undo(going, by=editor, at=timezone.now())


def tables() -> dict[str, list[Any]]:
    """Every row of the rooms, but for what each save counts and remembers."""
    models: list[Any] = [
        Person, Organisation, NameVariant, Position, Attestation, Appearance, Statement, Hosting, Depiction,
        Byline, Mention, EditionFacet, Article.organisations.through,
    ]  # fmt: skip
    beside = {"version", "updated_at"}
    if_any = {EditionFacet: {"id"}}
    return {
        model.__name__: sorted(
            (
                {name: value for name, value in row.items() if name not in beside | if_any.get(model, set())}
                for row in model._base_manager.values()
            ),
            key=repr,
        )
        for model in models
    }


def link_everywhere(person: Person) -> dict[str, Any]:
    """A row of every sort that points at the person."""
    event, photo, article = (
        factories.make_event(is_public=True),
        factories.make_photo(is_public=True),
        factories.make_article(),
    )
    position = make_row(Position, person, person=person, title="Envoy")
    rows = {
        "variant": make_row(NameVariant, person, person=person, spelling=f"Doe {person.pk}"),
        "position": position,
        "appearance": make_row(Appearance, event, event=event, person=person, role="keynote", position=position),
        "statement": make_row(Statement, event, event=event, person=person, text="That it counts."),
        "depiction": make_row(Depiction, photo, photo=photo, person=person),
        "mention": make_row(Mention, article, article=article, person=person),
        "byline": make_row(Byline, article, article=article, person=person),
    }
    workflow.publish(article, by=None, at=timezone.now())
    photographed = factories.make_photo(photographer=person, is_public=True)
    return {**rows, "photo": photographed, "event": event, "article": article}


def test_merge_keeps_every_link(editor: User) -> None:
    going, staying = make_pair()
    rows = link_everywhere(going)

    merge(going, staying, editor)

    for name in ("variant", "position", "appearance", "statement", "depiction", "mention", "byline"):
        rows[name].refresh_from_db()
        assert (name, rows[name].person_id) == (name, staying.pk)
    rows["photo"].refresh_from_db()
    assert rows["photo"].photographer_id == staying.pk
    assert list(feedcheck.drifts(timezone.now())) == []


def test_documents_that_named_the_one_name_the_other(editor: User) -> None:
    going, staying = make_pair()
    rows = link_everywhere(going)

    merge(going, staying, editor)

    printed = document(rows["article"])["people"][0]
    assert (printed["name"], printed["id"], printed["current_name"]) == ("Doe Jane", str(staying.uuid), "Doe Janet")
    assert document(rows["event"])["appearances"][0]["person"]["id"] == str(staying.uuid)
    assert document(rows["photo"])["photographer"]["id"] == str(staying.uuid)


def test_story_stands_on_the_shelf_of_the_one_that_stays(editor: User) -> None:
    going, staying = make_pair()
    link_everywhere(going)

    merge(going, staying, editor)

    shelves = EditionFacet.objects.filter(facet__in=["person", "byline"]).order_by("facet")
    assert list(shelves.values_list("facet", "value")) == [("byline", str(staying.pk)), ("person", str(staying.pk))]


def test_names_of_the_one_that_goes_become_spellings(editor: User) -> None:
    going, staying = make_pair(native_name="도제인")

    merge(going, staying, editor)

    spellings = list(staying.variants.values_list("spelling", "script", "source"))
    assert spellings == [("Doe Jane", "Latn", None), ("도제인", "Hang", None)]
    assert list(Person.objects.named("Jane Doe")) == [staying]


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_former_address_leads_on(client: Client, editor: User, prefix: str) -> None:
    going, staying = make_pair()

    merge(going, staying, editor)
    answer = client.get(f"{prefix}/people/jane-doe/?from=2025")

    assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/people/janet-doe/?from=2025")


def test_feed_says_what_replaces_it(client: Client, editor: User) -> None:
    going, staying = make_pair()
    cursor = client.get("/api/v1/changes/").json()["cursor"]

    merge(going, staying, editor)
    found = {one["id"]: one for one in client.get("/api/v1/changes/", {"cursor": cursor}).json()["changes"]}
    gone = client.get(f"/api/v1/people/{going.uuid}/")

    said = {name: found[str(going.uuid)][name] for name in ("op", "reason", "must_remove", "replaced_by")}
    assert said == {"op": "remove", "reason": "merged", "must_remove": True, "replaced_by": str(staying.uuid)}
    assert found[str(staying.uuid)]["op"] == "upsert"
    assert (gone.status_code, gone.json()["replaced_by"]) == (410, str(staying.uuid))


def test_nobody_is_told_of_a_hidden_record(editor: User) -> None:
    going, staying = make_pair()
    Person.objects.filter(pk=staying.pk).update(is_public=False)

    merge(going, staying, editor)

    assert (entry(going).replaced_by, Change.objects.filter(object_id=staying.uuid, mask__gt=0).count()) == (None, 0)


def test_row_that_both_have_stands_once_and_takes_what_it_lacks(editor: User) -> None:
    going, staying = make_pair()
    event = factories.make_event(is_public=True)
    for person, talk in ((going, "On cables"), (staying, "")):
        make_row(Appearance, event, event=event, person=person, role="keynote", talk_title=talk)
    said = make_row(
        Statement, event, event=event, person=going, text="That it counts.", appearance=going.appearances.get()
    )

    made = merge(going, staying, editor)

    appearance = Appearance.objects.get()
    said.refresh_from_db()
    assert (appearance.person, appearance.talk_title, said.appearance) == (staying, "On cables", appearance)
    assert made.losses == []


def test_what_two_rows_say_differently_is_reported(editor: User) -> None:
    going, staying = make_pair()
    article = factories.make_article()
    for person, title in ((going, "Envoy"), (staying, "Ambassador")):
        make_row(Mention, article, article=article, person=person, title_as_printed=title)

    made = merge(going, staying, editor)

    assert Mention.objects.get().title_as_printed == "Ambassador"
    assert made.losses == ["Doe Janet, title as printed: “Ambassador” stays, “Envoy” does not."]


def test_same_post_is_one_with_all_its_days(editor: User) -> None:
    going, staying = make_pair()
    organisation = factories.make_organisation()
    for person, day in ((going, "2025-01"), (staying, "2025-02")):
        post = make_row(Position, person, person=person, organisation=organisation, title="Envoy")
        make_row(Attestation, person, position=post, seen_on=day)
        make_row(Attestation, person, position=post, seen_on="2024")
    Position.objects.filter(person=going).update(starts_on="2023")

    merge(going, staying, editor)

    post = Position.objects.get()
    assert (str(post.starts_on), [str(one.seen_on) for one in post.attestations.all()]) == (
        "2023",
        ["2024", "2025-01", "2025-02"],
    )


@pytest.mark.parametrize("shared", [False, True])
def test_undoing_restores_every_row(editor: User, shared: bool) -> None:
    going, staying = make_pair(native_name="도제인", biography="About cables.")
    rows = link_everywhere(going)
    if shared:
        post = make_row(Position, staying, person=staying, title="Envoy")
        make_row(Appearance, rows["event"], event=rows["event"], person=staying, role="keynote", position=post)
        make_row(Depiction, rows["photo"], photo=rows["photo"], person=staying)
        make_row(Mention, rows["article"], article=rows["article"], person=staying, title_as_printed="Ambassador")
        make_row(Byline, rows["article"], article=rows["article"], person=staying, order=2)
    before = tables()
    merge(going, staying, editor, name=True, biography=True)
    assert tables() != before

    said = undo(going, editor)

    assert said == []
    assert tables() == before
    assert list(feedcheck.drifts(timezone.now())) == []


def test_undoing_brings_the_page_and_the_object_back(client: Client, editor: User) -> None:
    going, staying = make_pair()
    merge(going, staying, editor)

    undo(going, editor)

    assert client.get("/people/jane-doe/").status_code == 200
    assert client.get(f"/api/v1/people/{going.uuid}/").json()["name"] == "Doe Jane"


def test_undoing_leaves_what_was_edited_since_and_says_so(editor: User) -> None:
    going, staying = make_pair(biography="About cables.")
    rows = link_everywhere(going)
    merge(going, staying, editor, biography=True)
    Person.objects.filter(pk=staying.pk).update(biography="About ships.")
    rows["statement"].delete()
    other = factories.make_person()
    Depiction.objects.filter(pk=rows["depiction"].pk).update(person=other)

    foretold, said = merging.what_would_stay(Person.objects.get(pk=going.pk)), undo(going, editor)

    assert sorted(said) == sorted(
        [
            "Deleted since, and not brought back: 1 statements.",
            f"person shown “{other}” points elsewhere by now, and stays so.",
            "person “Doe Janet”, biography: it was changed since, and stays as it is now.",
        ]
    )
    assert foretold == said
    staying.refresh_from_db()
    rows["appearance"].refresh_from_db()
    assert (staying.biography, rows["appearance"].person_id) == ("About ships.", going.pk)


def test_merges_into_one_record_are_undone_last_first(editor: User) -> None:
    going, staying = make_pair()
    third = factories.make_person(given_name="Third")
    merge(going, staying, editor)
    merge(staying, third, editor)
    going.refresh_from_db()
    staying.refresh_from_db()

    with pytest.raises(merging.NotMerged, match="“Doe Janet” was merged into the same record later"):
        undo(going, editor)
    undo(staying, editor)
    undo(going, editor)

    going.refresh_from_db()
    assert (going.merged_into, Merge.objects.count()) == (None, 0)


def test_chain_of_merges_leads_on_in_one_step(client: Client, editor: User) -> None:
    going, staying = make_pair()
    third = factories.make_person(slug="third", is_public=True)
    merge(going, staying, editor)
    merge(Person.objects.get(pk=staying.pk), third, editor)

    assert client.get("/people/jane-doe/")["Location"] == "/people/third/"
    assert entry(going).replaced_by == third.uuid


def test_forms_that_were_open_are_stale(editor: User) -> None:
    going, staying = make_pair()
    rows = link_everywhere(going)
    before = [rows["event"].version, rows["article"].version, staying.version]

    merge(going, staying, editor)

    for row in (rows["event"], rows["article"], staying):
        row.refresh_from_db()
    assert [rows["event"].version, rows["article"].version, staying.version] > before


def test_organisations_with_one_name_between_them(editor: User) -> None:
    """A name stands once only: they change places."""
    going = factories.make_organisation(name="Institute of Cables", short_name="IC", is_public=True)
    staying = factories.make_organisation(name="Cable Institute", parent=going, is_public=True)
    article, event = factories.make_article(), factories.make_event(is_public=True)
    article.organisations.add(going, staying)
    for organisation in (going, staying):
        make_row(Hosting, event, event=event, organisation=organisation)
    child = factories.make_organisation(parent=going)
    before = tables()

    merge(going, staying, editor, name=True)
    staying.refresh_from_db()
    child.refresh_from_db()

    assert (staying.name, staying.parent, child.parent) == ("Institute of Cables", None, staying)
    assert [one.spelling for one in staying.variants.all()] == ["Cable Institute", "IC"]
    assert (list(article.organisations.all()), Hosting.objects.count()) == ([staying], 1)
    going.refresh_from_db()
    assert undo(going, editor) == []
    assert tables() == before


def test_organisation_cannot_become_a_part_of_itself(editor: User) -> None:
    top = factories.make_organisation()
    middle = factories.make_organisation(parent=top)
    low = factories.make_organisation(parent=middle)

    with pytest.raises(merging.NotMerged, match="by way of a third"):
        merge(low, top, editor)


@pytest.mark.parametrize("role", ["Reporter", "Photo editor", "Administrator"])
def test_merging_is_for_whoever_may_change_both(role: str) -> None:
    going, staying = make_pair()

    with pytest.raises(merging.NotMerged, match="not yours"):
        merge(going, staying, factories.make_user(role))


def test_what_lies_in_the_trash_is_not_merged(editor: User) -> None:
    _going, staying = make_pair()
    trashed = factories.make_person(trashed_at=timezone.now())

    with pytest.raises(merging.NotMerged, match="lies in the trash"):
        merge(trashed, staying, editor)


def test_record_is_not_merged_with_itself(editor: User) -> None:
    going, _staying = make_pair()

    with pytest.raises(merging.NotMerged, match="one record"):
        merge(going, going, editor)


@pytest.mark.parametrize("address", ["/articles/", "/feeds/articles.atom", "/api/v1/articles/", "/events/"])
def test_filters_find_the_one_that_stays_by_slug_and_id_of_the_ones_that_went(
    address: str, editor: User, client: Client
) -> None:
    """One that went into another, which went on into a third, leads there in one step."""
    going, between = make_pair()
    staying = factories.make_person(slug="third", is_public=True)
    event = factories.make_event(is_public=True, name="They met")
    make_row(Appearance, event, event=event, person=going)
    article = factories.make_article(headline="They met")
    make_row(Mention, article, article=article, person=going)
    workflow.publish(article, by=None, at=timezone.now())
    merge(going, between, editor)
    merge(between, staying, editor)

    found = [
        client.get(address, {"person": value}).content.decode().count("They met")
        for value in ("nobody", "third", "jane-doe", "janet-doe", going.uuid, between.uuid, staying.uuid)
    ]

    assert found[0] == 0
    assert found[1] > 0
    assert found[2:] == [found[1]] * 5
