"""Attaché: an editorial CMS for a science-diplomacy newsroom."""

import sys

__version__ = "0.1.0"


def _use_bundled_sqlite() -> None:
    """Let the pinned SQLite stand in for the system's, whose WAL mode can corrupt a database.

    SQLite before 3.51.3 has a race between a writer and a checkpoint. The swap has to happen before
    anything imports `sqlite3`; where the wheel does not install, the system check W001 speaks up.
    """
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_use_bundled_sqlite()
