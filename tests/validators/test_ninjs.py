"""Every document of the demo as ninjs, held against IPTC's own schema, formats included."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.partners.conftest import KINDS
from tests.partners.test_ninjs import faults
from tests.validators.walking import Walk, asked

pytestmark = pytest.mark.validators


def items_of(site: str, plural: str, key: str) -> list[dict[str, Any]]:
    path, found = f"/api/v1/{plural}/?format=ninjs&limit=100", []
    while path:
        page = json.loads(asked(site, path, Authorization=f"Bearer {key}").body)
        found += page["results"]
        path = (page["next"] or "").removeprefix(site)
    return found


@pytest.mark.parametrize("plural", KINDS)
def test_every_document_of_the_demo_is_valid_ninjs(walk: Walk, key: str, plural: str) -> None:
    items = items_of(walk.site, plural, key)

    assert items
    assert {item["uri"]: wrong for item in items if (wrong := faults(item))} == {}
