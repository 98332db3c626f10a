"""A story opens no earlier than what it shows and tells of."""

import pytest

from tests.articles.checks.copies import AT, DAY, copy, found, meeting, picture


@pytest.mark.parametrize(
    ("own", "theirs", "count"), [(None, 1, 1), (1, 2, 1), (2, 2, 0), (3, 2, 0), (None, -1, 0), (None, None, 0)]
)
def test_embargo_of_the_story_outlasts_that_of_its_event_and_photo(
    own: int | None, theirs: int | None, count: int
) -> None:
    until = AT + theirs * DAY if theirs else None
    seen = copy(
        embargo_until=AT + own * DAY if own else None,
        meetings=(meeting(embargo_until=until),),
        pictures=(picture(embargo_until=until),),
    )

    said = [finding for code in ("event-embargo", "photo-embargo") for finding in found(code, seen)]

    assert [(one.is_error, one.link) for one in said] == [(True, "#id_embargo_until_0")] * 2 * count
