import django.core.validators
import django.db.models.deletion
import taizhang.kernel.secret
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_locks'),
    ]

    operations = [
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
        migrations.AddField(
            model_name='duty',
            name='stands_in_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stand_ins', to='orgs.duty'),
        ),
        migrations.AddField(
            model_name='user',
            name='password_at',
            field=models.DateTimeField(null=True, verbose_name='密码设定时间'),
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
    ]
