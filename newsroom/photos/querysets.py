"""Which photos the public may see, and which pictures may stand beside their captions."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from newsroom.photos.likeness import ALIKE, bands_of, distance
from newsroom.querysets import EmbargoedQuerySet

if TYPE_CHECKING:
    import datetime as dt

    from events.models import Event
    from newsroom.photos.models import Photo
    from people.models import Person


MOST_CANDIDATES = 500  # of one band: so many share it only where pictures are nearly empty


class PhotoQuerySet(EmbargoedQuerySet["Photo"]):
    """Questions about photos. A public photo is a public *caption*; its picture needs a right of its own."""

    def usable(self, at: dt.datetime) -> Self:
        """Those whose picture may stand on our pages now: allowed, and not denied."""
        return self._leased("use", at)

    def syndicable(self, at: dt.datetime) -> Self:
        """Those whose picture partners may have now: allowed, and not denied; unknown means no."""
        return self._leased("syndication", at)

    def gallery_of(self, event: Event) -> Self:
        """Those taken there, in the order of their sources; none where nobody may be named as having been there."""
        if event.names_nobody:  # a picture would do just that
            return self.none()
        return self.filter(event=event).order_by("source", "order_in_source", "pk")

    def portraying(self, person: Person) -> Self:
        """Photographs, not records of one, that may stand for this person; the latest filed first."""
        shown = self.filter(depictions__person=person, depictions__is_portrait=True)
        return shown.exclude(original="").order_by("-pk")

    def of_file(self, sha256: str) -> Self:
        """Those whose original is this very file; the trash counts, for its records can come back."""
        return self.filter(sha256=sha256).exclude(original="")

    def alike(self, likeness: int, *, most: int) -> list[Photo]:
        """Those that look the same, the likest first: an indexed part of the hash finds them, then all of it decides.

        Finds every picture whose hash differs in three bits or fewer, and most of those up to `likeness.ALIKE`.
        """
        bands = enumerate(bands_of(likeness), 1)
        shared = reduce(or_, (Q(**{f"intake__band_{number}": band}) for number, band in bands))
        candidates = self.filter(shared).select_related("intake").order_by("-pk")[:MOST_CANDIDATES]
        apart = {photo: distance(likeness, int(photo.intake.likeness, 16)) for photo in candidates}
        return sorted((photo for photo in apart if apart[photo] <= ALIKE), key=lambda photo: apart[photo])[:most]

    def _leased(self, scope: str, at: dt.datetime) -> Self:
        begun = Q(leases__starts_at__isnull=True) | Q(leases__starts_at__lte=at)
        running = begun & (Q(leases__ends_at__isnull=True) | Q(leases__ends_at__gt=at)) & Q(leases__scope=scope)
        photos = self.model._default_manager  # one filter() each, so that all of it is asked of one lease
        allowed = photos.filter(running, leases__effect="allow").values("pk")
        return self.filter(pk__in=allowed).exclude(pk__in=photos.filter(running, leases__effect="deny").values("pk"))
