import django.db.models.deletion
import taizhang.kernel.secret
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0004_login'),
    ]

    operations = [
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
    ]
