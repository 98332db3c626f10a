from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from newsroom.search_sql import create_index, drop_index


def let_go(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes the table anew, and drops the triggers of the index with it."""
    if schema_editor.connection.vendor == "sqlite":
        drop_index(apps, schema_editor)


def take_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        create_index(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0010_eras"),
    ]

    operations = [
        migrations.RunPython(let_go, take_up),
        migrations.AddField(
            model_name="searchentry",
            name="marks",
            field=models.TextField(
                blank=True,
                default="",
                help_text="its language, topics and countries, as the full-text index has them",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(take_up, let_go),
    ]
