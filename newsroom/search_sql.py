"""What search says to each database: the index beside `SearchEntry`, and a question in the engine's words.

SQLite keeps an FTS5 table that triggers hold in step, PostgreSQL a generated column; so `loaddata`,
`bulk_create`, `update()` and cascades are indexed like any other write, and nobody has to remember to.
SQLite drops the triggers when a migration rebuilds the table: one that alters `SearchEntry` has to run
`drop_index` before and `create_index` after.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, cast

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BooleanField, F, FloatField, Func
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler

from newsroom.tokens import LONGEST_TOKEN, for_kind

Groups = Sequence[Sequence[str]]
Compiled = tuple[str, tuple[str]]
Statement = tuple[str, list[int | str]]

CROWD = 1_000  # hits of a kind; so many are counted exactly, and more are not all looked at
TELLING = 10_000  # hits of a word
# So many entries, in the order in which they were made, PostgreSQL marks with the same token.
ERA, AGE = 1_024, 8_192
LATE_ERAS, LATE_AGES = 3, 2
# What is typed is cut to less, so that nobody finds an era by its name.
OF_ERA, OF_AGE = (f"{name:0<{LONGEST_TOKEN + 1}}" for name in ("era", "age"))
LARGEST_ID = 2**63 - 1
MANY = ("article", "photo")  # kinds of which there may be hundreds of thousands

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
        f"""
        ALTER TABLE newsroom_searchentry ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (
            to_tsvector(
                'pg_catalog.simple',
                tokens || ' {OF_ERA}' || (id / {ERA})::text || ' {OF_AGE}' || (id / {AGE})::text
            )
        ) STORED
        """,
        # A planner who knows that a word stands nearly everywhere reads the whole table, and takes no notice of
        # the vectors' lying outside it; one who knows nothing keeps to the index.
        "ALTER TABLE newsroom_searchentry ALTER COLUMN vector SET STATISTICS 0",
        # Otherwise what was saved lately waits in a list (of up to 4 MB), and every question reads all of that.
        "CREATE INDEX newsroom_searchindex ON newsroom_searchentry USING gin (vector) WITH (fastupdate = off)",
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


def renew_vectors(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make PostgreSQL's index again, as it is defined by now; SQLite's stays. For `RunPython`."""
    if schema_editor.connection.vendor == "postgresql":
        drop_index(apps, schema_editor)
        create_index(apps, schema_editor)


def file_at_once(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Have PostgreSQL file each entry in its index as it is saved, also in an index that was made to wait."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER INDEX newsroom_searchindex SET (fastupdate = off)", params=None)
        schema_editor.execute("SELECT gin_clean_pending_list('newsroom_searchindex')", params=None)


@dataclass(frozen=True, eq=False)  # an expression's argument, and its lists have no hash
class Asked:
    """What a reader asks for: all of `groups`, as `tokens.for_query` has them, or any token of `exact`.

    Whatever answers has one of each group in `marked` too, and nothing that is `left_out`.
    """

    groups: Groups
    exact: Sequence[str] = ()
    marked: Groups = ()
    left_out: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.exact)

    def spelled(self, *kinds: str) -> str:
        """As the database that is in use wants it; of these kinds where any are given."""
        return self.in_fts5(*kinds) if connection.vendor == "sqlite" else self.in_tsquery(*kinds)

    def in_fts5(self, *kinds: str) -> str:
        """`(("sangba" OR "sang bae") AND ("한" *)) OR "nkimsangbae"`."""
        return self._spelled(_fts5_words, " AND ", " OR ", " NOT ", *kinds)

    def in_tsquery(self, *kinds: str) -> str:
        """`((('sangba') | ('sang' <-> 'bae')) & ('한':*)) | ('nkimsangbae')`."""
        return self._spelled(_tsquery_words, " & ", " | ", " & !", *kinds)

    def _spelled(self, words: Callable[[str], str], also: str, either: str, never: str, *kinds: str) -> str:
        asked = also.join(f"({either.join(map(words, group))})" for group in self.groups)
        spelled = either.join(([f"({asked})"] if asked else []) + list(map(words, self.exact)))
        marked = [*self.marked, *([[for_kind(kind) for kind in kinds]] if kinds else [])]
        found = also.join([f"({spelled})", *(f"({either.join(map(words, group))})" for group in marked)])
        return f"({found}){never}({either.join(map(words, self.left_out))})" if self.left_out else found


class Among(Func):
    """Whether an entry is one of these; they are written out, since hundreds of parameters cost more than the query."""

    arity = 1
    output_field = BooleanField()

    def __init__(self, ids: Iterable[int]) -> None:
        super().__init__(F("id"))
        self.ids = ids

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> tuple[str, Any]:
        entry = compiler.compile(self.source_expressions[0])[0]
        return f"{entry} IN ({written(self.ids)})", ()


def written(ids: Iterable[int]) -> str:
    """Whole numbers as SQL has them; of none, what is in no table."""
    return ", ".join(map(str, map(int, ids))) or "NULL"


