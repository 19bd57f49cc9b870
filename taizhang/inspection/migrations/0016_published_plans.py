"""The plan is kept with each notice, so that every change since can be told; the day of a session moved is one of them."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _days(first: Any, last: Any) -> str:
    return f"{first or ''}至{last or ''}" if first or last else ""


def _session(one: Any) -> dict[str, str]:
    hours = [f"{at:%H:%M}" if at else "" for at in (one.starts_at, one.ends_at)]
    return {
        "日期": f"{one.moved_from or one.date or ''}",
        "时间": "—".join(hours) if any(hours) else "",
        "地点": one.venue,
        "承办单位": one.host.short_name if one.host else "",
    }


def _area(one: Any) -> dict[str, Any]:
    roles = {"leader": "组长", "deputy": "副组长", "member": "组员"}
    return {
        "name": one.name,
        "units": {str(u.pk): [u.name, u.organisation_id or 0] for u in one.units.order_by("order", "pk")},
        "sessions": {str(s.pk): _session(s) for s in one.sessions.order_by("date", "starts_at", "pk")},
        "team": [f"{roles[m.role]}{m.name}" for m in one.team.order_by("pk")],
    }


def keep_plans(apps: Any, editor: Any) -> None:
    """Notices in force get the plan of now, with the days that sessions were moved from."""
    for paper in apps.get_model("inspection", "IssuedPaper").objects.filter(kind="notice", withdrawn_at=None):
        opened = paper.round
        paper.plan = {
            "days": _days(opened.starts_on, opened.ends_on),
            "period": _days(opened.period_from, opened.period_to),
            "items": list(opened.items.order_by("no").values_list("title", flat=True)),
            "areas": {str(area.pk): _area(area) for area in opened.areas.order_by("order", "pk")},
        }
        paper.save(update_fields=["plan"])


def name_branches(apps: Any, editor: Any) -> None:
    """So far each picture was of the unit's own branch."""
    pictures = apps.get_model("inspection", "Picture")
    for key, branch in pictures.objects.values_list("pk", "visit__unit__organisation"):
        pictures.objects.filter(pk=key).update(branch=branch)


class Migration(migrations.Migration):
    dependencies = [("inspection", "0015_matching"), ("orgs", "0011_heads"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField("issuedpaper", "plan", models.JSONField("印发时的安排", default=dict)),
        migrations.RunPython(keep_plans, migrations.RunPython.noop),
        migrations.RemoveField("roundsession", "moved_from"),
        migrations.AlterField(
            "picture",
            "visit",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="inspection.Visit"
            ),
        ),
        migrations.AddField(
            "picture",
            "branch",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.Organisation",
            ),
        ),
        migrations.AddConstraint(
            "picture", models.UniqueConstraint(fields=("visit", "branch"), name="picture_once_a_branch")
        ),
        migrations.CreateModel(
            name="TeamChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField("退出的人", max_length=40)),
                ("successor", models.CharField("接手的人", max_length=40, blank=True)),
                ("reason", models.CharField("原因", max_length=200, blank=True)),
                ("at", models.DateTimeField("时间")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team_changes",
                        to="inspection.RoundArea",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "督查组换人", "ordering": ("pk",)},
        ),
        migrations.RunPython(name_branches, migrations.RunPython.noop),  # last: a table with rows just changed cannot be altered
    ]
