"""Front of house: static files that packages bring and no page of ours loads are left out."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class UsedStaticFilesConfig(StaticFilesConfig):
    # The browsable API is switched off, and of the two readers of the API's description we show the other.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "rest_framework", "redoc"]
