import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0008_pictures_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attendee',
            name='excuse',
            field=models.CharField(blank=True, max_length=200, verbose_name='缺席原因'),
        ),
        migrations.AddField(
            model_name='attendee',
            name='substitute',
            field=models.CharField(blank=True, max_length=40, verbose_name='代会人'),
        ),
        migrations.AddField(
            model_name='rectification',
            name='without_evidence',
            field=models.CharField(blank=True, max_length=300, verbose_name='无佐证销号的理由'),
        ),
        migrations.AddField(
            model_name='round',
            name='withdrawn_at',
            field=models.DateTimeField(null=True, verbose_name='收回时间'),
        ),
        migrations.AddField(
            model_name='round',
            name='withdrawn_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='收回原因'),
        ),
        migrations.AddField(
            model_name='visit',
            name='branch_signed_entered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='visit',
            name='unseen_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='未查阅的原因'),
        ),
        migrations.AlterField(
            model_name='letter',
            name='plan_due_on',
            field=models.DateField(null=True, verbose_name='整改方案报送时限'),
        ),
        migrations.AlterField(
            model_name='letter',
            name='report_due_on',
            field=models.DateField(null=True, verbose_name='整改报告报送时限'),
        ),
    ]
