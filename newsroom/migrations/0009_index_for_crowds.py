"""PostgreSQL forgets what it has learnt of the vectors, for which it would read the whole table."""

from django.db import migrations

from newsroom.search_sql import renew_vectors


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0008_entries_by_kind_and_title"),
    ]

    operations = [
        migrations.RunPython(renew_vectors, migrations.RunPython.noop),
    ]
