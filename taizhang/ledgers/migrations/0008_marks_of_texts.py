import struct
from typing import Any

from django.db import migrations


def mark(apps: Any, schema_editor: Any) -> None:
    """Sketches on record get the marks that new ones are given when they are saved."""
    from taizhang.rules.sketch import nibbles

    del schema_editor
    model = apps.get_model("ledgers", "TextSketch")
    batch: list[Any] = []
    for row in model.objects.only("pk", "slots").iterator(2000):
        numbers = struct.unpack("<40I", bytes(row.slots))
        row.slots = struct.pack("<40I2q", *numbers, *nibbles(numbers[:32]))
        batch.append(row)
        if len(batch) == 2000:
            model.objects.bulk_update(batch, ["slots"], 200)
            batch = []
    model.objects.bulk_update(batch, ["slots"], 200)


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0007_marks_of_speeches_and_names")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
