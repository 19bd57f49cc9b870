from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='rounditem',
            name='is_topic',
            field=models.BooleanField(default=False, verbose_name='专项活动'),
        ),
    ]
