"""The translations are complete, and compiled as they stand: a fresh clone has no gettext tools to compile them."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "newsroom" / "locale"
LINE = re.compile(r'^(?:(?P<keyword>msg\w+(?:\[\d\])?) )?(?P<text>".*")$')
Catalogue = dict[str | tuple[str, int], str]
# A call as Django writes it in place of a template's tags, up to its closing bracket.
CALL = re.compile(r"\b(?:n?p?gettext|_)\((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^'\"()])*\)")


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
    plurals: Catalogue = {(name, int(key[7:-1])): text for key, text in entry.items() if key.startswith("msgstr[")}
    return {key: text for key, text in (plurals or {name: entry["msgstr"]}).items() if text}


def compiled(path: Path) -> Catalogue:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {name: text for name, text in catalogue.items() if name}


@pytest.mark.parametrize("source", sorted((ROOT / "newsroom").rglob("*.po")), ids=lambda path: path.parts[-4])
def test_compiled_translation_says_what_its_source_says(source: Path) -> None:
    blocks = source.read_text(encoding="utf-8").split("\n\n")

    assert compiled(source.with_suffix(".mo")) == {
        name: text for block in blocks for name, text in messages(block).items()
    }


def asked_for(call: ast.Call) -> Iterator[str]:
    """The name in the catalogue of what this call translates; nothing where the call is no translation."""
    name = getattr(call.func, "id", "").removesuffix("_lazy")
    texts = [word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    if not texts:
        return
    if name in {"_", "gettext", "ngettext"}:
        yield texts[0]
    elif name in {"pgettext", "npgettext"}:
        yield f"{texts[0]}\x04{texts[1]}"


def asked_in(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    texts = CALL.findall(templatize(text)) if path.suffix in {".html", ".txt"} else [text]
    nodes = [node for text in texts for node in ast.walk(ast.parse(text))]
    return {name for node in nodes if isinstance(node, ast.Call) for name in asked_for(node)}


def test_names_are_found_in_modules_and_in_templates(tmp_path: Path) -> None:
    module, page = tmp_path / "rooms.py", tmp_path / "page.html"
    module.write_text('one = _("It is" " long")\ntwo = pgettext_lazy("clock", "at")\nthree = _(variable)\n')
    page.write_text(
        "{% translate 'That’s (it)' %}{{ x|default:_('Not stated') }}"
        "{% blocktranslate count n=2 context 'sum' %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    )

    assert asked_in(module) == {"It is long", "clock\x04at"}
    assert asked_in(page) == {"That’s (it)", "Not stated", "sum\x04%(n)s row"}


@pytest.mark.parametrize("room", ["templates", "people", "events", "newsroom"])
@pytest.mark.parametrize("source", sorted(LOCALE.glob("*/LC_MESSAGES/*.po")), ids=lambda path: path.parts[-3])
def test_every_message_of_a_room_is_translated(source: Path, room: str) -> None:
    translated = {name if isinstance(name, str) else name[0] for name in compiled(source.with_suffix(".mo"))}
    files = [path for path in (ROOT / room).rglob("*") if path.suffix in {".py", ".html", ".txt"}]

    asked = {name for path in files for name in asked_in(path)}

    assert len(asked) > 50
    assert sorted(asked - translated) == []
