"""What `/me/` answers, field by field."""

from __future__ import annotations

from rest_framework import serializers

from newsroom.partners.shapes import Char, Shape


class NamedShape(Shape):
    id = serializers.UUIDField()
    name = Char()


class KeyShape(Shape):
    prefix = Char()
    label = Char()  # type: ignore[assignment]  # a field of ours, not DRF's
    scopes = serializers.ListField(child=Char())
    issued_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)


class LicenceShape(Shape):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)
    territory = serializers.ListField(child=Char(), help_text="ISO 3166-1 alpha-2; empty: anywhere")


class PackageShape(Shape):
    """An empty list is no limit, but for `kinds`, which names all that is in the package."""

    name = Char()
    title = Char()
    kinds = serializers.ListField(child=Char())
    topics = serializers.ListField(child=Char(), help_text="slugs")
    languages = serializers.ListField(child=Char())
    countries = serializers.ListField(child=Char())
    pictures = serializers.BooleanField()


class LimitsShape(Shape):
    requests = serializers.IntegerField(help_text="of all keys together")
    seconds = serializers.IntegerField()


class StoredShape(Shape):
    """Up to which number of the feed your cursors have proved that you have everything."""

    types = serializers.ListField(child=Char())
    seq = serializers.IntegerField()
    cursor = Char(allow_null=True, help_text="leads on from there; null where you begin anew")
    at = serializers.DateTimeField()


class MeShape(Shape):
    partner = NamedShape()
    key = KeyShape()
    licence = LicenceShape()
    packages = PackageShape(many=True)
    pictures = serializers.BooleanField()
    limits = LimitsShape()
    stored = StoredShape(many=True)
    head = serializers.IntegerField()
