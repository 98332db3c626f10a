"""Editions that were killed or taken down are marked, so that they are never shown again."""

from importlib import import_module

from django.db import migrations, models

overlap = import_module("newsroom.articles.migrations.0004_editions_never_overlap")


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_what_a_cancellation_restores")]

    operations = [
        # SQLite builds the table anew for a column with a default, and its triggers go with the old one.
        migrations.RunPython(overlap.drop, overlap.create),
        migrations.AddField(
            model_name="edition",
            name="is_struck",
            field=models.BooleanField(
                default=False,
                help_text="Killed or taken down: never to be shown again.",
                verbose_name="struck",
            ),
        ),
        migrations.RunPython(overlap.create, overlap.drop),
    ]
