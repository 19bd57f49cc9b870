import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0001_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('running', '进行中'), ('done', '已完成'), ('failed', '失败')], default='running', max_length=10)),
                ('engine', models.CharField(max_length=20)),
                ('branches', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': '核查批次',
            },
        ),
        migrations.CreateModel(
            name='CheckScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='起')),
                ('to_on', models.DateField(verbose_name='止')),
                ('on', models.DateField(null=True, verbose_name='截至')),
                ('catalogue', models.CharField(max_length=60, verbose_name='要求模板')),
                ('changed_at', models.DateTimeField(verbose_name='设定时间')),
            ],
            options={
                'verbose_name': '核查范围',
            },
        ),
        migrations.CreateModel(
            name='SuspicionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=10)),
                ('rule', models.CharField(max_length=40)),
                ('severity', models.CharField(choices=[('error', '错误'), ('warn', '提醒'), ('info', '提示')], max_length=10)),
                ('window', models.CharField(max_length=10)),
                ('subject', models.BigIntegerField()),
                ('other', models.BigIntegerField()),
                ('found', models.BigIntegerField()),
                ('wanted', models.BigIntegerField()),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('certain', models.BooleanField(default=True)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspicions', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '疑点',
                'indexes': [models.Index(fields=['branch', 'item'], name='checks_susp_branch__39f4fc_idx'), models.Index(fields=['item', 'rule'], name='checks_susp_item_acacc8_idx')],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=10)),
                ('outcome', models.CharField(choices=[('not_applicable', '不适用'), ('not_due', '未到期'), ('missing', '缺失'), ('defective', '不规范'), ('ok', '齐全'), ('to_judge', '待人工判断')], max_length=20, verbose_name='结论')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                ('records', models.PositiveIntegerField(default=0, verbose_name='记录数')),
                ('errors', models.PositiveIntegerField(default=0, verbose_name='错误')),
                ('warns', models.PositiveIntegerField(default=0, verbose_name='提醒')),
                ('infos', models.PositiveIntegerField(default=0, verbose_name='提示')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '结论',
                'constraints': [models.UniqueConstraint(fields=('branch', 'item'), name='verdict_once')],
            },
        ),
    ]
