"""A finding on its way: planned, and submitted with its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from taizhang.inspection.actions import rectifying
from taizhang.inspection.models import Finding
from tests.inspection.conftest import Scene
from tests.inspection.test_findings import _acknowledged, _measures
from tests.make import picture, raw, save


def planned(scene: Scene) -> Finding:
    """Acknowledged, and with a plan that the committee adopted on 3 November."""
    finding = _acknowledged(scene)
    Finding.objects.update(manner="by_deadline", deadline=date(2018, 11, 30))
    finding.refresh_from_db()
    held = raw("meetings") | {"kind": "支委会", "held_on": "2018-11-03", "title": "研究整改方案"}
    clerk = scene.people.actor("clerk")
    meeting = save(scene.people.own, clerk, scene.now, "meetings", **held)
    measures = replace(_measures(scene), meeting=meeting.pk, deadline=date(2018, 11, 20))
    rectifying.plan(finding=finding, measures=measures, actor=clerk, now=scene.now)
    return finding


def submitted(scene: Scene) -> Finding:
    finding = planned(scene)
    clerk = scene.people.actor("clerk")
    told: dict[str, Any] = {"finding": finding, "actor": clerk, "now": scene.now}
    rectifying.add_file(name="三季度大会记录.png", data=picture(), stage="after", **told)
    rectifying.report(text="已召开大会", percent=60, **told)
    rectifying.submit(result="已完善制度", **told)
    return finding
