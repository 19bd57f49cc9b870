"""What a search asks of each of thousands of hits lies together, apart from their texts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0021_burden'),
        ('orgs', '0015_calendar_to_2026'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='searchline',
            index=models.Index(fields=['id', 'branch', 'day', 'kind'], name='search_line_of_hit'),
        ),
    ]
