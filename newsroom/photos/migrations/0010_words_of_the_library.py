from django.db import migrations

import newsroom.photos.models.words
from newsroom.photos.models.words import folded


def fold(apps, schema_editor):
    """Those that are there already; the former release, which knows no such column, may go on beside it."""
    photos = apps.get_model("photos", "Photo")._base_manager
    for photo in photos.order_by("pk").iterator(chunk_size=500):
        photos.filter(pk=photo.pk).update(words=folded(photo))


class Migration(migrations.Migration):

    dependencies = [
        ('photos', '0009_what_files_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='words',
            field=newsroom.photos.models.words.WordsField(default='', editable=False),
        ),
        migrations.RunPython(fold, migrations.RunPython.noop, elidable=True),
    ]
