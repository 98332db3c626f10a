"""Who's who, the names authority: which spellings may be one person, and which are.

Two comparisons, coarse and fine. `match_key` folds a spelling into a bag of the letters that no
romanisation of Korean disagrees about, so a database index finds the candidates. `readings`
spells out every name that a spelling can stand for, and `same_name` asks whether two share one.
Both yield candidates for an editor to confirm: 유영수 and 류영수 are two people in Hangul and may
both be printed as "Ryu Young-soo".

A reading is written like a heading in an authority file, family name first, in the Revised
Romanisation of Korean: "gim, sang-bae".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

KEY_LENGTH = 120

# Hangul, letter by letter: the Revised Romanisation of Korean (Ministry of Culture notice 2000-8)
# in the order in which Unicode composes syllables. In names, sounds do not change where syllables
# meet (chapter 3, item 4).

INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s",
            "ss", "", "j", "jj", "ch", "k", "t", "p", "h")  # fmt: skip
MEDIALS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae",
           "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i")  # fmt: skip
FINALS = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l",
          "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t")  # fmt: skip

# Family names: Hangul, and the spellings common in passports and print, among them
# McCune-Reischauer without its marks. Where North and South write one name differently both stand
# on the left. "Li" is left out on purpose: in print it is mostly a Chinese name.

SURNAMES = {
    "김": "kim gim", "이 리": "lee yi rhee ree rhie ri i", "박": "park pak bak pahk bahk bark",
    "최": "choi choe choy", "정": "jeong jung chung cheong joung choung chong jong",
    "강": "kang gang kahng", "조": "cho jo joe", "윤": "yoon yun youn", "장": "jang chang",
    "임 림": "lim im yim rim", "한": "han hahn", "오": "oh o", "서": "seo suh su so",
    "신": "shin sin", "권": "kwon gwon kweon", "황": "hwang whang", "안": "ahn an",
    "송": "song", "전": "jeon jun chun jeun chon", "홍": "hong", "유 류": "yoo yu you ryu ryoo",
    "고": "ko koh go goh", "문": "moon mun", "양 량": "yang ryang", "손": "son sohn",
    "배": "bae bai pae pai bay", "백": "baek paik back baik paek", "허": "heo huh hur her",
    "남": "nam nahm", "심": "shim sim", "노 로": "noh no roh rho ro", "하": "ha hah",
    "곽": "kwak gwak kwag", "성": "sung seong", "차": "cha chah", "주": "joo ju chu",
    "우": "woo u wu", "구": "koo gu ku goo", "나 라": "na nah ra rah", "민": "min",
    "진": "jin chin", "지": "ji jee chi", "엄": "eom um uhm", "채": "chae chai",
    "원": "won weon", "천": "cheon chun chon", "방": "bang pang", "공": "kong gong",
    "현": "hyun hyeon", "함": "ham hahm", "변": "byun byeon pyun", "염 렴": "yeom yum yom ryeom",
    "여 려": "yeo yuh ryeo", "추": "choo chu", "도": "do doh", "소": "so soh",
    "석": "seok suk sok", "선": "sun seon", "설": "seol sul", "마": "ma mah",
    "길": "gil kil", "연": "yeon youn yun", "위": "wi wee", "표": "pyo", "명": "myung myeong",
    "기": "ki gi kee", "반": "ban bahn pan", "왕": "wang", "금": "keum geum kum", "옥": "ok ock",
    "육 륙": "yook yuk ryuk", "인": "in", "맹": "maeng", "제": "je", "모": "mo", "탁": "tak",
    "국": "kook guk kuk", "어": "eo uh euh", "은": "eun", "편": "pyun pyeon", "용": "yong",
    "예": "ye", "봉": "bong", "사": "sa", "부": "boo bu", "가": "ka ga", "복": "bok", "태": "tae",
    "목": "mok", "형": "hyung hyeong", "두": "doo du", "감": "kam gam", "음": "eum um",
    "빈": "bin", "동": "dong", "온": "on", "호": "ho", "범": "bum beom", "좌": "jwa",
    "팽": "paeng", "승": "seung", "간": "kan gan", "상": "sang", "시": "si shi", "갈": "gal kal",
    "남궁": "namgung namkoong namkung", "황보": "hwangbo whangbo", "제갈": "jegal chegal",
    "사공": "sagong sakong", "선우": "seonu sunwoo seonwoo", "서문": "seomun seomoon",
    "독고": "dokgo dokko",
}  # fmt: skip

# Given names: the syllables that they are made of, which are the Korean readings of Chinese
# characters, and the commonest native ones. A joined name may be cut wherever both parts stand
# here.

SYLLABLES = (
    "가각간갈감갑강개객갱거건걸검겁격견결겸경계고곡곤골공과곽관괄광괘괴굉교구국군굴궁권궐궤귀규균극근글금급긍기긴길"
    "나낙난날남납낭내녀년념녕노녹논농뇌누눌뉴늘능니다단달담답당대댁덕도독돈돌동두둔득든들등"
    "라락란람랑래량려력련렬렴령례로록론롬롱뢰료룡루류륙륜률륭르륵름릉리린림립"
    "마막만말망매맥맹면멸명모목몰몽묘무묵문물미민밀박반발방배백번벌범법벽변별병보복본봄봉부북분불붕비빈빛빙"
    "사삭산살삼삽상새색샘생서석선설섬섭성세소속손솔솜송쇄쇠수숙순술숭슬습승시식신실심십쌍"
    "아악안알암압앙애액앵야약양어억언얼엄업여역연열염엽영예오옥온올옹와완왈왕왜외요욕용우욱운울웅원월위유육윤율융"
    "은을음읍응의이익인일임입잉"
    "자작잔잠잡장재쟁저적전절점접정제조족존졸종좌죄주죽준줄중즉즐즙증지직진질짐집징"
    "차착찬찰참창채책처척천철첨첩청체초촉촌총최추축춘출충취측층치칙친칠침칭"
    "타탁탄탈탐탑탕태택탱터토통퇴투특파판팔패팽편평폐포폭표품풍피필핍"
    "하학한할함합항해핵행향허헌험혁현혈협형혜호혹혼홀홍화확환활황회획횡효후훈훤훼휘휴흉흑흔흠흡흥희힐"
)

# How the parts of a syllable are printed, and what each may be in the Revised Romanisation. The
# popular vowels are English ones: "oo" for u, "ee" for i, and before a final consonant "u" for
# any of eo, eu and u (Hun, Sun, Jung, Sung).

ONSETS = {"k": "g", "l": "r", "sh": "s", "z": "j"}
CODAS = {"ck": "k", "g": "k", "b": "p", "d": "t", "r": "l"}
VOWELS = {
    "a": "a", "ah": "a", "ae": "ae", "ai": "ae", "ay": "ae", "ya": "ya", "e": "e", "eh": "e",
    "eo": "eo", "uh": "eo", "yeo": "yeo", "ye": "ye", "o": "o", "oh": "o", "yo": "yo", "u": "u",
    "oo": "u", "ou": "u", "woo": "u", "wu": "u", "yu": "yu", "yoo": "yu", "you": "yu yeo",
    "eu": "eu", "i": "i", "yi": "i", "ee": "i ui", "ui": "ui wi", "eui": "ui", "wa": "wa",
    "wae": "wae", "oe": "oe", "oi": "oe", "we": "we oe", "wo": "wo", "weo": "wo", "wi": "wi",
    "wee": "wi",
}  # fmt: skip
CLOSED_VOWELS = VOWELS | {"u": "u eo eu", "yu": "yeo yu", "ou": "eo"}

# Older spellings, read in a second way: McCune-Reischauer as newspapers print it, without breve
# and apostrophe (Park Chung-hee is 박정희). Its t and p for ㄷ and ㅂ stay out, since they would make
# one name of Dae-young and Tae-young; so does ch for ㅈ elsewhere (Choon, Joon).

SECOND_READINGS = {
    "chung": "정 중", "cheong": "정", "chong": "정 종", "chin": "진", "chi": "지", "chu": "주", "chol": "철",
    "kyong": "경", "myong": "명", "pyong": "병 평", "pyeong": "병", "hyon": "현", "hyong": "형",
    "hyok": "혁", "yon": "연", "sok": "석", "sop": "섭", "dok": "덕", "syng": "승",
}  # fmt: skip

# With what the syllable behind a printed initial may begin in the Revised Romanisation. More of them than names have
# are none: each may double the readings.

MOST_INITIALS = 4
INITIALS_MEANT = {"k": "gk", "c": "jc", "p": "bp", "t": "dt", "l": "r", "w": "uw", "u": "ue", "z": "j"}

# The coarse key: letters that two romanisations of one name may disagree about are left out
# (every vowel but a, the glides, h, and l, r and n, which vary at the head of a family name);
# those that they exchange count as one. The key knows neither order nor cuts, so no reading can
# miss it.

KEY_LETTERS = str.maketrans(
    dict.fromkeys("eiouywhlrn", "") | {"g": "k", "q": "k", "d": "t", "b": "p", "c": "j", "z": "j"}
)
NO_FIRM_LETTER = "-"

# Every script: what is printed for an apostrophe, the letters that Unicode does not take apart, and
# the two vowels that McCune-Reischauer writes with a breve.

APOSTROPHES = frozenset("'`´‘’ʻʼ′＇")
UNDECOMPOSED = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
BREVES = {"o\u0306": "eo", "u\u0306": "eu"}

_SYLLABLE = re.compile(r"(ch|sh|ss|[bdghjklmnprstz]?)([aeiouyw]+h?)(ng|ck|[bdgklmnprt]?)")
_LONGEST_SYLLABLE = 7
_LATIN = re.compile(r"[a-z-]+")
_HANGUL = re.compile(r"[가-힣]+")
_INITIAL = re.compile(r"\b[^\W\d_]\.")


def match_key(spelling: str) -> str:
    """One coarse key, equal for all spellings that may be one person; at most 120 characters.

    Empty only if the spelling holds no letter or digit.
    """
    letters = "".join(filter(str.isalnum, _romanised(_folded(spelling)).replace("ck", "k")))
    firm = sorted(letters.translate(KEY_LETTERS))
    return "".join(firm)[:KEY_LENGTH] or NO_FIRM_LETTER[: len(letters)]


def same_name(a: str, b: str) -> bool:
    """Whether two spellings can be read as one name; two in Hangul only if they are equal."""
    if (hangul := _hangul(a)) and (other := _hangul(b)):
        return hangul == other
    return (a == b and a != "") or not readings(a).isdisjoint(readings(b))


@lru_cache(maxsize=4096)
def readings(spelling: str) -> frozenset[str]:
    """Every name that a spelling can stand for; empty if it holds no letter or digit.

    A Korean name reads as "gim, sang-bae", any other as its folded words in alphabetical order.
    """
    return frozenset(_korean_readings(spelling)) or frozenset(_plain_reading(spelling))


@lru_cache(maxsize=4096)
def part_readings(spelling: str) -> frozenset[str]:
    """Every Korean family name ("gim,") and given name (", sang-bae") that a part of a name can stand for.

    A word in one piece is read in the first way only, or China would be a spelling of Jina.
    """
    if hangul := _hangul(spelling):
        return frozenset(_parts_in_hangul(hangul))
    return frozenset(_parts_in_latin("-".join(_latin_words(spelling))))


def in_initials(spelling: str) -> frozenset[str]:
    """The headings of a full name with its given name cut to initials, all of them or one: "jeong, b-s"."""
    full = [(family, given.split("-")) for family, given in _families_and_given(spelling)]
    return frozenset(_heading(family, letters) for family, given in full for letters in _shortened(given))


def _families_and_given(spelling: str) -> Iterator[tuple[str, str]]:
    korean = [reading.partition(", ") for reading in readings(spelling) if ", " in reading]
    yield from ((family, given) for family, _comma, given in korean)
    words = [] if korean else _latin_words(spelling)
    if len(words) > 1:
        yield words[-1], "-".join(words[:-1])


def _shortened(given: Iterable[str]) -> set[tuple[str, ...]]:
    letters = tuple(part[0] for part in given if part)
    return {letters, letters[:1]}


def initials_meant(spelling: str) -> frozenset[str]:
    """The headings that a name printed with initials can stand for: "B.-S. Jeong", "Jung, B. S."."""
    letters = [letter[0].lower() for letter in _INITIAL.findall(spelling)]
    are_some = 0 < len(letters) <= MOST_INITIALS
    words = _latin_words(_INITIAL.sub(" ", spelling).replace("-", " ")) if are_some else []
    if len(words) != 1:
        return frozenset()
    surnames, given = _SURNAME_SPELLINGS.get(words[0], ()), product(*(INITIALS_MEANT.get(one, one) for one in letters))
    return frozenset({_heading(words[0], letters), *(_heading(*one) for one in product(surnames, given))})


def initials(family: str, given: str) -> str:
    """The monogram of a name, family first ("KS"); in Hangul the family syllable alone."""
    first, second = _first_letter(family), _first_letter(given)
    return first if _HANGUL.match(first) else first + second


def _first_letter(name: str) -> str:
    letters = filter(str.isalnum, unicodedata.normalize("NFC", name))
    return next(letters, "").upper()[:1]


def _folded(spelling: str) -> str:
    """Lower case without accents, apostrophes and invisible characters; dashes kept as "-"."""
    decomposed = unicodedata.normalize("NFKD", spelling).casefold()
    settled = "".join(map(_settled, unicodedata.normalize("NFKD", decomposed)))
    return unicodedata.normalize("NFC", settled)


def _settled(char: str) -> str:
    kind = unicodedata.category(char)
    if char in APOSTROPHES or "\u0300" <= char <= "\u036f" or kind == "Cf":
        return ""
    if kind == "Pd":
        return "-"
    return UNDECOMPOSED.get(char, char) if kind[0] in "LMN" else " "


def _romanised(text: str) -> str:
    return "".join(_revised(char) if _HANGUL.match(char) else char for char in text)


def _revised(syllable: str) -> str:
    """A Hangul syllable in the Revised Romanisation, as if it stood alone."""
    index, final = divmod(ord(syllable) - ord("가"), len(FINALS))
    initial, medial = divmod(index, len(MEDIALS))
    return INITIALS[initial] + MEDIALS[medial] + FINALS[final]


def _plain_reading(spelling: str) -> Iterator[str]:
    if words := _folded(spelling).replace("-", " ").split():
        yield " ".join(sorted(words))


def _korean_readings(spelling: str) -> Iterator[str]:
    if hangul := _hangul(spelling):
        return _hangul_readings(hangul)
    if _INITIAL.search(spelling):
        return iter(())
    return _latin_readings(_latin_words(spelling))


def _hangul(spelling: str) -> str:
    """The spelling without its spaces if it is Hangul throughout, else nothing."""
    joined = "".join(_folded(spelling).replace("-", " ").split())
    return joined if _HANGUL.fullmatch(joined) else ""


def _hangul_readings(name: str) -> Iterator[str]:
    for length in (1, 2):
        family, given = name[:length], name[length:]
        if family in _FAMILY_IN_HANGUL and 1 <= len(given) <= 3:
            yield _heading(_FAMILY_IN_HANGUL[family], map(_revised, given))


def _parts_in_hangul(part: str) -> Iterator[str]:
    if part in _FAMILY_IN_HANGUL:
        yield _heading(_FAMILY_IN_HANGUL[part], "").strip()
    if len(part) <= 3:
        yield _heading("", map(_revised, part))


def _parts_in_latin(part: str) -> Iterator[str]:
    for surname in _SURNAME_SPELLINGS.get(part.replace("-", ""), ()):
        yield _heading(surname, "").strip()
    syllables = part.split("-")
    if len(syllables) == 2:
        yield from (_heading("", given) for given in _given_readings(syllables))
    elif len(syllables) == 1:
        yield from (_heading("", given) for cut in _cuts(part) for given in product(*map(_by_parts, cut)))


def _latin_words(spelling: str) -> list[str]:
    text = unicodedata.normalize("NFKD", spelling).casefold()
    for mccune_reischauer, revised in BREVES.items():
        text = text.replace(mccune_reischauer, revised)
    words = [word.strip("-") for word in _folded(text).split()]
    return words if all(_LATIN.fullmatch(word) for word in words) else []


def _latin_readings(words: list[str]) -> Iterator[str]:
    if not 2 <= len(words) <= 4:
        return
    for family, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        for surname in _SURNAME_SPELLINGS.get(family.replace("-", ""), ()):
            for syllables in _given_readings("-".join(given).split("-")):
                yield _heading(surname, syllables)


def _heading(surname: str, syllables: Iterable[str]) -> str:
    return f"{surname}, {'-'.join(syllables)}"


def _given_readings(parts: list[str]) -> Iterator[tuple[str, ...]]:
    if len(parts) <= 3:
        for cut in [parts] if len(parts) > 1 else _cuts(parts[0]):
            yield from product(*map(_syllable_readings, cut))


def _cuts(joined: str) -> list[list[str]]:
    """One syllable, or two: "jungu" is jungu, jun-gu or jung-u."""
    ends = range(1, min(len(joined), _LONGEST_SYLLABLE + 1))
    return [[joined], *([joined[:end], joined[end:]] for end in ends)]


def _syllable_readings(printed: str) -> set[str]:
    second = {_revised(hangul) for hangul in SECOND_READINGS.get(printed, "").split()}
    return second | _by_parts(printed)


def _by_parts(printed: str) -> set[str]:
    parts = _SYLLABLE.fullmatch(printed.replace("wh", "hw"))
    if parts is None:
        return set()
    onset, vowel, coda = parts.groups()
    vowels = (CLOSED_VOWELS if coda else VOWELS).get(vowel, "").split()
    spelled = {ONSETS.get(onset, onset) + vowel + CODAS.get(coda, coda) for vowel in vowels}
    return spelled & _GIVEN_SYLLABLES


def _surname_spellings() -> dict[str, set[str]]:
    spellings: dict[str, set[str]] = {}
    for hangul, printed in SURNAMES.items():
        surname = _romanised(hangul.split()[0])
        for spelling in [surname, *printed.split()]:
            spellings.setdefault(spelling, set()).add(surname)
    return spellings


_SURNAME_SPELLINGS = _surname_spellings()
_FAMILY_IN_HANGUL = {form: _romanised(row.split()[0]) for row in SURNAMES for form in row.split()}
_GIVEN_SYLLABLES = frozenset(map(_revised, SYLLABLES))
