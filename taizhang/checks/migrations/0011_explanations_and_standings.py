"""What branches say of suspicions, and how they stood when a check of everybody ended."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checks', '0009_matching'),
        ('orgs', '0015_calendar_to_2026'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='checkrun',
            name='by',
            field=models.CharField(blank=True, max_length=16, verbose_name='依据'),
        ),
        migrations.AddField(
            model_name='checkrun',
            name='catalogue',
            field=models.CharField(blank=True, max_length=60, verbose_name='要求模板'),
        ),
        migrations.CreateModel(
            name='BranchExplanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('window', models.CharField(max_length=10)),
                ('subject', models.BigIntegerField()),
                ('other', models.BigIntegerField()),
                ('found', models.BigIntegerField()),
                ('wanted', models.BigIntegerField()),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('certain', models.BooleanField(default=True)),
                ('text', models.CharField(max_length=300, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='终止')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '支部说明',
                'indexes': [models.Index(fields=['branch', 'ended_at'], name='checks_bran_branch__5c7044_idx')],
            },
        ),
        migrations.CreateModel(
            name='RunStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fine', models.PositiveIntegerField(verbose_name='齐全的项')),
                ('bad', models.PositiveIntegerField(verbose_name='缺失或不规范的项')),
                ('unsure', models.PositiveIntegerField(verbose_name='待判断的项')),
                ('live', models.PositiveIntegerField(verbose_name='当时登记的活动记录')),
                ('timely', models.PositiveIntegerField(verbose_name='其中及时登记的')),
                ('told', models.JSONField(default=dict, verbose_name='各项')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='checks.checkrun')),
            ],
            options={
                'verbose_name': '核查时的情况',
                'constraints': [models.UniqueConstraint(fields=('run', 'branch'), name='standing_once')],
            },
        ),
    ]
