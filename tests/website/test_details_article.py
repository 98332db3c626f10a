"""The page of a story: what its edition prints, beside what the records say today."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Event, Hosting
from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline, Edition, Mention, PhotoUse
from newsroom.photos.models import Depiction, Lease, Photo, Rendition
from people.models import Attestation, NameVariant, Person, Position
from tests import factories as make
from tests.website.html import links, open_page, part, texts, words

AT = dt.datetime(2025, 12, 10, 3, tzinfo=dt.UTC)
LATER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
QUERIES = 21
pytestmark = pytest.mark.django_db


def publish(article: Article, **options: object) -> Edition:
    return workflow.publish(article, by=None, at=AT, **options)


def test_article_prints_the_edition_and_not_what_the_desk_works_on(client: Client) -> None:
    article = make.make_article(headline="As published", body="<p>Public text.</p>")
    publish(article)
    article.headline, article.body = "Secret rewrite", "<p>Secret text.</p>"
    article.save()

    main = open_page(client, article.get_absolute_url())

    assert words(main.find(".//h1")) == "As published"
    assert "Secret" not in words(main)


def test_article_that_was_never_public_is_not_found(client: Client) -> None:
    draft = make.make_article(headline="Secret draft")
    scheduled = make.make_article(headline="Secret plan")
    publish(scheduled, visible_from=LATER)

    answers = [client.get(one.get_absolute_url()) for one in (draft, scheduled)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert ["Secret" in answer.content.decode() for answer in answers] == [False, False]


def test_article_withdrawn_says_so_and_why_and_nothing_of_the_story(client: Client) -> None:
    article = make.make_article(headline="Secret now")
    publish(article)
    workflow.withdraw(
        article, by=None, at=AT + dt.timedelta(days=1), public_note="It named a wrong person.", private_note="Secret"
    )

    main = open_page(client, article.get_absolute_url(), status=410)

    assert "It named a wrong person." in words(main)
    assert "Secret" not in words(main)


def test_article_past_its_time_is_gone(client: Client) -> None:
    article = make.make_article(headline="Secret now")
    publish(article, visible_until=AT + dt.timedelta(days=1))

    main = open_page(client, article.get_absolute_url(), status=410)

    assert "Secret" not in words(main)


def test_article_opens_with_its_corrections_and_says_when_it_was_updated(client: Client) -> None:
    article = make.make_article()
    publish(article)
    workflow.correct(article, by=None, at=AT + dt.timedelta(days=2), note="A date was wrong.")

    main = open_page(client, article.get_absolute_url())

    assert texts(main, ".//header/div[@class='fix']") == ["Corrected 12 December 2025. A date was wrong. What changed"]
    assert texts(main, ".//div[@class='rail']//dt") == ["Published", "Updated", "Reading time"]
    assert texts(main, ".//div[@class='rail']//dd") == ["10 December 2025", "12 December 2025", "1 minute"]


def test_article_without_corrections_says_that_there_are_none(client: Client) -> None:
    article = make.make_article()
    publish(article)

    main = open_page(client, article.get_absolute_url())

    assert words(part(main, "corrections")) == "Corrections None so far. All versions"
    assert main.find(".//div[@class='fix']") is None


def test_article_names_a_person_as_printed_with_a_few_spellings_seen_elsewhere(client: Client) -> None:
    person = make.make_person(family_name="Kim", given_name="Sang-bae", slug="kim-sang-bae", is_public=True)
    for spelling in ("Kim Sangbae", "Kim Sangpae", "Sangbae Kim"):
        make.make_row(NameVariant, person, person=person, spelling=spelling)
    article = make.make_article()
    article.mentions.create(person=person, name_as_printed="Sang-bae Kim", title_as_printed="professor")
    publish(article)

    main = open_page(client, article.get_absolute_url())

    line = part(main, "people").find(".//li")
    assert words(line) == "Sang-bae Kim Professor Elsewhere: Kim Sang-bae, Kim Sangbae, Kim Sangpae"
    assert links(line) == {"Sang-bae Kim": "/people/kim-sang-bae/"}


def test_article_shows_a_person_without_public_page_by_name_alone(client: Client) -> None:
    person = make.make_person(family_name="Doe", given_name="Jane", biography="Secret")
    make.make_row(NameVariant, person, person=person, spelling="Secret spelling")
    make.make_row(Position, person, person=person, title="Secret post")
    article = make.make_article()
    article.mentions.create(person=person, title_as_printed="witness")
    article.bylines.create(person=person)
    publish(article)

    main = open_page(client, article.get_absolute_url())

    assert words(part(main, "people").find(".//li")) == "Doe Jane Witness"
    assert "/people/" not in " ".join(links(main).values())
    assert "Secret" not in words(main)


def test_article_takes_the_title_of_the_day_where_none_is_printed(client: Client) -> None:
    person = make.make_person(is_public=True)
    for title, day in (("Director", "2023-12-19"), ("President", "2025-12-09")):
        post = make.make_row(Position, person, person=person, title=title)
        make.make_row(Attestation, person, position=post, seen_on=day)
    article = make.make_article()
    article.mentions.create(person=person)
    article.events.add(make.make_event(starts_on="2025-12-09", is_public=True))
    publish(article)

    [line] = client.get(article.get_absolute_url()).context["page"].people

    assert (line.title, line.basis) == ("President", "")


def test_article_says_what_a_title_rests_on_where_that_is_not_certain(client: Client) -> None:
    person = make.make_person(is_public=True)
    post = make.make_row(Position, person, person=person, title="Director")
    make.make_row(Attestation, person, position=post, seen_on="2023-12")
    article = make.make_article()
    article.mentions.create(person=person)
    article.events.add(make.make_event(starts_on="2025-12-09", is_public=True))
    publish(article)

    main = open_page(client, article.get_absolute_url())

    assert texts(part(main, "people"), ".//span[@class='as']") == ["Director as seen on December 2023"]


def test_article_gives_the_facts_of_its_event_no_more_precisely_than_known(client: Client) -> None:
    host = make.make_organisation(name="Association", is_public=True)
    event = make.make_event(
        name="Conference", is_public=True, starts_on="?2025-XX-06", venue=make.make_venue(name="", city="Beijing")
    )
    make.make_row(Hosting, event, event=event, organisation=host)
    article = make.make_article()
    article.events.add(event)
    publish(article)

    facts = part(open_page(client, article.get_absolute_url()), "key-facts")

    assert texts(facts, ".//dd") == [
        "Conference",
        "Beijing",
        "The 6th of an unknown month, 2025 (year inferred)",
        "Association",
    ]


def test_article_says_nothing_of_what_is_not_public_beside_it(client: Client) -> None:
    article = make.make_article()
    article.events.add(make.make_event(name="Secret meeting", starts_on="2025-12-09"))
    article.topics.add(make.make_topic(name="Secret topic"))
    article.organisations.add(make.make_organisation(name="Secret committee"))
    publish(article)

    answer = client.get(article.get_absolute_url())

    page = answer.context["page"]
    assert (page.facts, [*page.topics], [*page.organisations]) == ([], [], [])
    assert "Secret" not in answer.content.decode()


def test_article_forgets_a_topic_that_was_deleted(client: Client) -> None:
    article = make.make_article()
    topic = make.make_topic(name="Secret topic", is_public=True)
    article.topics.add(topic)
    publish(article)
    topic.delete()

    answer = client.get(article.get_absolute_url())

    assert [*answer.context["page"].topics] == []
    assert "Secret" not in answer.content.decode()


def test_related_stories_share_nothing_that_is_not_public(client: Client) -> None:
    topic, event = make.make_topic(), make.make_event()
    this, other = make.make_article(), make.make_article()
    for article in (this, other):
        article.topics.add(topic)
        article.events.add(event)
        publish(article)

    assert [*client.get(this.get_absolute_url()).context["page"].related] == []


def rendition(photo: Photo, *, is_placeholder: bool, width: int = 640) -> Rendition:
    one = Rendition(
        photo=photo, is_placeholder=is_placeholder, format="WEBP", width=width, height=width * 2 // 3, size=1
    )
    one.file.save(f"{'drawn' if is_placeholder else 'real'}-{width}.webp", ContentFile(b"x"))
    return one


def lead(photo: Photo, **use: object) -> Article:
    article = make.make_article()
    PhotoUse.objects.create(article=article, photo=photo, is_lead=True, **use)
    publish(article)
    return article


def test_figure_of_a_photo_not_held_is_a_drawing_that_says_so(client: Client) -> None:
    photo = make.make_photo(is_public=True, alt_text="Two people.", credit_line="Photo by Agency")
    rendition(photo, is_placeholder=True)
    article = lead(photo, caption="Caption of this use.")

    figure = open_page(client, article.get_absolute_url()).find(".//figure")

    assert figure.find(".//img").attrib["alt"] == "Placeholder drawing. Two people."
    assert words(figure.find("figcaption")).startswith(
        "Caption of this use. Credit as printed: Photo by Agency Placeholder drawing; the photograph is not held."
    )


def test_row_of_drawings_is_short_and_ends_in_the_captions_of_the_rest(client: Client) -> None:
    article = make.make_article()
    for order in range(1, 6):
        photo = make.make_photo(is_public=True)
        rendition(photo, is_placeholder=True)
        make.make_row(PhotoUse, article, article=article, photo=photo, order=order, caption=f"Caption {order}.")
    publish(article)

    main = open_page(client, article.get_absolute_url())

    shown, rest = part(main, "pictures").findall(".//figcaption"), part(main, "more-pictures")
    assert [words(one)[:10] for one in shown] == ["Caption 1.", "Caption 2.", "Caption 3."]
    assert list(links(rest)) == ["Caption 4.", "Caption 5."]


def test_figure_of_a_cleared_photo_is_the_photo(client: Client) -> None:
    photo = make.make_photo(
        is_public=True, alt_text="Two people.", original="2025/secret-original.jpg", width=9, height=6
    )
    rendition(photo, is_placeholder=True)
    rendition(photo, is_placeholder=False, width=1200)
    make.make_row(Lease, photo, photo=photo, effect="allow", scope="use")
    article = lead(photo)

    figure = open_page(client, article.get_absolute_url()).find(".//figure")

    image = figure.find(".//img").attrib
    assert (image["alt"], image["width"], image["height"]) == ("Two people.", "1200", "800")
    assert "real" in image["src"]
    assert "laceholder" not in words(figure)


def test_figure_of_a_photo_without_a_lease_never_shows_it(client: Client) -> None:
    photo = make.make_photo(is_public=True, original="2025/secret-original.jpg", width=9, height=6)
    rendition(photo, is_placeholder=False)
    article = lead(photo)

    page = client.get(article.get_absolute_url()).content.decode()

    assert "The photograph is not cleared." in page
    assert "/media/real" not in page


@pytest.mark.parametrize(
    ("own", "alt", "language"),
    [
        ({}, "손을 흔든다", None),
        ({"alt_text": "A greeting."}, "A greeting.", "en"),
        ({"is_decorative": True}, "", None),
    ],
)
def test_korean_page_says_what_a_photo_shows_in_korean_unless_the_use_has_its_own_words(
    client: Client, own: dict[str, object], alt: str, language: str | None
) -> None:
    photo = make.make_photo(
        is_public=True, alt_text="Two people.", alt_text_ko="손을 흔든다", original="2025/a.jpg", width=9, height=6
    )
    rendition(photo, is_placeholder=False)
    make.make_row(Lease, photo, photo=photo, effect="allow", scope="use")
    article = lead(photo, **own)

    image = open_page(client, f"/ko{article.get_absolute_url()}").find(".//figure//img")

    assert (image.attrib["alt"], image.attrib.get("lang")) == (alt, language)


@pytest.mark.parametrize(
    ("language", "korean", "alt"),
    [("", "손을 흔든다", "Two people."), ("/ko", "손을 흔든다", "손을 흔든다"), ("/ko", "", "Two people.")],
)
def test_front_page_and_the_photos_own_say_what_the_lead_picture_shows_in_the_readers_language(
    client: Client, language: str, korean: str, alt: str
) -> None:
    photo = make.make_photo(
        is_public=True, alt_text="Two people.", alt_text_ko=korean, original="2025/a.jpg", width=9, height=6
    )
    rendition(photo, is_placeholder=False)
    make.make_row(Lease, photo, photo=photo, effect="allow", scope="use")
    lead(photo)

    home = open_page(client, f"{language}/")
    own = open_page(client, f"{language}{photo.get_absolute_url()}")

    assert [page.find(".//figure//img").attrib["alt"] for page in (home, own)] == [alt, alt]


@pytest.mark.parametrize(
    ("has_drawing", "note"),
    [
        (False, "No version of this photograph is ready yet."),
        (True, "Placeholder drawing; no version of the photograph is ready yet."),
    ],
)
def test_figure_of_a_cleared_photo_that_is_not_ready_says_just_that(
    client: Client, has_drawing: bool, note: str
) -> None:
    photo = make.make_photo(is_public=True, description="Somebody speaks.", original="2025/a.jpg", width=9, height=6)
    make.make_row(Lease, photo, photo=photo, effect="allow", scope="use")
    if has_drawing:
        rendition(photo, is_placeholder=True)
    article = lead(photo)

    figure = open_page(client, article.get_absolute_url()).find(".//figure")

    assert note in words(figure.find("figcaption"))
    assert "cleared" not in words(figure)


def test_figure_without_any_picture_keeps_its_caption(client: Client) -> None:
    article = lead(make.make_photo(is_public=True, description="Somebody speaks."))

    figure = open_page(client, article.get_absolute_url()).find(".//figure")

    assert figure.find(".//img") is None
    assert words(figure.find("figcaption")).startswith("Somebody speaks. The photograph is not held.")


def test_figure_of_a_private_photo_is_left_out(client: Client) -> None:
    article = lead(make.make_photo(description="Secret caption."))

    main = open_page(client, article.get_absolute_url())

    assert main.find(".//figure") is None


def test_figure_says_who_stands_where(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    shown = [make.make_person(given_name=name, is_public=public) for name, public in (("A", True), ("B", False))]
    for place, person in zip((5, 6), shown, strict=True):
        make.make_row(Depiction, photo, photo=photo, person=person, row="front", place_from_left=place)

    main = open_page(client, lead(photo).get_absolute_url())

    row = main.find(".//ul[@class='who-row']")
    assert texts(row, "li") == ["Front row, from left:", "5Doe A", "6Doe B"]
    assert list(links(row)) == ["Doe A"]


def test_related_stories_share_most_and_give_the_reason(client: Client) -> None:
    person = make.make_person(family_name="Kim", given_name="Sang-bae", is_public=True)
    event = make.make_event(name="The forum", is_public=True)
    topic = make.make_topic(name="Security", is_public=True)
    this, on_event, on_person, on_topic, apart = (make.make_article() for _ in range(5))
    for article in (this, on_event):
        article.events.add(event)
    for article in (this, on_person):
        article.mentions.create(person=person)
    for article in (this, on_topic):
        article.topics.add(topic)
    for article in (this, on_event, on_person, on_topic, apart):
        publish(article)

    related = client.get(this.get_absolute_url()).context["page"].related

    assert [(one.edition.article, one.reason) for one in related] == [
        (on_event, "Also on The forum"),
        (on_person, "Also names Kim Sang-bae"),
        (on_topic, "Also on Security"),
    ]


def test_related_stories_are_public_ones(client: Client) -> None:
    topic = make.make_topic(is_public=True)
    this, scheduled, withdrawn = (make.make_article() for _ in range(3))
    for article in (this, scheduled, withdrawn):
        article.topics.add(topic)
    publish(this)
    publish(scheduled, visible_from=LATER)
    publish(withdrawn)
    workflow.withdraw(withdrawn, by=None, at=AT)

    assert [*client.get(this.get_absolute_url()).context["page"].related] == []


def test_article_credits_its_sources_with_their_rights_as_printed(client: Client) -> None:
    source = make.make_source(
        publisher="The Daily", title="What happened", rights_notice="© The Daily. All rights reserved."
    )
    article = make.make_article()
    article.sources.add(source)
    publish(article)

    notes = part(open_page(client, article.get_absolute_url()), "sources-h")

    assert texts(notes, ".//li") == ["What happened, The Daily. Rights as printed: © The Daily. All rights reserved."]


def test_article_can_be_cited(client: Client) -> None:
    article = make.make_article(slug="a-story", headline="A story")
    Byline.objects.create(article=article, words="Meridian newsroom")
    publish(article)

    main = open_page(client, article.get_absolute_url())

    assert words(main.find(".//p[@class='citation']")) == (
        "Meridian newsroom (2025) ‘A story’, Meridian. http://testserver/articles/a-story/"
    )


def test_article_text_is_cleaned_again_on_its_way_out(client: Client) -> None:
    article = make.make_article(dateline="Seoul", body="<p>Fine.</p>")
    edition = publish(article)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_edition SET body = %s, dateline = %s WHERE id = %s",
            ["<p>Fine.</p><script>alert(1)</script>", "<b>Seoul", edition.pk],
        )

    page = client.get(article.get_absolute_url()).content.decode()

    assert '<p><bdi class="dateline">&lt;b&gt;Seoul.</bdi> Fine.</p></div>' in page


def test_article_in_korean_surroundings_keeps_its_own_language(client: Client) -> None:
    article = make.make_article(slug="a-story")
    publish(article)

    main = open_page(client, "/ko/articles/a-story/")

    assert main.find(".//h1").attrib == {"lang": "en"}
    assert part(main, "sources-h") is not None


def full_story(rows: int) -> Article:
    article = make.make_article()
    event = make.make_event(is_public=True, starts_on="2025-12-09")
    article.events.add(event)
    for order in range(rows):
        person: Person = make.make_person(is_public=True)
        organisation = make.make_organisation(is_public=True)
        post = make.make_row(Position, person, person=person, title="Director", organisation=organisation)
        make.make_row(Attestation, person, position=post, seen_on="2025-12-09")
        make.make_row(NameVariant, person, person=person, spelling=f"Variant {order}", source=make.make_source())
        make.make_row(Hosting, event, event=event, organisation=organisation)
        photo = make.make_photo(is_public=True, event=event)
        make.make_row(Depiction, photo, photo=photo, person=person)
        make.make_row(Lease, photo, photo=photo, effect="allow", scope="use")
        rendition(photo, is_placeholder=True)
        Mention.objects.create(article=article, person=person, order=order)
        Byline.objects.create(article=article, person=person, order=order)
        PhotoUse.objects.create(article=article, photo=photo, order=order)
        article.topics.add(make.make_topic(is_public=True))
        article.organisations.add(organisation)
        article.sources.add(make.make_source())
        article.events.add(more := make.make_event(is_public=True))
        other = make.make_article()
        other.events.set(Event.objects.filter(pk=more.pk))
        publish(other)
    publish(article)
    workflow.correct(article, by=None, at=AT + dt.timedelta(days=1), note="Put right.")
    return article


@pytest.mark.parametrize("rows", [1, 3])
def test_article_costs_the_same_however_much_it_names(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    article = full_story(rows)
    client.get("/corrections/")

    with django_assert_num_queries(QUERIES):
        client.get(article.get_absolute_url())
