"""The organisations of a notice as a sheet: taken out with what is proposed, completed in Excel,
and brought back.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taizhang.inspection.models import Round
from taizhang.inspection.plan import matching
from taizhang.inspection.units import actions, candidates
from taizhang.ledgers.office import organisation_sheets
from taizhang.ledgers.sheets import excel
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Unit
from taizhang.orgs.queries import organisations

_NOTE = (
    "按通知中的名称列出，全称、组织类型、所在单位、单位类型、片区是按名称建议的，请逐行核对；成立日期通知里没有，请填写。"
    "不要建立的，删去整行。填好后在“单位对应”页上传。"
)


def taken_out(opened: Round, actor: Actor) -> bytes:
    """Every name without organisation as a row of the sheet of organisations; the day of founding
    stays empty.
    """
    above = list(
        organisations.organisations(actor).exclude(org_type__in=Organisation.BRANCH_TYPES)[:2]
    )
    parent = above[0].full_name if len(above) == 1 else ""
    rows = [
        _row(one, parent) for one in candidates.of_round(opened, matching.AddressBook.of(actor))
    ]
    labels = [field.label for field in organisation_sheets.FIELDS]
    return excel.written(organisation_sheets.TITLE, labels, rows, f"{excel.EXPLAINED}{_NOTE}")


def _row(one: candidates.Candidate, parent: str) -> list[str]:
    told = {
        "full_name": one.full_name,
        "short_name": one.bare,
        "org_type": str(Organisation.Type(one.org_type).label),
        "parent": parent,
        "units": "、".join(one.units),
        "unit_type": str(Unit.Type(one.unit_type).label) if one.unit_type else "",
        "aliases": "、".join(one.aliases),
        "area": one.areas[0] if len(one.areas) == 1 else "",
    }
    return [told.get(field.name, "") for field in organisation_sheets.FIELDS]


@transaction.atomic
def bring_in(*, opened: Round, data: bytes, actor: Actor, now: datetime) -> tuple[int, int]:
    """Enter the completed sheet and match what is known by now; (rows, units matched)."""
    rows = organisation_sheets.bring_in(data=data, actor=actor, now=now).rows
    return rows, actions.match_known(opened=opened, actor=actor, now=now)
