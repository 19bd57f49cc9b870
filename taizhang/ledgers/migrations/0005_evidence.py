import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0004_all_ledgers'),
        ('orgs', '0003_more_of_terms_and_posts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='assessmentpoll',
            name='excellent_thrice',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='casestep',
            name='year',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='casetraining',
            name='is_enough',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name='developmentcase',
            name='latest_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='developmentcase',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='姓名'),
        ),
        migrations.AddField(
            model_name='election',
            name='seats_parity',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='expenseentry',
            name='days_before',
            field=models.IntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='lostmember',
            name='year',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='publicnotice',
            name='workdays',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='thoughtreport',
            name='window',
            field=models.CharField(default='', editable=False, max_length=7),
        ),
        migrations.AddField(
            model_name='transferrecord',
            name='receipt_due_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('name', models.CharField(max_length=150, verbose_name='文件名')),
                ('kind', models.CharField(choices=[('minutes', '会议记录扫描件'), ('sign_sheet', '签到表'), ('photo', '照片'), ('screenshot', '截图'), ('document', '文件'), ('receipt', '票据'), ('form', '表册')], max_length=12, verbose_name='类别')),
                ('mime', models.CharField(max_length=80)),
                ('size', models.PositiveBigIntegerField(verbose_name='大小')),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('mark', models.BigIntegerField(db_index=True, null=True)),
                ('mark_mirrored', models.BigIntegerField(null=True)),
                ('taken_at', models.DateTimeField(null=True, verbose_name='拍摄时间')),
                ('device', models.CharField(blank=True, max_length=60)),
                ('uploaded_at', models.DateTimeField(verbose_name='上传时间')),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '佐证材料',
            },
        ),
        migrations.CreateModel(
            name='EvidenceLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('entry_id', models.BigIntegerField()),
                ('on', models.DateField()),
                ('is_active', models.BooleanField(default=True)),
                ('linked_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='ledgers.evidencefile')),
                ('linked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='evidencefile',
            constraint=models.UniqueConstraint(fields=('branch', 'sha256'), name='evidence_once'),
        ),
        migrations.AddIndex(
            model_name='evidencelink',
            index=models.Index(fields=['kind', 'entry_id'], name='ledgers_evi_kind_180184_idx'),
        ),
        migrations.AddConstraint(
            model_name='evidencelink',
            constraint=models.UniqueConstraint(fields=('file', 'kind', 'entry_id'), name='evidence_link_once'),
        ),
    ]
