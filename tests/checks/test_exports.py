"""The pages of the verdicts as Excel: what is shown, no more, and noted."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from taizhang.checks.actions import checking, explaining
from taizhang.checks.models import SuspicionRow, Verdict
from taizhang.kernel.models import JournalLine
from tests.make import Cast, inspected, raw, save


@pytest.fixture
def checked(people: Cast, now: datetime) -> Cast:
    """A year judged in October, with a meeting that has a placeholder."""
    inspected(now, (2018, 2018), date(2018, 10, 25))
    values = raw("meetings") | {"held_on": "2018-03-06", "agenda": "讨论××工作"}
    save(people.own, people.actor("clerk"), now, "meetings", **values)
    checking.check_all(name="reference", actor=None, now=now)
    return people


def _sheets(client: Client, url: str) -> dict[str, list[list[Any]]]:
    answer = client.get(url)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_branch_with_everything_that_stands_against_it(checked: Cast, login: Any) -> None:
    client = login(checked.users["clerk"])
    found = _sheets(client, f"/branches/{checked.own.pk}/export/")
    told = [row for row in found["疑点"][1:] if row[0] == "甲校"]
    assert len(told) == SuspicionRow.objects.filter(branch=checked.own, certain=True).count() > 20
    assert any("占位符" in row[4] and row[3] == "提醒" for row in told)
    assert [row[1] for row in told] == sorted(row[1] for row in told)
    folded = [row for row in found["问题归并"][1:] if row[0] == "甲校"]
    assert sum(int(row[6]) for row in folded) == len(told) > len(folded)
    assert len([row for row in found["各项台账"] if row[1].startswith("L")]) == 36
    assert found["疑点"][-1][0].startswith("导出人：clerk")
    assert JournalLine.objects.filter(verb="ledgers.export", subject=f"branch:{checked.own.pk}").exists()  # fmt: skip


def test_the_heat_map_as_far_as_one_sees_it(checked: Cast, login: Any) -> None:
    whole = _sheets(login(checked.users["office"]), "/board/export/")
    own = _sheets(login(checked.users["clerk"]), "/board/export/")
    assert {row[0] for row in whole["疑点"][1:-2]} == {"甲校", "乙校"}
    assert {row[0] for row in own["疑点"][1:-2]} == {"甲校"}
    head, line = own["总览"][:2]
    l29 = Verdict.objects.get(branch=checked.own, item="L29")
    at = next(n for n, title in enumerate(head) if title.startswith("L29"))
    assert line[at] == f"{l29.get_outcome_display()}（{l29.errors}处）"


def test_the_meetings_of_a_year(checked: Cast, login: Any) -> None:
    client = login(checked.users["office"])
    rows = _sheets(client, "/meetings/export/?kind=committee_meeting&year=2018")
    (listed,) = rows.values()
    assert listed[0][:4] == ["党支部", "2018年1月", "2018年2月", "2018年3月"]
    own = next(row for row in listed if row[0] == "甲校")
    assert own[2:4] == ["0/1", "1/1"]
    assert own[-2:] == ["1", "9"]
    page = client.get("/meetings/?kind=committee_meeting&year=2018").content.decode()
    assert f'href="/branches/{checked.own.pk}/at/L29:L29.1/2018-03/"' in page
    assert "/meetings/export/?kind=committee_meeting&amp;year=2018" in page


def test_what_a_branch_explains_stands_beside_the_flag(
    checked: Cast, now: datetime, login: Any
) -> None:
    row = SuspicionRow.objects.filter(branch=checked.own, certain=True).earliest("pk")
    actor = checked.actor("clerk")
    explaining.explain(rows=[row], text="当月学校搬迁", actor=actor, now=now)

    found = _sheets(login(checked.users["office"]), f"/branches/{checked.own.pk}/export/")

    for name in ("疑点", "问题归并"):
        at = found[name][0].index("支部说明")
        told = [line[at] for line in found[name][1:] if len(line) > at and line[at]]
        assert len(told) == 1, name
        assert told[0].startswith("当月学校搬迁"), name
