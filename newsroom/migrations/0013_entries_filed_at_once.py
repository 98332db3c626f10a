"""PostgreSQL files search entries as they are saved."""

from django.db import migrations

from newsroom.search_sql import file_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0012_texts_of_windows"),
    ]

    operations = [
        migrations.RunPython(file_at_once, migrations.RunPython.noop),
    ]
