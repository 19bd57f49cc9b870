from datetime import date
from typing import Any

import django.core.validators
import django.db.models.deletion
import taizhang.kernel.secret
from django.conf import settings
from django.db import migrations, models

from taizhang.kernel.db.create_together import CreateTogether


HOLIDAYS = {
    2015: "01-01 01-02 02-18 02-19 02-20 02-23 02-24 04-06 05-01 06-22 09-03 09-04 10-01 10-02 10-05 10-06 10-07",
    2016: "01-01 02-08 02-09 02-10 02-11 02-12 04-04 05-02 06-09 06-10 09-15 09-16 10-03 10-04 10-05 10-06 10-07",
    2017: "01-02 01-27 01-30 01-31 02-01 02-02 04-03 04-04 05-01 05-29 05-30 10-02 10-03 10-04 10-05 10-06",
    2018: "01-01 02-15 02-16 02-19 02-20 02-21 04-05 04-06 04-30 05-01 06-18 09-24 10-01 10-02 10-03 10-04 10-05 12-31",
}
WORKDAYS = {
    2015: "01-04 02-15 02-28 09-06 10-10",
    2016: "02-06 02-14 06-12 09-18 10-08 10-09",
    2017: "01-22 02-04 04-01 05-27 09-30",
    2018: "02-11 02-24 04-08 04-28 09-29 09-30 12-29",
}


def fill(apps: Any, schema_editor: Any) -> None:
    """The calendar of 2015 to 2018 (DOMAIN 4.11)."""
    del schema_editor
    day = apps.get_model("orgs", "CalendarDay")
    for kind, years in (("holiday", HOLIDAYS), ("workday", WORKDAYS)):
        day.objects.bulk_create(
            day(day=date(year, *map(int, text.split("-"))), kind=kind) for year, listed in years.items() for text in listed.split()
        )


