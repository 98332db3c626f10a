"""The copy desk's shelves, looked along: which values of a facet stories have, without reading each shelf through."""

from __future__ import annotations

import datetime as dt

from django.db import connection

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


def values_of(facet: EditionFacet.Facet, at: dt.datetime) -> list[str]:
    """All values of a facet that a story has which stands at that moment."""
    moment = connection.ops.adapt_datetimefield_value(at)
    asked = [facet.value, moment, moment]
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [*asked, *asked])
        return [value for (value,) in cursor.fetchall()]
