"""Copy with dull defaults, as a check sees it, and what one check says of it."""

import datetime as dt
from typing import Any

from newsroom.articles import checks
from newsroom.articles.checks.copy import Copy, Meeting, Named, Picture
from newsroom.dates import PartialDate

AT = dt.datetime(2026, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def copy(**over: Any) -> Copy:
    return Copy(**{"at": AT, "headline": "Ministries meet", "body": "<p>They met.</p>", **over})


def prose(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def found(code: str, seen: Copy) -> list[checks.Finding]:
    check = checks.CHECKS[code]
    return [check.says(hit) for hit in check.rule(seen)]


def sentences(code: str, **over: Any) -> list[str]:
    return [finding.sentence for finding in found(code, copy(**over))]


def fields(code: str, **over: Any) -> list[str]:
    return [finding.field for finding in found(code, copy(**over))]


def meeting(starts_on: str = "2023-12-19", **over: Any) -> Meeting:
    name = "2023 Science and Technology Diplomacy Forum"
    dates = {"starts_on": PartialDate.parse(starts_on)} if starts_on else {}
    return Meeting(**{"name": name, "names": (name, "2023 과학기술외교포럼"), **dates, **over})


def picture(**over: Any) -> Picture:
    return Picture(**{"row": 0, "title": "Group photograph", "alt_text": "Fifty people on steps.", **over})


def person(**over: Any) -> Named:
    return Named(**{"row": 0, "key": 1, "name": "Jeong Byung-seon", "native_name": "정병선", **over})
