"""ExifTool, the reference that says whether others understand what our files say of themselves."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any


def program() -> str | None:
    return shutil.which("exiftool")


def told(path: Path, *options: str) -> dict[str, Any]:
    """Every tag of the file by group and name, structures as structures."""
    command = [program() or "exiftool", "-json", "-struct", "-G1", "-charset", "utf8", *options, str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    tags: dict[str, Any] = json.loads(done.stdout)[0]
    return tags
