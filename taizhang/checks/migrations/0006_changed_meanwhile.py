import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checks', '0005_runs_that_stop'),
        ('orgs', '0005_personal'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangedMeanwhile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='orgs.organisation')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='checks.checkrun')),
            ],
            options={
                'verbose_name': '核查期间有变动的支部',
                'constraints': [models.UniqueConstraint(fields=('run', 'branch'), name='changed_once')],
            },
        ),
    ]
