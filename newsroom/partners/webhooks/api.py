"""`/webhooks/`: partners manage their own endpoints, by a key that opens this."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from newsroom.documents import instant
from newsroom.partners.authentication import partner_of
from newsroom.partners.doors import PartnerView
from newsroom.partners.models import Partner, Scope
from newsroom.partners.parameters import Parameters
from newsroom.partners.problems import BadParameters
from newsroom.partners.shapes import Char, Shape, refusals
from newsroom.partners.webhooks import outbox
from newsroom.partners.webhooks.models import Delivery, Webhook

MOST = 10  # endpoints of one partner
SHOWN = 50  # entries of the log


class WebhookShape(Shape):
    """An endpoint. `secret` is in the answer that made it, and never again."""

    id = serializers.UUIDField()
    url = serializers.URLField()
    label = Char(allow_blank=True)  # type: ignore[assignment]  # a field of ours, not DRF's
    state = serializers.ChoiceField(choices=Webhook.State.choices)
    failing_since = serializers.DateTimeField(allow_null=True)
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    secret = Char(required=False)


class WebhooksShape(Shape):
    results = WebhookShape(many=True)


class WebhookWish(Shape):
    """What is sent to make one."""

    url = serializers.URLField(help_text="https, reachable from the public internet; redirects are not followed")
    label = Char(required=False, allow_blank=True)  # type: ignore[assignment]  # a field of ours, not DRF's


class SecretShape(Shape):
    secret = Char(help_text="whsec_…; the former one signs along for seven days")


class DeliveryShape(Shape):
    id = serializers.IntegerField()
    message_id = Char()
    attempted_at = serializers.DateTimeField()
    milliseconds = serializers.IntegerField()
    status = serializers.IntegerField(allow_null=True)
    failure = Char(allow_blank=True)


class DeliveriesShape(Shape):
    results = DeliveryShape(many=True)


class WebhookView(PartnerView):
    """What only a partner may do, and with a key for it; never kept by anybody."""

    scope = Scope.WEBHOOKS
    is_versioned = False
    needs_key = True
    permission_classes = ()  # the key and its scope are asked by `PartnerView`

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.partner: Partner = partner_of(request)
        parameters = Parameters(request.query_params)
        parameters.allow([])
        parameters.check()

    def webhook(self, uuid: UUID) -> Webhook:
        """One of the partner's own; raises Http404."""
        found = self.partner.webhooks.filter(uuid=uuid).first()
        if found is None:
            raise Http404
        return found


class Webhooks(WebhookView):
    """The partner's endpoints."""

    @extend_schema(operation_id="list_webhooks", summary="My webhooks", responses={200: WebhooksShape, **refusals(400)})
    def get(self, request: Request) -> Response:
        return _kept_by_nobody({"results": [as_document(one) for one in self.partner.webhooks.order_by("pk")]})

    @extend_schema(
        operation_id="create_webhook",
        summary="Be told of changes",
        request=WebhookWish,
        responses={201: WebhookShape, **refusals(400)},
    )
    def post(self, request: Request) -> Response:
        webhook = Webhook(partner=self.partner, **_wish(request.data))
        _check(webhook)
        try:
            webhook.save()
        except IntegrityError as error:  # sent twice at once
            raise BadParameters({"url": _("is one of your webhooks already")}) from error
        return _kept_by_nobody(as_document(webhook) | {"secret": webhook.secret}, status.HTTP_201_CREATED)


