"""A circular without names betrays no unit: nothing that belongs to one alone stands in it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from taizhang.inspection import queries
from taizhang.inspection.actions import findings
from taizhang.inspection.models import (
    Finding,
    Highlight,
    Round,
    RoundArea,
    RoundSession,
    RoundUnit,
    Visit,
)
from taizhang.inspection.papers import circular
from taizhang.inspection.papers.by_name import OF_ROUND
from taizhang.inspection.papers.parts.unnamed import Blur
from taizhang.kernel.errors import WrongState
from taizhang.orgs.models import Alias, Organisation
from tests.inspection.conftest import DAY, Scene
from tests.make import NAMES

UNITS = ("甲校", "乙校", "丙校", "丁校", "戊校")
SHARED = "2017年9月", "2017年9月未召开支委会"
"""What every unit may have: it is told as it is, where three of them do."""
DETAILS: tuple[dict[str, str], ...] = tuple(
    {
        "day": f"201{n}年{n + 2}月1{n}日", "month": f"201{n}年{n + 7}月", "iso": f"201{n}-1{n % 3}-0{n + 1}",
        "quarter": f"201{n}年{'一二三四一'[n]}季度", "year": f"201{n}年度", "sum": f"{n + 3}{n}89.{n}0元", "people": f"{n + 13}名",
        "spoken": f"{'三四五六七'[n]}名", "times": f"{n + 21}次", "share": f"{n + 41}.5%", "number": f"示支〔201{n}〕{n + 51}号",
        "receipt": f"000{n}7731", "venue": f"第{'甲乙丙丁戊'[n]}会议中心", "book": f"《{'甲乙丙丁戊'[n]}办法》", "said": f"“{'甲乙丙丁戊'[n]}号先锋岗”",
        "group": f"第{'三四五六七'[n]}党小组", "file": f"IMG_201{n}0102.jpg", "clock": f"1{n}:3{n}", "alias": f"{'甲乙'[n]}字头学堂" if n < 2 else UNITS[n],
        "area": f"{'甲乙丙丁戊'[n]}字片区", "unit": UNITS[n],
    }
    for n in range(5)
)  # fmt: skip
WORDS = (
    "{day}未召开党员大会", "{month}{group}没有会议记录", "{quarter}收缴党费{sum}，上缴与留存不一致", "{year}开展志愿服务{times}，少于要求",
    "{people}党员没有个人学习计划", "{spoken}党员未到会，占{share}", "介绍信{number}没有回执", "收据号{receipt}重复", "{day}在{venue}开会的照片与{iso}的相同",
    "制度{book}没有经会议通过", "展板写着{said}，未按要求更换", "{file}拍摄于{clock}", "记录写在{alias}名下", "{area}的{unit}{day}借用会议室没有登记",
    "{day}至{iso}没有记录", "{month}、{day}各有一次记录不全",
)  # fmt: skip
one = st.tuples(st.integers(0, 4), st.sampled_from(WORDS), st.sampled_from(("", "L25:L25.4")))
drafts = st.lists(one, min_size=1, max_size=12)


@pytest.fixture
def wide(scene: Scene) -> Scene:
    """Five units, each in an area of its own with its venue, two of them with a name of former
    days.
    """
    known = list(RoundUnit.objects.order_by("order", "pk"))
    scene.opened.areas.update(name=DETAILS[0]["area"])
    for at, name in enumerate(UNITS):
        if at == 0:
            area = scene.opened.areas.get()
        else:
            area = RoundArea.objects.create(
                round=scene.opened, name=DETAILS[at]["area"], order=at + 5
            )
        RoundSession.objects.create(area=area, date=DAY, venue=DETAILS[at]["venue"])
        if at < len(known):
            RoundUnit.objects.filter(pk=known[at].pk).update(area=area)
            organisation = known[at].organisation
            assert organisation is not None
            Alias.objects.create(organisation=organisation, name=DETAILS[at]["alias"])
        else:
            Visit.objects.create(unit=RoundUnit.objects.create(area=area, name=name, order=at))
    return scene


def _fed_back(scene: Scene, drawn: list[tuple[int, str, str]], good: list[tuple[int, str]]) -> str:
    """The circular without names of a round in which this was found, all of it."""
    office = scene.people.actor("office")
    visits = {v.unit.name: v for v in Visit.objects.select_related("unit")}
    item = scene.opened.items.order_by("no")[24]
    Visit.objects.update(standing=Visit.Standing.CONSULTED)
    for at, facts, rule in drawn:
        Finding.objects.create(
            key=uuid4(), visit=visits[UNITS[at]], item=item, facts=facts, rule=rule, manner="by_deadline", severity="minor",
            standing=Finding.Standing.CONFIRMED, by=office.user, made_at=scene.now,
        )  # fmt: skip
    for at, text in good:
        Highlight.objects.create(
            key=uuid4(), visit=visits[UNITS[at]], text=text, standing="confirmed", by=office.user, made_at=scene.now
        )  # fmt: skip
    findings.issue(
        opened=scene.opened, visits=list(Visit.objects.all()), issued_on=DAY, number="示督〔2018〕1号", actor=office, now=scene.now
    )  # fmt: skip
    opened = queries.round_of(scene.opened.pk, actor=office)
    return "\n".join(clause.text for clause in circular.anonymous_circular(opened).body)


def _not_told(text: str) -> list[tuple[str, str]]:
    """Details of one unit that are in the text."""
    lone = {k: [one[k] for one in DETAILS] for k in DETAILS[0] if k != "unit"}
    told = [(kind, value) for kind, values in lone.items() for value in values if value in text]
    return told + [("unit", name) for name in (*UNITS, *NAMES) if name in text]


@given(drafts, st.lists(st.tuples(st.integers(0, 4), st.sampled_from(WORDS)), max_size=3))
def test_nothing_that_is_of_one_unit_alone_is_told(
    wide: Scene, drawn: list[Any], good: list[Any]
) -> None:
    found = [(at, words.format(**DETAILS[at]), rule) for at, words, rule in drawn]
    praised = [(at, words.format(**DETAILS[at])) for at, words in good]
    with transaction.atomic():
        text = _fed_back(wide, found, praised)
        transaction.set_rollback(True)
    problems = text.partition("存在问题")[2] + text.partition("主要做法和亮点")[2]
    assert _not_told(problems) == []


@pytest.mark.parametrize("many", [2, 3])
def test_what_many_have_in_common_is_told_as_it_is(wide: Scene, many: int) -> None:
    when, facts = SHARED
    text = _fed_back(wide, [(at, facts, "") for at in range(many)], [])
    assert (when in text) == (many > 2)
    assert ("个别支部个别月份未召开支委会" in text) == (many == 2)


@pytest.mark.parametrize(
    "facts",
    [
        "2016年9月23日班子调整后未明确分工", "2016-09-23班子调整后未明确分工", "9月23日班子调整后未明确分工",
        "2016年班子调整后未按示委〔2016〕11号明确分工", "2016年收缴党费10890.00元，上缴10880.00元", "2016年24名党员没有学习笔记",
    ],
)  # fmt: skip
def test_a_day_a_sum_or_a_document_is_told_of_no_number_of_units(wide: Scene, facts: str) -> None:
    text = _fed_back(wide, [(at, facts, "") for at in range(5)], [(at, facts) for at in range(4)])
    problems = text.partition("主要做法和亮点")[2]
    assert [
        one for one in ("23日", "-23", "11号", "10890", "10880", "24名") if one in problems
    ] == []


def test_units_whose_days_differ_have_the_year_in_common(wide: Scene) -> None:
    drawn = [(at, f"2016年9月{20 + at}日班子调整后未明确分工", "L16:L16.1") for at in range(4)]
    assert "一些支部2016年班子调整后未明确分工。" in _fed_back(wide, drawn, [])


def test_how_often_is_told_of_many(wide: Scene) -> None:
    drawn = [(at, "2015年党课仅开展3次，少于4次", "L31:L31.1") for at in range(3)]
    assert "2015年党课仅开展3次，少于4次" in _fed_back(wide, drawn, [])


def test_praise_of_many_is_counted(wide: Scene) -> None:
    text = _fed_back(wide, [], [(at, "台账电子化管理") for at in range(4)])
    assert "4个支部：台账电子化管理。" in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2017年9月13日党小组会记录要素不全，缺少主持人", "党小组会记录要素不全，缺少主持人"),
        ("2017年9月13日未召开党员大会", "某日未召开党员大会"),
        ("2015年经费收支不平衡：年初与收入合计8000元，支出与年末合计8010元", "个别年度经费收支不平衡"),
        ("某同志2015年2月未交党费，此类情况共4处（2015年2月至2017年4月，4人）", "有的同志个别月份未交党费"),
        ("某同志2016年8月24日开出的介绍信超过有效期才办理接收（有效期5天，8天后办理）", "有的同志某日开出的介绍信超过有效期才办理接收"),
        ("2018年7月未召开支委会（无会议记录）", "个别月份未召开支委会（无会议记录）"),
        ("2015年2月至2016年3月没有记录", "个别月份没有记录"),
        ("缺少：会议记录2份，请示", "缺少：会议记录若干份，请示"),
    ],
)  # fmt: skip
def test_what_is_left_open_is_written_as_people_do(said: str, told: str) -> None:
    assert Blur("").of_few(said) == told


def test_times_are_joined_only_where_they_are_of_the_same_units(wide: Scene) -> None:
    months = [("2017-09", "2017年9月"), ("2017-10", "2017年10月"), ("2017-11", "2017年11月")]
    drawn = [(at, f"{told}未召开支委会", "L29:L29.1") for at in range(3) for _, told in months[:2]]
    drawn += [(at, "2017年11月未召开支委会", "L29:L29.1") for at in (2, 3, 4)]
    windows = {f"{told}未召开支委会": label for label, told in months}
    office = wide.people.actor("office")
    _fed_back(wide, drawn, [])
    for f in Finding.objects.all():
        Finding.objects.filter(pk=f.pk).update(window=windows[f.facts])
    opened = queries.round_of(wide.opened.pk, actor=office)
    text = "".join(clause.text for clause in circular.anonymous_circular(opened).body)
    assert "一些支部2017年9月、10月未召开支委会；一些支部2017年11月未召开支委会" in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2015年党课开展3次，少于4次", "某年党课开展若干次，少于4次"),
        ("“三会一课”制度写着“照搬”", "“三会一课”制度写着“某内容”"),
        ("2016年8月24日开出的介绍信有效期为5天，8天后才接收", "某日开出的介绍信有效期为若干天，若干天后才接收"),
        ("2015年2月至2017年4月共4处", "某月共若干处"),
        ("第一党小组两名党员2015—2016学年没有学习笔记", "某党小组若干名党员某年没有学习笔记"),
        ("一次交全年党费", "一次交全年党费"),
        ("二〇一六年度没有计划", "某年没有计划"),
        ("核定85.50元，比例5‰", "核定若干元，比例一定比例"),
        ("收缴10890.00元，留存2018.10元，2018.10.9上缴", "收缴若干元，留存若干元，某日上缴"),
    ],
)  # fmt: skip
def test_details_go_and_what_the_requirements_say_stays(said: str, told: str) -> None:
    assert Blur("“三会一课”制度\n每年4次，入党介绍人2名").over(said) == told


@pytest.mark.parametrize("name", ["circular", "circular-anonymous"])
def test_there_is_no_circular_before_anything_is_fed_back(scene: Scene, name: str) -> None:
    opened = Round.objects.get(pk=scene.opened.pk)
    with pytest.raises(WrongState, match="还没有反馈，不能出具情况通报"):
        OF_ROUND[name][1](opened)


def test_units_that_are_no_branches_are_not_called_so(wide: Scene) -> None:
    drawn = [(at, "没有党课计划", "") for at in range(2)]
    assert "个别支部没有党课计划" in _fed_back(wide, drawn, [])
    Organisation.objects.filter(pk=wide.people.other.pk).update(org_type="general_branch")
    opened = queries.round_of(wide.opened.pk, actor=wide.people.actor("office"))
    text = "".join(clause.text for clause in circular.anonymous_circular(opened).body)
    assert "个别党组织没有党课计划" in text
