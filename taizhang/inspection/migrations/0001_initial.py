import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0001_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='发文字号')),
                ('issuer', models.CharField(blank=True, max_length=100, verbose_name='发文机关')),
                ('addressees', models.JSONField(default=list, verbose_name='主送')),
                ('issued_on', models.DateField(null=True, verbose_name='成文日期')),
                ('starts_on', models.DateField(null=True, verbose_name='督查开始')),
                ('ends_on', models.DateField(null=True, verbose_name='督查结束')),
                ('period_from', models.DateField(null=True, verbose_name='内容起')),
                ('period_to', models.DateField(null=True, verbose_name='内容止')),
                ('focus', models.JSONField(default=list, verbose_name='重点')),
                ('methods', models.JSONField(default=list, verbose_name='方式')),
                ('demands', models.JSONField(default=list, verbose_name='要求')),
                ('contact_office', models.CharField(blank=True, max_length=60, verbose_name='联系科室')),
                ('contact_person', models.CharField(blank=True, max_length=40, verbose_name='联系人')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='联系电话')),
                ('catalogue', models.CharField(blank=True, max_length=60, verbose_name='要求模板')),
                ('standing', models.CharField(choices=[('draft', '草稿'), ('published', '已发布')], default='draft', max_length=20, verbose_name='状态')),
                ('source_name', models.CharField(blank=True, max_length=200, verbose_name='通知文件')),
                ('source_sha256', models.CharField(blank=True, max_length=64)),
                ('opened_at', models.DateTimeField(verbose_name='建立时间')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '督查轮次',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='NoticeDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件')),
                ('source', models.BinaryField()),
                ('parsed', models.JSONField()),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inspection.round')),
            ],
            options={
                'verbose_name': '通知草稿',
            },
        ),
        migrations.CreateModel(
            name='RoundArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='片区')),
                ('order', models.PositiveIntegerField(default=0)),
                ('leader', models.CharField(blank=True, max_length=40, verbose_name='组长')),
                ('deputies', models.JSONField(default=list, verbose_name='副组长')),
                ('members', models.JSONField(default=list, verbose_name='组员')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='inspection.round')),
            ],
            options={
                'verbose_name': '片区',
                'ordering': ('order', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='RoundItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no', models.PositiveIntegerField(verbose_name='序号')),
                ('category', models.CharField(blank=True, max_length=100, verbose_name='大类')),
                ('subcategory', models.CharField(blank=True, max_length=200, verbose_name='小类')),
                ('title', models.CharField(max_length=300, verbose_name='内容')),
                ('requirement', models.TextField(blank=True, verbose_name='台账要求')),
                ('score', models.FloatField(null=True, verbose_name='分值')),
                ('catalogue_item', models.CharField(blank=True, max_length=10, verbose_name='对应项目')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='inspection.round')),
            ],
            options={
                'verbose_name': '台账要求',
                'ordering': ('no',),
            },
        ),
        migrations.CreateModel(
            name='RoundSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(null=True, verbose_name='日期')),
                ('starts_at', models.TimeField(null=True, verbose_name='开始')),
                ('ends_at', models.TimeField(null=True, verbose_name='结束')),
                ('venue', models.CharField(blank=True, max_length=100, verbose_name='地点')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='inspection.roundarea')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '场次',
                'ordering': ('date', 'starts_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='RoundUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('includes', models.JSONField(default=list, verbose_name='含')),
                ('note', models.CharField(blank=True, max_length=100, verbose_name='备注')),
                ('order', models.PositiveIntegerField(default=0)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='inspection.roundarea')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '被督查党组织',
                'ordering': ('order', 'pk'),
            },
        ),
    ]