class OneWebhook(WebhookView):
    """One endpoint."""

    @extend_schema(
        operation_id="get_webhook", summary="One webhook", responses={200: WebhookShape, **refusals(400, 404)}
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        return _kept_by_nobody(as_document(self.webhook(uuid)))

    @extend_schema(operation_id="delete_webhook", summary="End a webhook", responses={204: None, **refusals(400, 404)})
    def delete(self, request: Request, uuid: UUID) -> Response:
        self.webhook(uuid).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class Deliveries(WebhookView):
    """What was sent to it, and what came of it."""

    @extend_schema(
        operation_id="list_deliveries",
        summary="The log of a webhook",
        responses={200: DeliveriesShape, **refusals(400, 404)},
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        log = self.webhook(uuid).deliveries.order_by("-pk")[:SHOWN]
        return _kept_by_nobody({"results": [delivery.as_document() for delivery in log]})


class TestWebhook(WebhookView):
    """Sends `webhook.test`, to a paused endpoint too."""

    @extend_schema(
        operation_id="test_webhook",
        summary="Send a test",
        request=None,
        responses={202: WebhookShape, **refusals(400, 404)},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        webhook = self.webhook(uuid)
        outbox.owe_test(webhook, at=timezone.now())
        return _kept_by_nobody(as_document(webhook), status.HTTP_202_ACCEPTED)


class ResumeWebhook(WebhookView):
    """Starts anew with one that was paused or ended, and tells it at once what it missed."""

    @extend_schema(
        operation_id="resume_webhook",
        summary="Start a webhook anew",
        request=None,
        responses={202: WebhookShape, **refusals(400, 404)},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        outbox.resume(self.webhook(uuid), at=timezone.now())
        return _kept_by_nobody(as_document(self.webhook(uuid)), status.HTTP_202_ACCEPTED)


class RotateSecret(WebhookView):
    """A new secret; for seven days, messages are signed with both."""

    @extend_schema(
        operation_id="rotate_webhook_secret",
        summary="A new secret",
        request=None,
        responses={200: SecretShape, **refusals(400, 404)},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        return _kept_by_nobody({"secret": outbox.rotate(self.webhook(uuid), at=timezone.now())})


class ReplayDelivery(WebhookView):
    """Tells the endpoint again, under a new message id, so that whoever drops doubles takes it."""

    @extend_schema(
        operation_id="replay_delivery",
        summary="Send it again",
        request=None,
        responses={202: WebhookShape, **refusals(400, 404)},
    )
    def post(self, request: Request, uuid: UUID, delivery_id: int) -> Response:
        webhook = self.webhook(uuid)
        if not Delivery.objects.filter(webhook=webhook, pk=delivery_id).exists():
            raise Http404
        outbox.owe(webhook, at=timezone.now())
        return _kept_by_nobody(as_document(webhook), status.HTTP_202_ACCEPTED)


def as_document(webhook: Webhook) -> dict[str, Any]:
    is_waiting = webhook.state == Webhook.State.WORKING and webhook.attempts > 0
    return {
        "id": str(webhook.uuid),
        "url": webhook.url,
        "label": webhook.label,
        "state": webhook.state,
        "failing_since": instant(webhook.failing_since),
        "next_attempt_at": instant(webhook.not_before) if is_waiting else None,
    }


def _wish(sent: Any) -> dict[str, str]:
    """What was sent, if it is an object of known names with texts in it; raises BadParameters that names each fault."""
    if not isinstance(sent, dict):
        raise BadParameters({"url": _("send an object such as {“url”: “https://…”}")})
    faults = {str(name): _("is not known here; known are: label, url") for name in sent if name not in {"url", "label"}}
    faults |= {name: _("takes a text") for name in ("url", "label") if not isinstance(sent.get(name, ""), str)}
    if faults:
        raise BadParameters(faults)
    return {"url": sent.get("url", ""), "label": sent.get("label", "")}


def _check(webhook: Webhook) -> None:
    try:
        webhook.full_clean()
    except ValidationError as error:
        names = {"__all__": "url"}
        said = {names.get(name, name): " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise BadParameters(said) from error
    if webhook.partner.webhooks.count() >= MOST:
        raise BadParameters({"url": _("you have %(most)d webhooks, which is the most: delete one") % {"most": MOST}})


def _kept_by_nobody(body: Any, code: int = status.HTTP_200_OK) -> Response:
    return Response(body, status=code, headers={"Cache-Control": "private, no-store"})
