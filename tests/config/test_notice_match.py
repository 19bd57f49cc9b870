"""`taizhang notice match`: the contract of DESIGN 8."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taizhang.config.command import main
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
