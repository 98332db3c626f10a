"""The addresses of webhooks in the API."""

from django.urls import path

from newsroom.partners.webhooks import api

ONE = "api/v1/webhooks/<uuid:uuid>/"

webhooks = [
    path("api/v1/webhooks/", api.Webhooks.as_view(), name="api-webhooks"),
    path(ONE, api.OneWebhook.as_view(), name="api-webhook"),
    path(f"{ONE}test/", api.TestWebhook.as_view(), name="api-webhook-test"),
    path(f"{ONE}resume/", api.ResumeWebhook.as_view(), name="api-webhook-resume"),
    path(f"{ONE}rotate/", api.RotateSecret.as_view(), name="api-webhook-rotate"),
    path(f"{ONE}deliveries/", api.Deliveries.as_view(), name="api-webhook-deliveries"),
    path(f"{ONE}deliveries/<int:delivery_id>/replay/", api.ReplayDelivery.as_view(), name="api-webhook-replay"),
]
