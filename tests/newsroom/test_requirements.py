"""What is pinned: nothing older than what was reviewed, all by hash, and no address of a registry."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^\s;]+)", re.MULTILINE)
HASHED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;]+)[^\n]*\\\n    --hash=sha256:", re.MULTILINE)


def pins(name: str, pattern: re.Pattern[str] = PIN) -> dict[str, str]:
    text = (ROOT / name).read_text()
    found = pattern.finditer(text)
    return {re.sub(r"[._-]+", "-", match["name"]).lower(): match["version"] for match in found}


@pytest.mark.parametrize(
    ("package", "floor"),
    [
        ("Django", (5, 2, 19)),
        ("pillow", (13, 0, 0)),
        ("djangorestframework", (3, 18, 3)),
        ("django-prose-editor", (0, 28, 0)),
        ("nh3", (0, 3, 8)),
    ],
)
def test_package_is_no_older_than_the_release_that_was_reviewed(package: str, floor: tuple[int, int, int]) -> None:
    installed = tuple(int(part) for part in version(package).split(".")[:3])

    assert installed >= floor


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_direct_requirements_stand_in_the_lock_as_asked_for(name: str) -> None:
    asked, locked = pins(f"{name}.in"), pins(f"{name}.txt")

    assert {package: locked.get(package) for package in asked} == asked


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_direct_requirements_are_pinned(name: str) -> None:
    lines = (ROOT / f"{name}.in").read_text().splitlines()

    loose = [line for line in lines if line and not line.startswith(("#", "-r ")) and not PIN.match(line)]

    assert loose == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locked_packages_carry_hashes_and_no_address(name: str) -> None:
    assert pins(name, HASHED) == pins(name)
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links", (ROOT / name).read_text()) == []


def test_both_locks_agree() -> None:
    runtime, development = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {package: development.get(package) for package in runtime} == runtime
