"""A version of a catalogue that was made for one round knows which version it was made from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checks", "0008_all_at_once")]
    operations = [
        migrations.AddField(
            "edition",
            "made_from",
            models.CharField("由哪一版", max_length=60, blank=True, default=""),
            preserve_default=False,
        ),
    ]
