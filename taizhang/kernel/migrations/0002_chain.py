from typing import Any

from django.db import migrations, models

from taizhang.kernel.journal import chain
from taizhang.kernel.journal.append_only import CREATE, DROP


def _chain(apps: Any, schema_editor: Any) -> None:
    """Lines of before get their numbers and hashes in the order in which they were written."""
    del schema_editor
    line_class = apps.get_model("kernel", "JournalLine")
    before, waiting = chain.BEGINNING, []
    for seq, line in enumerate(line_class.objects.order_by("pk").iterator(), start=1):
        line.seq, line.prev = seq, before
        line.hash = before = chain.hash_of(line, chain.algorithm())
        waiting.append(line)
        if len(waiting) == 2000:
            line_class.objects.bulk_update(waiting, ["seq", "prev", "hash"], batch_size=500)
            waiting = []
    line_class.objects.bulk_update(waiting, ["seq", "prev", "hash"], batch_size=500)


def _protect(apps: Any, schema_editor: Any) -> None:
    del apps
    for sql in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


def _unprotect(apps: Any, schema_editor: Any) -> None:
    del apps
    for sql in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="journalline", options={"ordering": ("seq",), "verbose_name": "日志"}),
        migrations.AddField("journalline", "origin", models.CharField("来源地址", max_length=45, blank=True, default=""), preserve_default=False),
        migrations.AddField("journalline", "seq", models.PositiveBigIntegerField("序号", null=True)),
        migrations.AddField("journalline", "prev", models.CharField("前一条", max_length=80, default=""), preserve_default=False),
        migrations.AddField("journalline", "hash", models.CharField("校验码", max_length=80, default=""), preserve_default=False),
        migrations.RunPython(_chain, migrations.RunPython.noop),
        migrations.AlterField("journalline", "seq", models.PositiveBigIntegerField("序号", unique=True)),
        migrations.RunPython(_protect, _unprotect),
    ]
