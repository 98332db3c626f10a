"""The page for partners is true: its programs run as they are printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from newsroom import changes
from tests.partners.conftest import make_key, make_package, make_partner, make_world

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
        timeout=60,
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
