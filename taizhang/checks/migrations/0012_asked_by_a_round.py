"""The scope knows the round that set it, and which items its notice asks for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checks", "0011_explanations_and_standings")]
    operations = [
        migrations.AddField(
            "checkscope", "asked", models.JSONField("通知所列项目", default=list)
        ),
        migrations.AddField(
            "checkscope",
            "asked_by",
            models.CharField("督查轮次", max_length=200, blank=True, default=""),
        ),
        migrations.AddField("checkscope", "asked_round", models.BigIntegerField(null=True)),
    ]
