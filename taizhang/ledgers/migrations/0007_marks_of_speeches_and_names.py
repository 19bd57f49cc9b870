from typing import Any

from django.db import migrations, models


SPEECH_FROM = 30


def mark_speeches(apps: Any, schema_editor: Any) -> None:
    """Speeches on record get the marks that new ones are given when they are saved."""
    from taizhang.kernel.text import bare
    from taizhang.rules.sketch import nibbles, sketch

    del schema_editor
    speech = apps.get_model("ledgers", "Speech")
    batch: list[Any] = []
    for row in speech.objects.only("pk", "text").iterator(2000):
        if len(bare(row.text)) >= SPEECH_FROM:
            row.like_low, row.like_high = nibbles(sketch(row.text))
            batch.append(row)
        if len(batch) == 2000:
            speech.objects.bulk_update(batch, ["like_low", "like_high"], 200)
            batch = []
    speech.objects.bulk_update(batch, ["like_low", "like_high"], 200)


def read_names(apps: Any, schema_editor: Any) -> None:
    """Files on record get the days that their names give."""
    from taizhang.rules.phrases import day_in_name

    del schema_editor
    model = apps.get_model("ledgers", "EvidenceFile")
    for row in model.objects.only("pk", "name").iterator(2000):
        row.named_on = day_in_name(row.name)
        if row.named_on is not None:
            row.save(update_fields=["named_on"])


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0006_disposal'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='speech',
            name='mark',
        ),
        migrations.AddField(
            model_name='speech',
            name='like_high',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='speech',
            name='like_low',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='evidencefile',
            name='named_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.RunPython(read_names, migrations.RunPython.noop),
        migrations.RunPython(mark_speeches, migrations.RunPython.noop),
    ]
