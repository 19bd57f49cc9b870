from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0001_whole'),
        ('orgs', '0002_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='duespayment',
            index=models.Index(fields=['-month', '-id'], name='ledgers_due_month_3efaa4_idx'),
        ),
    ]
