"""Front of house: the page of one story, event, person, organisation, topic or photo."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.documents import with_all as events_with_all
from events.models import Event
from newsroom import redirects
from newsroom.articles.models import Edition
from newsroom.articles.story import cast, with_corrections
from newsroom.models import Topic
from newsroom.photos.documents import with_all as photos_with_all
from newsroom.photos.models import Photo
from newsroom.website.citations import FORMATS, citation_of
from newsroom.website.copyfitting import fitted_record
from newsroom.website.drawings.around import around_person
from newsroom.website.drawings.beads import company
from newsroom.website.drawings.bodies import around_organisation
from newsroom.website.drawings.chronicle import chronicle_of_series, chronicle_of_topic
from newsroom.website.drawings.venues import venue_map
from newsroom.website.moved import following, forwarded
from newsroom.website.pages.article import story_page
from newsroom.website.pages.event import event_page
from newsroom.website.pages.organisation import organisation_page
from newsroom.website.pages.organisation import with_record as organisations_with_record
from newsroom.website.pages.person import person_page
from newsroom.website.pages.person import with_record as people_with_record
from newsroom.website.pages.photo import photo_page
from newsroom.website.pages.stretches import Asked
from newsroom.website.pages.topic import topic_page
from newsroom.website.stories import gone, once_public
from newsroom.website.translated import frame_of
from people.models import Organisation, Person


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition of the moment; of a story taken away, what the public may know of that."""
    now = timezone.now()
    edition = with_corrections(Edition.objects.visible(now).filter(article__slug=slug), now).first()
    if edition is None:
        return forwarded(request, "article", slug) or gone(request, once_public(slug, now), now)
    page = story_page(edition, now, Asked.read(request.GET))
    frame = frame_of(request, edition, page.others)
    return fitted_record(request, "website/article.html", page, {}, text=edition.body, **frame)


@require_safe
def cite(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The story as reference managers take it, in the format that the address ends with."""
    wanted, now = FORMATS.get(ending), timezone.now()
    edition = Edition.objects.visible(now).select_related("article").filter(article__slug=slug).first()
    if wanted is None:
        raise Http404
    if edition is None:
        present = redirects.present("article", slug)
        if present:
            return HttpResponsePermanentRedirect(reverse("cite", args=[present, ending]))
        return gone(request, once_public(slug, now), now)
    text = wanted.write(citation_of(edition, cast([edition])))
    kind = "inline" if ending == "txt" else "attachment"
    headers = {"Content-Disposition": f'{kind}; filename="{slug}.{ending}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type=wanted.media_type, headers=headers)


@require_safe
@following("event")
def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(events_with_all(Event.objects.public()), slug=slug)
    now, asked = timezone.now(), Asked.read(request.GET)
    page = event_page(found, now, asked)
    drawings = {} if asked.part else {"chronicle": chronicle_of_series(found, now), "map": venue_map(found)}
    return fitted_record(request, "website/event.html", page, drawings)


@require_safe
@following("person")
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(people_with_record(Person.objects.public()), slug=slug)
    page = person_page(found, timezone.now(), Asked.read(request.GET))
    return fitted_record(request, "website/person.html", page, {"around": around_person(page)})


@require_safe
@following("organisation")
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(organisations_with_record(Organisation.objects.public()), slug=slug)
    asked = Asked.read(request.GET)
    page = organisation_page(found, timezone.now(), asked)
    drawings = {} if asked.part else {"around": around_organisation(found)}
    return fitted_record(request, "website/organisation.html", page, drawings)


@require_safe
@following("topic")
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic.objects.public(), slug=slug)
    page = topic_page(found, timezone.now())
    drawings = {"chronicle": chronicle_of_topic(page), "company": company(page.events)}
    return fitted_record(request, "website/topic.html", page, drawings)


@require_safe
def photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(photos_with_all(Photo.objects.public()), uuid=uuid)
    page = photo_page(found, timezone.now(), Asked.read(request.GET))
    return fitted_record(request, "website/photo.html", page, {})
