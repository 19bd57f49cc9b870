from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0002_calendar'),
    ]

    operations = [
        migrations.AddField(
            model_name='committeepost',
            name='approval_no',
            field=models.CharField(blank=True, max_length=60, verbose_name='批准（备案）文号'),
        ),
        migrations.AddField(
            model_name='committeepost',
            name='approved_on',
            field=models.DateField(blank=True, null=True, verbose_name='批准（备案）日期'),
        ),
        migrations.AddField(
            model_name='committeepost',
            name='end_reason',
            field=models.CharField(blank=True, choices=[('term_over', '任期届满'), ('moved', '调离'), ('resigned', '辞职'), ('removed', '免职'), ('retired', '退休'), ('died', '去世'), ('other', '其他')], max_length=20, verbose_name='免职原因'),
        ),
        migrations.AddField(
            model_name='committeepost',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='committeepost',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
        migrations.AddField(
            model_name='committeeterm',
            name='extension_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='暂缓换届理由'),
        ),
        migrations.AddField(
            model_name='committeeterm',
            name='extension_work',
            field=models.TextField(blank=True, verbose_name='暂缓期间换届工作记录'),
        ),
        migrations.AddField(
            model_name='committeeterm',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='committeeterm',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
        migrations.AddField(
            model_name='groupleader',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='groupleader',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
        migrations.AddField(
            model_name='membership',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='membership',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
        migrations.AddField(
            model_name='notcounted',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='notcounted',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
        migrations.AddField(
            model_name='partygroup',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='partygroup',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
        migrations.AddField(
            model_name='rightslimit',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='rightslimit',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
        migrations.AddField(
            model_name='stagespell',
            name='n_files',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='佐证材料数'),
        ),
        migrations.AddField(
            model_name='stagespell',
            name='n_pictures',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='其中照片数'),
        ),
    ]
