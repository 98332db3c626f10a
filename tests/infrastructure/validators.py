"""The programs that others read the newsroom with: the Nu checker, feed readers, makers of API clients."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "validators"
MODULES = FOLDER / "node_modules"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
PROGRAMS = FOLDER / ".venv" / "bin"
PINNED = ("package-lock.json", "requirements.txt")


def lacking() -> str:
    """Why these tests cannot be run here; empty where they can."""
    for program, package in {"node": "nodejs", "npm": "npm", "java": "default-jre-headless"}.items():
        if shutil.which(program) is None:
            return f"there is no {program} (Debian: apt install {package})"
    return "" if _is_installed() else "tests/validators is not installed (tests/run.py does it)"


def install() -> None:
    """What is pinned here, in two folders of its own: none of it is a tool of the newsroom's."""
    if lacking() and not _is_installed() and shutil.which("npm"):
        print("Installing the validators of tests/validators", flush=True)
        is_done = _run("npm", "ci", "--silent", "--ignore-scripts") and _install_programs()
        if is_done:
            _stamp().write_text(_digest())


def _install_programs() -> bool:
    """By pip, which the machine's own settings are for."""
    pip = (str(PROGRAMS / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq")
    made = _run(sys.executable, "-m", "venv", "--clear", str(PROGRAMS.parent))
    return made and _run(*pip, "--require-hashes", "-r", "requirements.txt")


def _run(*command: str) -> bool:
    return subprocess.run(command, cwd=FOLDER, check=False).returncode == 0


def _is_installed() -> bool:
    return NU.exists() and _stamp().exists() and _stamp().read_text() == _digest()


def _stamp() -> Path:
    return MODULES / "installed"


def _digest() -> str:
    """Of what is pinned; whoever pins anew installs anew."""
    return hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in PINNED)).hexdigest()


def said(*command: str, given: str = "", **environment: str) -> str:
    """What the program prints; one that fails is the test's failure, in the program's own words."""
    done = subprocess.run(
        command,
        input=given,
        cwd=FOLDER,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{command[0]} answered {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout
