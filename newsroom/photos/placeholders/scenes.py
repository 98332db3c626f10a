"""Photo desk, placeholder pictures: what a picture is to show, chosen from the caption's record."""

import re
from dataclasses import dataclass
from enum import StrEnum

MOST_PEOPLE = 16
MOST_ROWS = 4


class SceneKind(StrEnum):
    GROUP = "group"
    LECTERN = "lectern"
    PANEL = "panel"
    HALL = "hall"
    PORTRAIT = "portrait"


class Backdrop(StrEnum):
    SCREEN = "screen"
    WINDOWS = "windows"
    CURTAIN = "curtain"
    SLATS = "slats"
    GLOBE = "globe"
    PANELS = "panels"
    SHELVES = "shelves"


@dataclass(frozen=True)
class Scene:
    """A picture to draw: the same scene is always the same picture.

    `people` stand in the front row; `marked` are the places in it, from the left and from 1, that the
    caption names. An empty `backdrop` leaves the choice to the seed.
    """

    kind: SceneKind
    seed: str
    people: int = 1
    rows: int = 1
    marked: tuple[int, ...] = ()
    backdrop: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.people <= MOST_PEOPLE:
            raise ValueError(f"A row holds 1 to {MOST_PEOPLE} people, not {self.people}.")
        if not 1 <= self.rows <= MOST_ROWS:
            raise ValueError(f"A group stands in 1 to {MOST_ROWS} rows, not {self.rows}.")
        if not all(1 <= place <= self.people for place in self.marked):
            raise ValueError(f"The places {self.marked} are not all in a row of {self.people}.")
        if self.backdrop and self.backdrop not in set(Backdrop):
            raise ValueError(f"There is no backdrop called “{self.backdrop}”.")


_WORDS: tuple[tuple[SceneKind, re.Pattern[str]], ...] = (
    (SceneKind.PANEL, re.compile(r"\b(panel|discuss\w*|round-?table|debate\w*)\b", re.IGNORECASE)),
    (
        SceneKind.LECTERN,
        re.compile(
            r"\b(keynote|speech\w*|speak\w*|address\w*|present(s|ing|ation\w*)|remarks|lectur\w*)\b",
            re.IGNORECASE,
        ),
    ),
)
_GROUP_WORDS = re.compile(r"\b(group (photo\w*|picture|portrait)|pos(e|es|ed|ing))\b", re.IGNORECASE)
_FILE_WORDS = re.compile(r"\b(background|file|archive) (photo\w*|picture)\b", re.IGNORECASE)
# A caption of a few words that says nothing else is a name; a longer one has a post with it, and one person.
_LABEL_WORDS = 8


def scene_for(
    *, seed: str, caption: str, marked: tuple[int, ...], shown: int, is_group: bool, is_portrait: bool
) -> Scene:
    """The scene that fits a caption; never raises, whatever the record says.

    `shown` is how many people the record names, `marked` their places in the front row.
    """
    if is_group or _GROUP_WORDS.search(caption):
        return _group(seed, marked, shown)
    if _FILE_WORDS.search(caption):
        return Scene(SceneKind.PORTRAIT, seed, backdrop=Backdrop.CURTAIN)
    if is_portrait:
        return Scene(SceneKind.PORTRAIT, seed)
    kind = _kind_by_words(caption) or _kind_of_label(caption, seed, shown)
    return Scene(kind, seed, people=_panellists(seed, shown) if kind is SceneKind.PANEL else 1)


def _group(seed: str, marked: tuple[int, ...], shown: int) -> Scene:
    places = tuple(sorted({place for place in marked if 1 <= place <= MOST_PEOPLE}))
    furthest = max(places, default=0)
    people = max(shown, furthest + 3 + _pick(seed, 2) if furthest else 9 + _pick(seed, 3))
    return Scene(SceneKind.GROUP, seed, people=min(people, MOST_PEOPLE), rows=2 + _pick(seed, 2), marked=places)


def _panellists(seed: str, shown: int) -> int:
    return min(shown, 7) if shown > 2 else 4 + _pick(seed, 3)


def _kind_by_words(caption: str) -> SceneKind | None:
    return next((kind for kind, words in _WORDS if words.search(caption)), None)


def _kind_of_label(caption: str, seed: str, shown: int) -> SceneKind:
    if shown != 1 and len(caption.split()) > _LABEL_WORDS:
        return SceneKind.HALL
    return (SceneKind.LECTERN, SceneKind.PORTRAIT)[_pick(seed, 2)]


def _pick(seed: str, choices: int) -> int:
    return sum(seed.encode()) % choices