class Question(Func):
    """An expression over an entry that carries what is asked; each engine puts it in its own words."""

    arity = 1

    def __init__(self, asked: Asked) -> None:
        super().__init__(F("id"))
        self.asked = asked

    def in_fts5(self) -> str:
        return self.asked.in_fts5()

    def in_tsquery(self) -> str:
        return self.asked.in_tsquery()

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
    """How well it answers; more is better. Where `among` is given, only these entries are weighed."""

    output_field = FloatField()

    def __init__(self, asked: Asked, among: Sequence[int] | None = None) -> None:
        super().__init__(asked)
        self.among = among

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        """Ranks all hits once; FTS5, asked for one entry at a time, would count them all for each.

        The plus sign keeps it from doing just that with `among`: it walks along its hits, and weighs these.
        """
        only = "" if self.among is None else f"AND +rowid IN ({written(self.among)})"
        sql = f"""(
            WITH ranked AS MATERIALIZED (
                SELECT rowid AS entry, -bm25(newsroom_searchindex) AS score
                FROM newsroom_searchindex WHERE newsroom_searchindex MATCH %s {only}
            )
            SELECT score FROM ranked WHERE ranked.entry = {self._entry(compiler)}
        )"""  # noqa: S608 - a column's name, written by Django, and whole numbers
        return sql, (self.in_fts5(),)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        """By the length of the text too (1), as bm25 does: a name is short."""
        question = "to_tsquery('pg_catalog.simple', %s)"
        return f"ts_rank({self._vector(compiler)}, {question}, 1)", (self.in_tsquery(),)


def hits_of(asked: Asked, kinds: Iterable[str], most: int) -> dict[str, tuple[int, list[int]]]:
    """How many entries of each kind answer, counted up to `most`; and if they are no crowd, which, in no order.

    Kinds without any are absent.
    """
    kinds = list(kinds)
    if connection.vendor == "sqlite":
        rows = _of_each(_HITS["sqlite"], [asked.spelled(kind) for kind in kinds], most)
        return {kinds[place]: (hits, [*map(int, ids.split(","))] if ids else []) for place, hits, ids in rows if hits}
    # Kinds of which there are never very many at once: each would be looked up in the lists of the words anew.
    few = [kind for kind in kinds if kind not in MANY]
    statements: list[Statement] = [(_HITS_TOGETHER, [most, asked.in_tsquery(*few)])] if few else []
    statements += [(_HITS["postgresql"], [kind, asked.in_tsquery(kind), most]) for kind in kinds if kind in MANY]
    return {kind: (hits, ids or []) for kind, hits, ids in _answers(statements) if hits}


def telling(groups: Groups) -> Groups:
    """The words by which entries are weighed: bm25 first counts all that each finds, so none that finds too many."""
    if connection.vendor != "sqlite":
        return groups
    rows = _of_each(_COUNTED, [Asked([group]).spelled() for group in groups], TELLING + 1)
    return [groups[place] for place, hits in rows if hits <= TELLING]


def latest(asked: Asked, hits: Mapping[str, int], most: int, *, below: int = LARGEST_ID) -> dict[str, list[int]]:
    """At most so many entries of each kind that answer, of the smaller ids, the latest indexed first.

    `hits` tells how many each kind has, or may have; at least where they are more than a `CROWD`.
    """
    if connection.vendor == "sqlite":
        return _each_by_itself(asked, hits, below, most)
    crowds = [kind for kind, number in hits.items() if number > CROWD and kind in MANY]
    found = _all_at_once({_LATE: crowds, _SORTED: hits.keys() - set(crowds)}, asked, below, most)
    # Where the latest eras have too few, the latest ages have enough, or everything is soon read.
    lacking = [kind for kind in crowds if len(found[kind]) < most]
    likely = [kind for kind in lacking if len(found[kind]) * LATE_AGES * AGE >= most * LATE_ERAS * ERA]
    found |= _all_at_once({_LATER: likely, _SORTED: set(lacking) - set(likely)}, asked, below, most)
    return found | _all_at_once({_SORTED: [kind for kind in likely if len(found[kind]) < most]}, asked, below, most)


