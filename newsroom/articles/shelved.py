"""The copy desk's shelves, looked along by hand where the ORM would take longer to ask than a database to answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from newsroom.articles.models import EditionFacet

# Each step goes to where the next shelf begins, so it costs as many steps as there are shelves.
_NEXT = """
    SELECT value FROM articles_editionfacet
    WHERE facet = %s AND visible_from <= %s AND visible_until > %s AND value > {behind}
    ORDER BY value LIMIT 1
"""
_ALL = f"""
    WITH RECURSIVE shelf(value) AS (
        SELECT ({_NEXT.format(behind="''")})
        UNION ALL
        SELECT ({_NEXT.format(behind="shelf.value")}) FROM shelf WHERE shelf.value IS NOT NULL
    )
    SELECT value FROM shelf WHERE value IS NOT NULL
"""  # noqa: S608 - texts of ours


# By the facets that are left out, so that no database walks whole shelves to find what a few editions stand on.
_COUNTED = """
    SELECT facet, value, COUNT(*) FROM articles_editionfacet
    WHERE edition_id IN ({editions}) AND facet NOT IN ({others}) GROUP BY facet, value
"""
_FIRST = """(
    SELECT article_id FROM articles_editionfacet
    WHERE facet = %s AND value = %s AND visible_from <= %s AND visible_until > %s
    ORDER BY first_published_at DESC, article_id DESC LIMIT 1
)"""


def values_of(facet: EditionFacet.Facet, at: dt.datetime) -> list[str]:
    """All values of a facet that a story has which stands at that moment."""
    moment = connection.ops.adapt_datetimefield_value(at)
    asked = [facet.value, moment, moment]
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [*asked, *asked])
        return [value for (value,) in cursor.fetchall()]


def counted(editions: Collection[int], facets: Collection[str]) -> list[tuple[str, str, int]]:
    """How many of these editions stand on each shelf of these facets."""
    if not editions or not facets:
        return []
    others = [facet for facet in EditionFacet.Facet.values if facet not in facets]
    places = {"editions": ", ".join(map(str, editions)), "others": ", ".join(["%s"] * len(others))}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(**places), others)
        found: list[tuple[str, str, int]] = cursor.fetchall()
    return found


def newest_on_each(facet: EditionFacet.Facet, values: Collection[str], at: dt.datetime) -> RawSQL:
    """The keys of the newest story on each of these shelves, for a query to look among; there has to be a shelf."""
    moment = connection.ops.adapt_datetimefield_value(at)
    asked: list[Any] = [part for value in values for part in (facet.value, value, moment, moment)]
    return RawSQL(", ".join([_FIRST] * len(values)), asked)  # noqa: S611 - a text of ours
