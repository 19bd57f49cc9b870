from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checks', '0004_editions'),
    ]

    operations = [
        migrations.AddField(
            model_name='checkrun',
            name='beat_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='checkrun',
            name='stop_asked',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='checkrun',
            name='state',
            field=models.CharField(choices=[('running', '进行中'), ('done', '已完成'), ('failed', '失败'), ('stopped', '已停止')], default='running', max_length=10),
        ),
    ]
