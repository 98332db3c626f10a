"""The newsroom's tokenizer: text into the search tokens that SQLite and PostgreSQL see alike.

A token is letters and digits only, so neither engine's own parser finds anything left to split,
drop or read as an operator; that is what gives both of them the same hits for any input.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

import snowballstemmer

LONGEST_QUERY = 200  # characters
MOST_TERMS = 10
MOST_OF_A_TITLE = 60
# PostgreSQL keeps no position above 16,383 and no vector above 1 MB (an error in the very transaction
# that publishes); with words of 24 characters at most, 12,000 tokens stay below both.
LONGEST_TOKEN = 24
MOST_TOKENS = 12_000

# Scripts in which a word is not found by its spaces: Hangul, Han, kana.
_RUN = r"\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
# What else is not ASCII, as one class: a search for one of these letters goes through a text at once.
_FOLDED = r"\x80-\u3004\u3006-\u3040\u3097-\u30a0\u30fb\u30fd-\u33ff\u4dc0-\u4dff\ua000-\uabff\ud7a4-\uffff"
_WORD = rf"[^\W_{_RUN}\U00010000-\U0010ffff]{{1,{LONGEST_TOKEN}}}"
_JOINER = r"[-\u2010\u2011'\u2019.&]"
# Between syllables that stand alone, a dot or a hyphen parts no words: 미·중 is 미중, and 한·중·일 one word.
_DOT = r"[-\u00b7\u119e\u2010\u2011\u2022\u2027\u30fb\u318d]"
_DOTTED = rf"(?:(?<![{_RUN}])[{_RUN}]{_DOT}(?=[{_RUN}]))*[{_RUN}]+"
_TERM = re.compile(rf"(?P<run>{_DOTTED})|{_WORD}(?:{_JOINER}{_WORD}){{0,7}}")
_PART = re.compile(_WORD)
_PHRASE = re.compile(r"[\"\u201c\u201d\u201e\u00ab]([^\"\u201c\u201d\u00bb]+)[\"\u201c\u201d\u00bb]")
# What Korean sets behind a noun: 외교의, 서울에서. Two syllables before it, or a name of three were one of two.
_PARTICLES = "에서|에게|으로|부터|까지|[의을를이가은는에와과도로만]"
_PARTICLE = re.compile(rf"(?<=..)(?:{_PARTICLES})$")
# A number with what it counts, in Korean or Chinese: 2025년에, 3일, 30여 명, 제5회. Not 1차관, which is a post.
_COUNTER = "년대|년도?|주년|월|일|시간?|분|명|개국|개월?|회|차례?|위|[年月日]"
_COUNTED = re.compile(
    rf"(?<![^\W{_RUN}])(?<!\.)(?:(?<![{_RUN}])제\s?)?(?P<number>\d{{1,{LONGEST_TOKEN}}})(?:\s?여)?"
    rf"\s?(?P<counter>{_COUNTER})[간째말초]?(?:{_PARTICLES}){{0,2}}(?![{_RUN}])"
)
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
# A word, or several in quotation marks, that a minus sign right before it leaves out.
_MINUS = re.compile(rf"(?<!\S)[-\u2212]({_PHRASE.pattern.replace('(', '(?:', 1)}|\w\S*)")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
# Accents, soft hyphens and the like; odd numerals and unassigned signs, no letters to PostgreSQL.
_UNHEARD = frozenset({"Mn", "Me", "Cf", "No", "Cn"})
# Letters that do not come apart, and the marks that romanisations print as apostrophes.
_PLAIN = str.maketrans("øłđðı\u02b9\u02bb\u02bc", "olddi'''", "\0") | {0xE6: "ae", 0x153: "oe", 0xFE: "th"}


def for_index(text: str, exact: Sequence[str] = ()) -> list[str]:
    """The tokens under which a text is found, and the `exact` ones (letters and digits) as they are.

    What matters most comes first: a text of more than `MOST_TOKENS` is found by its beginning.
    """
    tokens = (token for term in _TERM.finditer(_fold(text)) for token in _tokens_of(term))
    return [*islice(tokens, MOST_TOKENS - len(exact)), *exact]


def for_kind(kind: str) -> str:
    """The token of all that is of one kind, which no reader types by chance."""
    return f"k0{kind}"


def for_language(language: str) -> str:
    """The token of all that is in one language; what is in none, or in one that is no language, has another."""
    return f"l0{''.join(_PART.findall(_fold(language)))}"


def for_topic(key: object) -> str:
    """The token of all that is on one topic, by its key; without a key, one that nothing has."""
    return f"s0{key}"


def for_country(code: str) -> str:
    """The token of all that has to do with one country, by its ISO code; without a code, one that nothing has."""
    return f"c0{''.join(_PART.findall(_fold(code)))}"


def for_title(title: str) -> list[str]:
    """The tokens by whose beginnings a title or name is found while it is typed: its words as they are, unstemmed.

    Of a run of Hangul or Han every character begins one: 외교 is found inside 과학기술외교.
    """
    terms = _TERM.finditer(_fold(title))
    return list(dict.fromkeys(f"t0{word}" for term in terms for word in _beginnings(term)))[:MOST_OF_A_TITLE]


def for_typing(text: str) -> list[list[str]]:
    """What titles have to hold of a query that is still being typed; in groups, as `for_query` has them.

    Nothing as long as one Latin letter is all there is: that begins a word of nearly every title.
    """
    typed, numbers = _without_counters(_fold(_shortened(text)))
    words = list(dict.fromkeys(_typed(term) for term in _TERM.finditer(typed)))
    if not numbers and len(words) == 1 and len(words[0]) == 1 and words[0].isascii():
        return []
    groups = [*([word] for word in words), *map(_told, numbers)]
    return [[f"t0{word}*" for word in group] for group in groups][:MOST_TERMS]


def for_query(text: str) -> list[list[str]]:
    """What a reader asks for: all of the groups, each by any one of its alternatives.

    An alternative is a token, tokens in a row (parted by spaces), or the beginning of a token (`한*`).
    Words in quotation marks stand in a row, as they do in the texts. 외교의 asks for 외교 as well, in any place, and
    “이재은” for nothing but that. 2025년 is 2025 to whoever writes in English, and 12월 is December.
    """
    asked, _unwanted = _parted(text)
    groups: dict[str, list[str]] = {}
    for phrase in _PHRASE.finditer(asked):
        if in_a_row := _in_a_row(phrase[1]):
            groups[phrase[0]] = [in_a_row]
    words, numbers = _without_counters(_PHRASE.sub(_unless_in_a_row, asked))
    for number in numbers:
        groups.setdefault(number[0], _counted(number))
    for term in _TERM.finditer(words):
        groups.setdefault(term[0], _alternatives(term))
    return list(groups.values())[:MOST_TERMS]


def _without_counters(text: str) -> tuple[str, list[re.Match[str]]]:
    """The words of a query, and beside them its numbers that have a counter."""
    return _COUNTED.sub(" ", text), list(_COUNTED.finditer(text))


def _counted(number: re.Match[str]) -> list[str]:
    """What texts in either language have of it; of a month its name, or its number where it is that of a month."""
    *names, plain = _told(number)
    return [*map(_stem, names), f"{plain} {number['counter']}*" if _month(number) else plain]


def _told(number: re.Match[str]) -> list[str]:
    """`1990s` and 1990 for 1990년대, `december` and 12 for 12월."""
    plain = number["number"]
    name = f"{plain}s" if number["counter"] == "년대" else _month(number)
    return [name, plain] if name else [plain]


def _month(number: re.Match[str]) -> str:
    place = int(number["number"]) if number["counter"] in ("월", "月") else 0
    return _MONTHS[place - 1] if 0 < place <= len(_MONTHS) else ""


def particled(text: str) -> dict[str, str]:
    """The words of a query that end in what may be a particle, and without it, as they are asked for as well."""
    runs = (_run(term) for term in _TERM.finditer(_PHRASE.sub(" ", _fold(_shortened(text)))))
    return {run: _PARTICLE.sub("", run) for run in runs if run and _PARTICLE.search(run)}


def left_out(text: str) -> list[str]:
    """What no answer holds: the words of a query right behind a minus sign, if others are asked for."""
    _asked, unwanted = _parted(text)
    return [words for group in for_query(" ".join(unwanted)) for words in group] if unwanted else []


def wanted(text: str) -> str:
    """A query without what it leaves out; where nothing else is asked for, a minus sign says nothing."""
    kept = _MINUS.sub(" ", text)
    return kept if _TERM.search(kept) else text


def _parted(text: str) -> tuple[str, list[str]]:
    """What is asked for, and what is not."""
    folded = _fold(_shortened(text))
    asked = wanted(folded)
    return asked, [] if asked == folded else _MINUS.findall(folded)


def _unless_in_a_row(phrase: re.Match[str]) -> str:
    return " " if _in_a_row(phrase[1]) else phrase[0]


def _in_a_row(phrase: str) -> str:
    """Words as the index has them; empty for one alone in Latin letters, which says as much without quotation marks."""
    terms = list(_TERM.finditer(phrase))
    if len(terms) < 2 and not any(len(_run(term)) > 1 for term in terms):
        return ""
    tokens = [token for term in terms for token in _tokens_of(term)]
    is_open = len(_run(terms[-1])) > 1  # the run may go on, so where it ends is not asked
    return " ".join(tokens[:-1] if is_open else tokens)


def for_titled(text: str) -> list[list[str]]:
    """What titles hold of a query, as near as their unstemmed words tell: beside `for_query`, never without it."""
    words, numbers = _without_counters(_parted(text)[0])
    groups = {number[0]: _told(number) for number in numbers}
    groups |= {term[0]: _titled(term) for term in _TERM.finditer(words)}
    return [[f"t0{word}" for word in group] for group in groups.values()][:MOST_TERMS]


def found_in(text: str, query: str) -> Iterator[tuple[int, int]]:
    """Where in a text (in NFC) the words of a query stand, as spans in order that do not overlap."""
    sought, runs = _sought(query)
    for term in _likely_terms(text, sought) if sought else ():
        if term["run"]:
            yield from _run_spans(term, runs)
        elif not sought.isdisjoint(_tokens_as_printed(term[0])):
            yield from _word_spans(term, sought)


@lru_cache(maxsize=256)
def _sought(query: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tokens that a query asks for, and the runs of Hangul or Han."""
    words = [words for group in for_query(query) for words in group]
    # What stands behind a number is its counter, and is no word by itself: 월 of 12월 is not that of 월드컵.
    runs = frozenset(run for tokens in words if not tokens[0].isdecimal() for run in _runs_in(tokens) if run)
    return frozenset(token for tokens in words for token in tokens.split()), runs


