"""What is kept of a record's words for comparing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from taizhang.checks.actions import checking as checks
from taizhang.checks.models import SuspicionRow
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.thought_reports import ThoughtReport
from taizhang.ledgers.models import TextPhrase, TextSketch
from taizhang.ledgers.records import actions
from taizhang.orgs.models import Unit
from tests.make import Cast, inspected, raw, save

ITEMS = "\n".join(
    f"{what}专题学习与交流讨论（月份：{month}；形式：集中学习；类别：理想信念）"
    for month, what in enumerate(("党章", "准则", "条例", "党史", "国史", "时事", "师德", "宪法", "教育法", "教师法"), start=2)
)  # fmt: skip


def test_what_is_planned_is_compared_too(people: Cast, now: datetime) -> None:
    about = raw("study-plans") | {"requirement": "认真学", "assessment": "看笔记"}
    save(people.own, people.actor("clerk"), now, "study-plans", **about | {"items": ITEMS})

    assert TextSketch.objects.get(kind="study-plans").length > 100


def test_a_long_report_is_compared_by_its_sketch_alone(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    for day, text in (
        ("2017-03-30", "三行。" * 10),
        ("2017-06-30", "一二三四五六七八九十百千" * 20),
    ):
        about = raw("thought-reports") | {"written_on": day, "text": text}
        save(people.own, clerk, now, "thought-reports", **about)

    short, long = ThoughtReport.objects.order_by("written_on")

    assert short.mark
    assert not long.mark
    assert [sketch.on.month for sketch in TextSketch.objects.filter(kind="thought-reports")] == [6]


SECTION = "理论学习还不够系统深入，联系群众的办法不多，对青年教师的关心不够主动，落实制度有时松懈，班子成员之间谈心谈话次数偏少，下一步将逐条整改落实到人并接受党员监督"


def test_a_section_copied_from_last_year_is_seen(people: Cast, now: datetime) -> None:
    inspected(now, (2016, 2018), date(2018, 10, 25))
    clerk = people.actor("clerk")
    for year, opinions in (
        ("2016", "甲" * 80 + "一二三四五六七八九十" * 8),
        ("2017", "乙丙丁戊己庚辛壬癸" * 20),
    ):
        values = raw("life-meetings") | {"assessment_year": year, "held_on": f"{year}-12-12"}
        text = {"opinions": opinions, "self_examination": SECTION}
        save(people.own, clerk, now, "life-meetings", **values | text)
    checks.check_all(name="reference", actor=None, now=now)

    told = set(
        SuspicionRow.objects.filter(rule__startswith="L32:L32.12").values_list("rule", flat=True)
    )
    assert told == {"L32:L32.12a"}


def test_a_lecture_of_another_branch_and_a_copied_discussion_are_seen(
    people: Cast, now: datetime
) -> None:
    inspected(now, (2018, 2018), date(2018, 10, 25))
    places = ((people.own, "clerk", "党课一" * 30), (people.other, "foreign", "另一些话" * 40))
    for branch, user, discussion in places:
        values = {
            "kind": "党课",
            "held_on": "2018-03-06",
            "content": SECTION,
            "discussion": discussion,
        }
        save(branch, people.actor(user), now, "meetings", **raw("meetings") | values)
    for month in ("04", "05"):
        values = {
            "kind": "支委会",
            "held_on": f"2018-{month}-10",
            "discussion": SECTION[:75],
            "title": month,
        }
        save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings") | values)
    checks.check_all(name="reference", actor=None, now=now)

    told = set(SuspicionRow.objects.values_list("rule", "branch"))
    assert {("L31:L31.5b", people.own.pk), ("L31:L31.5b", people.other.pk)} <= told
    assert ("L29:AF-T1a", people.own.pk) in told


@pytest.mark.parametrize(("said", "told"), [("联合", 0), ("分别", 2)])
def test_a_joint_lecture_may_be_told_in_the_same_words(
    people: Cast, now: datetime, said: str, told: int
) -> None:
    inspected(now, (2018, 2018), date(2018, 10, 25))
    for own, user, other in (
        (people.own, "clerk", people.other),
        (people.other, "foreign", people.own),
    ):
        partner = f"与{other.units.get().name}{said}上党课。"
        values = {
            "kind": "党课",
            "held_on": "2018-03-06",
            "content": SECTION,
            "discussion": partner,
        }
        save(own, people.actor(user), now, "meetings", **raw("meetings") | values)
    checks.check_all(name="reference", actor=None, now=now)

    assert SuspicionRow.objects.filter(rule="L31:L31.5b").count() == told


def test_what_was_withdrawn_is_compared_no_more(people: Cast, now: datetime) -> None:
    values = {"kind": "党课", "held_on": "2018-03-06", "content": SECTION, "discussion": SECTION}
    clerk = people.actor("clerk")
    entry = save(people.own, clerk, now, "meetings", **raw("meetings") | values)
    kept = set(TextSketch.objects.values_list("kind", flat=True))
    actions.withdraw(kind=KINDS["meetings"], entry=entry, reason="误登", actor=clerk, now=now)

    assert {"meetings.content", "meetings.discussion"} <= kept
    assert not TextSketch.objects.exists()


def test_another_school_is_known_without_its_district(people: Cast, now: datetime) -> None:
    unit = Unit.objects.create(name="示例区南山小学")
    people.other.units.add(unit)
    values = {"held_on": "2018-03-06", "discussion": "学习南山小学党支部的制度"}
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings") | values)

    words = set(TextPhrase.objects.filter(code="other_unit").values_list("words", flat=True))
    assert words == {"南山小学"}
