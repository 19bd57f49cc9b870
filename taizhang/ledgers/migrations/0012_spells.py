from typing import Any

from django.db import migrations, models


def mark_documents(apps: Any, schema_editor: Any) -> None:
    """Rule documents on record get the marks that new ones are given when they are saved."""
    from taizhang.kernel.text import fingerprint

    del schema_editor
    sections: dict[int, str] = {}
    for owner, text in (
        apps.get_model("ledgers", "DutySection").objects.order_by("pk").values_list("document_id", "text")
    ):
        sections[owner] = sections.get(owner, "") + text
    document = apps.get_model("ledgers", "PolicyDocument")
    batch = list(document.objects.only("pk", "text"))
    for row in batch:
        row.text_mark = fingerprint(row.text + sections.get(row.pk, ""))
    document.objects.bulk_update(batch, ["text_mark"], 200)


def nothing(apps: Any, schema_editor: Any) -> None:
    """The marks go with their column."""


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0011_papers'),
    ]

    operations = [
        migrations.AddField(
            model_name='policydocument',
            name='text_mark',
            field=models.CharField(default='', editable=False, max_length=16),
        ),
        migrations.RunPython(mark_documents, nothing),
    ]
