"""Templates as the server reads them, and the stylesheet as it is served: the same, without empty space."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.template import Context, Engine, engines

from newsroom.website.lean_templates import lean
from newsroom.website.storage import StaticStorage, renamed, squeezed

STYLESHEET = settings.BASE_DIR / "newsroom" / "static" / "site.css"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "<ul>\n  {% for one in many %}\n  <li>a</li>\n  {% endfor %}\n</ul>\n",
            "<ul><li>a</li>\n<li>a</li>\n</ul>\n",
        ),
        ("<b>a</b>\n  {% if many %}\n  <b>b</b>\n  {% endif %}\n  <b>c</b>\n", "<b>a</b>\n<b>b</b>\n<b>c</b>\n"),
        ("{% load i18n %}\n{% translate 'a' as word %}\n{{ word }}\n{{ word }}\n", "a\na\n"),
        ("a{% if many %}\n  b{% endif %}\n  c\n", "a\nb\nc\n"),
        ("<dd>\n  <b>a</b>\n  <b>b</b>\n</dd>\n<dt>\n  c\n</dt>", "<dd><b>a</b>\n<b>b</b></dd>\n<dt>c</dt>"),
        ("<pre>\n  {% if many %}\n  a\n  {% endif %}\n</pre>", "<pre>\n  \n  a\n  \n</pre>"),
        ("  <pre>  a</pre>\n  {{ many }}\n", "<pre>  a</pre>\n12\n"),
    ],
    ids=[
        "loop",
        "words between choices",
        "named words",
        "within a line",
        "blocks",
        "preformatted",
        "preformatted in one line",
    ],
)
def test_template_loses_empty_space_and_no_more(written: str, read: str) -> None:
    template = Engine(libraries={"i18n": "django.templatetags.i18n"}).from_string(lean(written))

    assert template.render(Context({"many": "12"})) == read


def test_templates_of_the_site_are_read_lean_and_the_desks_as_written() -> None:
    def is_indented(name: str) -> bool:
        template = engines["django"].get_template(name).template
        return bool(re.search(r"^ +", template.source, re.MULTILINE))

    assert [is_indented(name) for name in ("website/event.html", "admin/newsroom/_panel.html")] == [False, True]


def test_stylesheet_is_served_with_all_its_rules_and_no_more_space() -> None:
    written = STYLESHEET.read_text()

    served = squeezed(written)

    assert squeezed(served) == served
    assert re.findall(r"/\*|\n|[{};,] | [{};,]|;}", re.sub(r'"[^"]*"', "quoted", served)) == []
    assert [served.count(sign) for sign in "{}"] == [re.sub(r"/\*.*?\*/", "", written).count(sign) for sign in "{}"]


def test_stylesheet_keeps_what_is_quoted_and_the_space_that_means_something() -> None:
    css = '/* a */\na b > c , d::before { content : " · , ;" ; width : calc(1px + 2px) ; }\n\n'
    css += "@media (x) and (y) { e { f:g; /* b */ } }"

    assert squeezed(css) == 'a b > c,d::before{content : " · , ;";width : calc(1px + 2px)}@media (x) and (y){e{f:g}}'


def test_static_storage_squeezes_the_readers_stylesheet_only(tmp_path: Path) -> None:
    storage = StaticStorage(location=tmp_path)

    names = [storage.save(name, ContentFile(b"a { b : c }\n")) for name in ("site.css", "desk/desk.css")]

    assert [(tmp_path / name).read_text() for name in names] == ["a{b : c}", "a { b : c }\n"]


def test_properties_of_the_stylesheet_are_served_under_short_names_in_every_file() -> None:
    served, beside = renamed(STYLESHEET.read_text()), renamed("a{color:var(--ink);margin:var(--elsewhere)}")

    declared, used = set(re.findall(r"(--[\w-]+):", served)), set(re.findall(r"var\((--[\w-]+)\)", served))
    assert (used - declared, declared - used, {len(name) for name in declared}) == (set(), set(), {3})
    assert re.findall(r"var\((--[\w-]+)\)", beside)[1:] == ["--elsewhere"]
    assert set(re.findall(r"var\((--[\w-]+)\)", beside)[:1]) < declared
