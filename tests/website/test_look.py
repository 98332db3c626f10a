"""The look of the site: one small stylesheet of its own, and nothing inline that the content policy would block."""

import re

from django.conf import settings

from newsroom.website.storage import renamed, squeezed

TEMPLATES = [
    *(settings.BASE_DIR / "templates").glob("*.html"),
    *(settings.BASE_DIR / "templates" / "website").glob("*.html"),
]
STYLESHEET = settings.BASE_DIR / "newsroom" / "static" / "site.css"


def test_stylesheet_is_small_and_asks_nobody_else() -> None:
    css = STYLESHEET.read_text()

    assert (len(css.encode()) < 40_000, len(renamed(squeezed(css)).encode()) < 32_000) == (True, True)
    assert re.findall(r"@import|url\(|https?:", css) == []


def test_templates_hold_no_inline_style_or_script() -> None:
    data, served = r" type=\"application/ld\+json\"", r" src=\"\{% static "
    inline = re.compile(rf"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?!{data}|{served})", re.IGNORECASE)

    found = [(path.name, hit) for path in TEMPLATES for hit in inline.findall(path.read_text())]

    assert found == []


def test_no_script_holds_a_page_up() -> None:
    found = [tag for path in TEMPLATES for tag in re.findall(r"<script src=[^>]*>", path.read_text())]

    assert (len(found) > 0, [tag for tag in found if " defer" not in tag and 'type="module"' not in tag]) == (True, [])


def test_every_class_of_the_detail_pages_has_its_style() -> None:
    css = STYLESHEET.read_text()
    pages = ("article", "event", "person", "organisation", "topic", "photo", "_figure", "_person_line", "_key_facts")
    markup = "".join((settings.BASE_DIR / "templates" / "website" / f"{page}.html").read_text() for page in pages)
    named = re.findall(r'class="([^"]+)"', re.sub(r"\{%.*?%\}", " ", markup))

    used = {name for names in named for name in names.split()}

    assert sorted(name for name in used if f".{name}" not in css) == []
