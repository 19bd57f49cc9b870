"""What people decided about the lines of requirement tables, and how often a line asks where a column says it."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _kept(*fields: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("mark", models.CharField(max_length=16, unique=True)),
        *fields,
        ("at", models.DateTimeField("时间")),
        (
            "by",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("inspection", "0014_papers"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(
            "rounditem",
            "frequency",
            models.CharField("频次", max_length=100, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="LineDecision",
            fields=_kept(
                ("title", models.CharField("内容", max_length=300)),
                ("items", models.JSONField("对应项目", default=list)),
            ),
            options={"verbose_name": "要求对应"},
        ),
        migrations.CreateModel(
            name="RuleDecision",
            fields=_kept(
                ("told", models.CharField("规则", max_length=200)),
                (
                    "verdict",
                    models.CharField(
                        "决定",
                        max_length=10,
                        choices=[("adopted", "采用"), ("changed", "改"), ("rejected", "不用")],
                    ),
                ),
                ("every", models.CharField("周期", max_length=10)),
                ("at_least", models.PositiveIntegerField("至少")),
            ),
            options={"verbose_name": "规则决定"},
        ),
    ]
