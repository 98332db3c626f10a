"""What word processors and portals put on the clipboard comes out as the story's own few tags."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from newsroom.markup import clean
from newsroom.pasting import is_pasted

PASTES = Path(__file__).parent / "pastes"
PIECES = (
    "<b> </b> <p_class=MsoListParagraph> </p> <table> <tr> <td> </table> <br> <div> </div> <li> <ul> </ul> "
    "<span_style='font-weight:bold'> </span> &nbsp;&nbsp; a _ <![if_x]> <i> <font> <h1> </h1> <o:p>"
)
MARKUP = st.lists(st.sampled_from([piece.replace("_", " ") for piece in PIECES.split()])).map("".join)


def between_tags(markup: str) -> str:
    """Without the white space between blocks, which no reader sees."""
    return re.sub(r">\s+<(?=/?(?:p|h2|h3|ul|ol|li|table|tbody|tr|td|th)\b)", "><", markup.strip())


@pytest.mark.parametrize("name", ["word", "docs", "portal"])
def test_paste_comes_out_clean(name: str) -> None:
    pasted = (PASTES / f"{name}.html").read_text()

    assert between_tags(clean(pasted)) == between_tags((PASTES / f"{name}.clean.html").read_text())


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ('<span style="font-weight:700">a</span>', "<p><strong>a</strong></p>"),
        ('<b style="font-weight:normal">a</b>', "<p>a</p>"),
        ('<p><strong style="font-weight:400">a</strong></p>', "<p>a</p>"),
        ('<i style="font-style:normal">a</i>', "<p>a</p>"),
        ("<b>a</b> and <i>b</i>", "<p><strong>a</strong> and <em>b</em></p>"),
        ('<p>a&nbsp;&nbsp;b</p>', "<p>a b</p>"),
        ('<p>a</p><p>&nbsp;&nbsp;</p><p style="x">b</p>', "<p>a</p><p>b</p>"),
        ('<div>a<br><br>b</div>', "<p>a</p><p>b</p>"),
        ('<div>a<br>b</div>', "<p>a<br>b</p>"),
        ('<p style="display:none">secret</p><p>a</p>', "<p>a</p>"),
        ('<h1>a</h1>', "<h2>a</h2>"),
        ('<p style="x" lang="ko">가</p>', '<p lang="ko">가</p>'),
        ('<p style="x">2 &lt; 3 &amp; 4</p>', "<p>2 &lt; 3 &amp; 4</p>"),
        ("<p class=MsoListParagraph style='mso-list:l0 level1'>a</p>", "<ul><li>a</li></ul>"),
        ('<p onclick="x()" style="x"><script>x()</script>a</p>', "<p>a</p>"),
        ('<a href="javascript:x()" style="x">a</a>', '<p><a rel="noopener noreferrer">a</a></p>'),
    ],
)  # fmt: skip
def test_style_becomes_what_it_means(pasted: str, expected: str) -> None:
    assert clean(pasted) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<p>a</p>\n<p></p>",
        "<p>a\u00a0!</p>",
        "<ul><li><p>a</p></li></ul>",
        '<p lang="ko">가 <span lang="en">a</span></p>',
        "<table><tbody><tr><td><p>a</p></td></tr></tbody></table>",
    ],
)
def test_what_the_editor_itself_writes_stays_as_it_is(markup: str) -> None:
    assert (is_pasted(markup), clean(markup)) == (False, markup.replace("\u00a0", "&nbsp;"))


@given(MARKUP)
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    once = clean(markup)

    assert clean(once) == once


@given(st.text("abc가나 "), st.sampled_from(["b", "i", "div", "font", "center"]))
def test_no_word_is_lost(words: str, tag: str) -> None:
    assert re.sub(r"<[^>]+>", "", clean(f"<{tag}>{words}</{tag}>")).split() == words.split()


def test_markup_nested_beyond_reason_is_cleaned_all_the_same() -> None:
    assert clean("<b>" * 5000 + "a") == "<p>a</p>"


@pytest.mark.django_db
def test_desk_answers_a_paste_with_clean_markup(reporter_client: Client) -> None:
    answer = reporter_client.post("/admin/paste/", {"markup": "<b>a</b><script>x()</script>"})

    assert (answer.content, answer["Content-Type"]) == (b"<p><strong>a</strong></p>", "text/plain; charset=utf-8")


@pytest.mark.django_db
def test_paste_is_for_the_staff_alone(client: Client) -> None:
    assert client.post("/admin/paste/", {"markup": "<b>a</b>"}).status_code == 302
