"""The sentence of every rule can stand in a letter: filled as its kind's worked examples fill it,
it speaks of the branch alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest
from pydantic import ValidationError

from taizhang.checks import engine
from taizhang.checks.reasons import sentences
from taizhang.ledgers.kinds import KINDS
from taizhang.rules.base import Rule, Suspicion
from taizhang.rules.kinds import Periodic
from tests.rules import manual as worked

BASE = "tianning-2018"
SOFTWARE = re.compile(
    r"账号|系统|占位|相似度|雷同约|图像特征|登记|录入|补录|字段|文件名|数据|同一账号|请核对|请核实|(?<!没)有人(?!员)"
)
ILL_WRITTEN = re.compile(
    r"[A-Za-z０-９#_]|\d{4}-\d|\d{4}/\d|(?<![第每])[一二三四]季度|年年|。|；；|，，|““|””|“[^”]*“|\{|\}|[,;:!?()"
    r"]|\d+\.00元|\d,\d{3}"
)
SECOND_READING = re.compile(r"在\d+天后才?登记|用了\d+天|超过\d+天未|多于?应选人数与有效票之积")
DETAILS = ("", "示例己", "主持人、议程", "2017-03-31", "publicity", "“三严三实”专题教育")
WINDOWS = ("2017", "2017-H1", "2017-Q3", "2017-03", "2017-03-08")
_RECORDS = [(slug, key) for slug in ["", *KINDS] for key in (8, 9)]
NAMES = sentences.Names(
    {9: "示例乙"}, {9: "第一党小组"}, dict.fromkeys(_RECORDS, "2017年3月9日"),
    dict.fromkeys(_RECORDS, "示例甲"), dict.fromkeys(_RECORDS, "支委会"),
)  # fmt: skip


@pytest.fixture(scope="module")
def numbers() -> dict[str, set[tuple[int, int]]]:
    """Kind → what its worked examples found and wanted; amounts with fen and without."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(
        lambda: {(3, 5), (0, 1), (1089000, 1088050)}
    )
    for example in worked.examples():
        for one in example.told:
            if one.certain:
                found[example.rule.kind].add((one.found, one.wanted))
    return found


def _filled(rule: Rule, numbers: dict[str, set[tuple[int, int]]]) -> set[str]:
    details = (*DETAILS, *[" ".join(getattr(rule, "fields", {}).values()).replace(" ", "、")])
    asked = (
        Suspicion(rule.id, 1, window, 8, 9, found, wanted, detail)
        for window in WINDOWS
        for found, wanted in numbers[rule.kind]
        for detail in details
    )
    return {sentences.official(rule, one, NAMES) for one in asked}


def test_every_rule_can_be_quoted_in_a_letter(numbers: dict[str, set[tuple[int, int]]]) -> None:
    wrong = {
        (rule.id, text)
        for rule in engine.rules(BASE).values()
        for text in _filled(rule, numbers)
        for pattern in (SOFTWARE, ILL_WRITTEN, SECOND_READING)
        if not text or pattern.search(text)
    }
    assert sorted(wrong) == []


@pytest.mark.parametrize(
    ("rule", "suspicion", "told"),
    [
        ("L28:AF-D4", Suspicion("", 1, "2018-10-20", found=5), "2018年10月20日在一小时之内集中形成5个月的会议记录"),
        ("L28:L28.1", Suspicion("", 1, "2018-Q3"), "2018年第三季度未召开党员大会"),
        ("L25:L25.4", Suspicion("", 1, "2018-Q1", found=1089000, wanted=1088050), "2018年第一季度收缴党费10890元，上缴与留存合计10880.50元，不一致"),
        ("L21:L21.2", Suspicion("", 1, "2016-08-24", 8, found=8, wanted=5), "示例甲2016年8月24日开出的介绍信超过有效期才办理接收（有效期5天，8天后办理）"),
        ("L29:MT.10", Suspicion("", 1, "2016-08-24", 8, 9, found=80), "2016年8月24日支委会会议记录与2017年3月9日的另一次会议的记录雷同"),
        ("L25:L25.5b", Suspicion("", 1, "2016-08-01", 8), "示例甲2016年8月党费没有收据号"),
    ],
)  # fmt: skip
def test_a_letter_says_it_as_people_write(rule: str, suspicion: Suspicion, told: str) -> None:
    known = engine.rules(BASE)[rule]
    assert sentences.official(known, suspicion, NAMES) == told


def _periodic(**more: Any) -> Periodic:
    return Periodic(id="x", severity="error", ledger="meetings", every="month", **more)


def test_a_letter_can_be_filled_with_what_the_screen_is_filled_with_and_no_more() -> None:
    assert _periodic(finding="{window}未召开").letter == "{window}未召开"
    assert (
        _periodic(finding="{window}未召开", official="{window}没有召开").letter
        == "{window}没有召开"
    )
    with pytest.raises(ValidationError, match="person"):
        _periodic(finding="{window}未召开", official="{person}没有召开")


@pytest.mark.parametrize(
    ("rule", "to_do"),
    [
        ("L29:L29.1", "past"), ("L30:L30.1", "past"), ("L31:L31.2", "past"), ("L29:MT.1", "past"), ("L28:AF-D4", "past"), ("L18:L18.1", "past"),
        ("L10:PD.1", "now"), ("L15:L15.2", "now"), ("L25:L25.2", "now"), ("L20:L20.2", "now"),
        ("L25:L25.4", "correct"), ("L28:L28.2", "correct"),
    ],
)  # fmt: skip
def test_a_rule_says_whether_what_it_finds_can_still_be_made_good(rule: str, to_do: str) -> None:
    assert engine.rules(BASE)[rule].to_do == to_do


def test_no_fault_of_a_meeting_that_is_over_is_made_good_afterwards() -> None:
    held = {"L28", "L29", "L30", "L31"}
    kept = [r for r in engine.rules(BASE).values() if r.id.partition(":")[0] in held]
    now = {r.id.partition(":")[2].partition("@")[0] for r in kept if r.to_do == "now"}
    assert now == {"MT.4", "MT.12", "MT.12w", "L29.6"}
