"""Front of house: the readers' stylesheet in words that browsers from before 2024 understand."""

import re
from collections.abc import Iterable, Iterator

TOKEN = re.compile(r'"[^"]*"|[{};]|[^"{};]+')
COLOUR = re.compile(r"(--[\w-]+):light-dark\(([^,]+),([^)]+)\)")


def in_older_words(css: str) -> str:
    """The same without rules inside of rules and without `light-dark()`; takes a stylesheet from `storage.squeezed`."""
    return _with_two_palettes("".join(_block(iter(TOKEN.findall(css)), "")))


def _block(tokens: Iterator[str], selector: str) -> Iterator[str]:
    """What stands before the end of a block, in its order: its own declarations, and the rules inside of it."""
    words = ""
    own: list[str] = []
    for part in tokens:
        if part == "{":
            yield from _rule(selector, own)
            yield from _opened(words, tokens, selector)
            words, own = "", []
        elif part in {";", "}"}:
            own += [words] if words else []
            words = ""
        else:
            words += part
        if part == "}":
            break
    yield from _rule(selector, own)


def _opened(head: str, tokens: Iterator[str], around: str) -> Iterator[str]:
    if not head.startswith("@"):
        yield from _block(tokens, _below(around, head))
    elif head.startswith("@page"):
        yield from _block(tokens, head)
    else:
        yield f"{head}{{"
        yield from _block(tokens, around)
        yield "}"


def _rule(selector: str, declarations: Iterable[str]) -> Iterator[str]:
    if declarations:
        yield f"{selector}{{{';'.join(declarations)}}}"


def _below(around: str, selector: str) -> str:
    """A selector as it would stand outside of the rule that it stands in."""
    if not around:
        return selector
    above = f":is({around})" if "," in around else around
    return ",".join(_joined(above, one) for one in _alternatives(selector))


def _joined(above: str, selector: str) -> str:
    if "&" in selector:
        return selector.replace("&", above)
    return f"{above}{selector}" if selector[0] in ">+~" else f"{above} {selector}"


def _alternatives(selector: str) -> list[str]:
    """Cut at the commas outside of brackets."""
    depth, found = 0, [""]
    for sign in selector:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def _with_two_palettes(css: str) -> str:
    """Light colours in the first rule, which is that of the root; after it the dark ones, wherever they are wanted."""
    dark = ";".join(f"{name}:{dark}" for name, _light, dark in COLOUR.findall(css))
    root, rest = COLOUR.sub(r"\1:\2", css).split("}", 1)
    by_device = f"@media (prefers-color-scheme:dark){{:root:where(:not([data-theme=light])){{{dark}}}}}"
    return f"{root}}}{by_device}[data-theme=dark]{{{dark}}}{rest}"
