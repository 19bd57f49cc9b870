"""Drafts that the machine's word made with a basis that was printed for every rule: it is taken out, whoever confirms
them gives the true one. What was issued stays as it was read.
"""

from typing import Any

from django.db import migrations

FOR_EVERY_RULE = "附件2台账要求"
NOT_ISSUED = ("draft", "confirmed")


def take_out(apps: Any, schema_editor: Any) -> None:
    """Only where it stands as the machine wrote it."""
    del schema_editor
    found = apps.get_model("inspection", "Finding").objects.filter(basis=FOR_EVERY_RULE)
    found.exclude(rule="").filter(standing__in=NOT_ISSUED).update(basis="")


class Migration(migrations.Migration):
    dependencies = [("inspection", "0010_papers_frozen")]
    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
