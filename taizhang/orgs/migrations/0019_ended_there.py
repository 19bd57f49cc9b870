"""Sessions begun by single sign-on end when the provider says so: which they are there, and what it said of late."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0018_lent_duties'),
    ]

    operations = [
        migrations.CreateModel(
            name='EndedThere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=64, unique=True)),
                ('named_there', models.CharField(blank=True, max_length=64)),
                ('session_there', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '统一身份认证退出通知',
            },
        ),
        migrations.AddField(
            model_name='loginsession',
            name='named_there',
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.AddField(
            model_name='loginsession',
            name='session_there',
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
    ]
