"""What a round's own notice says before its parts and calls its annexes, and who takes the minutes of a consultation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspection", "0013_judgement")]
    operations = [
        migrations.AddField(
            "round", "preamble", models.TextField("目的和依据", blank=True, default=""), preserve_default=False
        ),
        migrations.AddField("round", "annexes", models.JSONField("附件标题", default=list)),
        migrations.AddField(
            "visit", "recorder", models.CharField("记录人", max_length=40, blank=True, default=""), preserve_default=False
        ),
    ]
