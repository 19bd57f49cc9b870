import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0005_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_kind', models.CharField(max_length=40)),
                ('from_id', models.BigIntegerField()),
                ('to_kind', models.CharField(max_length=40)),
                ('to_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['to_kind', 'to_id'], name='ledgers_rec_to_kind_db84c7_idx')],
                'constraints': [models.UniqueConstraint(fields=('from_kind', 'from_id', 'to_kind', 'to_id'), name='record_link_once')],
            },
        ),
    ]
