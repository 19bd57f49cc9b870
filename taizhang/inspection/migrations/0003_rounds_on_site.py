from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _teams_as_rows(apps: Any, schema_editor: Any) -> None:
    """What the notice said of a team becomes a row for each member."""
    del schema_editor
    member = apps.get_model("inspection", "TeamMember")
    for area in apps.get_model("inspection", "RoundArea").objects.all():
        named = [("leader", area.leader)] if area.leader else []
        named += [("deputy", name) for name in area.deputies] + [("member", name) for name in area.members]
        member.objects.bulk_create(member(area=area, role=role, name=name[:40]) for role, name in named)


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0002_topics'),
        ('ledgers', '0002_dues_by_month'),
        ('orgs', '0002_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='previous',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_rounds', to='inspection.round', verbose_name='上一轮'),
        ),
        migrations.AddField(
            model_name='round',
            name='scored',
            field=models.BooleanField(default=False, verbose_name='计分'),
        ),
        migrations.AlterField(
            model_name='round',
            name='standing',
            field=models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('self_check', '自查中'), ('inspecting', '督查中'), ('consulting', '会商中'), ('fed_back', '已反馈'), ('rectifying', '整改中'), ('verifying', '复核中'), ('closed', '已办结'), ('archived', '已归档')], default='draft', max_length=20, verbose_name='状态'),
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('number', models.CharField(blank=True, db_index=True, max_length=60, verbose_name='编号')),
                ('facts', models.TextField(verbose_name='具体表现')),
                ('basis', models.CharField(blank=True, max_length=500, verbose_name='依据')),
                ('suggestion', models.TextField(blank=True, verbose_name='整改建议')),
                ('severity', models.CharField(choices=[('minor', '一般'), ('serious', '较严重'), ('grave', '严重')], default='minor', max_length=10, verbose_name='严重程度')),
                ('source', models.CharField(choices=[('machine', '自动检查'), ('site', '现场查阅'), ('consultation', '会商'), ('masses', '群众反映')], default='site', max_length=14, verbose_name='来源')),
                ('manner', models.CharField(choices=[('at_once', '立行立改'), ('by_deadline', '限期整改'), ('long_term', '长期坚持')], default='by_deadline', max_length=12, verbose_name='整改类型')),
                ('deadline', models.DateField(null=True, verbose_name='整改时限')),
                ('rule', models.CharField(blank=True, max_length=40)),
                ('standing', models.CharField(choices=[('draft', '草拟'), ('dropped', '草拟撤销'), ('confirmed', '组内确认'), ('issued', '已反馈'), ('acknowledged', '已签收'), ('disputed', '申诉中'), ('cancelled', '申诉撤销'), ('rectifying', '整改中'), ('submitted', '待核查'), ('returned', '退回'), ('long_term', '转长期坚持'), ('closed', '已销号'), ('reopened', '反弹')], default='draft', max_length=14, verbose_name='状态')),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspection.rounditem')),
                ('repeat_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeats', to='inspection.finding', verbose_name='上轮问题')),
                ('seconded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '问题',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='FindingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=20)),
                ('standing', models.CharField(choices=[('draft', '草拟'), ('dropped', '草拟撤销'), ('confirmed', '组内确认'), ('issued', '已反馈'), ('acknowledged', '已签收'), ('disputed', '申诉中'), ('cancelled', '申诉撤销'), ('rectifying', '整改中'), ('submitted', '待核查'), ('returned', '退回'), ('long_term', '转长期坚持'), ('closed', '已销号'), ('reopened', '反弹')], max_length=14)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='inspection.finding')),
            ],
            options={
                'verbose_name': '问题流转',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Preparation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=100, verbose_name='事项')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preparations', to='inspection.roundsession')),
            ],
            options={
                'verbose_name': '会场准备',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=1000, verbose_name='进展')),
                ('percent', models.PositiveIntegerField(default=0, verbose_name='完成比例')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='inspection.finding')),
            ],
            options={
                'verbose_name': '整改进展',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='问题')),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, verbose_name='答复')),
                ('answered_at', models.DateTimeField(null=True)),
                ('for_all', models.BooleanField(default=False, verbose_name='公开答复')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='inspection.round')),
            ],
            options={
                'verbose_name': '答疑',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Rectification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(blank=True, max_length=300, verbose_name='整改目标')),
                ('measure', models.TextField(verbose_name='整改措施')),
                ('leader_name', models.CharField(max_length=40, verbose_name='责任领导')),
                ('responsible_name', models.CharField(max_length=40, verbose_name='责任人')),
                ('deadline', models.DateField(verbose_name='完成时限')),
                ('meeting', models.BigIntegerField(null=True, verbose_name='通过方案的支委会')),
                ('result', models.TextField(blank=True, verbose_name='整改结果')),
                ('submitted_at', models.DateTimeField(null=True)),
                ('verified_at', models.DateTimeField(null=True)),
                ('opinion', models.CharField(blank=True, max_length=500, verbose_name='核查意见')),
                ('closed_on', models.DateField(null=True, verbose_name='销号日期')),
                ('finding', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rectification', to='inspection.finding')),
                ('verified_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '整改',
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', '组长'), ('deputy', '副组长'), ('member', '组员')], max_length=10, verbose_name='职务')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('items', models.JSONField(default=list, verbose_name='分工')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='inspection.roundarea')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ],
            options={
                'verbose_name': '督查组成员',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('waiting', '未报到'), ('reading', '查阅中'), ('to_consult', '待会商'), ('consulted', '已会商'), ('fed_back', '已反馈')], default='waiting', max_length=12, verbose_name='状态')),
                ('planned_at', models.TimeField(null=True, verbose_name='预定时间')),
                ('pack', models.JSONField(default=dict)),
                ('packed_at', models.DateTimeField(null=True, verbose_name='核查时点')),
                ('started_at', models.DateTimeField(null=True, verbose_name='开始')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='结束')),
                ('achievements', models.TextField(blank=True, verbose_name='肯定的成绩和经验')),
                ('advice', models.TextField(blank=True, verbose_name='意见建议和改进措施')),
                ('own_words', models.TextField(blank=True, verbose_name='被督查党组织意见')),
                ('version', models.PositiveIntegerField(default=1)),
                ('team_signed_at', models.DateTimeField(null=True)),
                ('branch_signed_at', models.DateTimeField(null=True)),
                ('branch_signed_by', models.CharField(blank=True, max_length=40, verbose_name='被督查单位负责人')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='visits', to='inspection.roundsession')),
                ('team_signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='visit', to='inspection.roundunit')),
            ],
            options={
                'verbose_name': '现场督查',
                'ordering': ('session', 'planned_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SitePhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inspection.rounditem')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='inspection.visit')),
            ],
            options={
                'verbose_name': '现场照片',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='LookBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('verdict', models.CharField(choices=[('mended', '已整改'), ('partly', '部分整改'), ('not_mended', '未整改')], max_length=12, verbose_name='整改情况')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('made_at', models.DateTimeField()),
                ('holds', models.BooleanField(default=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='look_backs', to='inspection.finding')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='look_backs', to='inspection.visit')),
            ],
            options={
                'verbose_name': '上轮问题复查',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('issued_on', models.DateField(verbose_name='反馈日期')),
                ('plan_due_on', models.DateField(verbose_name='整改方案报送时限')),
                ('report_due_on', models.DateField(verbose_name='整改报告报送时限')),
                ('frozen', models.JSONField(default=dict)),
                ('signed_at', models.DateTimeField(null=True, verbose_name='签收时间')),
                ('signed_by', models.CharField(blank=True, max_length=40, verbose_name='签收人')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='inspection.visit')),
            ],
            options={
                'verbose_name': '反馈意见',
            },
        ),
        migrations.CreateModel(
            name='Highlight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('text', models.CharField(max_length=500, verbose_name='亮点')),
                ('standing', models.CharField(choices=[('draft', '草拟'), ('confirmed', '确认'), ('promoted', '推广')], default='draft', max_length=10, verbose_name='状态')),
                ('made_at', models.DateTimeField()),
                ('gone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inspection.rounditem')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='highlights', to='inspection.visit')),
            ],
            options={
                'verbose_name': '亮点',
                'ordering': ('pk',),
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='inspection.visit'),
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(max_length=20, verbose_name='身份')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('present', models.BooleanField(default=False, verbose_name='到场')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='inspection.visit')),
            ],
            options={
                'verbose_name': '参加人员',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='RectificationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('before', '整改前'), ('after', '整改后')], max_length=8, verbose_name='阶段')),
                ('at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledgers.evidencefile')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='inspection.finding')),
            ],
            options={
                'verbose_name': '整改佐证',
                'ordering': ('stage', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('finding', 'file', 'stage'), name='rectification_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('verdict', models.CharField(choices=[('complete', '齐全'), ('mostly', '基本齐全'), ('missing', '缺失'), ('not_applicable', '不适用')], max_length=16, verbose_name='检查情况')),
                ('how', models.CharField(choices=[('seen', '现场查阅'), ('system', '系统核验通过，未抽查'), ('paper', '纸质（表格）录入')], default='seen', max_length=10, verbose_name='方式')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('on_the_spot', models.BooleanField(default=False, verbose_name='现场询问')),
                ('seen', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('holds', models.BooleanField(default=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inspection.rounditem')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='inspection.visit')),
            ],
            options={
                'verbose_name': '检查情况',
                'indexes': [models.Index(fields=['visit', 'item', 'holds'], name='inspection__visit_i_a97ac5_idx')],
            },
        ),
        migrations.RunPython(_teams_as_rows, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='roundarea',
            name='deputies',
        ),
        migrations.RemoveField(
            model_name='roundarea',
            name='leader',
        ),
        migrations.RemoveField(
            model_name='roundarea',
            name='members',
        ),
    ]
