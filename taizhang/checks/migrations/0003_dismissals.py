import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checks', '0002_campaigns'),
        ('orgs', '0003_locks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dismissal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('severity', models.CharField(max_length=10)),
                ('window', models.CharField(max_length=10)),
                ('subject', models.BigIntegerField()),
                ('other', models.BigIntegerField()),
                ('found', models.BigIntegerField()),
                ('wanted', models.BigIntegerField()),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('certain', models.BooleanField(default=True)),
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
        migrations.AddField(
            model_name='suspicionrow',
            name='dismissal',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='suspicions', to='checks.dismissal'),
        ),
        migrations.AddIndex(
            model_name='dismissal',
            index=models.Index(fields=['branch', 'ended_at'], name='checks_dism_branch__3075a8_idx'),
        ),
    ]
