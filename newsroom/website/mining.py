"""Front of house: on which terms machines may mine what stands here (W3C TDM Reservation Protocol)."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from newsroom.partners import reservation


@require_safe
def tdmrep(request: HttpRequest) -> JsonResponse:
    return JsonResponse(reservation.tdmrep(), safe=False)


@require_safe
def policy(request: HttpRequest) -> JsonResponse:
    return JsonResponse(reservation.policy(), content_type="application/ld+json")
