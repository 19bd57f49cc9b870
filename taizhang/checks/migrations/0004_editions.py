import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checks', '0003_dismissals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='名称')),
                ('base', models.CharField(max_length=60, verbose_name='要求模板')),
                ('number', models.PositiveIntegerField(verbose_name='版次')),
                ('note', models.CharField(max_length=100, verbose_name='说明')),
                ('content', models.TextField(verbose_name='内容')),
                ('at', models.DateTimeField(verbose_name='发布时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '要求模板版次',
                'constraints': [models.UniqueConstraint(fields=('base', 'number'), name='edition_once')],
            },
        ),
    ]
