from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0003_rounds_on_site'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='window',
            field=models.CharField(blank=True, max_length=10),
        ),
    ]
