from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from taizhang.kernel.journal.append_only import CREATE, CREATE_WHOLE, DROP, DROP_WHOLE


def _protect(apps: Any, schema_editor: Any) -> None:
    del apps
    vendor = schema_editor.connection.vendor
    for sql in [*CREATE[vendor], *CREATE_WHOLE[vendor]]:
        schema_editor.execute(sql)


def _unprotect(apps: Any, schema_editor: Any) -> None:
    del apps
    vendor = schema_editor.connection.vendor
    for sql in [*DROP_WHOLE[vendor], *DROP[vendor]]:
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    """All that came before as one step, so that an empty database is made in a second."""

    replaces = [
        ('kernel', '0001_initial'),
        ('kernel', '0002_chain'),
        ('kernel', '0003_truncate'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JournalLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(unique=True, verbose_name='序号')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('verb', models.CharField(max_length=60, verbose_name='操作')),
                ('subject', models.CharField(db_index=True, max_length=120, verbose_name='对象')),
                ('detail', models.JSONField(default=dict, verbose_name='内容')),
                ('origin', models.CharField(blank=True, max_length=45, verbose_name='来源地址')),
                ('prev', models.CharField(max_length=80, verbose_name='前一条')),
                ('hash', models.CharField(max_length=80, verbose_name='校验码')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
            ],
            options={
                'verbose_name': '日志',
                'ordering': ('seq',),
            },
        ),
        migrations.RunPython(_protect, _unprotect),
    ]
