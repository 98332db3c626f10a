"""Chromium and the demo that it looks at: the very server that `make demo` starts, on data of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, expect, sync_playwright

from tests.infrastructure import chromium as installed

PASSWORD = "the-demo-accounts-of-the-tests"
ROOT = Path(__file__).resolve().parent.parent.parent
# What a shell brings along; the settings of the tests, above all, are not the demo's.
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
# Milliseconds in which a busy machine does what a quiet one does at once; only a test that fails waits so long.
PATIENCE = 60_000
# Whatever moves or fades has come to its end, and what scripts do at the next frame is done.
#: by how many pixels a page is too wide
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AT_REST = """async () => {
    const end = () => document.getAnimations().forEach((one) => {
        if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
    });
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    end();
    await frame();
    await frame();
    end();
}"""

expect.set_options(timeout=PATIENCE)


def free_port() -> int:
    """One that no connection is given meanwhile: Linux takes those from 32768 on, and each process looks elsewhere."""
    for port in range(20_000 + os.getpid() * 10 % 12_000, 32_768):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("No port is free.")


def answers(address: str) -> bool:
    """Whether a server is there; what it says is for the tests to judge."""
    try:
        with urlopen(address, timeout=5):
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path, seconds: int = 420) -> None:
    deadline = time.monotonic() + seconds
    while not answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"The demo did not start:\n{log.read_text()[-4000:]}")
        time.sleep(0.2)


def stop(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does it; a demo that does not obey is killed, and a fault."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=120)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        pytest.fail("The demo did not stop on Ctrl-C.")


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running demo keeps its files."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo_site(demo_data: Path) -> Iterator[str]:
    """The address of a running demo, with its five documents loaded."""
    log, port = demo_data / "log", free_port()
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    kept["API_PUBLIC_RATE"] = "0"  # all tests together ask more often than one reader may
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "deploy" / "start.py"), "demo"],
            env={**kept, "PORT": str(port), "DATA_DIR": str(demo_data), "DEMO_PASSWORD": PASSWORD},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process, log)
        yield address
    finally:
        stop(process)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = installed.program()
    if program is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=installed.FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page that somebody has opened, and what the browser complained about on it.

    Chromium reports what the content security policy refused as an error on its console.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.location['url']}: {message.text}")

    def axe_violations(self) -> list[str]:
        """The rules that axe finds broken, each with the elements that break it."""
        self.page.evaluate(AT_REST)
        found = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'])}" for rule in found]


def new_context(chromium: Browser, site: str, **options: Any) -> BrowserContext:
    context = chromium.new_context(base_url=site, **options)
    context.set_default_timeout(PATIENCE)
    return context


def sign_in(page: Page, account: str) -> None:
    page.goto("/admin/login/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, demo_site: str) -> Callable[[str], StorageState]:
    """What a browser keeps of an account that has signed in, which each does once for all tests."""
    kept: dict[str, StorageState] = {}

    def of(account: str) -> StorageState:
        if account not in kept:
            context = new_context(chromium, demo_site)
            sign_in(context.new_page(), account)
            kept[account] = context.storage_state()
            context.close()
        return kept[account]

    return of


@pytest.fixture
def visit(
    chromium: Browser, demo_site: str, signed_in: Callable[[str], StorageState]
) -> Iterator[Callable[..., Visit]]:
    """Opens an address of the demo as a new visitor; takes what Playwright's `new_context` takes.

    Say `width=390` for a phone, `color_scheme="dark"`, `java_script_enabled=False`, `locale="ko-KR"`;
    `account="editor"` has signed in as that account of the demo.
    """
    contexts = []

    def open_page(path: str = "/", *, account: str = "", width: int = 1280, **options: Any) -> Visit:
        if account:
            options["storage_state"] = signed_in(account)
        context = new_context(chromium, demo_site, viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        opened = Visit(context.new_page())
        opened.page.goto(path)
        return opened

    yield open_page
    for context in contexts:
        context.close()
