from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _make(apps: object, schema_editor: Any) -> None:
    """The table of pairs of characters on SQLite, the column of them on PostgreSQL."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE VIRTUAL TABLE ledgers_searchgrams USING fts5(grams, content='', tokenize='ascii')"
        )
    else:
        schema_editor.execute("ALTER TABLE ledgers_searchline ADD COLUMN grams tsvector")
        schema_editor.execute("CREATE INDEX ledgers_searchline_grams ON ledgers_searchline USING gin (grams)")


def _drop(apps: object, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE ledgers_searchgrams")
    else:
        schema_editor.execute("ALTER TABLE ledgers_searchline DROP COLUMN grams")


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0006_record_links'),
        ('orgs', '0004_reminder_address'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('entry_id', models.BigIntegerField()),
                ('day', models.DateField(null=True)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'entry_id'], name='ledgers_sea_kind_6880f1_idx'), models.Index(fields=['branch', 'day'], name='ledgers_sea_branch__7f1359_idx')],
            },
        ),
        migrations.RunPython(_make, _drop),
    ]
