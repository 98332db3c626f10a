from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As each edition printed them."""
    using = schema_editor.connection.alias
    edition = apps.get_model("articles", "Edition").objects.using(using).filter(pk=OuterRef("edition"))
    printed = {name: Subquery(edition.values(name)) for name in ("kind", "language")}
    apps.get_model("articles", "EditionFacet").objects.using(using).update(**printed)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_withdrawals_newest_first"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="editionfacet", name="editionfacet_walk"),
        migrations.AddField(
            model_name="editionfacet",
            name="kind",
            field=models.CharField(
                choices=[
                    ("report", "Report"),
                    ("analysis", "Analysis"),
                    ("brief", "Brief"),
                    ("interview", "Interview"),
                    ("notice", "Notice"),
                ],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="editionfacet",
            name="language",
            field=models.CharField(choices=[("en", "English"), ("ko", "Korean")], db_default="", max_length=8),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="editionfacet",
            index=models.Index(
                fields=[
                    "facet",
                    "value",
                    "-first_published_at",
                    "-article",
                    "visible_from",
                    "visible_until",
                    "kind",
                    "language",
                    "edition",
                ],
                name="editionfacet_walk",
            ),
        ),
    ]
