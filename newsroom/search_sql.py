"""What search says to each database: the index beside `SearchEntry`, and a question in the engine's words.

SQLite keeps an FTS5 table that triggers hold in step, PostgreSQL a generated column; so `loaddata`,
`bulk_create`, `update()` and cascades are indexed like any other write, and nobody has to remember to.
SQLite drops the triggers when a migration rebuilds the table: one that alters `SearchEntry` has to run
`drop_index` before and `create_index` after.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BooleanField, F, FloatField, Func
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler

Groups = Sequence[Sequence[str]]
Compiled = tuple[str, tuple[str]]

_FORGET = """
    INSERT INTO newsroom_searchindex(newsroom_searchindex, rowid, tokens)
    VALUES ('delete', old.id, old.tokens)
"""
_LEARN = "INSERT INTO newsroom_searchindex(rowid, tokens) VALUES (new.id, new.tokens)"
_CREATE = {
    "sqlite": (
        # The ascii tokenizer splits at spaces alone: what is a letter `newsroom.tokens` has settled.
        """
        CREATE VIRTUAL TABLE newsroom_searchindex
        USING fts5(tokens, content='newsroom_searchentry', content_rowid='id', tokenize='ascii')
        """,
        "INSERT INTO newsroom_searchindex(newsroom_searchindex) VALUES ('rebuild')",
        f"""
        CREATE TRIGGER newsroom_searchentry_added AFTER INSERT ON newsroom_searchentry
        BEGIN {_LEARN}; END
        """,
        f"""
        CREATE TRIGGER newsroom_searchentry_removed AFTER DELETE ON newsroom_searchentry
        BEGIN {_FORGET}; END
        """,
        f"""
        CREATE TRIGGER newsroom_searchentry_changed AFTER UPDATE ON newsroom_searchentry
        WHEN old.id <> new.id OR old.tokens <> new.tokens
        BEGIN {_FORGET}; {_LEARN}; END
        """,
    ),
    "postgresql": (
        """
        ALTER TABLE newsroom_searchentry ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple', tokens)) STORED
        """,
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


class Question(Func):
    """An expression over an entry that carries what is asked; each engine puts it in its own words.

    `groups` are from `tokens.for_query`; an entry with any token of `exact` answers too.
    """

    arity = 1

    def __init__(self, groups: Groups, exact: Sequence[str]) -> None:
        super().__init__(F("id"))
        self.groups, self.exact = groups, exact

    def in_fts5(self) -> str:
        """`(("sangba" OR "sang bae") AND ("한" *)) OR "nkimsangbae"`."""
        return self._spelled(_fts5_words, " AND ", " OR ")

    def in_tsquery(self) -> str:
        """`((('sangba') | ('sang' <-> 'bae')) & ('한':*)) | ('nkimsangbae')`."""
        return self._spelled(_tsquery_words, " & ", " | ")

    def _spelled(self, words: Callable[[str], str], also: str, either: str) -> str:
        asked = also.join(f"({either.join(map(words, group))})" for group in self.groups)
        return either.join(([f"({asked})"] if asked else []) + list(map(words, self.exact)))

    def _entry(self, compiler: SQLCompiler) -> str:
        return compiler.compile(self.source_expressions[0])[0]

    def _vector(self, compiler: SQLCompiler) -> str:
        """The generated column is unknown to the model, so it is named beside the entry's id."""
        entry = cast(Col, self.source_expressions[0])
        return f"{compiler.quote_name_unless_alias(entry.alias)}.vector"


class Found(Question):
    """Whether an entry answers."""

    output_field = BooleanField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        hits = "SELECT rowid FROM newsroom_searchindex WHERE newsroom_searchindex MATCH %s"
        return f"{self._entry(compiler)} IN ({hits})", (self.in_fts5(),)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        return f"{self._vector(compiler)} @@ to_tsquery('pg_catalog.simple', %s)", (self.in_tsquery(),)


class Rank(Question):
    """How well it answers; more is better."""

    output_field = FloatField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        """Ranks all hits once; FTS5, asked for one entry at a time, would count them all for each."""
        sql = f"""(
            WITH ranked AS MATERIALIZED (
                SELECT rowid AS entry, -bm25(newsroom_searchindex) AS score
                FROM newsroom_searchindex WHERE newsroom_searchindex MATCH %s
            )
            SELECT score FROM ranked WHERE ranked.entry = {self._entry(compiler)}
        )"""  # noqa: S608 - a column's name, written by Django
        return sql, (self.in_fts5(),)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        question = "to_tsquery('pg_catalog.simple', %s)"
        return f"ts_rank({self._vector(compiler)}, {question})", (self.in_tsquery(),)


def _fts5_words(words: str) -> str:
    return f'"{words[:-1]}" *' if words.endswith("*") else f'"{words}"'


def _tsquery_words(words: str) -> str:
    if words.endswith("*"):
        return f"'{words[:-1]}':*"
    in_a_row = " <-> ".join(f"'{token}'" for token in words.split())
    return f"({in_a_row})"
