"""Which photos the public may see, and which pictures may stand beside their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from newsroom.querysets import RecordQuerySet

if TYPE_CHECKING:
    import datetime as dt

    from newsroom.photos.models import Photo  # noqa: F401  named in quotes


class PhotoQuerySet(RecordQuerySet["Photo"]):
    """Questions about photos. A public photo is a public *caption*; its picture needs a right of its own."""

    def usable(self, at: dt.datetime) -> Self:
        """Those whose picture may stand on our pages now: allowed, and not denied."""
        return self._leased("use", at)

    def syndicable(self, at: dt.datetime) -> Self:
        """Those whose picture partners may have now: allowed, and not denied; unknown means no."""
        return self._leased("syndication", at)

    def _leased(self, scope: str, at: dt.datetime) -> Self:
        begun = Q(leases__starts_at__isnull=True) | Q(leases__starts_at__lte=at)
        running = begun & (Q(leases__ends_at__isnull=True) | Q(leases__ends_at__gt=at)) & Q(leases__scope=scope)
        photos = self.model._default_manager  # one filter() each, so that all of it is asked of one lease
        allowed = photos.filter(running, leases__effect="allow").values("pk")
        return self.filter(pk__in=allowed).exclude(pk__in=photos.filter(running, leases__effect="deny").values("pk"))
