"""The example for partners keeps its promise: whatever happens, killed or not, it has what its key opens."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from newsroom import changes
from newsroom.articles import workflow
from newsroom.partners import entitlement
from newsroom.partners.models import Partner
from tests import factories
from tests.partners.conftest import make_key, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db(transaction=True)

MIRROR = Path(__file__).resolve().parents[2] / "examples" / "partner_mirror.py"


@pytest.fixture
def partner(transactional_db: None) -> Partner:
    return make_partner(make_package(kinds=[kind.name for kind in changes.kinds()], has_pictures=True))


@pytest.fixture
def command(live_server: LiveServer, partner: Partner, tmp_path: Path) -> list[str]:
    key = make_key(partner).text
    file = str(tmp_path / "mirror.sqlite3")
    return [sys.executable, str(MIRROR), "--site", live_server.url, "--key", key, "--file", file, "--once"]


def run(command: list[str], *more: str) -> str:
    done = subprocess.run([*command, *more], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def mirrored(tmp_path: Path) -> dict[tuple[str, str], Any]:
    with sqlite3.connect(tmp_path / "mirror.sqlite3") as mirror:
        rows = mirror.execute("SELECT type, id, document FROM object").fetchall()
    mirror.close()
    return {(kind, object_id): json.loads(document) for kind, object_id, document in rows}


def entitled(partner: Partner) -> dict[tuple[str, str], Any]:
    """What `visible_to` says at this moment."""
    access = entitlement.of_key(make_key(Partner.objects.get(pk=partner.pk)).key)
    entries = entitlement.visible_to(access)
    return {(one.kind, str(one.object_id)): json.loads(entitlement.shaped(one, access)) for one in entries}


def test_mirror_has_what_the_key_opens(command: list[str], partner: Partner, tmp_path: Path) -> None:
    make_world()

    said = run(command)

    assert said == "6 changes"
    assert mirrored(tmp_path) == entitled(partner)


def test_mirror_follows_corrections_and_kills(command: list[str], partner: Partner, tmp_path: Path) -> None:
    first, second = make_world(), make_world()
    run(command)

    workflow.withdraw(first.article, by=None, at=timezone.now(), act="kill", private_note="Wrong.")
    second.article.headline = "Another headline"
    second.article.save()
    workflow.correct(second.article, by=None, at=timezone.now(), note="The headline was wrong.")
    run(command, "--limit", "1")

    assert mirrored(tmp_path) == entitled(partner)
    assert len(mirrored(tmp_path)) == 11


def test_mirror_begins_anew_when_the_licence_is_another(command: list[str], partner: Partner, tmp_path: Path) -> None:
    make_world()
    run(command)

    partner.packages.set([make_package(kinds=["topic"])])
    entitlement.settle(partner)
    run(command)

    assert [kind for kind, _id in mirrored(tmp_path)] == ["topic"]
    assert mirrored(tmp_path) == entitled(partner)


def test_mirror_proves_that_it_has_stored_all(command: list[str], partner: Partner) -> None:
    make_world()

    run(command)

    assert partner.acknowledgements.get().seq == changes.head().seq


def test_mirror_killed_again_and_again_misses_nothing(command: list[str], partner: Partner, tmp_path: Path) -> None:
    for _number in range(30):
        factories.make_topic(is_public=True)
    for pause in (0.15, 0.3, 0.4, 0.5, 0.6):
        process = subprocess.Popen([*command, "--limit", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()

    run(command)

    assert mirrored(tmp_path) == entitled(partner)


def test_bad_key_is_told_and_nothing_is_lost(command: list[str], tmp_path: Path) -> None:
    make_world()
    run(command)
    before = mirrored(tmp_path)

    wrong = [*command, "--key", "attache_wrong"]
    done = subprocess.run(wrong, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, "/problems/bad-key/" in done.stderr) == (1, True)
    assert mirrored(tmp_path) == before
