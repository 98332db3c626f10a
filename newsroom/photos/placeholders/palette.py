"""Photo desk, placeholder pictures: the house colours and the moods that a room can be in."""

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]


def colour(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` is how much of the other colour comes in, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


PAPER = colour("#faf8f3")
TINT = colour("#e8efea")
ACCENT = colour("#17544e")
ACCENT_DEEP = colour("#0e3b37")
SEAL = colour("#9b2c22")
INK = colour("#071f1d")
# What skin is shaded with: ink would turn it grey.
SHADE = colour("#33302a")
BRASS = colour("#b59a6a")

SKINS = tuple(map(colour, ("#e2c3a4", "#d8b694", "#cfa983", "#e8cdb2", "#bd9270", "#dcbb9c")))
# One tone for whoever stands for a named person: the drawing claims nothing about them.
CLAYS = tuple(map(colour, ("#dfc9ad", "#d8c0a2", "#e4d1b8")))
HAIRS = tuple(map(colour, ("#0d1f1e", "#14211f", "#1b2422", "#0f2826", "#2a2a25")))
GREYS = tuple(map(colour, ("#9fa8a2", "#c3c7bf", "#6f7b76")))
JACKETS = tuple(map(colour, ("#0f2f2c", "#12292b", "#1a3d3a", "#0d2423", "#23393c", "#2d4a45", "#1c2b2e")))
LIGHT_JACKETS = tuple(map(colour, ("#cdd2c6", "#b9a888", "#8fa79d", "#5d8078", "#e4dfd2")))
TIES = tuple(map(colour, ("#17544e", "#3d7d73", "#0e3b37", "#b59a6a", "#52686a", "#88a79d")))


@dataclass(frozen=True)
class Mood:
    """How a room is painted and lit: `haze` is what distance fades into."""

    wall: Colour
    wall_low: Colour
    floor: Colour
    lamp: Colour
    screen: Colour
    trim: Colour
    crowd: Colour

    @property
    def haze(self) -> Colour:
        return mix(self.wall, self.wall_low, 0.5)


def _mood(*codes: str) -> Mood:
    return Mood(*map(colour, codes))


NIGHT = _mood("#1b4a45", "#0c2e2b", "#0a2523", "#9cc0b4", "#e3ece2", "#2c635b", "#061a18")
TEAL = _mood("#3d7d73", "#1d5a53", "#123f3b", "#cfe2d8", "#eef2e8", "#5b968b", "#0b2b28")
SAGE = _mood("#a3bfb4", "#6f978c", "#4b766d", "#f1f4ea", "#f6f5ec", "#86aa9e", "#163f3b")
MIST = _mood("#e1e9e1", "#bdcfc5", "#93b0a5", "#fffdf6", "#fdfbf4", "#cad8ce", "#2a5952")
SAND = _mood("#eee6d6", "#d8c9ae", "#b3a384", "#fffaee", "#fbf8ef", "#dccdb3", "#23504a")

SLATE = _mood("#6d8f93", "#3c5f66", "#274850", "#dfeae6", "#f1f4ee", "#86a6a8", "#0f2d33")

MOODS = (NIGHT, TEAL, SAGE, MIST, SAND, SLATE)
EVENING_MOODS = (NIGHT, TEAL, SLATE)
