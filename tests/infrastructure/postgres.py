"""A PostgreSQL cluster for one run: in a folder of its own, reached by a socket, removed afterwards."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

# Nothing in it has to outlive the run, so it need not wait for the disk.
HASTE = "-F -c full_page_writes=off -c synchronous_commit=off -c max_connections=100"


def programs() -> Path | None:
    """The folder of the newest server's own programs: what stands in PATH is often a wrapper."""
    found = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    in_path = shutil.which("initdb")
    return Path(in_path).resolve().parent if in_path else None


def _run(*command: str) -> None:
    """PostgreSQL refuses to run as root, so root runs it as the user that its package made."""
    owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **owner)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


@contextlib.contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """The DATABASE_URL of a fresh cluster."""
    # The path of a socket has at most 107 bytes, which a long TMPDIR would use up.
    home = Path(tempfile.mkdtemp(prefix="attache-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data = str(home / "data")
    pg_ctl = str(bin_folder / "pg_ctl")
    try:
        _run(
            str(bin_folder / "initdb"),
            "-D",
            data,
            "-U",
            "newsroom",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = f"{HASTE} -c listen_addresses='' -k {home}"
        _run(pg_ctl, "-D", data, "-o", options, "-l", str(home / "log"), "-w", "-t", "60", "start")
        yield f"postgres://newsroom@{quote(str(home), safe='')}/postgres"
    finally:
        with contextlib.suppress(RuntimeError):
            _run(pg_ctl, "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)
