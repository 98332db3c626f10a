"""What the suite needs from the system, and how a Debian gets it when the suite runs as root."""

import functools
import os
import shutil
import subprocess

APT = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


@functools.cache
def update() -> None:
    subprocess.run(["apt-get", "update", "-qq"], env=APT, check=False)


def install(*packages: str) -> bool:
    """Whether the packages are there now; says what it does, since it changes the machine."""
    if not can_install():
        return False
    print(f"Installing {', '.join(packages)} by apt-get", flush=True)
    update()
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, env=APT, stdout=subprocess.DEVNULL, check=False).returncode == 0
