from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_more_of_terms_and_posts'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='提醒邮箱'),
        ),
    ]
