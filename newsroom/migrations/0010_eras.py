"""PostgreSQL marks the eras of entries."""

from django.db import migrations

from newsroom.search_sql import renew_vectors


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0009_index_for_crowds"),
    ]

    operations = [
        migrations.RunPython(renew_vectors, migrations.RunPython.noop),
    ]
