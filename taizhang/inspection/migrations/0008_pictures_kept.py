import django.db.models.deletion
import taizhang.kernel.secret
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0007_changes_after_the_picture'),
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('catalogue', models.CharField(max_length=60, verbose_name='要求模板')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('on', models.DateField()),
                ('facts', taizhang.kernel.secret.SealedTextField()),
                ('digest', models.CharField(max_length=64)),
                ('told', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(verbose_name='核查时点')),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='inspection.visit')),
            ],
            options={
                'verbose_name': '冻结的核查结论',
            },
        ),
    ]
