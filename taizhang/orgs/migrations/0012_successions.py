"""Who goes on with the work of an organisation that was dissolved."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orgs", "0011_heads")]
    operations = [
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField("承接日期")),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="successions",
                        to="orgs.Organisation",
                        verbose_name="撤销的",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inheritances",
                        to="orgs.Organisation",
                        verbose_name="承接的",
                    ),
                ),
            ],
            options={"verbose_name": "承接", "ordering": ("from_on", "pk")},
        ),
        migrations.AddConstraint(
            "succession",
            models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
        ),
    ]
