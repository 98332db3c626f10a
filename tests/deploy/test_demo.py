"""The demo as `make demo` starts it."""

import re
import stat
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser


def test_demo_shows_its_front_page_without_a_complaint(visit: Callable[..., Visit]) -> None:
    front = visit("/")

    assert front.page.locator("h1").count() == 1
    assert front.complaints == []


def test_demo_serves_its_stylesheet_for_good(demo_site: str) -> None:
    page = urlopen(demo_site).read().decode()
    stylesheet = re.search(r'<link[^>]*href="(/static/[^"]+\.css)"', page)
    assert stylesheet is not None

    headers = urlopen(demo_site + stylesheet[1]).headers

    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_demo_keeps_its_secret_to_its_owner(demo_site: str, demo_data: Path) -> None:
    secret = demo_data / "secret-key"

    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text()) == 67
