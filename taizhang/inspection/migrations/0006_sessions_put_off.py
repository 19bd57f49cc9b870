from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0005_self_scores'),
    ]

    operations = [
        migrations.AddField(
            model_name='roundsession',
            name='moved_from',
            field=models.DateField(null=True, verbose_name='原定日期'),
        ),
    ]
