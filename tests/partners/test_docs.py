"""The page for partners is true: its programs run as they are printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from newsroom import changes
from newsroom.partners import handbook
from tests.partners.conftest import make_key, make_package, make_partner, make_world
from tests.website.html import links, parse, words

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "partners.md").read_text()
RUNNERS = {"python": [sys.executable, "-c"], "javascript": ["node", "--input-type=module", "-e"], "sh": ["sh", "-c"]}


def printed(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def runnable(language: str, needle: str) -> str:
    """The one program of the page that has these words."""
    (found,) = [program for program in printed(language) if needle in program]
    return found


@pytest.fixture
def environment(live_server: LiveServer) -> dict[str, str]:
    make_world()
    partner = make_partner(make_package(kinds=[kind.name for kind in changes.kinds()]))
    return {"PATH": os.environ["PATH"], "SITE": live_server.url, "PARTNER_KEY": make_key(partner).text}


@pytest.mark.parametrize(
    ("language", "needle", "said"),
    [
        ("python", "urllib", "6 objects; next time, begin with "),
        ("javascript", "fetch", "6 objects; next time, begin with "),
        ("sh", "/me/", '{"partner":'),
        ("sh", "/changes/", '{"changes":'),
        ("sh", "partner_mirror", "6 changes"),
        ("sh", "/webhooks/", '{"id":'),
    ],
)
def test_program_runs_as_printed(
    environment: dict[str, str], tmp_path: Path, language: str, needle: str, said: str
) -> None:
    if not shutil.which({"javascript": "node", "sh": "curl"}.get(language, sys.executable)):
        pytest.skip("not installed here")
    program = runnable(language, needle).replace("examples/partner_mirror.py", str(ROOT / "examples/partner_mirror.py"))

    done = subprocess.run(
        [*RUNNERS[language], program],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (done.returncode, done.stderr, done.stdout[: len(said)]) == (0, "", said)


def test_every_program_of_the_page_is_run() -> None:
    settings_of_a_shell = 1

    assert {name: len(printed(name)) for name in RUNNERS} == {
        "python": 1,
        "javascript": 1,
        "sh": 4 + settings_of_a_shell,
    }


def test_page_is_on_the_site_with_its_own_address_in_the_programs(client: Client, settings: Settings) -> None:
    handbook.chapter.cache_clear()
    settings.SITE_URL = "https://news.example.org"

    page = parse(client.get("/api/v1/docs/getting-started/").content.decode())
    handbook.chapter.cache_clear()

    programs = ["".join(one.itertext()) for one in page.iterfind(".//pre/code")]
    fenced = [text for _language, text in re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)]
    ours = [text.replace("http://127.0.0.1:8000", "https://news.example.org") for text in fenced]
    assert programs == [text.replace("examples/partner_mirror.py", "partner_mirror.py") for text in ours]
    assert words(page.find(".//h1")) == "For partners: getting started"
    assert links(page.find(".//main"))["partner_mirror.py"] == "/api/v1/docs/partner_mirror.py"


def test_changelog_and_example_are_on_the_site(client: Client) -> None:
    changelog = client.get("/api/v1/docs/changelog/").content.decode()
    example = b"".join(client.get("/api/v1/docs/partner_mirror.py"))

    assert words(parse(changelog).find(".//h1")) == "Changes of the partner API"
    assert example == (ROOT / "examples" / "partner_mirror.py").read_bytes()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a <b> & `c > d`", "<p>a &lt;b&gt; &amp; <code>c &gt; d</code></p>"),
        ("1. One\n   goes on.\n2. Two", "<ol><li>One goes on.</li><li>Two</li></ol>"),
        (
            "- **One**\n- [Two](https://two.example/?a&b)",
            '<ul><li><strong>One</strong></li><li><a href="https://two.example/?a&amp;b">Two</a></li></ul>',
        ),
        ("## What to expect", '<h2 id="what-to-expect">What to expect</h2>'),
    ],
)
def test_little_markdown_is_html_and_the_rest_is_text(written: str, shown: str) -> None:
    assert handbook.as_html(written) == shown
