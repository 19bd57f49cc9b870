from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0002_calendar'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='failed_logins',
            field=models.PositiveIntegerField(default=0, verbose_name='连续输错'),
        ),
        migrations.AddField(
            model_name='user',
            name='locked_until',
            field=models.DateTimeField(null=True, verbose_name='锁定至'),
        ),
        migrations.AlterField(
            model_name='duty',
            name='role',
            field=models.CharField(choices=[('office', '组织科'), ('team_leader', '督查组长'), ('inspector', '督查组员'), ('secretary', '支部书记'), ('clerk', '台账员'), ('commissioner', '支委/小组长'), ('member', '党员'), ('system', '系统管理员'), ('security', '安全管理员'), ('audit', '审计管理员')], max_length=20, verbose_name='角色'),
        ),
    ]
