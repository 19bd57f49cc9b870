import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checks', '0006_changed_meanwhile'),
        ('orgs', '0005_personal'),
    ]

    operations = [
        migrations.CreateModel(
            name='ToCompare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('record', models.BigIntegerField(null=True)),
                ('from_on', models.DateField(null=True)),
                ('last_on', models.DateField(null=True)),
                ('files', models.BooleanField(default=False)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='orgs.organisation')),
            ],
            options={
                'verbose_name': '待与其他支部比对的变动',
            },
        ),
    ]
