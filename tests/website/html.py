"""A page as its reader gets it: valid HTML or none, with its words and its links."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client


def parse(markup: str) -> Element:
    """Raises html5lib's ParseError for the first fault in the markup."""
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(markup)
    return root


def open_page(client: Client, path: str, **expected: Any) -> Element:
    """The `main` of a page that answers as expected, 200 unless told otherwise."""
    response = client.get(path)
    assert response.status_code == expected.get("status", 200), path
    main = parse(response.content.decode()).find(".//main")
    assert main is not None
    return main


def words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def part(main: Element, name: str) -> Element | None:
    """The section under the heading with that id."""
    return main.find(f".//*[@aria-labelledby='{name}']")


def texts(main: Element, path: str) -> list[str]:
    return [words(one) for one in main.iterfind(path)]


def links(element: Element | None) -> dict[str, str]:
    """Where each linked text leads."""
    return dict(_links(element)) if element is not None else {}


def _links(element: Element) -> Iterator[tuple[str, str]]:
    for one in element.iter("a"):
        yield words(one), one.attrib["href"]
