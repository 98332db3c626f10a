"""The full-text index over `SearchEntry.tokens`, in the words of either database."""

from django.db import migrations

from newsroom.search_sql import create_index, drop_index


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]

    operations = [migrations.RunPython(create_index, drop_index)]
