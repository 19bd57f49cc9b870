"""Duties that a round lent to its teams are told apart from those that somebody was given; the journal says which are."""

from typing import Any

from django.db import migrations, models


ROLES = {"督查组长": "team_leader", "督查组员": "inspector"}


def mark(apps: Any, schema_editor: Any) -> None:
    """By the lines that rounds left: account, role, first day and places, under the names that these bore."""
    duty, line = apps.get_model("orgs", "Duty"), apps.get_model("kernel", "JournalLine")
    former = apps.get_model("orgs", "FormerName")
    for told in line.objects.filter(verb="orgs.lend_duty").iterator():
        places = told.detail.get("places", [])
        named = former.objects.filter(short_name__in=places).values("organisation")
        held = duty.objects.filter(
            user=int(told.subject.removeprefix("user:")),
            role=ROLES.get(told.detail["role"], told.detail["role"]),
            from_on=told.detail["from"],
        )
        held.filter(
            models.Q(organisation__short_name__in=places) | models.Q(organisation__in=named)
        ).update(lent=True)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0017_lists"), ("kernel", "0005_row_hashes")]
    operations = [
        migrations.AddField(
            model_name="duty",
            name="lent",
            field=models.BooleanField(default=False, editable=False, verbose_name="随轮次"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
