import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from taizhang.kernel.db.create_together import CreateTogether


class Migration(migrations.Migration):
    """All that came before as one step, so that an empty database is made in a second."""

    replaces = [
        ('checks', '0001_initial'),
        ('checks', '0002_campaigns'),
        ('checks', '0003_dismissals'),
        ('checks', '0004_editions'),
        ('checks', '0005_runs_that_stop'),
        ('checks', '0006_changed_meanwhile'),
        ('checks', '0007_to_compare'),
        ('checks', '0008_told'),
    ]

    initial = True

    dependencies = [
        ('orgs', '0010_all_at_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
        migrations.CreateModel(
            name='CheckRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('running', '进行中'), ('done', '已完成'), ('failed', '失败'), ('stopped', '已停止')], default='running', max_length=10)),
                ('engine', models.CharField(max_length=20)),
                ('branches', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('beat_at', models.DateTimeField(null=True)),
                ('stop_asked', models.BooleanField(default=False)),
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
                ('topics', models.JSONField(default=list, verbose_name='专项活动')),
                ('changed_at', models.DateTimeField(verbose_name='设定时间')),
            ],
            options={
                'verbose_name': '核查范围',
            },
        ),
        migrations.CreateModel(
            name='Judged',
            fields=[
                ('branch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='judged', serialize=False, to='orgs.organisation')),
                ('by', models.CharField(max_length=16, verbose_name='依据')),
                ('compared', models.BooleanField(default=False, verbose_name='已与其他支部比对')),
                ('at', models.DateTimeField(verbose_name='核查时间')),
            ],
            options={
                'verbose_name': '支部核查',
            },
        ),
        migrations.CreateModel(
            name='Dismissal',
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
                ('severity', models.CharField(max_length=10)),
                ('explanation', models.CharField(choices=[('seen', '已查看原件，情况相符'), ('late', '名册、日期等登记滞后，事实无误'), ('approved', '上级已批准或另有规定'), ('twice', '同一活动重复登记'), ('together', '合并召开或联合开展'), ('template', '使用统一模板'), ('no_exif', '照片拍摄信息被聊天软件去除'), ('clock', '相机时钟不准'), ('other', '其他（须写明）')], max_length=10, verbose_name='解释')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='终止')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '疑点排除',
            },
        ),
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
            },
        ),
        migrations.CreateModel(
            name='SuspicionRow',
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
                ('item', models.CharField(max_length=10)),
                ('severity', models.CharField(choices=[('error', '错误'), ('warn', '提醒'), ('info', '提示')], max_length=10)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspicions', to='orgs.organisation')),
                ('dismissal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='suspicions', to='checks.dismissal')),
            ],
            options={
                'verbose_name': '疑点',
            },
        ),
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
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=10)),
                ('outcome', models.CharField(choices=[('not_applicable', '不适用'), ('not_due', '未到期'), ('missing', '缺失'), ('defective', '不规范'), ('ok', '齐全'), ('to_judge', '待人工判断'), ('unchecked', '未核对')], max_length=20, verbose_name='结论')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                ('records', models.PositiveIntegerField(default=0, verbose_name='记录数')),
                ('errors', models.PositiveIntegerField(default=0, verbose_name='错误')),
                ('warns', models.PositiveIntegerField(default=0, verbose_name='提醒')),
                ('infos', models.PositiveIntegerField(default=0, verbose_name='提示')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '结论',
            },
        ),
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
        migrations.AddIndex(
            model_name='dismissal',
            index=models.Index(fields=['branch', 'ended_at'], name='checks_dism_branch__3075a8_idx'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('base', 'number'), name='edition_once'),
        ),
        migrations.AddIndex(
            model_name='suspicionrow',
            index=models.Index(fields=['branch', 'item'], name='checks_susp_branch__39f4fc_idx'),
        ),
        migrations.AddIndex(
            model_name='suspicionrow',
            index=models.Index(fields=['item', 'rule'], name='checks_susp_item_acacc8_idx'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(fields=('branch', 'item'), name='verdict_once'),
        ),
        ]),
    ]
