"""The bottom shelf's way in for tables: a CSV file as spreadsheets save it, into rows that name their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from newsroom import csv_export

MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
LONGEST_CELL = 20_000
DELIMITERS = (",", ";", "\t")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(ValueError):
    """The file is no table of ours; the message says what to do about it."""


@dataclass(frozen=True)
class Row:
    """One line: where it stands in the file, as editors count (the header is line 1), and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    rows: list[Row]
    columns: list[str]
    ignored: list[str] = field(default_factory=list)  # columns that exports have and imports pass over


def read(upload: bytes, columns: Sequence[str], *, required: Sequence[str], ignored: Sequence[str] = ()) -> Table:
    """The rows that hold anything; raises Unreadable.

    Apostrophes that an export put before what looked like a formula are taken off again.
    """
    lines = _lines(_text(upload))
    header = [name.strip().casefold() for name in next(lines, (0, [""]))[1]]
    _check_header(header, columns, required, ignored)
    rows = [Row(number, _cells(number, header, cells)) for number, cells in lines if any(map(str.strip, cells))]
    if not rows:
        raise Unreadable(_("The file has a header and no rows: nothing to import."))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("The file has more than %(most)d rows: split it.") % {"most": MOST_ROWS})
    passed_over = [name for name in header if name in ignored]
    kept = [Row(row.line, {name: cell for name, cell in row.cells.items() if name not in ignored}) for row in rows]
    return Table(kept, [name for name in header if name in columns], passed_over)


def _text(upload: bytes) -> str:
    """UTF-8, or CP949 as Korean spreadsheets write it."""
    if len(upload) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 1 MB: split it."))
    if upload.startswith(UTF_16) or b"\x00" in upload:
        raise Unreadable(_("This is no CSV text. In the spreadsheet, save the sheet as “CSV UTF-8”."))
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return upload.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The letters cannot be read: neither UTF-8 nor CP949. Save the sheet as “CSV UTF-8”."))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line on which it begins."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)d cannot be read: a quotation mark is open or out of place.") % {"line": begins}
        ) from error


def _check_header(
    header: Sequence[str], columns: Sequence[str], required: Sequence[str], ignored: Sequence[str]
) -> None:
    unknown = [name for name in header if name not in {*columns, *ignored}]
    if unknown:
        words = _("The first line names columns that do not exist: %(names)s. It may name: %(known)s.")
        known = get_text_list(list(columns), _("and"))
        raise Unreadable(words % {"names": get_text_list([name or "“”" for name in unknown], _("and")), "known": known})
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise Unreadable(_("A column stands twice: %(names)s.") % {"names": get_text_list(twice, _("and"))})
    if missing := [name for name in required if name not in header]:
        raise Unreadable(_("A column is missing: %(names)s.") % {"names": get_text_list(missing, _("and"))})


def _cells(line: int, header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        words = _("Line %(line)d has more cells than the first line has columns: a comma may lack quotation marks.")
        raise Unreadable(words % {"line": line})
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise Unreadable(_("Line %(line)d has a cell of more than 20,000 characters.") % {"line": line})
    padded = [*cells, *[""] * (len(header) - len(cells))]
    return {name: csv_export.as_typed(cell).strip() for name, cell in zip(header, padded, strict=False)}
