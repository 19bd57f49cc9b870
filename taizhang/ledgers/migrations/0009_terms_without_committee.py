from django.db import migrations
from django.db.models import F


def ask_as_many(apps, schema_editor):
    """Where no committee was elected, as many candidates as seats were right all along."""
    del schema_editor
    elections = apps.get_model("ledgers", "Election").objects.filter(seats__lte=2)
    elections.update(least_candidates=F("seats"), seats_parity=1)


class Migration(migrations.Migration):

    dependencies = [
        ('ledgers', '0008_marks_of_texts'),
    ]

    operations = [
        migrations.RunPython(ask_as_many, migrations.RunPython.noop),
    ]
