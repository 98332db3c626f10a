from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from newsroom.search_sql import create_index, drop_index


def make_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let PostgreSQL forget what it has learnt of the vectors, for which it would read the whole table."""
    if schema_editor.connection.vendor == "postgresql":
        drop_index(apps, schema_editor)
        create_index(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0008_entries_by_kind_and_title"),
    ]

    operations = [
        migrations.RunPython(make_again, migrations.RunPython.noop),
    ]
