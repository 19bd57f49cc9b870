import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0004_window_of_findings'),
    ]

    operations = [
        migrations.CreateModel(
            name='SelfScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveIntegerField(verbose_name='自评分')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inspection.rounditem')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='self_scores', to='inspection.visit')),
            ],
            options={
                'verbose_name': '自评分',
                'constraints': [models.UniqueConstraint(fields=('visit', 'item'), name='self_score_once')],
            },
        ),
    ]
