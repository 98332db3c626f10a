"""What keeps the demo from starting is said in one line, before anything slow begins."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infrastructure.browser import free_port

ROOT = Path(__file__).resolve().parent.parent.parent


def start(command: str, tmp_path: Path, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "deploy" / "start.py"), command],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": "0", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_taken_port_is_named_with_the_next_one(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        told = start("demo", tmp_path, PORT=str(port))

    following = port % 65535 + 1
    assert told == (1, "", f"Attaché: Port {port} is taken. Choose another: PORT={following} make demo\n")


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_port_that_is_no_port_is_refused(tmp_path: Path, port: str) -> None:
    told = start("demo", tmp_path, PORT=port)

    assert told == (1, "", f"Attaché: PORT has to be a number from 1 to 65535, not {port!r}.\n")


def test_run_before_the_demo_says_what_comes_first(tmp_path: Path) -> None:
    told = start("run", tmp_path, PORT=str(free_port()))

    assert told == (1, "", "Attaché: There is nothing to serve yet: `make demo` loads the newsroom first.\n")


def test_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    told = start("demo", tmp_path, PORT=str(free_port()), DATA_DIR="/proc/newsroom")

    assert told[:2] == (1, "")
    assert told[2].startswith("Attaché: The folder /proc takes no files (")


@pytest.mark.parametrize(
    ("lack", "told"),
    [
        ("sys.version_info = (3, 9, 2)", "Attaché: Python 3.11 or later is needed, and {python} is 3.9.2."),
        ("sys.modules['ensurepip'] = None", "Attaché: This Python lacks its venv module."),
    ],
)
def test_python_that_will_not_do_is_refused(tmp_path: Path, lack: str, told: str) -> None:
    shutil.copy(ROOT / "deploy" / "environment.py", folder_of_scripts(tmp_path))
    script = str(tmp_path / "deploy" / "environment.py")
    (tmp_path / "requirements.txt").touch()
    code = f"import runpy, sys; {lack}; sys.argv = ['']; runpy.run_path({script!r}, run_name='__main__')"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith(told.format(python=sys.executable))
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / ".venv").exists()


def folder_of_scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "deploy"
    folder.mkdir()
    return folder
