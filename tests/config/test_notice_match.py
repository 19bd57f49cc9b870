"""`taizhang notice match`: the contract of DESIGN 8."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taizhang.config.cli.main import main
from tests.make import Cast
from tests.notices.papers import SAMPLE

Capture = pytest.CaptureFixture[str]


def _matched(path: Path, capsys: Capture) -> dict[str, Any]:
    assert main(["notice", "match", str(path), "--json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def _list(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "n.txt"
    text = ["附件1", "台账清单", *(f"{at}．{line}" for at, line in enumerate(lines, 1))]
    path.write_text("\n".join(text), "utf-8")
    return path


@pytest.mark.django_db
def test_every_line_with_its_item_and_the_rules_of_its_sentence(
    people: Cast, capsys: Capture
) -> None:
    found = _matched(SAMPLE, capsys)

    assert [entry["match"]["item"] for entry in found["items"]] == [
        f"L{n:02}" for n in range(1, 37)
    ]
    rule = {
        "ledger": "meetings", "what": "committee", "every": "month", "at_least": 1, "per": "branch", "quote": "每月召开一次",
    }  # fmt: skip
    assert found["items"][28]["proposed"] == [rule]
    assert found["units"][0] == {"name": "正衡天宁分校", "match": None}


@pytest.mark.django_db
def test_a_line_that_joins_several_has_an_entry_for_each(
    tmp_path: Path, people: Cast, capsys: Capture
) -> None:
    path = _list(
        tmp_path,
        "三会一课：每季度召开一次党员大会，每月召开一次支委会。",
        "政治生日：每月一次。",
        "主题党日：每月一次。",
    )
    entries = _matched(path, capsys)["items"]

    told = [
        (e["no"], (e["match"] or {}).get("item"), [p["what"] for p in e["proposed"]])
        for e in entries
    ]
    assert told == [
        (1, "L28", ["assembly"]), (1, "L29", ["committee"]), (1, "L30", []), (1, "L31", []),
        (2, None, []), (3, None, ["theme_day"]),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_person_reads_the_same_in_words(people: Cast, capsys: Capture) -> None:
    assert main(["notice", "match", str(SAMPLE)]) == 0
    told = capsys.readouterr().out
    assert "每年至少4次服务和志愿活动（原文：每年服务基层4次）" in told
    assert "共36条，36条有对应项目。" in told


def test_an_unknown_catalogue_is_told_with_those_there_are(capsys: Capture) -> None:
    assert main(["notice", "match", str(SAMPLE), "--catalogue", "none"]) == 1
    assert "没有要求模板“none”" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ["reference", pytest.param("duckdb", marks=pytest.mark.night)])
def test_a_year_of_today_is_checked_by_todays_catalogue(
    people: Cast, capsys: Capture, engine: str
) -> None:
    days = ["--from", "2025-01-01", "--to", "2025-12-31", "--on", "2026-03-31"]
    assert main(["check", "--catalogue", "zhibu-2026", *days, "--engine", engine, "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    items = {item["item"]: item for item in document["branches"][0]["items"]}
    assert document["catalogue"] == "zhibu-2026"
    assert items["L37"]["outcome"] == "missing"
    assert items["L37"]["suspicions"][0]["text"] == "2025年1月没有开展主题党日的记录"


@pytest.mark.django_db
def test_the_rules_of_a_catalogue_that_is_not_in_force_are_listed(capsys: Capture) -> None:
    assert main(["rules", "list", "--catalogue", "zhibu-2026", "--json"]) == 0
    rules = {rule["id"]: rule for rule in json.loads(capsys.readouterr().out)}
    assert rules["L37:L37.1"]["basis"]["article"] == "第十六条"
    assert main(["rules", "list", "--catalogue", "none"]) == 1
    assert "现有：tianning-2018、zhibu-2026" in capsys.readouterr().err


@pytest.mark.django_db
def test_two_catalogues_are_laid_side_by_side(capsys: Capture) -> None:
    assert main(["rules", "map", "tianning-2018", "zhibu-2026", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["new"] for one in found if one["state"] == "new"] == ["L37", "L38"]
    assert main(["rules", "map", "tianning-2018", "zhibu-2026"]) == 0
    assert "L27 → —　取消" in capsys.readouterr().out