def _likely_terms(text: str, sought: frozenset[str]) -> Iterator[re.Match[str]]:
    """The terms between blanks that may have such a token: few words begin as one that is looked for does."""
    initials, goes_on = "".join(sorted({token[0] for token in sought})), _going_on(sought).match
    end = 0
    for beginning in _beginning_with(initials).finditer(text):
        at = beginning.start()
        if at >= end and (goes_on(text, at + 1) or not text[at].isascii()):
            start = text.rfind(" ", end, at) + 1 or end
            end = text.find(" ", at) + 1 or len(text)
            yield from _TERM.finditer(text, start, end)


@lru_cache(maxsize=1024)
def _beginning_with(initials: str) -> re.Pattern[str]:
    """Where a word may begin with any of these, or holds a letter of which only folding tells what it begins with."""
    return re.compile(rf"[{initials}{initials.upper()}{_FOLDED}](?<![A-Za-z0-9][A-Za-z0-9])")


@lru_cache(maxsize=256)
def _going_on(sought: Collection[str]) -> re.Pattern[str]:
    """What may follow a first letter: that of one of these, or what only folding can tell: accents, hyphens and such.

    A stem is as its word was printed but for its last two letters: happ(y), possib(ility).
    """
    written = "|".join(sorted({re.escape(token[1:-2]) for token in sought}))
    return re.compile(rf"{written}|[a-z0-9]*[^a-z0-9\s]\S", re.ASCII | re.IGNORECASE)


