"""The compiled translations say what their sources say: a fresh clone has no gettext tools to compile them."""

import ast
import gettext
import re
from pathlib import Path

import pytest

LOCALE = Path(__file__).resolve().parent.parent.parent / "newsroom" / "locale"
LINE = re.compile(r'^(?:(?P<keyword>msg\w+(?:\[\d\])?) )?(?P<text>".*")$')
Catalogue = dict[str | tuple[str, int], str]


def fields(block: str) -> dict[str, str]:
    """One entry of a .po file: its keywords with their texts, continued lines joined."""
    found: dict[str, str] = {}
    keyword = ""
    for match in filter(None, map(LINE.match, block.splitlines())):
        keyword = match["keyword"] or keyword
        found[keyword] = found.get(keyword, "") + ast.literal_eval(match["text"])
    return found


def messages(block: str) -> Catalogue:
    entry = fields(block)
    if "#, fuzzy" in block or not entry.get("msgid"):
        return {}
    context = f"{entry['msgctxt']}\x04" if "msgctxt" in entry else ""
    name = context + entry["msgid"]
    plurals = {(name, int(key[7:-1])): text for key, text in entry.items() if key.startswith("msgstr[")}
    return {key: text for key, text in (plurals or {name: entry["msgstr"]}).items() if text}


def compiled(path: Path) -> Catalogue:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {name: text for name, text in catalogue.items() if name}


@pytest.mark.parametrize("source", sorted(LOCALE.glob("*/LC_MESSAGES/*.po")), ids=lambda path: path.parts[-3])
def test_compiled_translation_says_what_its_source_says(source: Path) -> None:
    blocks = source.read_text(encoding="utf-8").split("\n\n")

    assert compiled(source.with_suffix(".mo")) == {
        name: text for block in blocks for name, text in messages(block).items()
    }
