"""Tables as spreadsheets save them: read in any encoding they use, refused in words that say what to do."""

from __future__ import annotations

import pytest

from newsroom import csv_export, csv_import
from newsroom.csv_import import Row, Table, Unreadable

COLUMNS = ("name", "native_name", "slug")


def read(upload: bytes) -> Table:
    return csv_import.read(upload, COLUMNS, required=("name",), ignored=("uuid",))


def refusal(upload: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(upload)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_letters_are_read_in_each_encoding(encoding: str) -> None:
    table = read("name,native_name\r\nKISTEP,한국과학기술기획평가원\r\n".encode(encoding))

    assert table == Table(
        [Row(2, {"name": "KISTEP", "native_name": "한국과학기술기획평가원"})], ["name", "native_name"]
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_that_of_the_first_line(delimiter: str) -> None:
    text = f"name{delimiter}slug\nA, B{delimiter}a\n" if delimiter != "," else 'name,slug\n"A, B",a\n'

    assert read(text.encode()).rows == [Row(2, {"name": "A, B", "slug": "a"})]


def test_lines_are_counted_as_the_file_has_them() -> None:
    table = read(b'name,slug\n"two\nlines",a\n\nlast,b\n')

    assert [(row.line, row.cells["name"]) for row in table.rows] == [(2, "two\nlines"), (5, "last")]


def test_header_may_be_in_any_case_and_order() -> None:
    assert read(b" Slug ,NAME\na,A\n").rows == [Row(2, {"slug": "a", "name": "A"})]


def test_short_line_ends_in_empty_cells() -> None:
    assert read(b"name,slug\nA\n").rows == [Row(2, {"name": "A", "slug": ""})]


def test_column_of_an_export_is_passed_over() -> None:
    table = read(b"name,uuid\nA,1\n")

    assert (table.rows, table.ignored) == ([Row(2, {"name": "A"})], ["uuid"])


def test_what_an_export_made_harmless_is_read_as_it_was() -> None:
    upload = csv_export.written([["name"], ["=cmd()"], ["'quoted'"], ["-5"]]).encode()

    assert [row.cells["name"] for row in read(upload).rows] == ["=cmd()", "'quoted'", "-5"]


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (b"", "The first line names columns that do not exist"),
        (b"nom,slug\nA,a\n", "The first line names columns that do not exist: nom."),
        (b"name,name\nA,a\n", "A column stands twice: name."),
        (b"slug\na\n", "A column is missing: name."),
        (b"name\n", "a header and no rows"),
        (b"name\n\n , \n", "a header and no rows"),
        (b"name\nA,b\n", "Line 2 has more cells than the first line has columns"),
        (b'name\n"A\n', "Line 2 cannot be read: a quotation mark"),
        (b"name\nA\x00\n", "This is no CSV text"),
        ("name\nA\n".encode("utf-16"), "This is no CSV text"),
        (b"name\n\xff\xff\n", "neither UTF-8 nor CP949"),
        (b"name\n" + b"A\n" * 2001, "more than 2000 rows"),
        (b"name\n" + b"A" * 1_000_000, "larger than 1 MB"),
        (b"name\n" + b"A" * 20_001, "Line 2 has a cell of more than 20,000"),
    ],
)
def test_file_that_is_no_table_is_refused_with_what_to_do(upload: bytes, words: str) -> None:
    assert words in refusal(upload)
