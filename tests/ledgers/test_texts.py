"""What is kept of a record's words for comparing."""

from __future__ import annotations

from datetime import datetime

from taizhang.ledgers.kinds.thought_reports import ThoughtReport
from taizhang.ledgers.models import TextSketch
from tests.make import Cast, raw, save

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
