"""The word diff: whatever it shows, both texts can be read back from it."""

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from newsroom.diffing import Paragraph, Piece, paragraphs, prose, words

# Few letters, so that texts have much in common; blanks, Hangul, Han and signs among them.
TEXT = st.text(alphabet="ab 김상배는外交.,’-<&\n\t", max_size=60)
BLOCK = st.sampled_from(["p", "h2", "li", "blockquote"])
MARKUP = st.lists(st.tuples(BLOCK, st.text(alphabet="ab 김은外.,", max_size=40)), max_size=8).map(
    lambda blocks: "".join(f"<{tag}>{text}</{tag}>" for tag, text in blocks)
)


def version(pieces: list[Piece], op: str) -> str:
    return "".join(piece.text for piece in pieces if piece.op in {"same", op})


@given(before=TEXT, after=TEXT)
def test_words_give_both_texts_back(before, after):
    pieces = words(before, after)

    assert (version(pieces, "gone"), version(pieces, "new")) == (before, after)


@given(text=TEXT)
def test_words_of_an_unchanged_text_are_one_piece(text):
    assert words(text, text) == ([Piece("same", text)] if text else [])


@given(before=MARKUP, after=MARKUP)
def test_prose_gives_both_texts_back_paragraph_by_paragraph(before, after):
    compared = prose(before, after)

    former = [version(one.pieces, "gone") for one in compared if version(one.pieces, "gone")]
    later = [version(one.pieces, "new") for one in compared if version(one.pieces, "new")]
    assert (former, later) == (paragraphs(before), paragraphs(after))


def test_words_name_the_words_that_changed():
    assert words("He spoke in Seoul.", "She spoke in Busan.") == [
        Piece("gone", "He "),
        Piece("new", "She "),
        Piece("same", "spoke in "),
        Piece("gone", "Seoul"),
        Piece("new", "Busan"),
        Piece("same", "."),
    ]


def test_words_of_korean_change_as_a_whole():
    assert words("김상배 교수는 말했다", "김상배 교수가 말했다") == [
        Piece("same", "김상배 "),
        Piece("gone", "교수는 "),
        Piece("new", "교수가 "),
        Piece("same", "말했다"),
    ]


def test_words_of_han_change_by_sign():
    assert words("科学外交", "科学外務") == [Piece("same", "科学外"), Piece("gone", "交"), Piece("new", "務")]


def test_words_with_other_blanks_between_them_say_so():
    assert words("one two", "one  two") == [
        Piece("same", "one"),
        Piece("gone", " "),
        Piece("new", "  "),
        Piece("same", "two"),
    ]


def test_prose_with_a_paragraph_put_in_keeps_the_others():
    compared = prose(
        "<p>One stands.</p><p>Two speaks in the old hall.</p>",
        "<p>One stands.</p><p>New.</p><p>Two speaks in the new hall.</p>",
    )

    assert compared == [
        Paragraph([Piece("same", "One stands.")]),
        Paragraph([Piece("new", "New.")]),
        Paragraph(
            [Piece("same", "Two speaks in the "), Piece("gone", "old "), Piece("new", "new "), Piece("same", "hall.")]
        ),
    ]
    assert [paragraph.is_same for paragraph in compared] == [True, False, False]


def test_paragraphs_keep_what_tells_a_change_of_markup():
    markup = (
        '<h2>Who</h2><ul><li><p>A <strong>b</strong></p></li></ul><p>See <a href="https://x.example/">c</a><br>d</p>'
    )

    assert paragraphs(markup) == ["## Who", "• A **b**", "See c <https://x.example/>", "d"]


def test_pieces_are_shown_with_words_for_who_hears_them_and_escaped():
    shown = render_to_string("newsroom/_pieces.html", {"pieces": words("an <old>", "new")})

    taken_out = '<del><span class="visually-hidden">[taken out: </span>an &lt;old&gt;'
    added = '<ins><span class="visually-hidden">[added: </span>new'
    end = '<span class="visually-hidden"> end]</span>'
    assert shown.strip() == f"{taken_out}{end}</del>{added}{end}</ins>"


def test_prose_is_shown_by_paragraph():
    shown = render_to_string("newsroom/_prose.html", {"paragraphs": prose("<p>One</p>", "<p>One</p><p>Two</p>")})

    added = '<ins><span class="visually-hidden">[added: </span>Two<span class="visually-hidden"> end]</span></ins>'
    assert shown.replace("\n", "") == f'<p class="same">One</p><p class="changed">{added}</p>'
