"""The one counter row, and the five groups of the desk."""

from django.db import migrations

GROUPS = ("Reporter", "Editor", "Photo editor", "Chief editor", "Administrator")


def create(apps, schema_editor):
    apps.get_model("newsroom", "FeedHead").objects.get_or_create(pk=1)
    for name in GROUPS:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0002_search_index"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
