"""`/me/`: what a partner is entitled to, how often it may ask, and how far it has come."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from newsroom import changes
from newsroom.changes import Head
from newsroom.documents import instant
from newsroom.partners import cursors, limits
from newsroom.partners.authentication import partner_of
from newsroom.partners.doors import PartnerView
from newsroom.partners.me_shapes import MeShape
from newsroom.partners.models import Acknowledgement, Key, Package, Partner
from newsroom.partners.parameters import Parameters
from newsroom.partners.shapes import refusals


class Me(PartnerView):
    """Only for partners: whoever has no key is told to send one."""

    is_versioned = False
    needs_key = True

    @extend_schema(
        operation_id="me",
        summary="What I may have",
        responses={200: MeShape, **refusals(400)},
    )
    def get(self, request: Request) -> Response:
        partner = partner_of(request)
        parameters = Parameters(request.query_params)
        parameters.allow([])
        parameters.check()
        head = changes.head()
        body = {
            "partner": {"id": str(partner.uuid), "name": partner.name},
            "key": _key(self.access.key) if self.access.key else None,
            "licence": _licence(partner),
            "packages": [_package(one) for one in partner.packages.prefetch_related("topics")],
            "pictures": partner.has_pictures,
            "limits": {"requests": partner.requests_per_minute, "seconds": limits.WINDOW},
            "stored": _stored(partner, head),
            "head": head.seq,
        }
        return Response(body, headers={"Cache-Control": "private, no-store"})


def _key(key: Key) -> dict[str, Any]:
    return {
        "prefix": key.prefix,
        "label": key.label,
        "scopes": key.scopes,
        "issued_at": instant(key.issued_at),
        "expires_at": instant(key.expires_at),
    }


def _licence(partner: Partner) -> dict[str, Any]:
    return {
        "starts_at": instant(partner.licence_starts_at),
        "ends_at": instant(partner.licence_ends_at),
        "territory": [country.code for country in partner.territory],
    }


def _package(package: Package) -> dict[str, Any]:
    """Empty lists are no limit, but for `kinds`, which names all that is in it."""
    return {
        "name": package.slug,
        "title": package.name,
        "kinds": package.kinds,
        "topics": [topic.slug for topic in package.topics.all() if topic.is_public],
        "languages": package.languages,
        "countries": [country.code for country in package.countries],
        "pictures": package.has_pictures,
    }


def _stored(partner: Partner, head: Head) -> list[dict[str, Any]]:
    """Up to which number the partner has proved to have everything, for each set of types it follows."""
    return [_proof(one, partner, head) for one in partner.acknowledgements.order_by("types")]


def _proof(proof: Acknowledgement, partner: Partner, head: Head) -> dict[str, Any]:
    """With the cursor that leads on from there; None where it would be refused, so that one begins anew."""
    types = tuple(proof.types.split(","))
    leads_on = (proof.generation, proof.entitlement) == (head.generation[:8], partner.entitlement)
    cursor = str(cursors.proved(proof.seq, head, partner.entitlement, types)) if leads_on else None
    return {"types": list(types), "seq": proof.seq, "cursor": cursor, "at": instant(proof.at)}
