from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='agendaitem',
            name='n_speakers',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='duespayment',
            name='receipt_number',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='duespayment',
            name='receipt_series',
            field=models.CharField(default='', editable=False, max_length=40),
        ),
        migrations.AddField(
            model_name='speech',
            name='point',
            field=models.PositiveIntegerField(null=True, verbose_name='议题序号'),
        ),
    ]
