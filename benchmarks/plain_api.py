"""Benchmarks: the list of stories as Django REST framework's own tutorial would build it, to compare ours with.

The same fields of the same stories, their relations prefetched; nothing kept, nothing counted.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from rest_framework import permissions, serializers, viewsets
from rest_framework.pagination import CursorPagination

from newsroom.articles.models import Article, Byline, Edition, Mention, PhotoUse
from newsroom.models import Source


class Reference(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField(source="__str__")
    url = serializers.CharField(source="get_absolute_url")


class BylineSerializer(serializers.ModelSerializer[Byline]):
    person = Reference()

    class Meta:
        model = Byline
        fields = ["role", "words", "person"]


class MentionSerializer(serializers.ModelSerializer[Mention]):
    person = Reference()

    class Meta:
        model = Mention
        fields = ["person", "title_as_printed"]


class PhotoUseSerializer(serializers.ModelSerializer[PhotoUse]):
    photo = Reference()
    credit_line = serializers.CharField(source="photo.credit_line")
    is_file_picture = serializers.BooleanField(source="photo.is_file_picture")

    class Meta:
        model = PhotoUse
        fields = ["photo", "caption", "alt_text", "is_lead", "is_decorative", "credit_line", "is_file_picture"]


class SourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ["publisher", "author", "title", "published_on", "url", "rights_notice"]


class VersionSerializer(serializers.ModelSerializer[Edition]):
    class Meta:
        model = Edition
        fields = ["number", "visible_from", "is_correction", "correction_note"]


class ArticleSerializer(serializers.ModelSerializer[Article]):
    bylines = BylineSerializer(many=True)
    people = MentionSerializer(source="mentions", many=True)
    organisations = Reference(many=True)
    events = Reference(many=True)
    topics = Reference(many=True)
    photos = PhotoUseSerializer(source="photo_uses", many=True)
    sources = SourceSerializer(many=True)
    countries = serializers.ListField(child=serializers.CharField())
    versions = VersionSerializer(source="editions", many=True)
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Article
        fields = [
            *("uuid", "url", "slug", "kind", "language", "headline", "standfirst", "dateline", "body"),
            *("bylines", "people", "organisations", "events", "topics", "photos", "sources", "countries"),
            *("updated_at", "versions"),
        ]


class Pages(CursorPagination):
    page_size = 100
    ordering = "-pk"


class Articles(viewsets.ModelViewSet[Article]):
    serializer_class = ArticleSerializer
    pagination_class = Pages
    permission_classes = [permissions.AllowAny]

    def get_queryset(self) -> QuerySet[Article]:
        now = timezone.now()
        public = Article.objects.filter(editions__visible_from__lte=now, editions__visible_until__gt=now)
        return public.prefetch_related(
            *("topics", "events", "organisations", "sources", "editions"),
            Prefetch("bylines", Byline.objects.select_related("person")),
            Prefetch("mentions", Mention.objects.select_related("person")),
            Prefetch("photo_uses", PhotoUse.objects.select_related("photo")),
        )
