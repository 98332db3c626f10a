"""Serves the newsroom on this machine: `make demo` loads its documents first, `make run` only serves.

What can go wrong is looked at before anything slow begins. In production a service does what `serve` does;
docs/operators.md has one.
"""

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

from environment import PYTHON, ROOT, VENV, Refusal, check_python, check_writable, install, is_installed

MANAGE = str(ROOT / "manage.py")
HOST = "127.0.0.1"


def chosen_port() -> int:
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise Refusal("PORT has to be a number from 1 to 65535, not %r." % wanted)
    return int(wanted)


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Refusal("Port %d is kept for the administrator. Choose another: PORT=8001 make demo" % port) from None
        except OSError:
            raise Refusal("Port %d is taken. Choose another: PORT=%d make demo" % (port, port % 65535 + 1)) from None


def secret_key(data: Path) -> str:
    """The demo's own secret, made once, readable by its owner only."""
    path = data / "secret-key"
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.replace(path)
    return path.read_text()


def prepare(data: Path, port: int) -> None:
    """The environment of every process that follows; what the caller has set stays, but for the address."""
    data.mkdir(mode=0o750, parents=True, exist_ok=True)
    os.environ["SITE_URL"] = "http://%s:%d" % (HOST, port)
    os.environ["DATA_DIR"] = str(data)
    os.environ.setdefault("ALLOWED_HOSTS", HOST + ",localhost")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("HUEY_URL", "immediate")  # no worker is started here
    os.environ.setdefault("NEWSROOM_CONTACT", "desk@meridian.example")  # a name that nobody can own; RFC 2606
    if "SECRET_KEY" not in os.environ:
        os.environ["SECRET_KEY"] = secret_key(data)


def manage(*arguments: str) -> None:
    code = subprocess.run([str(PYTHON), MANAGE, *arguments], cwd=str(ROOT), check=False).returncode
    if code:
        raise Refusal("`manage.py %s` failed; its own words stand above." % arguments[0])


def check_loaded(data: Path) -> None:
    if "DATABASE_URL" not in os.environ and not (data / "newsroom.sqlite3").exists():
        raise Refusal("There is nothing to serve yet: `make demo` loads the newsroom first.")


def serve(port: int) -> None:
    """Become the server, which then takes Ctrl-C and the signals of a service manager itself."""
    os.chdir(str(ROOT))
    granian = str(VENV / "bin" / "granian")
    workers = str(min(2, os.cpu_count() or 1))
    options = ["--interface", "wsgi", "--host", HOST, "--port", str(port)]
    options += ["--workers", workers, "--blocking-threads", "4", "--log-level", "warning"]
    options += ["--workers-kill-timeout", "2"]  # a worker now and then stays deaf to being told twice
    os.execv(granian, [granian, *options, "newsroom.wsgi:application"])


def start(command: str) -> None:
    port = chosen_port()
    data = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
    check_python()
    check_port(port)
    check_writable(data)
    if command == "run":
        check_loaded(data)
    if not is_installed(ROOT / "requirements-dev.txt"):  # which holds all that the newsroom runs on
        install(ROOT / "requirements.txt")
    prepare(data, port)
    if command == "demo":
        manage("demo")
    manage("collectstatic", "--no-input", "--verbosity", "0")
    print("Serving on %s; Ctrl-C stops it." % os.environ["SITE_URL"], flush=True)
    serve(port)


def main() -> None:
    try:
        start(sys.argv[1] if len(sys.argv) > 1 else "demo")
    except Refusal as refusal:
        sys.exit("Attaché: %s" % refusal)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
