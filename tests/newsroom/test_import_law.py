"""The bottom shelf: the import law names each of its modules, so that none can climb unseen."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# They stand above all rooms, since each of them puts the rooms together.
AROUND = {"apps", "asgi", "settings", "urls", "wsgi"}


def test_every_module_of_the_bottom_shelf_is_under_the_import_law() -> None:
    (contract,) = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    modules = {path.stem for path in (ROOT / "newsroom").glob("*.py")} - AROUND - {"__init__"}

    assert set(re.findall(r"\(newsroom\.(\w+)\)", contract["layers"][-1])) == modules | {"dates"}
