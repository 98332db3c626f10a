"""What search says to each database: the index beside `SearchEntry`, and a question in the engine's own language.

SQLite keeps an FTS5 table that triggers hold in step, PostgreSQL a generated column; so `loaddata`,
`bulk_create`, `update()` and cascades are indexed like any other write, and nobody has to remember to.
SQLite drops the triggers when a migration rebuilds the table: one that alters `SearchEntry` has to run
`drop_index` before and `create_index` after.
"""

from collections.abc import Callable, Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# All of these groups, each by any of its alternatives (see `tokens.for_query`).
Groups = Sequence[Sequence[str]]

_FORGET = "INSERT INTO newsroom_searchindex(newsroom_searchindex, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
_LEARN = "INSERT INTO newsroom_searchindex(rowid, tokens) VALUES (new.id, new.tokens);"
_CREATE = {
    "sqlite": (
        # The ascii tokenizer splits at spaces alone: what is a letter has been settled by `newsroom.tokens`.
        "CREATE VIRTUAL TABLE newsroom_searchindex USING fts5"
        "(tokens, content='newsroom_searchentry', content_rowid='id', tokenize='ascii')",
        "INSERT INTO newsroom_searchindex(newsroom_searchindex) VALUES ('rebuild')",
        f"CREATE TRIGGER newsroom_searchentry_added AFTER INSERT ON newsroom_searchentry BEGIN {_LEARN} END",
        f"CREATE TRIGGER newsroom_searchentry_removed AFTER DELETE ON newsroom_searchentry BEGIN {_FORGET} END",
        "CREATE TRIGGER newsroom_searchentry_changed AFTER UPDATE ON newsroom_searchentry "
        f"WHEN old.id <> new.id OR old.tokens <> new.tokens BEGIN {_FORGET} {_LEARN} END",
    ),
    "postgresql": (
        "ALTER TABLE newsroom_searchentry ADD COLUMN vector tsvector "
        "GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple', tokens)) STORED",
        "CREATE INDEX newsroom_searchindex ON newsroom_searchentry USING gin (vector)",
    ),
}
_DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS newsroom_searchentry_added",
        "DROP TRIGGER IF EXISTS newsroom_searchentry_removed",
        "DROP TRIGGER IF EXISTS newsroom_searchentry_changed",
        "DROP TABLE IF EXISTS newsroom_searchindex",
    ),
    "postgresql": ("ALTER TABLE newsroom_searchentry DROP COLUMN vector",),
}


def create_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the entries that are there and all that come; for `RunPython`."""
    for statement in _CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def sqlite_question(groups: Groups, exact: Sequence[str]) -> str:
    """In FTS5's language: `("sangba" OR "sang bae") AND ("한" *)`."""
    return _question(groups, exact, _in_fts5, " AND ", " OR ")


def postgresql_question(groups: Groups, exact: Sequence[str]) -> str:
    """In the language of `to_tsquery`: `('sangba' | ('sang' <-> 'bae')) & ('한':*)`."""
    return _question(groups, exact, _in_tsquery, " & ", " | ")


def _question(
    groups: Groups, exact: Sequence[str], spelled: Callable[[str], str], also: str, either: str
) -> str:
    asked = also.join(f"({either.join(map(spelled, group))})" for group in groups)
    return either.join(([f"({asked})"] if asked else []) + [spelled(token) for token in exact])


def _in_fts5(words: str) -> str:
    return f'"{words[:-1]}" *' if words.endswith("*") else f'"{words}"'


def _in_tsquery(words: str) -> str:
    if words.endswith("*"):
        return f"'{words[:-1]}':*"
    return "({})".format(" <-> ".join(f"'{token}'" for token in words.split()))
