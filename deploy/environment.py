"""Makes the virtual environment of this folder.

Written in plain old Python: it runs before anything is installed, under any Python 3 that a machine has.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


class Refusal(Exception):
    """Why nothing was done, in one line, with what to do about it."""


def check_python() -> None:
    if sys.version_info < OLDEST:
        found = "%d.%d.%d" % sys.version_info[:3]
        raise Refusal(
            "Python 3.11 or later is needed, and %s is %s. Name another one: make demo PYTHON=python3.12"
            % (sys.executable, found)
        )


def check_writable(folder: Path) -> None:
    """The folder, or the nearest one above it that exists, takes new files."""
    while not folder.exists():
        folder = folder.parent
    probe = folder / (".writable-%d" % os.getpid())
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Refusal("The folder %s takes no files (%s)." % (folder, error.strerror)) from None


def check_venv_module() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Refusal("This Python lacks its venv module. On Debian and Ubuntu: apt install python3-venv")


def digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def stamp(requirements: Path) -> Path:
    """The note in the environment that says which state of this file was installed last."""
    return VENV / ("installed-" + requirements.name)


def is_installed(requirements: Path) -> bool:
    note = stamp(requirements)
    return PYTHON.exists() and note.exists() and note.read_text() == digest(requirements)


def works() -> bool:
    """False for an environment that was interrupted, moved with its folder, or has lost its Python."""
    probe = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.prefix != %r)" % str(VENV)]
    return PYTHON.exists() and subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode == 0


def create() -> None:
    check_venv_module()
    if VENV.exists():
        shutil.rmtree(str(VENV))
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        check=False,
    )
    if made.returncode:
        reason = (made.stdout.strip().splitlines() or ["no reason given"])[-1]
        raise Refusal("The virtual environment .venv could not be made: %s" % reason)


def install(requirements: Path) -> None:
    """Install what is pinned, each file checked against its hash; does nothing when nothing changed."""
    if is_installed(requirements):
        return
    check_writable(ROOT)
    if not works():
        print("Making the virtual environment .venv", flush=True)
        create()
    print("Installing %s (the first time takes up to a minute)" % requirements.name, flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    pinned = ["--require-hashes", "--only-binary=:all:", "--no-compile", "-r", str(requirements)]
    if subprocess.run(pip + pinned, cwd=str(ROOT), check=False).returncode:
        raise Refusal("pip could not install %s; its own words stand above." % requirements.name)
    stamp(requirements).write_text(digest(requirements))


def main() -> None:
    """`environment.py [requirements.txt]`: the environment with what that file pins."""
    name = sys.argv[1] if len(sys.argv) > 1 else "requirements.txt"
    try:
        check_python()
        install(ROOT / name)
    except Refusal as refusal:
        sys.exit("Attaché: %s" % refusal)


if __name__ == "__main__":
    main()
