import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0005_objections'),
        ('orgs', '0005_personal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '待批准'), ('approved', '已批准'), ('done', '已销毁'), ('dropped', '已取消')], default='draft', max_length=10, verbose_name='状态')),
                ('made_at', models.DateTimeField(verbose_name='编制时间')),
                ('approval_no', models.CharField(blank=True, max_length=60, verbose_name='批准文号')),
                ('approved_at', models.DateTimeField(null=True, verbose_name='批准时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='销毁时间')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '销毁清册',
            },
        ),
        migrations.CreateModel(
            name='DisposalLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('entry_id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('day', models.DateField(verbose_name='日期')),
                ('kept_until', models.DateField(verbose_name='保管至')),
                ('n_files', models.PositiveIntegerField(default=0, verbose_name='附件')),
                ('fate', models.CharField(choices=[('listed', '待销毁'), ('kept', '留存'), ('in_use', '有其他记录引用，留存'), ('held', '在督查内容期间，留存'), ('destroyed', '已销毁')], default='listed', max_length=10, verbose_name='处置')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('disposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledgers.disposal')),
            ],
            options={
                'verbose_name': '销毁清册条目',
            },
        ),
    ]
