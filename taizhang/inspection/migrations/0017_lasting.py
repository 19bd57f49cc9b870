"""The branch tells the 长效机制 of its 整改报告."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspection", "0016_published_plans")]
    operations = [
        migrations.AddField("visit", "lasting", models.TextField("长效机制", blank=True, default=""), preserve_default=False),
    ]
