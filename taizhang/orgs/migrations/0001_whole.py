import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from taizhang.kernel.db.create_together import CreateTogether


class Migration(migrations.Migration):
    """The state of what came before as one step, so that an empty database is made in seconds."""

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTogether([
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True, verbose_name='用户名')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='提醒邮箱')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='须修改密码')),
            ],
            options={
                'verbose_name': '用户',
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='片区')),
            ],
            options={
                'verbose_name': '片区',
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='日期')),
                ('kind', models.CharField(choices=[('holiday', '放假'), ('workday', '调休上班')], max_length=10, verbose_name='类别')),
            ],
            options={
                'verbose_name': '工作日历',
                'ordering': ('day',),
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('name_normalised', models.CharField(db_index=True, editable=False, max_length=40)),
                ('gender', models.CharField(blank=True, choices=[('male', '男'), ('female', '女')], max_length=10, verbose_name='性别')),
                ('ethnicity', models.CharField(blank=True, max_length=20, verbose_name='民族')),
                ('birth_on', models.DateField(blank=True, null=True, verbose_name='出生日期')),
                ('education', models.CharField(blank=True, max_length=20, verbose_name='学历')),
                ('job', models.CharField(blank=True, max_length=40, verbose_name='工作岗位')),
            ],
            options={
                'verbose_name': '人员',
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='单位名称')),
                ('unit_type', models.CharField(choices=[('school', '公办学校'), ('kindergarten', '公办幼儿园'), ('private', '民办'), ('institution', '直属事业单位'), ('other', '其他')], max_length=20, verbose_name='单位类型')),
                ('is_public_institution', models.BooleanField(default=True, verbose_name='事业单位')),
            ],
            options={
                'verbose_name': '单位',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', models.CharField(max_length=150, unique=True, verbose_name='全称')),
                ('short_name', models.CharField(max_length=60, verbose_name='简称')),
                ('org_type', models.CharField(choices=[('party_committee', '基层党委'), ('general_branch', '党总支'), ('branch', '党支部'), ('joint_branch', '联合党支部'), ('temporary_branch', '临时党支部')], max_length=20, verbose_name='组织类型')),
                ('path', models.CharField(db_index=True, editable=False, max_length=200)),
                ('established_on', models.DateField(verbose_name='成立日期')),
                ('dissolved_on', models.DateField(null=True, verbose_name='撤销日期')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='orgs.organisation', verbose_name='上级党组织')),
                ('units', models.ManyToManyField(related_name='organisations', to='orgs.unit', verbose_name='所在单位')),
            ],
            options={
                'verbose_name': '党组织',
                'ordering': ('path',),
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('office', '组织科'), ('team_leader', '督查组长'), ('inspector', '督查组员'), ('secretary', '支部书记'), ('clerk', '台账员'), ('commissioner', '支委/小组长'), ('member', '党员')], max_length=20, verbose_name='角色')),
                ('from_on', models.DateField(null=True, verbose_name='起')),
                ('to_on', models.DateField(null=True, verbose_name='止')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '职责',
            },
        ),
        migrations.CreateModel(
            name='CommitteeTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('ordinal', models.PositiveIntegerField(verbose_name='届次')),
                ('started_on', models.DateField(verbose_name='选举产生日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='任期结束日期')),
                ('extended_to', models.DateField(blank=True, null=True, verbose_name='批准延期至')),
                ('extension_no', models.CharField(blank=True, max_length=60, verbose_name='延期批复文号')),
                ('extension_reason', models.CharField(blank=True, max_length=200, verbose_name='暂缓换届理由')),
                ('extension_work', models.TextField(blank=True, verbose_name='暂缓期间换届工作记录')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
            ],
            options={
                'verbose_name': '支委会届次',
            },
        ),
        migrations.CreateModel(
            name='PartyGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('name', models.CharField(max_length=60, verbose_name='党小组名称')),
                ('valid_from', models.DateField(verbose_name='成立日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='撤销日期')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '党小组',
            },
        ),
        migrations.CreateModel(
            name='NotCounted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('category', models.CharField(choices=[('ill_of_mind', '患有精神病或因其他疾病导致不能表达本人意志'), ('abroad', '自费出国半年以上'), ('penalty', '留党察看或正在服刑'), ('bedridden', '年老体弱卧床不起或长期生病生活不能自理'), ('away', '工作调动、外出学习或工作半年以上未转组织关系'), ('retired_home', '退休回原籍多年未转组织关系')], max_length=20, verbose_name='情形')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('approval', models.CharField(max_length=100, verbose_name='上级同意文号')),
                ('resolution', models.CharField(max_length=200, verbose_name='党员大会通过情况')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='姓名')),
            ],
            options={
                'verbose_name': '不计入应到人数',
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.partygroup', verbose_name='党小组')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='姓名')),
            ],
            options={
                'verbose_name': '党小组成员',
            },
        ),
        migrations.CreateModel(
            name='GroupLeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('origin', models.CharField(choices=[('named', '党支部指定'), ('proposed', '党小组推荐')], default='named', max_length=10, verbose_name='产生方式')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.partygroup', verbose_name='党小组')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='组长')),
            ],
            options={
                'verbose_name': '党小组组长',
            },
        ),
        migrations.CreateModel(
            name='CommitteePost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('post', models.CharField(choices=[('secretary', '书记'), ('deputy_secretary', '副书记'), ('organisation', '组织委员'), ('publicity', '宣传委员'), ('discipline', '纪检委员'), ('youth', '青年委员'), ('united_front', '统战委员'), ('masses', '群工委员'), ('secrecy', '保密委员')], max_length=20, verbose_name='职务')),
                ('from_on', models.DateField(verbose_name='任职日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='免职日期')),
                ('end_reason', models.CharField(blank=True, choices=[('term_over', '任期届满'), ('moved', '调离'), ('resigned', '辞职'), ('removed', '免职'), ('retired', '退休'), ('died', '去世'), ('other', '其他')], max_length=20, verbose_name='免职原因')),
                ('approval_no', models.CharField(blank=True, max_length=60, verbose_name='批准（备案）文号')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='批准（备案）日期')),
                ('how', models.CharField(choices=[('elected', '选举'), ('by_election', '补选'), ('assigned', '上级指派')], default='elected', max_length=20, verbose_name='产生方式')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='姓名')),
            ],
            options={
                'verbose_name': '支委任职',
            },
        ),
        migrations.AddField(
            model_name='user',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orgs.person'),
        ),
        migrations.CreateModel(
            name='RightsLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('limit', models.CharField(choices=[('probation_within_party', '留党察看'), ('detained', '被依法留置、逮捕，中止权利')], max_length=30, verbose_name='类别')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='姓名')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '权利受限',
            },
        ),
        migrations.CreateModel(
            name='AreaMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='起')),
                ('valid_to', models.DateField(null=True, verbose_name='止')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='orgs.area')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='area_memberships', to='orgs.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'organisation', 'valid_from'), name='area_membership_once')],
            },
        ),
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='别名')),
                ('folded_name', models.CharField(db_index=True, editable=False, max_length=100)),
                ('valid_from', models.DateField(null=True, verbose_name='起')),
                ('valid_to', models.DateField(null=True, verbose_name='止')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='orgs.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='alias_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('joined_on', models.DateField(verbose_name='进入支部日期')),
                ('join_reason', models.CharField(choices=[('admitted', '接收'), ('moved_in', '转入'), ('regrouped', '支部调整'), ('founded', '支部成立时在册')], default='moved_in', max_length=20, verbose_name='进入原因')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='离开支部日期')),
                ('leave_reason', models.CharField(blank=True, choices=[('moved_out', '转出'), ('regrouped', '支部调整'), ('died', '去世'), ('removed', '除名'), ('other', '其他')], max_length=20, verbose_name='离开原因')),
                ('remark', models.CharField(blank=True, max_length=200, verbose_name='备注')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='姓名')),
            ],
            options={
                'verbose_name': '党员花名册',
                'indexes': [models.Index(fields=['branch', 'joined_on'], name='orgs_member_branch__e71ecb_idx')],
            },
        ),
        migrations.CreateModel(
            name='StageSpell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_mode', models.CharField(choices=[('live', '当时登记'), ('backfill', '补录')], default='live', max_length=10, verbose_name='登记方式')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('n_files', models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数')),
                ('n_pictures', models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数')),
                ('stage', models.CharField(choices=[('applicant', '入党申请人'), ('activist', '入党积极分子'), ('development_target', '发展对象'), ('probationary', '预备党员'), ('full', '正式党员')], max_length=20, verbose_name='阶段')),
                ('status', models.CharField(choices=[('normal', '正常'), ('suspended', '停止党籍'), ('retained', '保留党籍'), ('restored', '恢复党籍'), ('expelled', '开除党籍'), ('struck_off', '除名')], default='normal', max_length=20, verbose_name='党籍状态')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='党支部')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='orgs.person', verbose_name='姓名')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '党员身份',
                'indexes': [models.Index(fields=['branch', 'person'], name='orgs_stages_branch__9b26d5_idx')],
            },
        ),
        ]),
    ]
