from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0002_dues_by_month'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='absent_mark',
            field=models.CharField(editable=False, max_length=16, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='said_expected',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='said_present',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='speech',
            name='mark',
            field=models.CharField(editable=False, max_length=16, null=True),
        ),
        migrations.AddField(
            model_name='studyitem',
            name='planned_on',
            field=models.DateField(editable=False, null=True),
        ),
    ]
