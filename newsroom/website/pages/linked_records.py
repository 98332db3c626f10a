"""Detail pages: a meeting, a person, a body and a topic in the words of schema.org, no more than their pages tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings

from events.models import Event, Session, Venue
from newsroom.dates import PartialDate
from newsroom.documents import site_address
from newsroom.local_names import name_of, other_name_of
from newsroom.website.pages.days import certain_day, certain_part
from newsroom.website.pages.figures import Figure
from newsroom.website.pages.linked_data import CONTEXT, Node, filled, image, thing, things
from newsroom.website.pages.links import Link, link
from newsroom.website.pages.people import PersonLine
from newsroom.website.pages.tenures import Tenure
from newsroom.website.rows import StoryRow
from people.models import Organisation, Person, Position

if TYPE_CHECKING:
    from newsroom.website.pages.event import EventPage, ProgrammeItem
    from newsroom.website.pages.organisation import OrganisationPage
    from newsroom.website.pages.person import PersonPage
    from newsroom.website.pages.topic import TopicPage

MOST = 4  # of posts and of meetings: the latest, as the page begins with them
MOST_SESSIONS, MOST_PERFORMERS = 12, 24  # of a meeting: the first
VENUE = "#_place"  # its name within the page's data
NEWSCODES = "https://cv.iptc.org/newscodes/mediatopic/"
STATUS = {
    Event.Status.SCHEDULED: "EventScheduled",
    Event.Status.HELD: "EventScheduled",
    Event.Status.POSTPONED: "EventPostponed",
    Event.Status.CANCELLED: "EventCancelled",
}
MODE = {Event.Mode.IN_PERSON: "Offline", Event.Mode.ONLINE: "Online", Event.Mode.HYBRID: "Mixed"}
KINDS = {
    Organisation.Kind.MINISTRY: "GovernmentOrganization",
    Organisation.Kind.AGENCY: "GovernmentOrganization",
    Organisation.Kind.LEGISLATURE: "GovernmentOrganization",
    Organisation.Kind.MISSION: "GovernmentOrganization",
    Organisation.Kind.INSTITUTE: "ResearchOrganization",
    Organisation.Kind.UNIVERSITY: "CollegeOrUniversity",
    Organisation.Kind.MEDIA: "NewsMediaOrganization",
    Organisation.Kind.COMPANY: "Corporation",
}


def _record(kind: str, record: Any, name: str) -> Node:
    address = site_address(record.get_absolute_url())
    own: Node = {"@context": CONTEXT, "@type": kind, "@id": record.uuid.urn}
    return own | {"name": name, "url": address, "mainEntityOfPage": address}


# A meeting


def event(page: EventPage) -> Node:
    """Times only as certain as they are: schema.org knows no date with an open part. Names only whom the page names."""
    meeting: Event = page.event
    performers = [_performer(one) for one in page.speakers[:MOST_PERFORMERS]]
    sessions = [one for one in page.programme if one.session][:MOST_SESSIONS]
    mode = MODE.get(Event.Mode(meeting.mode))
    return filled(
        _record("Event", meeting, name_of(meeting))
        | {
            "alternateName": other_name_of(meeting),
            "description": meeting.summary,
            "startDate": _moment(meeting, meeting.starts_at, meeting.starts_on),
            "endDate": _moment(meeting, meeting.ends_at, meeting.ends_on),
            "eventStatus": _status(meeting),
            "eventAttendanceMode": f"{CONTEXT}/{mode}EventAttendanceMode" if mode else "",
            "location": _where(meeting),
            "organizer": [thing("Organization", link(one.organisation)) for one in page.hostings],
            "performer": performers,
            "subEvent": [_session(meeting, one, performers) for one in sessions],
            "superEvent": {"@type": "EventSeries", "name": meeting.series.name} if meeting.series else {},
            "keywords": [topic.name for topic in page.topics],
            "image": _images(page.photos),
            "recordedIn": {"@type": "CreativeWork", "url": meeting.recording_url} if meeting.recording_url else {},
            "subjectOf": _articles(page.coverage),
        }
    )


def _status(meeting: Event) -> str:
    return f"{CONTEXT}/{STATUS[Event.Status(meeting.status)]}"


def _moment(meeting: Event, moment: dt.datetime | None, date: PartialDate | None) -> str:
    """By the clock of the place where it is known, else the day if that is certain; else nothing."""
    if moment is None:
        return certain_day(date)
    zone = ZoneInfo((meeting.venue.time_zone if meeting.venue else "") or settings.TIME_ZONE)
    return moment.astimezone(zone).isoformat(timespec="minutes")


def _session(meeting: Event, item: ProgrammeItem, told: Collection[Node]) -> Node:
    """Of those who speak in it, whom the meeting itself has `told` of: names within the page lead nowhere else."""
    session = item.session
    if session is None:
        return {}
    return filled(
        {
            "@type": "Event",
            "name": session.title,
            "description": session.summary,
            "startDate": _moment(meeting, session.starts_at, None) or certain_day(meeting.starts_on),
            "endDate": _moment(meeting, session.ends_at, None),
            "eventStatus": "" if STATUS[Event.Status(meeting.status)] == "EventScheduled" else _status(meeting),
            "location": [*_rooms(meeting, session), *(_named(place) for place in _where(meeting))],
            "performer": [_named(one) for part in item.parts if (one := _performer(part.person)) in told],
        }
    )


def _rooms(meeting: Event, session: Session) -> list[Node]:
    """Where in the venue it is, ahead of the venue itself; none where nobody says."""
    house = {"containedInPlace": {"@id": VENUE}} if meeting.venue or meeting.held_in else {}
    return [{"@type": "Place", "name": session.room, **house}] if session.room else []


def _performer(somebody: PersonLine) -> Node:
    known = thing("Person", Link(somebody.name, somebody.url))
    return {"@id": f"#{somebody.url.strip('/').rpartition('/')[2]}"} | known if somebody.url else known


def _named(node: Node) -> Node:
    """What the page's data tell of already, by its name within the page."""
    return {"@id": node["@id"]} if "@id" in node else node


