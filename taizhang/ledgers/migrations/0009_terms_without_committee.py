from typing import Any

from django.db import migrations, models
from django.db.models import F


def ask_as_many(apps: Any, schema_editor: Any) -> None:
    """Where no committee was elected, as many candidates as seats were right all along."""
    del schema_editor
    elections = apps.get_model("ledgers", "Election").objects.filter(seats__lte=2)
    elections.update(least_candidates=F("seats"), seats_parity=1)


def read_years(apps: Any, schema_editor: Any) -> None:
    """Matters made public get the year that they are of."""
    from taizhang.ledgers.kinds.disclosures import about

    del schema_editor
    for row in apps.get_model("ledgers", "Disclosure").objects.iterator(2000):
        row.about_on = about(row.title, row.content, row.from_on)
        row.save(update_fields=["about_on"])


def sketch_columns(apps: Any, schema_editor: Any) -> None:
    """Columns that are compared by themselves get their sketches, as when they are saved."""
    import struct

    from taizhang.kernel.text import wording
    from taizhang.rules import sketch

    del schema_editor
    model = apps.get_model("ledgers", "TextSketch")
    for name, slug, columns in (("Meeting", "meetings", ("content", "discussion")), ("OrgLifeMeeting", "life-meetings", ("self_examination",))):
        rows = apps.get_model("ledgers", name).objects.filter(withdrawn_at__isnull=True)
        for row in rows.iterator(2000):
            for column in columns:
                plain = wording(getattr(row, column))
                if len(plain) >= 60:
                    slots = sketch.sketch(plain)
                    packed = struct.pack("<40I2q", *slots, *sketch.bands(slots), *sketch.nibbles(slots))
                    model.objects.create(
                        branch_id=row.branch_id, kind=f"{slug}.{column}", entry_id=row.pk, about=getattr(row, "kind", ""),
                        on=row.held_on, length=len(plain), slots=packed,
                    )


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0008_marks_of_texts'),
    ]

    operations = [
        migrations.RunPython(ask_as_many, migrations.RunPython.noop),
        migrations.AddField(
            model_name='disclosure',
            name='about_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.RunPython(read_years, migrations.RunPython.noop),
        migrations.RunPython(sketch_columns, migrations.RunPython.noop),
    ]
