"""The example for partners keeps its promise: whatever happens, killed or not, it has what its key opens."""

from __future__ import annotations

import json
import runpy
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from newsroom import changes
from newsroom.articles import workflow
from newsroom.partners import entitlement
from newsroom.partners.models import Partner
from people import merging
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
    done = subprocess.run([*command, *more], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def in_mirror(tmp_path: Path, question: str) -> list[Any]:
    with sqlite3.connect(tmp_path / "mirror.sqlite3") as mirror:
        rows = mirror.execute(question).fetchall()
    mirror.close()
    return rows


def mirrored(tmp_path: Path) -> dict[tuple[str, str], Any]:
    rows = in_mirror(tmp_path, "SELECT type, id, document FROM object")
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


def test_mirror_follows_a_merge_and_its_undoing(command: list[str], partner: Partner, tmp_path: Path) -> None:
    stays, goes = factories.make_person(is_public=True), factories.make_person(is_public=True)
    chief = factories.make_user("Chief editor")
    run(command)

    merging.merge(goes, into=stays, by=chief, at=timezone.now())
    run(command)
    merged, kept = in_mirror(tmp_path, "SELECT type, id, into_id FROM merged"), mirrored(tmp_path)
    merging.undo(goes, by=chief, at=timezone.now())
    run(command)

    assert merged == [("person", str(goes.uuid), str(stays.uuid))]
    assert set(kept) == {("person", str(stays.uuid))}
    assert (in_mirror(tmp_path, "SELECT * FROM merged"), len(mirrored(tmp_path))) == ([], 2)
    assert mirrored(tmp_path) == entitled(partner)


class Busy(BaseHTTPRequestHandler):
    """Asks for a second of rest, and then has nothing to tell."""

    asked: ClassVar[list[float]] = []

    def do_GET(self) -> None:
        self.asked.append(time.monotonic())
        body = json.dumps({"changes": [], "cursor": "c", "has_more": False}).encode()
        self.send_response(429 if len(self.asked) == 1 else 200)
        self.send_header("Retry-After", "2")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Not a word."""


def test_mirror_waits_as_long_as_it_is_asked_to(tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_address[1]}"

    said = run([sys.executable, str(MIRROR), "--site", site, "--file", str(tmp_path / "mirror.sqlite3"), "--once"])
    server.shutdown()
    server.server_close()

    first, second, *_more = Busy.asked
    assert (said, second - first >= 2) == ("0 changes", True)


@pytest.mark.parametrize(
    ("asked", "waited"), [("7", 7), ("999999", 3600), ("", 0), ("soon", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 0)]
)
def test_mirror_understands_what_it_is_asked_for(asked: str, waited: int) -> None:
    program = runpy.run_path(str(MIRROR))

    assert program["seconds"](asked) == waited


def test_bad_key_is_told_and_nothing_is_lost(command: list[str], tmp_path: Path) -> None:
    make_world()
    run(command)
    before = mirrored(tmp_path)

    wrong = [*command, "--key", "attache_wrong"]
    done = subprocess.run(wrong, capture_output=True, text=True, timeout=300, check=False)

    assert (done.returncode, "/problems/bad-key/" in done.stderr) == (1, True)
    assert mirrored(tmp_path) == before
