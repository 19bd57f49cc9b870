import taizhang.kernel.secret
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0003_marks_of_meetings'),
    ]

    operations = [
        migrations.AlterField(
            model_name='transferrecord',
            name='phone',
            field=taizhang.kernel.secret.SealedPhoneField(blank=True, verbose_name='联系电话'),
        ),
    ]