def _where(meeting: Event) -> list[Node]:
    places = [_place(meeting, meeting.venue)] if meeting.venue or meeting.held_in else []
    if meeting.mode in {Event.Mode.ONLINE, Event.Mode.HYBRID}:
        address = meeting.recording_url or site_address(meeting.get_absolute_url())
        places.append({"@id": "#_online", "@type": "VirtualLocation", "url": address})
    return places


def _place(meeting: Event, venue: Venue | None) -> Node:
    country = str(meeting.country.name or (venue.country.name if venue else "") or "")
    address = {"@type": "PostalAddress", "addressCountry": meeting.held_in}
    if venue is None:
        return {"@id": VENUE, "@type": "Place", "name": country, "address": address}
    address |= {"streetAddress": venue.address, "addressLocality": venue.city}
    return filled(
        {"@id": VENUE, "@type": "Place", "name": str(venue), "address": filled(address), "geo": _point(venue)}
    )


def _point(venue: Venue) -> Node:
    if venue.latitude is None or venue.longitude is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": float(venue.latitude), "longitude": float(venue.longitude)}


def _images(figures: Iterable[Figure]) -> list[Node]:
    nodes = (image(one.picture, one.photo, one.caption) for one in figures)
    return [node for node in nodes if node]


def _articles(rows: Iterable[StoryRow]) -> list[Node]:
    editions = (row.edition for row in rows)
    return [
        {"@type": "NewsArticle", "headline": one.headline, "url": site_address(one.get_absolute_url())}
        for one in editions
    ]


# Somebody


def person(page: PersonPage) -> Node:
    known = page.person
    post = page.now.position if page.now and page.now.is_certain else None
    address = site_address(known.get_absolute_url())
    return filled(
        _record("Person", known, name_of(known))
        | {
            "mainEntityOfPage": {"@type": "ProfilePage", "@id": address, "url": address, "name": name_of(known)},
            "familyName": known.family_name,
            "givenName": known.given_name,
            "alternateName": [one.text for one in page.spellings if one.text != name_of(known)],
            "description": known.biography,
            "jobTitle": post.title if post else "",
            "worksFor": [_held(one) for one in page.positions[:MOST] if one.organisation],
            "affiliation": thing("Organization", _body(post)) if post and post.organisation else {},
            "hasOccupation": [_occupation(one) for one in page.positions[:MOST]],
            "image": image(page.portrait, page.portrait_photo) if page.portrait_photo else {},
            "performerIn": [thing("Event", link(one.event)) for one in page.presences[:MOST]],
            "identifier": f"https://orcid.org/{known.orcid}" if known.orcid else "",
            "sameAs": _same_as(known),
            "subjectOf": _articles(page.stories),
        }
    )


def _same_as(record: Person | Organisation) -> list[str]:
    known = {
        "https://orcid.org/": getattr(record, "orcid", ""),
        "https://ror.org/": getattr(record, "ror", ""),
        "https://www.wikidata.org/entity/": record.wikidata,
    }
    return [f"{base}{value}" for base, value in known.items() if value]


def _held(position: Position) -> Node:
    """A post at a body, from and to dates that are certain."""
    return _role("EmployeeRole", position) | {"worksFor": thing("Organization", _body(position))}


def _occupation(position: Position) -> Node:
    return _role("Role", position) | {"hasOccupation": {"@type": "Occupation", "name": position.title}}


def _role(kind: str, post: Position | Tenure) -> Node:
    return filled(
        {
            "@type": kind,
            "roleName": post.title,
            "startDate": certain_part(post.starts_on),
            "endDate": certain_part(post.ends_on),
        }
    )


def _body(position: Position) -> Link:
    house = position.organisation
    return link(house, name_of(house)) if house else Link("")


# A body


def organisation(page: OrganisationPage) -> Node:
    known = page.organisation
    country = str(known.country.code or "")
    return filled(
        _record(KINDS.get(Organisation.Kind(known.kind), "Organization"), known, name_of(known))
        | {
            "alternateName": list(page.names),
            "description": known.description,
            "address": {"@type": "PostalAddress", "addressCountry": country} if country else {},
            "parentOrganization": thing("Organization", page.parent) if page.parent else {},
            "subOrganization": things("Organization", page.parts),
            "member": [
                _role("OrganizationRole", one) | {"member": thing("Person", one.person)} for one in page.posts.rows
            ],
            "sameAs": [*([known.website] if known.website else []), *_same_as(known)],
            "subjectOf": _articles(page.stories),
        }
    )


# A topic


def topic(page: TopicPage) -> Node:
    """The page of a topic, and the topic under IPTC's code where it has one."""
    known = page.topic
    term = {
        "@type": "DefinedTerm",
        "@id": known.uuid.urn,
        "name": known.local_name,
        "alternateName": known.name if known.local_name != known.name else known.name_ko,
        "description": known.local_description,
        "termCode": known.medtop,
        "inDefinedTermSet": NEWSCODES if known.medtop else "",
        "url": f"{NEWSCODES}{known.medtop}" if known.medtop else "",
    }
    address = site_address(known.get_absolute_url())
    return filled(
        {
            "@context": CONTEXT,
            "@type": "CollectionPage",
            "url": address,
            "name": known.local_name,
            "description": known.local_description,
            "about": filled(term),
            "hasPart": _articles(page.stories),
        }
    )
