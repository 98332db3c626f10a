"""No two editions of a story are visible at the same moment: the database itself sees to it."""

from django.db import migrations

SQLITE_RULE = """
CREATE TRIGGER edition_no_overlap_{moment} BEFORE {event} ON articles_edition
WHEN NEW.visible_from < NEW.visible_until AND EXISTS (
    SELECT 1 FROM articles_edition AS other
    WHERE other.article_id = NEW.article_id AND other.id IS NOT NEW.id
      AND other.visible_from < other.visible_until
      AND other.visible_from < NEW.visible_until AND NEW.visible_from < other.visible_until
)
BEGIN SELECT RAISE(ABORT, 'edition_no_overlap: another edition of this story is visible then'); END
"""
EVENTS = {"insert": "INSERT", "update": "UPDATE OF article_id, visible_from, visible_until"}

POSTGRESQL_RULE = """
ALTER TABLE articles_edition ADD CONSTRAINT edition_no_overlap
EXCLUDE USING gist (article_id WITH =, tstzrange(visible_from, visible_until) WITH &&)
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        schema_editor.execute(POSTGRESQL_RULE)
        return
    for moment, event in EVENTS.items():
        schema_editor.execute(SQLITE_RULE.format(moment=moment, event=event))


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE articles_edition DROP CONSTRAINT edition_no_overlap")
        return
    for moment in EVENTS:
        schema_editor.execute(f"DROP TRIGGER edition_no_overlap_{moment}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_initial")]

    operations = [migrations.RunPython(create, drop)]
