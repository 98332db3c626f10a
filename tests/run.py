"""`make test`: the whole suite on SQLite, its database-facing part on PostgreSQL, its pages in Chromium, and what
it gives before the programs that others read it with.

A machine has two cores at least, and both are kept busy: SQLite, then Chromium, beside PostgreSQL, then validators.
Chromium is there twice, each time with a demo of its own and whole files, whose tests may build on one another.
A leg whose program is missing is left out with one line, unless REQUIRE_ALL is set; then it fails.
What stands after `make test ARGS=` goes to pytest.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.infrastructure import chromium, debian, exiftool, postgres, validators  # noqa: E402

TWO_AT_ONCE = ("-n", "2", "--dist", "loadfile")
RUNNING: list["subprocess.Popen[bytes]"] = []


@dataclass(frozen=True)
class Outcome:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    told: str = ""


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


def pytest(title: str, marks: str, environment: Mapping[str, str], *options: str, aside: bool = False) -> Outcome:
    """One leg. What goes on aside is shown when it is over, so that two legs do not talk at once."""
    with tempfile.TemporaryDirectory() as folder:
        report, said = Path(folder) / "report.xml", Path(folder) / "said"
        command = [sys.executable, "-m", "pytest", "-m", marks, f"--junitxml={report}"]
        command += [*options, *shlex.split(os.environ.get("ARGS", ""))]
        if not aside:
            print(f"\n== {title}", flush=True)
        with said.open("wb") as file:
            output = file if aside else None
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
            )
            RUNNING.append(process)
            code = process.wait()
        told = f"\n== {title}\n{said.read_text()}" if aside else ""
        return replace(counted(report, code), told=told)


def left_out(leg: str, reason: str) -> Outcome:
    return Outcome(failed=int(bool(os.environ.get("REQUIRE_ALL"))), told=f"\n== {leg} left out: {reason}\n")


def on_sqlite() -> Outcome:
    return pytest("SQLite", "not browser and not validators and not postgres", {"DATABASE_URL": ""})


def on_postgres() -> Outcome:
    programs = postgres.programs()
    if programs is None:
        return left_out("PostgreSQL", "no PostgreSQL server is installed (Debian: apt install postgresql)")
    with postgres.cluster(programs) as url:
        return pytest("PostgreSQL", "not browser and not validators", {"DATABASE_URL": url}, aside=True)


def in_chromium() -> Outcome:
    if chromium.program() is None:
        return left_out("Chromium", "no Chromium is installed (Debian: apt install chromium)")
    return pytest("Chromium", "browser", {"DATABASE_URL": ""}, *TWO_AT_ONCE)


def before_validators() -> Outcome:
    if reason := validators.lacking():
        return left_out("Validators", reason)
    return pytest("Validators", "validators", {"DATABASE_URL": ""}, aside=True)


def install_what_is_missing() -> None:
    if postgres.programs() is None:
        debian.install("postgresql")
    if chromium.program() is None:
        debian.install("chromium", "fonts-noto-cjk")
    if exiftool.program() is None:
        debian.install("libimage-exiftool-perl")
    if shutil.which("java") is None:
        debian.install("default-jre-headless")
    if shutil.which("npm") is None:
        debian.install("nodejs", "npm")
    validators.install()


def stop(*_: object) -> NoReturn:
    """A run that is told to stop still removes its cluster, its demo and its folders."""
    for process in RUNNING:
        process.send_signal(signal.SIGINT)
    sys.exit(143)


def main() -> int:
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it otherwise
    install_what_is_missing()
    pool = ThreadPoolExecutor(max_workers=1)
    beside = [pool.submit(leg) for leg in (on_postgres, before_validators)]
    try:
        legs = [on_sqlite(), in_chromium(), *(leg.result() for leg in beside)]
    finally:
        pool.shutdown(cancel_futures=True)  # a run that is told to stop begins no other leg
    print(*(leg.told for leg in legs), sep="", end="", flush=True)
    passed, failed, skipped = (sum(getattr(leg, name) for leg in legs) for name in ("passed", "failed", "skipped"))
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
