"""Who may see what: the one question that lists, objects, changes, export and pictures start from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from newsroom.changes import PUBLIC
from newsroom.models import Change, ChangeQuerySet
from newsroom.partners.models import Key, Package, Partner
from newsroom.partners.webhooks import outbox

PUBLIC_TAG = "00000000"


@dataclass(frozen=True)
class Access:
    """What whoever asks may have; `tag` is the entitlement as cursors and ETags name it."""

    mask: int
    has_pictures: bool
    tag: str
    key: Key | None = None

    @property
    def partner(self) -> Partner | None:
        return self.key.partner if self.key else None


ANYBODY = Access(mask=PUBLIC, has_pictures=False, tag=PUBLIC_TAG)


def of_key(key: Key) -> Access:
    """Reads `key.partner`: load it with the key."""
    partner = key.partner
    return Access(partner.mask, partner.has_pictures, partner.entitlement, key)


def visible_to(access: Access) -> ChangeQuerySet:
    """The entries of the feed whose objects these may have now: those in one of their packages."""
    return Change.objects.alias(_mine=F("mask").bitand(access.mask)).exclude(_mine=0)


def ever_visible_to(access: Access) -> ChangeQuerySet:
    """Those that they may have now or could once have, so that they hear of a removal; nobody else does."""
    return Change.objects.alias(_ever=F("ever_mask").bitand(access.mask)).exclude(_ever=0)


def settle(partner: Partner) -> bool:
    """Keep beside the partner what follows from its packages; returns whether it is another entitlement now."""
    granted = [package for package in partner.packages.order_by("bit") if package.covers(partner.territory)]
    before = partner.entitlement
    partner.mask = sum(package.mask for package in granted)
    partner.has_pictures = any(package.has_pictures for package in granted)
    partner.entitlement = _tag(partner, granted)
    partner.is_settling = not all(package.is_settled for package in granted)
    partner.save(update_fields=["mask", "has_pictures", "entitlement", "is_settling"])
    if partner.entitlement != before:
        outbox.owe_partner(partner.pk)
    return partner.entitlement != before


def _tag(partner: Partner, granted: list[Package]) -> str:
    """Another one whenever the partner may have something else than before, so that its cursors end."""
    # The key beside the bit: a bit goes to another package once its own is deleted, a key never does.
    parts = [str(partner.uuid), [(package.pk, package.bit, package.revision) for package in granted]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:8]


def shaped(entry: Change, access: Access) -> str:
    """The stored document as these may have it: without the picture files where the licence has none."""
    if entry.kind != "photo" or access.has_pictures or '"renditions":[]' in entry.document:
        return entry.document
    document: dict[str, Any] = json.loads(entry.document)
    withheld = [*document["withheld"], {"what": "renditions", "reason": "licence"}]
    return json.dumps(
        {**document, "renditions": [], "withheld": withheld}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
