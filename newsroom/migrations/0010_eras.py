from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from newsroom.search_sql import create_index, drop_index


def mark(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let PostgreSQL mark the eras of entries."""
    if schema_editor.connection.vendor == "postgresql":
        drop_index(apps, schema_editor)
        create_index(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0009_index_for_crowds"),
    ]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
