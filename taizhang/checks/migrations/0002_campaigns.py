from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checks', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='checkscope',
            name='topics',
            field=models.JSONField(default=list, verbose_name='专项活动'),
        ),
    ]
