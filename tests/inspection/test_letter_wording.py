"""Letters as people write them: by kind of work, one sentence for one fault, nothing made good that
is past, no word of the machine.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from taizhang.inspection import bases, proposals
from taizhang.inspection.actions import consulting
from taizhang.inspection.models import Finding, RectificationNotice
from taizhang.inspection.papers import letters
from taizhang.inspection.papers.parts import problems
from taizhang.inspection.papers.parts.problems import Problem
from taizhang.papers.official.paper import Official
from tests.inspection.conftest import Scene
from tests.inspection.test_findings import WORDS, _consult, _issue

MONTHLY = "台账要求“每月召开一次，支委会会议记录”"
LEFT_OUT = Problem(
    "", MONTHLY, severity="serious", manner="long_term", deadline=date(2019, 4, 25), about="“三会一课”",
    no=29, rule="L29:L29.1", remedy="past",
)  # fmt: skip


def _month(window: str, said: str = "未召开支委会") -> Problem:
    year, _, month = window.partition("-")
    return replace(LEFT_OUT, facts=f"{year}年{int(month)}月{said}。", window=window)


DUES = Problem(
    "2018年第一季度收缴党费10890元，上缴与留存合计10880元，不一致", "条例第九条", "核对收据存根", manner="at_once",
    deadline=date(2018, 11, 1), about="党费收缴", no=25, rule="L25:L25.4", window="2018-Q1", remedy="correct",
)  # fmt: skip
RULES = Problem("没有现行有效的“谈心谈话制度”", about="制度建设", no=12, manner="by_deadline", deadline=date(2018, 11, 25), remedy="now")  # fmt: skip
BY_HAND = Problem("记录本缺页", manner="by_deadline", deadline=date(2018, 11, 25))


def _texts(found: list[Problem]) -> list[str]:
    return [clause.text for clause in problems.told(found).clauses]


def test_one_fault_at_several_times_is_one_sentence_with_its_extent() -> None:
    months = ["2017-01", "2016-05", "2016-06", "2016-07", "2016-03"]
    assert _texts([_month(month) for month in months]) == [
        f"1. 2016年3月、5月至7月，2017年1月共5个月未召开支委会。依据：{MONTHLY}。"
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(_month("2016-05"), severity="grave"),
        replace(_month("2016-05"), suggestion="按月召开"),
        replace(_month("2016-05"), basis=""),
        replace(_month("2016-05"), rule=""),
        replace(_month("2016-05"), facts="2016年5月未召开支委会，也没有记录"),
        _month("2016-03"),
    ],
)
def test_what_differs_is_told_by_itself(other: Problem) -> None:
    first = _month("2016-03")
    assert len(problems.joined([first, other])) == 2


@pytest.mark.parametrize(
    "said",
    ["党课仅开展1次，少于4次", "8日支委会没有主持人", "度没有计划", "至今没有计划", "前后没有学习"],
)
def test_a_number_or_another_time_behind_it_keeps_them_apart(said: str) -> None:
    listed = [_month(month, said) for month in ("2016-03", "2016-05")]
    assert [entry.text for entry in problems.joined(listed)] == [f"2016年3月{said}", f"2016年5月{said}"]  # fmt: skip


def test_problems_stand_by_kind_of_work_the_gravest_first() -> None:
    assert _texts([BY_HAND, RULES, DUES, _month("2016-03"), _month("2016-05")]) == [
        "（一）“三会一课”方面",
        f"1. 2016年3月、5月未召开支委会。性质：较严重。依据：{MONTHLY}。",
        "（二）制度建设方面",
        "2. 没有现行有效的“谈心谈话制度”。",
        "（三）党费收缴方面",
        "3. 2018年第一季度收缴党费10890元，上缴与留存合计10880元，不一致。依据：条例第九条。建议：核对收据存根。",
        "（四）其他方面",
        "4. 记录本缺页。",
    ]


def test_a_basis_stands_once_behind_all_that_rest_on_it() -> None:
    late = replace(_month("2016-03"), facts="支委会会议记录没有议题", rule="", window="")
    other = replace(late, facts="2017年支委会记录过于简单", basis="")
    assert _texts([_month("2016-03"), other, late]) == [
        "1. 2016年3月未召开支委会。",
        "2. 支委会会议记录没有议题。",
        f"第1、2项的依据：{MONTHLY}。",
        "3. 2017年支委会记录过于简单。",
    ]
    assert _texts([_month("2016-03"), late])[-1] == f"依据：{MONTHLY}。"


@pytest.mark.parametrize(
    "basis", ["", "系统提示，非台账要求", "《条例》第九条：按期召开（待核实）"]
)
def test_what_is_no_requirement_is_no_basis(basis: str) -> None:
    assert _texts([replace(BY_HAND, basis=basis)]) == ["1. 记录本缺页。"]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([BY_HAND], "督查发现问题1个。"),
        ([DUES, BY_HAND], "督查发现问题2个。"),
        ([_month("2016-03")], "督查发现问题1个，属较严重问题。"),
        ([_month("2016-03"), _month("2016-05")], "督查发现问题2个，归纳为1项，均属较严重问题。"),
        ([_month("2016-03"), BY_HAND, replace(DUES, severity="grave")], "督查发现问题3个，其中严重1个、较严重1个。"),
    ],
)  # fmt: skip
def test_how_grave_they_are_is_said_where_they_differ(found: list[Problem], told: str) -> None:
    assert problems.how_many(problems.told(found)) == told
    same = len({one.severity for one in found}) == 1
    assert same == ("性质：" not in "".join(_texts(found)))


def test_only_what_can_be_made_good_is_to_be_made_good() -> None:
    shown = problems.told([BY_HAND, RULES, DUES, _month("2016-03")]).numbered
    assert problems.to_do(shown) == (
        "第2项要对照要求据实补齐；第3项要对照原始记录核实更正；"
        "第1项已经过去、不能补做，不得事后补造记录，要查找原因、举一反三，建立长效机制。"
    )
    past = problems.to_do(problems.told([_month("2016-03")]).numbered)
    assert past.startswith("上述问题已经过去")
    assert "补齐" not in past
    assert problems.to_do(problems.told([BY_HAND]).numbered) == ""


def test_deadlines_stand_in_their_order() -> None:
    shown = problems.told([BY_HAND, RULES, DUES, _month("2016-03")]).numbered
    assert problems.by_when(shown) == (
        "第3项立行立改，于2018年11月1日前整改到位；第2、4项限期整改，于2018年11月25日前整改到位；"
        "第1项长期坚持，整改时限为2019年4月25日。"
    )


def _found(scene: Scene, item: int | None, facts: str, **about: Any) -> None:
    assert scene.send("inspector", "finding", item=item, facts=facts, **about).state == "stored"


def _letter(scene: Scene) -> Official:
    return letters.letter(_issue(scene).visit)


def test_a_letter_begins_with_what_the_team_thinks_of_the_whole(scene: Scene) -> None:
    words = replace(WORDS, judgement="总体看，工作有基础，但“三会一课”不够规范", advice="")
    member = scene.people.actor("inspector")
    _found(scene, 29, "2016年3月未召开支委会", rule="L29:L29.1", window="2016-03", source="machine")
    consulting.write(visit=scene.own, words=words, version=1, actor=member, now=scene.now)
    page_before = scene.own.judgement
    _consult(scene)
    body = [clause.text for clause in _letter(scene).body]
    assert page_before == words.judgement
    assert body[1:4] == [
        "一、总体情况",
        "总体看，工作有基础，但“三会一课”不够规范。",
        "台账基本齐全。",
    ]
    assert "三、整改要求" in body


def test_without_a_judgement_there_is_none(scene: Scene) -> None:
    _found(scene, None, "记录本缺页")
    _consult(scene)
    text = "".join(clause.text for clause in _letter(scene).body)
    assert "总体看" not in text
    assert "能够" not in text


def test_what_is_taken_over_from_the_machine_stands_in_the_letter_in_its_own_words(checked: Scene, login: Any) -> None:  # fmt: skip
    told = login(checked.people.users["inspector"]).get("/site/pack/").json()
    mine = next(one for one in told["visits"] if one["id"] == checked.own.pk)
    reasons = [(int(no), r) for no, known in mine["items"].items() for r in known["reasons"] if not r["hint"] and r["severity"] != "unsure"]  # fmt: skip
    version = bases.version_of(checked.own)
    assert {r["manner"] for _, r in reasons} == {"by_deadline", "long_term"}
    for no, reason in reasons:
        assert reason["manner"] == proposals.manner(version, reason["rule"])
        _found(
            checked, no, reason["official"], source="machine", rule=reason["rule"], window=reason["window"],
            severity="serious", manner=reason["manner"],
        )  # fmt: skip
    assert Finding.objects.count() == len(reasons) > 20
    _consult(checked)
    paper = _letter(checked)
    text = "\n".join(clause.text for clause in paper.body)
    machine = r"账号|系统|占位|相似度|登记|有人|[A-Za-z]|\d{4}-\d|年[一二三四]季度|。。|““"
    said = re.sub("依据：.*", "", text)
    assert re.findall(rf".{{0,20}}(?:{machine}).{{0,20}}", said) == []
    assert "““" not in text
    assert [c.text for c in paper.body if c.level == 2]


def test_no_advice_is_printed_that_nobody_took(scene: Scene, login: Any) -> None:
    _found(scene, 29, "2016年3月未召开支委会", rule="L29:L29.1", window="2016-03", source="machine")
    page = login(scene.people.users["inspector"]).get(f"/findings/{Finding.objects.get().pk}/")
    offered = proposals.advice(bases.version_of(scene.own), "L29:L29.1")
    assert f'data-text="{offered}"' in page.content.decode()
    assert "不得事后补造记录" in offered
    _consult(scene)
    text = "".join(clause.text for clause in _letter(scene).body)
    assert "建议：" not in text
    assert proposals.advice(bases.version_of(scene.own), "") == ""


def test_a_notice_is_worded_as_the_letter_is(scene: Scene) -> None:
    for month in (3, 5):
        _found(scene, 29, f"2016年{month}月未召开支委会", rule="L29:L29.1", window=f"2016-0{month}", source="machine")  # fmt: skip
    _found(scene, 25, "党费收据不全")
    _consult(scene)
    letter = _issue(scene)
    notice = RectificationNotice(
        visit=letter.visit, number="督改〔2018〕1号", issued_on=date(2018, 11, 1), due_on=date(2018, 11, 30)
    )  # fmt: skip
    Finding.objects.update(standing=Finding.Standing.ACKNOWLEDGED)
    body = [clause.text for clause in letters.notice_made(notice).body]
    assert [text for text in body if text[1] == "、"] == [
        "一、存在的问题",
        "二、整改要求",
        "三、报送材料",
    ]
    assert any(text.startswith("2. 2016年3月、5月未召开支委会。") for text in body)
    assert "2. 请认真整改，于2018年11月30日前整改完毕。主要负责人为第一责任人。" in body
    assert "整改方案、整改报告、佐证材料。" in body
    assert "本通知书一式两份，请签收后交回回执。" in body
