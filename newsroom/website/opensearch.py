"""Front of house: how a browser's own search field asks this house (OpenSearch 1.1)."""

from __future__ import annotations

from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from newsroom.documents import site_address

CONTENT_TYPE = "application/opensearchdescription+xml; charset=utf-8"
NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
LONGEST_NAME = 16  # of what the specification lets a short name have
WORDS = "{searchTerms}"
#: what is answered, and where
ANSWERS = (
    ("text/html", "search"),
    ("application/atom+xml", "search-atom"),
    ("application/rss+xml", "search-rss"),
)


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement("OpenSearchDescription", AttributesImpl({"xmlns": NAMESPACE}))
    xml.addQuickElement("ShortName", settings.NEWSROOM_NAME[:LONGEST_NAME])
    xml.addQuickElement("Description", _("Search %(newsroom)s") % {"newsroom": settings.NEWSROOM_NAME})
    xml.addQuickElement("InputEncoding", "UTF-8")
    icon = {"type": "image/png", "width": "48", "height": "48"}
    xml.addQuickElement("Image", site_address(static("icons/seal.png")), icon)
    for kind, name in ANSWERS:
        xml.addQuickElement("Url", "", {"type": kind, "template": site_address(f"{reverse(name)}?q={WORDS}")})
    xml.addQuickElement("Url", "", {"type": CONTENT_TYPE.partition(";")[0], "rel": "self", "template": _address()})
    xml.endElement("OpenSearchDescription")
    xml.endDocument()
    return HttpResponse(text.getvalue(), content_type=CONTENT_TYPE)


def _address() -> str:
    return site_address(reverse("opensearch"))