def _shortened(query: str) -> str:
    """As much as is answered, without a last word that the cut left in half."""
    kept = query[:LONGEST_QUERY]
    return kept if kept == query else kept.rpartition(" ")[0] or kept


def _fold(text: str) -> str:
    """Without case, accents and width: `Ｓŏng` is `song`, and a Hangul syllable stays one character."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        bare = "".join(letter for letter in letters if unicodedata.category(letter) not in _UNHEARD)
        text = unicodedata.normalize("NFC", bare)
    return _POSSESSIVE.sub("", text.casefold().translate(_PLAIN))


def _run(term: re.Match[str]) -> str:
    """Without its dots; empty for a word in Latin letters."""
    return re.sub(_DOT, "", term["run"] or "")


def _tokens_of(term: re.Match[str]) -> Iterable[str]:
    """A run becomes its pairs and its last character alone, so that each character begins a token."""
    if run := _run(term):
        return (run[at : at + 2] for at in range(len(run)))
    return chain.from_iterable(_word_forms(term[0]))


def _beginnings(term: re.Match[str]) -> Iterator[str]:
    if run := _run(term):
        yield from (run[at : at + LONGEST_TOKEN] for at in range(len(run)))
        return
    parts = _PART.findall(term[0])
    yield from ("".join(parts[at:])[:LONGEST_TOKEN] for at in range(len(parts)))


def _typed(term: re.Match[str]) -> str:
    """Without its hyphens: whoever types sang-b is on the way to Sang-bae and to Sangbae."""
    return (_run(term) or "".join(_PART.findall(term[0])))[:LONGEST_TOKEN]


def _titled(term: re.Match[str]) -> list[str]:
    """A word in one and in many; no beginnings of Latin words, of which both engines first collect all there are."""
    if run := _run(term):
        return [f"{form[:LONGEST_TOKEN]}*" for form in _with_and_without_particle(run)]
    parts = _PART.findall(term[0])
    words = [word[:LONGEST_TOKEN] for word in ("".join(parts), parts[-1])]
    return list(dict.fromkeys(form for word in words for form in (word, _stem(word), f"{word}s"[:LONGEST_TOKEN])))


def _alternatives(term: re.Match[str]) -> list[str]:
    if run := _run(term):
        return list(map(_in_pairs, _with_and_without_particle(run)))
    return [" ".join(form) for form in _word_forms(term[0])]


def _in_pairs(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(len(run) - 1)) or f"{run}*"


def _with_and_without_particle(run: str) -> list[str]:
    return list(dict.fromkeys([run, _PARTICLE.sub("", run)]))


@lru_cache(maxsize=32_768)
def _word_forms(word: str) -> tuple[tuple[str, ...], ...]:
    """`sang-bae` is one word joined or two in a row; numbers are never joined, since 3.5 is not 35."""
    parts = _PART.findall(word)
    stems = tuple(map(_stem, parts))
    joined = "".join(parts)
    return (stems,) if len(parts) == 1 or joined.isdecimal() else ((_stem(joined),), stems)


def _stem(word: str) -> str:
    word = word[:LONGEST_TOKEN]
    if not (word.isascii() and word.isalpha()):
        return word
    # A stemmer keeps its state on itself, so threads must not share one; making it costs under 1 µs.
    stem: str = snowballstemmer.stemmer("english").stemWord(word)
    return stem


@lru_cache(maxsize=32_768)
def _tokens_as_printed(word: str) -> tuple[str, ...]:
    return tuple(for_index(word))


def _runs_in(words: str) -> Iterator[str]:
    """The runs that tokens in a row stand for: `과학 학외 외교` is 과학외교; a last character may stand behind it."""
    run = ""
    for token in words.removesuffix("*").split():
        if run and token[0] == run[-1]:
            run += token[1:] or " "
        elif token.isascii():
            continue
        else:
            yield run.strip()
            run = token
    yield run.strip()


def _run_spans(term: re.Match[str], asked: Collection[str]) -> Iterator[tuple[int, int]]:
    """What is asked for, whole; where two overlap, they make one span."""
    run, letters = _run(term), [at for at, letter in enumerate(term[0], term.start()) if not re.match(_DOT, letter)]
    places = ((at, len(one)) for one in asked for at in range(len(run)) if run.startswith(one, at))
    covered = {at + offset for at, length in places for offset in range(length)}
    edges = sorted(covered ^ {at + 1 for at in covered})
    yield from ((letters[a], letters[b - 1] + 1) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _word_spans(term: re.Match[str], sought: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The whole of `Sang-bae` where that was asked for, of `Korea-China` only the part that was."""
    if _tokens_as_printed(term[0])[0] in sought:
        yield term.span()
        return
    for part in _PART.finditer(term[0]):
        if not sought.isdisjoint(_tokens_as_printed(part[0])):
            yield term.start() + part.start(), term.start() + part.end()
