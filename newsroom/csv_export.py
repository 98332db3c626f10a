"""The bottom shelf's tables for spreadsheets: lists as CSV (RFC 4180) in which no cell can become a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

BOM = "\ufeff"  # or spreadsheets take UTF-8 for the code page of their machine
AT_ONCE = 100  # rows in one piece of the answer

# Spreadsheets pass over what stands blank before the sign, and Korean and Japanese ones read the wide signs too.
_FORMULA = re.compile("'*[\\s\u200b\ufeff\x00]*[=+\\-@\t\r＝＋－＠]")
Cell = Any


def rows(header: Sequence[Cell], lines: Iterable[Sequence[Cell]], *, name: str = "export.csv") -> StreamingHttpResponse:
    """The table as a file to download, sent while its lines are read."""
    response = StreamingHttpResponse(_pieces(header, lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def written(lines: Iterable[Sequence[Cell]]) -> str:
    """The lines as CSV text, each cell made harmless."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue()


def harmless(cell: Cell) -> Cell:
    """What a spreadsheet shows rather than runs: text that looks like a formula gets a leading apostrophe.

    Text of several apostrophes before such a sign gets one more, so that `as_typed` gives back the very text.
    Numbers stay numbers; moments are written in the newsroom's zone.
    """
    if cell is None or isinstance(cell, (int, float)):
        return cell
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).isoformat(sep=" ", timespec="minutes")
    text = str(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def as_typed(cell: str) -> str:
    """The text that `harmless` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _pieces(header: Sequence[Cell], lines: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield BOM + written([header])
    left = iter(lines)
    while some := list(islice(left, AT_ONCE)):
        yield written(some)
