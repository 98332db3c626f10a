"""`/photos/<id>/renditions/<name>`: picture files for partners, their rights asked at the moment of asking."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from newsroom.partners.authentication import partner_of
from newsroom.partners.doors import PartnerView
from newsroom.partners.entitlement import Access
from newsroom.partners.models import Scope
from newsroom.partners.problems import Gone
from newsroom.partners.rendering import AsAddressed, PictureRenderer
from newsroom.partners.shapes import refusals
from newsroom.partners.views import standing
from newsroom.photos.darkroom.cupboard import EXTENSIONS
from newsroom.photos.models import FormerRendition, Photo, Rendition, renditions

FORMATS = {extension: form for form, extension in EXTENSIONS.items()}
PICTURE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


class Picture(PartnerView):
    """One version of a photograph: 410 once no lease allows it to be passed on."""

    scope = Scope.PICTURES
    needs_key = True
    renderer_classes = (PictureRenderer,)
    content_negotiation_class = AsAddressed

    @extend_schema(
        operation_id="get_rendition",
        summary="One picture file",
        responses={
            (200, "image/*"): OpenApiTypes.BINARY,
            **refusals(404, 410),
            304: None,
        },
    )
    def get(self, request: Request, uuid: UUID, name: str) -> Response:
        partner_of(request)
        form = _file(self.access, uuid, name)
        try:
            file = renditions().open(name)
        except FileNotFoundError as error:
            raise Http404 from error
        content_type = f"image/{form.lower()}"
        return FileResponse(file, content_type=content_type, headers=PICTURE_HEADERS)  # type: ignore[return-value]


def _file(access: Access, uuid: UUID, name: str) -> str:
    """Its format. Raises Http404 where the partner never might have it, Gone where its licence or time has ended.

    A version that was replaced is still given, for a while, to whoever was told of it before.
    """
    standing(access, "photo", uuid)
    now, photos = timezone.now(), Photo.objects.filter(uuid=uuid)
    current = Rendition.objects.filter(file=name, photo__uuid=uuid, is_placeholder=False).values_list("format").first()
    former = FormerRendition.objects.filter(name=name, photo__uuid=uuid).first()
    if not access.has_pictures or not (current or former):
        raise Http404
    is_served = current or (former and not former.is_deleted and former.served_until > now)
    if not is_served or not photos.syndicable(now).exists():
        raise Gone(reason="rights", note="", replaced_by=None)
    return current[0] if current else FORMATS[name.rpartition(".")[2]]
