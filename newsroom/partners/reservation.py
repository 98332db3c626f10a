"""Text and data mining, AI training included, is reserved: in headers, in `/.well-known/`, in words for each format."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.changes import Document
from newsroom.models import Source

PERMISSION = Source.Permission


def policy_address() -> str:
    """Where a machine reads on which terms it may mine."""
    return f"{settings.SITE_URL}/.well-known/tdm-policy.json"


def headers() -> dict[str, str]:
    """As the W3C's TDM Reservation Protocol has it; documents say more."""
    return {"TDM-Reservation": "1", "TDM-Policy": policy_address()}


def tdmrep() -> list[dict[str, Any]]:
    """The site's file of the same protocol: one rule for every address."""
    return [{"location": "/", "tdm-reservation": 1, "tdm-policy": policy_address()}]


def policy() -> dict[str, Any]:
    """The terms as an ODRL offer in the protocol's profile: whoever wants to mine asks first."""
    assigner = {"uid": f"{settings.SITE_URL}/", "vcard:fn": settings.NEWSROOM_NAME}
    if settings.NEWSROOM_CONTACT:
        assigner["vcard:hasEmail"] = f"mailto:{settings.NEWSROOM_CONTACT}"
    return {
        "@context": [
            "http://www.w3.org/ns/odrl.jsonld",
            {"tdm": "http://www.w3.org/ns/tdmrep#", "vcard": "http://www.w3.org/2006/vcard/ns#"},
        ],
        "@type": "Offer",
        "profile": "http://www.w3.org/ns/tdmrep",
        "uid": policy_address(),
        "assigner": assigner,
        "permission": [
            {
                "target": f"{settings.SITE_URL}/",
                "action": "tdm:mine",
                "duty": [{"action": "obtainConsent"}],
            }
        ],
    }


def in_words() -> str:
    return _("Text and data mining and the training of AI are reserved.")


def training(document: Document) -> str:
    """What the sources of a document say of AI training: forbidden wins, and what is not stated is not allowed.

    Empty for a document that has no sources of its own.
    """
    if "ai_training" in document:
        return str(document["ai_training"])
    single = document.get("source")
    said = {one["ai_training"] for one in [*document.get("sources", []), *([single] if single else [])]}
    if not said or PERMISSION.FORBIDDEN in said:
        return PERMISSION.FORBIDDEN if said else ""
    return PERMISSION.ALLOWED if said == {PERMISSION.ALLOWED} else PERMISSION.UNKNOWN


def training_in_words(permission: str) -> str:
    """A sentence for formats that have no code for it."""
    return _("AI training: %(permission)s.") % {"permission": PERMISSION(permission).label} if permission else ""
