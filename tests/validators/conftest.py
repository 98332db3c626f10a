"""What the validators share: one walk over the running demo, and a partner whose key opens all of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.infrastructure import validators
from tests.infrastructure.browser import ROOT
from tests.validators.walking import Walk

# Said in the newsroom's own words, in the demo's own process: the programs get no more than a partner does.
LICENSE = """
from django.utils import timezone
from newsroom import changes
from newsroom.partners import entitlement, keys, packages
from newsroom.partners.models import Package, Partner, Scope
kinds = [kind.name for kind in changes.kinds()]
whole = Package.objects.create(name="Whole", slug="whole", bit=packages.free_bit(), kinds=kinds, has_pictures=True)
packages.fill(whole)
partner = Partner.objects.create(name="Doe Daily", requests_per_minute=1_000_000)
partner.packages.add(whole)
entitlement.settle(partner)
print(keys.issue(partner, by=None, at=timezone.now(), label="validators", scopes=list(Scope.values)).text)
"""


@pytest.fixture(scope="session")
def walk(demo_site: str) -> Walk:
    return Walk(demo_site).go()


@pytest.fixture(scope="session")
def key(demo_site: str, demo_data: Path) -> str:
    told = validators.said(
        sys.executable,
        str(ROOT / "manage.py"),
        "shell",
        "--no-imports",
        "-c",
        LICENSE,
        DATA_DIR=str(demo_data),
        SITE_URL=demo_site,
        SECRET_KEY=(demo_data / "secret-key").read_text(),
        DJANGO_SETTINGS_MODULE="newsroom.settings",
        DATABASE_URL="",
        HUEY_URL="immediate",
    )
    return told.strip()
