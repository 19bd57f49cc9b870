"""减负: sums of what entering ledgers costs, by branch and month."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0020_file_versions'),
        ('orgs', '0015_calendar_to_2026'),
    ]

    operations = [
        migrations.CreateModel(
            name='Burden',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('way', models.CharField(choices=[('form', '逐条填表'), ('together', '一表多条'), ('sheet', '导入表格'), ('intake', '收件读入'), ('derived', '同时计入')], max_length=10, verbose_name='方式')),
                ('records', models.PositiveIntegerField(default=0, verbose_name='记录')),
                ('typed', models.PositiveIntegerField(default=0, verbose_name='填写的栏目')),
                ('taken', models.PositiveIntegerField(default=0, verbose_name='带出的栏目')),
                ('derived', models.PositiveIntegerField(default=0, verbose_name='算出的栏目')),
                ('timed', models.PositiveIntegerField(default=0, verbose_name='计时的次数')),
                ('seconds', models.PositiveIntegerField(default=0, verbose_name='用时（秒）')),
                ('capped', models.PositiveIntegerField(default=0, verbose_name='按上限计的次数')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '填报负担',
                'constraints': [models.UniqueConstraint(fields=('branch', 'month', 'way'), name='burden_once')],
            },
        ),
        migrations.CreateModel(
            name='SparedPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('what', models.CharField(max_length=200, verbose_name='文书')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '代写文书',
                'constraints': [models.UniqueConstraint(fields=('branch', 'month', 'what'), name='spared_paper_once')],
            },
        ),
    ]
