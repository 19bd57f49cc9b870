"""The key under which sealed values are marked in the hashes of rows."""

from __future__ import annotations

from django.db import migrations, models

import taizhang.kernel.secret


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("kernel", "0004_jobs")]
    operations = [
        migrations.CreateModel(
            name="RowKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", taizhang.kernel.secret.SealedTextField()),
            ],
            options={"verbose_name": "记录校验密钥"},
        ),
    ]
