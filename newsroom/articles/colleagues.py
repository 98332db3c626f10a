"""The copy desk's colleagues: whom the words of a comment address, and whether they may see the story.

`@username` and `@Display Name` address somebody on the staff; a name that two share addresses nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from newsroom import policy
from newsroom.articles.models import Article
from newsroom.models import User

# An @ inside a word belongs to an e-mail address.
CALL = re.compile(r"(?<![\w.+-])@(?=\w)")
WORD = re.compile(r"[\w.@+-]+")
AFTER_A_NAME = re.compile(r"(?!\w)")
OFFERED = 8


@dataclass
class Addressed:
    """Whom a text calls: who is told, who may not see the story, and names that are nobody's or of several."""

    told: list[User] = field(default_factory=list)
    barred: list[User] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def notes(self) -> Iterator[str]:
        """What whoever wrote it should know."""
        for user in self.barred:
            yield _("%(name)s may not see this story, and was not told.") % {"name": user}
        if self.unknown:
            names = get_text_list([f"@{name}" for name in self.unknown], _("or"))
            yield _("Nobody was told as %(names)s: no colleague has this name alone.") % {"names": names}


def addressed(text: str, article: Article) -> Addressed:
    """Reads the staff only where somebody is called."""
    called, found = Addressed(), list(CALL.finditer(text))
    names = _names() if found else {}
    seeing = set(policy.seeing(article)) if found else set()
    for call in found:
        name, users = _longest(text[call.end() :], names)
        _sort_in(called, name, users, seeing)
    return called


def _sort_in(called: Addressed, name: str, users: list[User], seeing: set[User]) -> None:
    if len(users) != 1:
        called.unknown.append(name)
    elif users[0] not in [*called.told, *called.barred]:
        (called.told if users[0] in seeing else called.barred).append(users[0])


def _names() -> dict[str, list[User]]:
    """Everybody on the staff under their username and under their display name, whatever its case."""
    names: dict[str, list[User]] = defaultdict(list)
    for user in staff():
        for name in {user.username.casefold(), user.display_name.casefold()} - {""}:
            names[name].append(user)
    return names


def _longest(text: str, names: dict[str, list[User]]) -> tuple[str, list[User]]:
    """The longest known name that the text begins with; else its first word, which is nobody's."""
    folded = text.casefold()
    fitting = [name for name in names if folded.startswith(name) and AFTER_A_NAME.match(folded, len(name))]
    if fitting:
        name = max(fitting, key=len)
        return text[: len(name)], names[name]
    word = WORD.match(text)
    return (word[0].rstrip(".@+-") if word else ""), []


def staff() -> list[User]:
    return list(User.objects.filter(is_active=True, is_staff=True).order_by("username"))


def offered(start: str, article: Article) -> Sequence[User]:
    """Some with such a name who may see the story; first those whose whole name begins so."""
    begins = Q(username__istartswith=start) | Q(display_name__istartswith=start)
    within = Q(display_name__icontains=f" {start}")
    found = policy.seeing(article).filter(begins | within).annotate(is_first=begins)
    return list(found.order_by("-is_first", "display_name", "username")[:OFFERED])
