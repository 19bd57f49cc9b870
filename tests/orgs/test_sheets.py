"""Organisations as a sheet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from taizhang.config.cli.main import main
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.ledgers.office import organisation_sheets
from taizhang.ledgers.sheets import excel
from taizhang.orgs.models import Alias, Organisation
from taizhang.orgs.queries import organisations
from tests.make import Cast

HEAD = [field.label for field in organisation_sheets.FIELDS]
GOOD = [
    "中共丙校支部委员会",
    "丙校",
    "党支部",
    "局党委",
    "2015-09-01",
    "",
    "丙校、丙校分校",
    "公办学校",
    "三校、丙小",
    "东片",
]


def bring(people: Cast, now: datetime, *rows: list[str]) -> int:
    return organisation_sheets.bring_in(
        data=excel.written("x", HEAD, list(rows)), actor=people.actor("office"), now=now
    ).rows


def test_new_ones_are_entered_and_known_ones_changed(people: Cast, now: datetime) -> None:
    changed = [
        "中共甲校支部委员会",
        "甲中",
        "党支部",
        "",
        "2013-07-01",
        "",
        "甲校学校",
        "公办学校",
        "甲校",
        "",
        "2018-09-01",
    ]
    changed[3] = "局党委"
    assert bring(people, now, GOOD, changed) == 2
    made = Organisation.objects.get(short_name="丙校")
    assert (made.parent, made.units.count()) == (people.committee, 2)
    assert set(Alias.objects.filter(organisation=made).values_list("name", flat=True)) == {
        "三校",
        "丙小",
    }
    assert made.pk in {a.name: keys for a, keys in organisations.areas(now.date())}["东片"]
    renamed = Organisation.objects.get(pk=people.own.pk)
    assert (renamed.short_name, renamed.short_name_on(date(2018, 8, 31))) == ("甲中", "甲校")


def test_all_or_nothing_with_row_and_column(people: Cast, now: datetime) -> None:
    bad = ["中共丁校支部委员会", "", "党小组", "没有", "2015-02-30", "", "", "", "", ""]
    lost = ["中共戊校支部委员会", "戊校", "党支部", "没有的党委", "2015-02-01", "", "", "", "", ""]
    with pytest.raises(BadInput) as refusal:
        bring(people, now, GOOD, bad, lost)
    assert {(p.row, p.column) for p in refusal.value.problems} == {
        (3, "简称"),
        (3, "组织类型"),
        (3, "成立日期"),
        (4, "上级党组织"),
    }
    assert not Organisation.objects.filter(short_name="丙校").exists()


def test_what_is_exported_can_be_imported(people: Cast, now: datetime, tmp_path: Path) -> None:
    out = str(tmp_path / "o.xlsx")
    assert main(["ledger", "template", "organisations", out]) == 0
    assert main(["ledger", "export", "organisations", out]) == 0
    assert main(["ledger", "import", "organisations", out, "--dry-run"]) == 0
    assert Organisation.objects.count() == 3


def test_only_the_office_may(people: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        organisation_sheets.bring_in(data=b"", actor=people.actor("clerk"), now=now)