class Migration(migrations.Migration):
    """All that came before as one step, so that an empty database is made in a second."""

    replaces = [
        ('orgs', '0001_initial'),
        ('orgs', '0003_more_of_terms_and_posts'),
        ('orgs', '0004_reminder_address'),
        ('orgs', '0001_whole'),
        ('orgs', '0002_calendar'),
        ('orgs', '0003_locks'),
        ('orgs', '0004_login'),
        ('orgs', '0005_personal'),
        ('orgs', '0006_vacations'),
        ('orgs', '0007_terms_without_committee'),
        ('orgs', '0008_login_limits'),
        ('orgs', '0009_intake'),
        ('orgs', '0010_names'),
    ]

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
                ('password_at', models.DateTimeField(null=True, verbose_name='密码设定时间')),
            ],
            options={
                'verbose_name': '用户',
            },
        ),
        migrations.CreateModel(
            name='AddressTries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=45, unique=True, verbose_name='来源地址')),
                ('window', models.PositiveBigIntegerField()),
                ('failed', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': '来源地址的登录尝试',
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
                ('kind', models.CharField(blank=True, choices=[('holiday', '放假'), ('workday', '调休上班')], max_length=10, verbose_name='类别')),
                ('vacation', models.BooleanField(default=False, verbose_name='寒暑假')),
            ],
            options={
                'verbose_name': '工作日历',
                'ordering': ('day',),
            },
        ),
        migrations.CreateModel(
            name='LoginRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password_length', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(8), django.core.validators.MaxValueValidator(64)], verbose_name='密码最少位数')),
                ('password_classes', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(4)], verbose_name='密码至少含几类字符（大写、小写、数字、符号）')),
                ('password_days', models.PositiveSmallIntegerField(default=180, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(3650)], verbose_name='密码用多少天必须更换（0为不限）')),
                ('password_history', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(24)], verbose_name='不能与最近几次用过的密码相同')),
                ('slip_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)], verbose_name='一次性密码几天内有效')),
                ('free_tries', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(10)], verbose_name='连续输错几次后锁定')),
                ('address_tries', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(1000)], verbose_name='同一地址每分钟最多输错几次')),
                ('longest_lock', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(15), django.core.validators.MaxValueValidator(1440)], verbose_name='锁定时间成倍增加，最长多少分钟')),
                ('idle_minutes', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(240)], verbose_name='多少分钟不操作自动退出')),
                ('one_session', models.BooleanField(default=False, verbose_name='同一账号只能在一处登录')),
                ('second_factor_roles', models.JSONField(default=list, verbose_name='除三员外，还有哪些角色必须用动态口令')),
                ('stand_in_days', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)], verbose_name='代理一次最长多少天')),
                ('token_days', models.PositiveSmallIntegerField(default=365, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='接口令牌最长有效多少天')),
                ('token_calls', models.PositiveSmallIntegerField(default=120, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(10000)], verbose_name='每个接口令牌每分钟最多请求几次')),
            ],
            options={
                'verbose_name': '登录规则',
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
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='用途')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('begins', models.CharField(max_length=12, verbose_name='开头')),
                ('made_at', models.DateTimeField(verbose_name='建立时间')),
                ('expires_on', models.DateField(verbose_name='有效至')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='作废时间')),
                ('window', models.PositiveBigIntegerField(default=0)),
                ('calls', models.PositiveIntegerField(default=0)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '接口令牌',
            },
        ),
        migrations.CreateModel(
            name='LoginSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('began_at', models.DateTimeField(verbose_name='登录时间')),
                ('origin', models.CharField(blank=True, max_length=45, verbose_name='来源地址')),
                ('agent', models.CharField(blank=True, max_length=200, verbose_name='浏览器')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '登录会话',
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
                ('role', models.CharField(choices=[('office', '组织科'), ('team_leader', '督查组长'), ('inspector', '督查组员'), ('secretary', '支部书记'), ('clerk', '台账员'), ('commissioner', '支委/小组长'), ('member', '党员'), ('system', '系统管理员'), ('security', '安全管理员'), ('audit', '审计管理员')], max_length=20, verbose_name='角色')),
                ('from_on', models.DateField(null=True, verbose_name='起')),
                ('to_on', models.DateField(null=True, verbose_name='止')),
                ('stands_in_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stand_ins', to='orgs.duty')),
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
                ('kind', models.CharField(blank=True, choices=[('committee', '支委会'), ('secretary', '书记（未设支委会）')], help_text='未设支部委员会的支部，书记（副书记）的任期也在这里登记，选“书记（未设支委会）”', max_length=20, verbose_name='届次类别')),
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
            name='PastPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stored', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='past_passwords', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '用过的密码',
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
                ('origin', models.CharField(blank=True, choices=[('named', '党支部指定'), ('proposed', '党小组推荐')], max_length=10, verbose_name='产生方式')),
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
                ('how', models.CharField(blank=True, choices=[('elected', '选举'), ('by_election', '补选'), ('assigned', '上级指派')], max_length=20, verbose_name='产生方式')),
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
            name='PersonalData',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('id_number', taizhang.kernel.secret.SealedIdField(blank=True, default='', verbose_name='公民身份号码')),
                ('id_number_index', taizhang.kernel.secret.BlindIndexField(blank=True, db_index=True, default='', editable=False, max_length=32, of='id_number')),
                ('phone', taizhang.kernel.secret.SealedPhoneField(blank=True, default='', verbose_name='联系电话')),
                ('phone_index', taizhang.kernel.secret.BlindIndexField(blank=True, db_index=True, default='', editable=False, max_length=32, of='phone')),
                ('home_address', taizhang.kernel.secret.SealedTextField(blank=True, default='', verbose_name='家庭住址')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='personal', to='orgs.person')),
            ],
            options={
                'verbose_name': '个人信息',
            },
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
            name='SecondFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', taizhang.kernel.secret.SealedTextField()),
                ('since_at', models.DateTimeField(verbose_name='启用时间')),
                ('last_step', models.PositiveBigIntegerField(default=0)),
                ('spare', models.JSONField(default=list)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_factor', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '动态口令',
            },
        ),
        migrations.CreateModel(
            name='KnownDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('seen_at', models.DateTimeField(verbose_name='最近登录')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '用过的浏览器',
                'constraints': [models.UniqueConstraint(fields=('user', 'digest'), name='known_device_once')],
            },
        ),
        migrations.CreateModel(
            name='LoginTries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=80)),
                ('failed', models.PositiveIntegerField(default=0, verbose_name='连续输错')),
                ('last_at', models.DateTimeField(verbose_name='最近一次')),
                ('locked_until', models.DateTimeField(null=True, verbose_name='锁定至')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '登录尝试',
                'constraints': [models.UniqueConstraint(fields=('user', 'place'), name='login_tries_once')],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', models.CharField(max_length=150, verbose_name='原全称')),
                ('short_name', models.CharField(max_length=60, verbose_name='原简称')),
                ('last_on', models.DateField(verbose_name='使用至')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '曾用名',
                'ordering': ('last_on', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'last_on'), name='former_name_once_a_day')],
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
                ('join_reason', models.CharField(blank=True, choices=[('admitted', '接收'), ('moved_in', '转入'), ('regrouped', '支部调整'), ('founded', '支部成立时在册')], max_length=20, verbose_name='进入原因')),
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
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
