from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0006_vacations'),
    ]

    operations = [
        migrations.AddField(
            model_name='committeeterm',
            name='kind',
            field=models.CharField(blank=True, choices=[('committee', '支委会'), ('secretary', '书记（未设支委会）')], help_text='未设支部委员会的支部，书记（副书记）的任期也在这里登记，选“书记（未设支委会）”', max_length=20, verbose_name='届次类别'),
        ),
    ]
