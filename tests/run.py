"""`make test`: the whole suite on SQLite, its database-facing part on PostgreSQL, its pages in Chromium.

A leg whose program is missing is left out with one line, unless REQUIRE_ALL is set; then it fails.
What stands after `make test ARGS=` goes to pytest.
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.infrastructure import chromium, debian, postgres  # noqa: E402


@dataclass(frozen=True)
class Outcome:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


def counted(report: Path, exit_code: int) -> Outcome:
    """What pytest's own report says; a run that broke off or found no tests counts as a failure."""
    if not report.exists():
        return Outcome(failed=1)
    suites = ET.parse(report).getroot().findall("testsuite")
    total = {
        name: sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    }
    failed = total["failures"] + total["errors"]
    passed = total["tests"] - failed - total["skipped"]
    return Outcome(passed, max(failed, int(exit_code != 0)), total["skipped"])


def pytest(title: str, marks: str, environment: Mapping[str, str]) -> Outcome:
    print(f"\n== {title}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-m", marks, f"--junitxml={report}"]
        command += shlex.split(os.environ.get("ARGS", ""))
        code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
        return counted(report, code)


def left_out(leg: str, reason: str) -> Outcome:
    print(f"\n== {leg} left out: {reason}", flush=True)
    return Outcome(failed=int(bool(os.environ.get("REQUIRE_ALL"))))


def on_sqlite() -> Outcome:
    return pytest("SQLite", "not browser and not postgres", {"DATABASE_URL": ""})


def on_postgres() -> Outcome:
    programs = postgres.programs()
    if programs is None and debian.install("postgresql"):
        programs = postgres.programs()
    if programs is None:
        return left_out("PostgreSQL", "no PostgreSQL server is installed (Debian: apt install postgresql)")
    with postgres.cluster(programs) as url:
        return pytest("PostgreSQL", "not browser", {"DATABASE_URL": url})


def in_chromium() -> Outcome:
    program = chromium.program()
    if program is None and debian.install("chromium", "fonts-noto-cjk"):
        program = chromium.program()
    if program is None:
        return left_out("Chromium", "no Chromium is installed (Debian: apt install chromium)")
    return pytest("Chromium", "browser", {"DATABASE_URL": ""})


def main() -> int:
    # A run that is told to stop still removes its cluster.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    legs: tuple[Callable[[], Outcome], ...] = (on_sqlite, on_postgres, in_chromium)
    total = sum((leg() for leg in legs), Outcome())
    print(f"\n{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
