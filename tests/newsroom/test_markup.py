"""An editor's text: what of it survives, on every way into the database and out of it."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.safestring import SafeString
from html5lib import parseFragment
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom import markup
from newsroom.articles.models import Article
from newsroom.markup import clean
from tests import factories

HARMLESS = [
    "<p>Plain, <strong>strong</strong>, <em>stressed</em>, H<sub>2</sub>O, m<sup>2</sup>.</p>",
    "<h2>Head</h2><h3>Below</h3><ul><li><p>One</p></li></ul>",
    '<ol start="3"><li>Three</li></ol>',
    "<blockquote><p>Words.</p></blockquote>",
    "<p>One<br>Two</p>",
    '<p lang="ko" dir="ltr">김상배</p>',
    '<p><abbr title="Korea Institute">KI</abbr></p>',
    '<table><tbody><tr><th scope="col" colspan="2">A</th><td rowspan="2">B</td></tr></tbody></table>',
    '<p>One</p><figure data-photo="3f2a1c00-0000-4000-8000-00000000000a"></figure><p>Two</p>',
    '<ul><li><p>One</p><figure data-photo="3f2a1c00-0000-4000-8000-00000000000a"></figure></li></ul>',
    '<p><a href="https://else.example/?a=1&amp;b=2" rel="noopener noreferrer">There</a></p>',
    '<p><a href="mailto:desk@else.example" rel="noopener noreferrer">Write</a></p>',
    '<p><a href="/articles/observatory/" rel="noopener noreferrer">Here</a></p>',
    '<p><a href="#note" rel="noopener noreferrer">Below</a></p>',
]
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT>",
    "<p onclick=alert(1)>x</p>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><circle/></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<style>@import '//evil.example';</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href='//evil.example/'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<form action='//evil.example'><input name=q><button formaction='javascript:alert(1)'>x</button></form>",
    "<video src=x onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java\x00script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61;vascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:alert(1)'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='\\\\evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href=' //evil.example'>x</a>",
    "<a href='/\t/evil.example'>x</a>",
    "<a href='\x01//evil.example'>x</a>",
    "<a href='/&#10;/evil.example'>x</a>",
    "<a href='#' target=_blank onmouseover=alert(1)>x</a>",
    "<a href='#' style='position:fixed;inset:0' class='btn' id='csrf'>x</a>",
    "<p id=__proto__ class=hidden name=cookie>x</p>",
    "<scr<script>ipt>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><p>x</p>",
    "<p>a\x00b</p>",
    "<<p>>x",
    "<table><caption><script>alert(1)</script></caption></table>",
    "<figure data-photo='1' data-else='2' onclick=alert(1)></figure>",
    "<plaintext><p>x</p>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
]
ADDRESS_ELSEWHERE = re.compile(r"[/\\]{2}|(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def violations(cleaned: str) -> list[str]:
    """What a browser would find in it that the allow-list does not have."""
    found = []
    for element in parseFragment(cleaned, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str) or element.tag in {"DOCUMENT_FRAGMENT", "tbody"}:
            continue
        if element.tag not in markup.TAGS:
            found.append(f"<{element.tag}>")
        known = markup.ATTRIBUTES["*"] | markup.ATTRIBUTES.get(element.tag, set())
        found += [f"{element.tag}[{name}]" for name in element.attrib if name not in known | {"rel"}]
        address = re.sub(r"[\x00-\x20]", "", element.attrib.get("href", ""))
        if ADDRESS_ELSEWHERE.match(address):
            found.append(address)
    return found + (["NUL"] if "\x00" in cleaned else [])


@pytest.mark.parametrize("text", HARMLESS)
def test_what_an_editor_writes_survives_as_it_is(text: str) -> None:
    assert markup.clean(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_survives(text: str) -> None:
    cleaned = markup.clean(text)

    assert violations(cleaned) == []
    assert markup.clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<p onclick=x()>Kept.</p><script>gone()</script>", "<p>Kept.</p>"),
        ("<p>a\x00b</p>", "<p>ab</p>"),
        ("<a href='//evil.example'>x</a>", '<a rel="noopener noreferrer">x</a>'),
        ("<div>Kept.</div>", "<p>Kept.</p>"),
        ("<p>5 < 6 & 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
        ("<h1>Head</h1>", "<h2>Head</h2>"),
        ('<a href="/a" target="_blank" rel="opener">x</a>', '<a href="/a" rel="noopener noreferrer">x</a>'),
    ],
)
def test_words_are_kept_where_their_dress_goes(text: str, cleaned: str) -> None:
    assert markup.clean(text) == cleaned


@pytest.mark.parametrize("text", ["", " ", "<p></p>", "<p> </p>\n<p></p>", "<script>x()</script>"])
def test_text_without_words_is_empty(text: str) -> None:
    assert markup.clean(text) == ""


BROKEN = ["<", ">", '"', "'", "&", "&lt;", "<!--", "-->", "</", "<p", "<a href=", "<svg>", "</style>", "/"]
PIECES = st.sampled_from([*HOSTILE, *HARMLESS, *BROKEN])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=6).map("".join))
def test_cleaning_anything_is_safe_and_settles_at_once(text: str) -> None:
    cleaned = markup.clean(text)

    assert violations(cleaned) == []
    assert markup.clean(cleaned) == cleaned


PHOTO, OTHER = "3f2a1c00-0000-4000-8000-00000000000a", "3f2a1c00-0000-4000-8000-00000000000b"


PLACED = f'<figure data-photo="{PHOTO}"></figure>'


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (f'<figure data-photo="{PHOTO.upper()}" lang="ko" class="x"></figure>', PLACED),
        ('<figure data-photo="42"></figure>', ""),
        ('<figure data-photo="42"><p>Words.</p></figure>', "<p>Words.</p>"),
        (f'<figure data-photo="{PHOTO}"><p>Words.</p></figure>', f"{PLACED}<p>Words.</p>"),
        (f"{PLACED}<p>A.</p>{PLACED}<p>B.</p>", f"{PLACED}<p>A.</p><p>B.</p>"),
        (f'<p style="x">A.</p>{PLACED}', f"<p>A.</p>{PLACED}"),
        (
            "<figure><img src=x><figcaption>Who <b>stands</b>.</figcaption></figure>",
            "<p>Who <strong>stands</strong>.</p>",
        ),
        (f"<figure>{PLACED}</figure>", PLACED),
    ],
)
def test_figure_is_a_photograph_named_once_by_its_public_id(text: str, cleaned: str) -> None:
    assert markup.clean(text) == cleaned


def test_photographs_of_a_text_are_known_in_their_order() -> None:
    text = f'<figure data-photo="{OTHER}"></figure><p>A.</p><figure data-photo="{PHOTO}"></figure>'

    assert markup.placed_photos(text) == [OTHER, PHOTO]
    assert markup.with_figures(text, {OTHER: "<b>1</b>", PHOTO: ""}.__getitem__) == "<b>1</b><p>A.</p>"
    assert markup.only_figures(text, {PHOTO}) == f'<p>A.</p><figure data-photo="{PHOTO}"></figure>'


def test_safe_text_is_cleaned_again() -> None:
    shown = markup.safe("<p>Fine.</p><script>x()</script>")

    assert (type(shown), shown) == (SafeString, "<p>Fine.</p>")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>One</p><p>Two  three</p>", "One\nTwo three"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<p>One<br>Two<br/>Three</p>", "One\nTwo\nThree"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
        ("<table><tr><td>A</td><td>B</td></tr></table>", "A\nB"),
        ("<p><strong>O</strong>ne</p>", "One"),
        ("", ""),
    ],
)
def test_plain_text_is_the_words_block_by_block(text: str, words: str) -> None:
    assert markup.plain(text) == words


@pytest.mark.parametrize(("text", "number"), [("", 0), ("<p>One two</p><p>three</p>", 3), ("<p>A <em>b</em></p>", 2)])
def test_words_are_counted_without_markup(text: str, number: int) -> None:
    assert markup.words_in(text) == number


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", 1), ("word " * 660, 3), ("과학 외교. " * 375, 3), ("과학 외교, " * 250 + "word " * 220, 3)],
)
def test_reading_takes_as_long_as_words_and_syllables_do(text: str, minutes: int) -> None:
    assert markup.minutes_to_read(f"<p>{text}</p>") == minutes


DIRTY, CLEAN = "<p onclick='x()'>Fine.</p><script>x()</script>", "<p>Fine.</p>"


def stored() -> str:
    return Article.objects.values_list("body", flat=True).get()


@pytest.mark.django_db
def test_body_is_clean_after_a_save() -> None:
    factories.make_article(body=DIRTY)

    assert stored() == CLEAN


@pytest.mark.django_db
def test_body_is_clean_after_an_update() -> None:
    factories.make_article()

    Article.objects.update(body=DIRTY)

    assert stored() == CLEAN


@pytest.mark.django_db
def test_body_is_clean_after_writes_in_bulk() -> None:
    Article.objects.bulk_create([Article(slug="a", headline="A", body=DIRTY)])
    created = stored()
    article = Article.objects.get()
    article.body = DIRTY + DIRTY

    Article.objects.bulk_update([article], ["body"])

    assert (created, stored()) == (CLEAN, CLEAN * 2)


@pytest.mark.django_db
def test_body_is_clean_after_loading_a_fixture(tmp_path: Path) -> None:
    fixture = tmp_path / "articles.json"
    moments = {"created_at": "2026-03-02T09:00:00Z", "updated_at": "2026-03-02T09:00:00Z"}
    fields = {"slug": "a", "headline": "A", "body": DIRTY, **moments}
    fixture.write_text(json.dumps([{"model": "articles.article", "fields": fields}]))

    call_command("loaddata", fixture, verbosity=0)

    assert stored() == CLEAN


@pytest.mark.django_db
def test_form_shows_the_editor_what_will_be_kept() -> None:
    article = Article(slug="a", headline="A", body=DIRTY)

    article.full_clean()

    assert article.body == CLEAN


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 20_000 + "deep", "<!--[if" * 20_000 + ">deep", "<b>" * 200_000 + "deep", "<ul><li>" * 5_000 + "deep"],
    ids=["div", "comment", "b", "list"],
)
def test_markup_tangled_beyond_reading_keeps_its_words_alone(markup: str) -> None:
    assert clean(markup) == "<p>deep</p>"


def test_words_of_tangled_markup_are_no_markup() -> None:
    assert clean("<div>" * 200 + "1 &lt; 2 <script>x") == "<p>1 &lt; 2 x</p>"


def test_long_list_of_unclosed_paragraphs_is_not_tangled() -> None:
    assert clean("<p>One<p>Two" * 300).count("<p>") == 600
