"""What is made of the schema by others compiles as it is, and fetches from the demo what is there."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.infrastructure import validators

pytestmark = pytest.mark.validators

PROGRAMS = validators.FOLDER / "programs"


@pytest.fixture(scope="module")
def schema(demo_site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Beside what is made of it."""
    path = tmp_path_factory.mktemp("client") / "openapi.json"
    with urlopen(f"{demo_site}/api/v1/openapi.json") as answer:
        path.write_bytes(answer.read())
    return path


@pytest.fixture(scope="module")
def expected(demo_site: str, key: str) -> dict[str, object]:
    def asked(path: str) -> dict[str, object]:
        with urlopen(Request(f"{demo_site}/api/v1/{path}", headers={"Authorization": f"Bearer {key}"})) as answer:
            found: dict[str, object] = json.load(answer)
        return found

    return {
        "partner": "Doe Daily",
        "headline": asked("articles/?limit=1")["results"][0]["headline"],
        "changes": len(asked("changes/?limit=500")["changes"]),
    }


def test_typescript_client_compiles_and_fetches(
    schema: Path, demo_site: str, key: str, expected: dict[str, object]
) -> None:
    folder = schema.parent / "typescript"
    folder.mkdir()
    (folder / "client.ts").write_text((PROGRAMS / "client.ts").read_text())
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "node_modules").symlink_to(validators.MODULES)
    options = ["--strict", "--noUncheckedSideEffectImports", "--target", "es2022", "--module", "nodenext"]

    validators.said("npx", "--no-install", "openapi-typescript", str(schema), "--output", str(folder / "api.d.ts"))
    validators.said("npx", "--no-install", "tsc", *options, str(folder / "client.ts"))
    told = validators.said("node", str(folder / "client.js"), SITE=demo_site, PARTNER_KEY=key)

    assert json.loads(told) == expected


def test_python_client_is_typed_and_fetches(
    schema: Path, demo_site: str, key: str, expected: dict[str, object]
) -> None:
    folder = schema.parent / "python"
    folder.mkdir()
    (folder / "client.py").write_text((PROGRAMS / "client.py").read_text())
    make = ["generate", "--path", str(schema), "--output-path", str(folder / "attache")]
    python = str(validators.PROGRAMS / "python")

    validators.said(
        str(validators.PROGRAMS / "openapi-python-client"), *make, "--meta", "none", "--config", "programs/generate.yml"
    )
    validators.said(
        sys.executable,
        *["-m", "mypy", "--strict", "--config-file", "", "--cache-dir", str(folder / "cache")],
        *["--python-executable", python, "--follow-imports", "silent", str(folder / "client.py")],
        MYPYPATH=str(folder),
    )
    told = validators.said(python, str(folder / "client.py"), SITE=demo_site, PARTNER_KEY=key)

    assert json.loads(told) == expected
