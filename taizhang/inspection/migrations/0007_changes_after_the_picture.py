import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0006_sessions_put_off'),
    ]

    operations = [
        migrations.CreateModel(
            name='LaterChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('entry_id', models.BigIntegerField(null=True)),
                ('how', models.CharField(choices=[('recorded', '新登记'), ('imported', '批量导入'), ('corrected', '更正'), ('withdrawn', '撤回'), ('files', '增减佐证材料')], max_length=10, verbose_name='改动')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('signed', models.BooleanField(default=False, verbose_name='会商确认之后')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='later', to='inspection.visit')),
            ],
            options={
                'verbose_name': '核对之后的改动',
                'ordering': ('at', 'pk'),
            },
        ),
    ]
