from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0012_heads'),
    ]

    operations = [
        migrations.AddField(
            model_name='visit',
            name='judgement',
            field=models.TextField(blank=True, verbose_name='总体评价'),
        ),
    ]
