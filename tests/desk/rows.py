"""Records of the desk with rows below them, one more at each call, and stories in the states that verbs begin with."""

from __future__ import annotations

from django.utils import timezone

from events.models import Appearance, Event, Hosting, Session, Statement
from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline, Mention, PhotoUse
from newsroom.photos.models import Depiction, Lease, Photo
from people.models import Attestation, NameVariant, Organisation, Person, Position
from tests.factories import make_article, make_organisation, make_person, make_photo, make_source


def fill_person(person: Person, number: int) -> None:
    NameVariant.objects.create(person=person, spelling=f"Spelling {number}", source=make_source())
    Position.objects.create(person=person, title=f"Post {number}", organisation=make_organisation())


def fill_organisation(organisation: Organisation, number: int) -> None:
    NameVariant.objects.create(organisation=organisation, spelling=f"Spelling {number}", source=make_source())


def fill_position(position: Position, number: int) -> None:
    Attestation.objects.create(position=position, seen_on=f"202{number}", source=make_source())


def fill_event(event: Event, number: int) -> None:
    person, organisation = make_person(), make_organisation()
    position = Position.objects.create(person=person, title="Director", organisation=organisation)
    session = Session.objects.create(event=event, order=number, title=f"Session {number}")
    Hosting.objects.create(event=event, organisation=organisation, order=number)
    shared = {"event": event, "person": person, "order": number, "source": make_source()}
    appearance = Appearance.objects.create(**shared, session=session, position=position)
    Statement.objects.create(**shared, organisation=organisation, appearance=appearance, text="It went well.")


def fill_photo(photo: Photo, number: int) -> None:
    person = make_person()
    position = Position.objects.create(person=person, title="Director", organisation=make_organisation())
    Depiction.objects.create(photo=photo, person=person, position=position, order=number)
    Lease.objects.create(photo=photo, effect="allow", scope="use")


def fill_article(article: Article, number: int) -> None:
    Byline.objects.create(article=article, person=make_person(), order=number)
    Mention.objects.create(article=article, person=make_person(), order=number)
    PhotoUse.objects.create(article=article, photo=make_photo(), order=number)


def make_position() -> Position:
    return Position.objects.create(person=make_person(), title="Director", organisation=make_organisation())


def in_state(state: str) -> Article:
    """A story for a verb: a draft, one in review, or one that is published."""
    article = make_article(headline="Read words", state=state if state == "review" else "draft")
    if state == "published":
        workflow.publish(article, by=None, at=timezone.now())
    return article
