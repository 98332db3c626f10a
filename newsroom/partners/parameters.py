"""What a request asks for: known parameters alone, each read strictly, all faults named at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from newsroom import changes
from newsroom.partners.problems import BadParameters

LONGEST_VALUE = 1200
MOST_VALUES = 50
DEFAULT_LIMIT = 20
LARGEST_PAGE = 100


@dataclass
class Parameters:
    """The query of one request; readers collect faults, and `check()` refuses them together."""

    query: QueryDict
    faults: dict[str, str] = field(default_factory=dict)

    def allow(self, names: Collection[str], *, repeated: Collection[str] = ()) -> None:
        """Refuse every name but these, values that no filter takes, and a second value where one is taken."""
        for name, values in self.query.lists():
            if name not in names:
                known = ", ".join(sorted(names)) or _("none")
                self.faults[name] = _("is not a parameter here; known are: %(names)s") % {"names": known}
            elif len(values) > 1 and name not in repeated:
                self.faults[name] = _("takes one value")
            elif len(values) > MOST_VALUES:
                self.faults[name] = _("takes at most %(most)d values") % {"most": MOST_VALUES}
            elif any(len(value) > LONGEST_VALUE or not _is_clean(value) for value in values):
                self.faults[name] = _("has a value that is too long, or characters that no text has")

    def words(self, name: str) -> tuple[str, ...]:
        """Words parted by commas or given by repeated keys, each once."""
        words = (word.strip() for text in self.query.getlist(name) for word in text.split(","))
        return tuple(dict.fromkeys(filter(None, words)))

    def flag(self, name: str) -> bool:
        """`true` or `false`, which it is unless told."""
        wanted = self.query.get(name, "false")
        if wanted not in {"true", "false"}:
            self.faults[name] = _("takes “true” or “false”")
        return wanted == "true"

    def limit(self, default: int = DEFAULT_LIMIT, largest: int = LARGEST_PAGE) -> int:
        """How many entries a page shall have."""
        text = self.query.get("limit", str(default))
        if text.isascii() and text.isdigit() and len(text) <= len(str(largest)) and 1 <= int(text) <= largest:
            return int(text)
        self.faults["limit"] = _("takes a whole number from 1 to %(most)d") % {"most": largest}
        return default

    def types(self) -> tuple[str, ...]:
        """The kinds of object asked for; all of them where none is named."""
        known = [kind.name for kind in changes.kinds()]
        wanted = self.words("types")
        if unknown := sorted(set(wanted) - set(known)):
            self.faults["types"] = _("%(unknown)s is none of %(known)s") % {
                "unknown": ", ".join(unknown),
                "known": ", ".join(sorted(known)),
            }
        return tuple(sorted(set(wanted) & set(known) or known))

    def is_thin(self) -> bool:
        """Whether changes are asked for without their objects."""
        wanted = self.query.get("include", "objects")
        if wanted not in {"objects", "ids"}:
            self.faults["include"] = _("takes “objects” or “ids”")
        return wanted == "ids"

    def check(self) -> None:
        """Raise BadParameters if anything could not be read."""
        if self.faults:
            raise BadParameters(self.faults)


def _is_clean(value: str) -> bool:
    """No NUL, no half of a surrogate pair: what neither database nor answer can hold."""
    return "\x00" not in value and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in value)
