"""A text says whether its record was held together with another unit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0012_spells'),
    ]

    operations = [
        migrations.AddField(
            model_name='textsketch',
            name='joint',
            field=models.BooleanField(default=False),
        ),
    ]
