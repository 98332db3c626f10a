"""The stylesheet for browsers from before 2024: the same rules, each on its own, and colours that they know."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from newsroom.website.older_browsers import in_older_words
from newsroom.website.storage import STYLESHEET, StaticStorage, squeezed

ROOT = ":root{--paper:light-dark(#fff,#000);color:red}"


@pytest.mark.parametrize(
    ("nested", "flat"),
    [
        ("a{b:c;d{e:f}}", "a{b:c}a d{e:f}"),
        (".a,.b{c{d:e}}", ":is(.a,.b) c{d:e}"),
        (".a{&.b:hover{c:d}p&{e:f}.g &{h:i}}", ".a.b:hover{c:d}p.a{e:f}.g .a{h:i}"),
        (".a{>b{c:d}+e,:is(f,g){h:i}}", ".a>b{c:d}.a+e,.a :is(f,g){h:i}"),
        (".a{&+&{b:c}.d{e:f;small{g:h}}}", ".a+.a{b:c}.a .d{e:f}.a .d small{g:h}"),
        ("@media print{@page{a:b}.c{d{e:f}}}", "@media print{@page{a:b}.c d{e:f}}"),
        ('a{&::before{content:"{;}"}}', 'a::before{content:"{;}"}'),
    ],
)
def test_rule_inside_of_a_rule_comes_to_stand_outside(nested: str, flat: str) -> None:
    assert in_older_words(ROOT + nested).endswith(flat)


def test_colours_of_both_palettes_are_told_where_each_is_wanted() -> None:
    by_device = "@media (prefers-color-scheme:dark){:root:where(:not([data-theme=light])){--paper:#000}}"

    assert in_older_words(ROOT) == f":root{{--paper:#fff;color:red}}{by_device}[data-theme=dark]{{--paper:#000}}"


def test_stylesheet_of_the_site_is_kept_beside_itself_in_older_words(tmp_path: Path) -> None:
    storage = StaticStorage(location=tmp_path)
    storage.save("site.css", ContentFile(STYLESHEET.read_bytes()))

    stored = {name for name, _hashed, _done in storage.post_process({"site.css": (storage, "site.css")})}

    older = (tmp_path / "older.css").read_text()
    assert {"site.css", "older.css"} < stored
    assert ("&" in older, "light-dark(" in older, squeezed(older) == older) == (False, False, True)