# PostgreSQL's index knows no order, and reads all that a word finds before it gives the first. So where there may be
# a crowd it is asked for the latest eras or ages alone, in which a crowd of today has enough, and then for everything.
_OF_LATE = """
    SELECT words && to_tsquery('pg_catalog.simple', array_to_string(array(
        SELECT '{name}' || greatest(newest - ago, 0) FROM generate_series(0, {ago}) AS ago
    ), '|'))
    FROM asked, (
        SELECT least(max(id), (SELECT below FROM asked)) / {size} AS newest FROM newsroom_searchentry
    ) AS entries
"""
_IN_LATE_ERAS = _OF_LATE.format(name=OF_ERA, size=ERA, ago=LATE_ERAS - 1)
_IN_LATE_AGES = _OF_LATE.format(name=OF_AGE, size=AGE, ago=LATE_AGES - 1)
_COUNTED = """
    SELECT %s AS place, (SELECT count(*) FROM (
        SELECT 1 FROM newsroom_searchindex WHERE newsroom_searchindex MATCH %s LIMIT %s
    )) AS hits
"""
_HITS = {
    "sqlite": f"""
        SELECT %s AS place, count(*) AS hits, CASE WHEN count(*) <= {CROWD} THEN group_concat(entry) END AS ids FROM (
            SELECT rowid AS entry FROM newsroom_searchindex WHERE newsroom_searchindex MATCH %s LIMIT %s
        ) AS found
    """,  # noqa: S608 - a text and a number of ours
    "postgresql": f"""(
        WITH asked AS MATERIALIZED (
            SELECT %s AS kind, to_tsquery('pg_catalog.simple', %s) AS words, %s::int AS most, {LARGEST_ID} AS below
        ), late AS MATERIALIZED (SELECT count(*) AS hits FROM (
            SELECT FROM newsroom_searchentry WHERE vector @@ ({_IN_LATE_AGES}) LIMIT (SELECT most FROM asked)
        ) AS found), every AS MATERIALIZED (SELECT CASE WHEN late.hits < most THEN (SELECT array_agg(id) FROM (
            SELECT id FROM newsroom_searchentry WHERE vector @@ (SELECT words FROM asked) LIMIT (SELECT most FROM asked)
        ) AS found) END AS ids FROM asked, late)
        SELECT kind, coalesce(cardinality(ids), late.hits) AS hits, CASE WHEN cardinality(ids) <= {CROWD} THEN ids END
        FROM asked, late, every
    )""",  # noqa: S608 - texts and a number of ours
}
_HITS_TOGETHER = f"""
    SELECT kind, least(count(*), %s) AS hits, CASE WHEN count(*) <= {CROWD} THEN array_agg(id) END
    FROM newsroom_searchentry WHERE vector @@ to_tsquery('pg_catalog.simple', %s) GROUP BY kind
"""  # noqa: S608 - a number of ours
_LATEST = """
    SELECT %s AS place, rowid AS entry FROM newsroom_searchindex
    WHERE newsroom_searchindex MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s
"""
# Fenced off: a planner that hopes for many hits would read all entries backwards until it has enough.
_FIRST_OF_EACH_KIND = """(
    WITH asked AS MATERIALIZED (SELECT to_tsquery('pg_catalog.simple', %s) AS words, %s AS below)
    SELECT kind, id FROM (
        SELECT kind, id, row_number() OVER (PARTITION BY kind ORDER BY id DESC) AS place FROM (
            SELECT kind, id FROM newsroom_searchentry WHERE vector @@ ({words}) OFFSET 0
        ) AS hits WHERE id < (SELECT below FROM asked)
    ) AS in_order WHERE place <= %s
)"""
_LATE = _FIRST_OF_EACH_KIND.format(words=_IN_LATE_ERAS)
_LATER = _FIRST_OF_EACH_KIND.format(words=_IN_LATE_AGES)
_SORTED = _FIRST_OF_EACH_KIND.format(words="SELECT words FROM asked")


def _each_by_itself(asked: Asked, kinds: Iterable[str], below: int, most: int) -> dict[str, list[int]]:
    kinds = list(kinds)
    entries: dict[str, list[int]] = {kind: [] for kind in kinds}
    for place, entry in sorted(_of_each(_LATEST, [asked.spelled(kind) for kind in kinds], below, most), reverse=True):
        entries[kinds[place]].append(entry)
    return entries


def _all_at_once(ways: Mapping[str, Collection[str]], asked: Asked, below: int, most: int) -> dict[str, list[int]]:
    """The entries of each kind, by the statements that are to find them."""
    entries: dict[str, list[int]] = {kind: [] for kinds in ways.values() for kind in kinds}
    rows = _answers([(sql, [asked.in_tsquery(*kinds), below, most]) for sql, kinds in ways.items() if kinds])
    for kind, entry in sorted(rows, key=itemgetter(1), reverse=True):
        entries[kind].append(entry)
    return entries


def _of_each(sql: str, spelled: Sequence[str], *values: int) -> list[tuple[Any, ...]]:
    """One statement for all these questions; each row begins with its question's place among them."""
    of_one = f"SELECT * FROM ({sql}) AS one"  # noqa: S608 - one of the texts above
    return _answers([(of_one, [place, words, *values]) for place, words in enumerate(spelled)])


def _answers(statements: Sequence[Statement]) -> list[tuple[Any, ...]]:
    """The rows of all statements, which are asked as one."""
    if not statements:
        return []
    with connection.cursor() as cursor:
        joined = " UNION ALL ".join(sql for sql, _values in statements)
        cursor.execute(joined, [value for _sql, values in statements for value in values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _fts5_words(words: str) -> str:
    return f'"{words[:-1]}" *' if words.endswith("*") else f'"{words}"'


def _tsquery_words(words: str) -> str:
    in_a_row = " <-> ".join(f"'{token}'" for token in words.removesuffix("*").split())
    return f"({in_a_row}{':*' if words.endswith('*') else ''})"
