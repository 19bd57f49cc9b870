"""问题清单 and 整改台账 (DOMAIN 7.6, 7.9) as tables: a column stands where it has something to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from taizhang.inspection.models import Finding
from taizhang.inspection.papers.parts.shared import plan_of, progress_told
from taizhang.papers.official.paper import in_full
from taizhang.papers.paper import Table
from taizhang.papers.wording import sentence, unended


@dataclass(frozen=True)
class Column:
    """A column by its heading; its breadth is a share of the page."""

    head: str
    share: float
    told: Callable[[Finding], str]


def _table(found: list[Finding], columns: list[Column]) -> Table:
    rows = [[str(n), *(column.told(f) for column in columns)] for n, f in enumerate(found, start=1)]
    return Table(
        "",
        ["序号", *(column.head for column in columns)],
        rows,
        [0.5, *(column.share for column in columns)],
    )


def _day(day: date | None) -> str:
    return in_full(day) if day else ""


def _number(f: Finding) -> str:
    return f.visit.letter.number if hasattr(f.visit, "letter") else ""


def _responsible(f: Finding) -> str:
    made = plan_of(f)
    return made.responsible_name if made else ""


def _remark(f: Finding) -> str:
    disputed = f.standing == Finding.Standing.DISPUTED
    told = (
        "上轮问题未整改到位" if f.repeat_of_id else "",
        "已提出申诉，正在核实" if disputed else "",
    )
    return "；".join(filter(None, told))


_UNIT = Column("被督查党组织", 1.3, lambda f: f.visit.unit.name)
_NUMBER = Column("反馈文号", 1.7, _number)
_FACTS = Column("问题具体表现", 3.6, lambda f: unended(f.facts))


def finding_table(found: list[Finding], *, one_unit: bool = False) -> Table:
    """问题清单; that of one unit says its name and number above."""
    numbered = not one_unit and any(_number(f) for f in found)
    return _table(
        found,
        [
            *([] if one_unit else [_UNIT]),
            *([_NUMBER] if numbered else []),
            Column("问题类别", 1.25, lambda f: f.item.category if f.item else ""),
            _FACTS,
            Column("涉及台账", 1.5, lambda f: f.item.title if f.item else ""),
            Column("依据", 2.2, lambda f: f.basis),
            Column("严重程度", 0.7, lambda f: f.get_severity_display()),
            Column("整改类型", 0.9, lambda f: f.get_manner_display()),
            Column("整改时限", 1.5, lambda f: _day(f.deadline)),
            Column("责任人", 0.9, _responsible),
            Column("备注", 0.8, _remark),
        ],
    )


def _planned(f: Finding, name: str) -> str:
    made = plan_of(f)
    return str(getattr(made, name)) if made else ""


def _due(f: Finding) -> str:
    made = plan_of(f)
    return _day(made.deadline if made else f.deadline)


_MEASURES = [
    Column("整改措施", 2.2, lambda f: _planned(f, "measure")),
    Column("责任领导", 0.9, lambda f: _planned(f, "leader_name")),
    Column("责任人", 0.9, lambda f: _planned(f, "responsible_name")),
    Column("整改时限", 1.5, _due),
]


def planned_table(found: list[Finding]) -> Table:
    """整改台账 as it is adopted: without results."""
    target = Column("整改目标", 1.6, lambda f: _planned(f, "target"))
    return _table(found, [_FACTS, target, *_MEASURES])


def _progress(f: Finding) -> str:
    """How far it is, in the words of the result, else of each report."""
    made = plan_of(f)
    said = [made.result] if made and made.result.strip() else [one.text for one in f.progress.all()]
    return "\n".join([*(sentence(text) for text in said), f"（{progress_told(f)}）"])


def evidence(f: Finding) -> str:
    """The files that were handed in, before and after, or the reason for which none was needed."""
    files = [f"{one.get_stage_display()}：{one.file.name}" for one in f.files.all()]
    made = plan_of(f)
    bare = made.without_evidence if made and f.standing == Finding.Standing.CLOSED else ""
    return "\n".join(files) or (f"无佐证材料，销号理由：{bare}" if bare else "")


def done(f: Finding) -> str:
    """是 once it is closed; 部分 while it is kept up for long or reported as under way; else 否."""
    if f.standing == Finding.Standing.CLOSED:
        return "是"
    reported = max((one.percent for one in f.progress.all()), default=0)
    return "部分" if f.standing == Finding.Standing.LONG_TERM or reported else "否"


def _verifier(f: Finding) -> str:
    made = plan_of(f)
    return made.verified_by.name if made and made.verified_by else ""


def _closed_on(f: Finding) -> str:
    made = plan_of(f)
    return _day(made.closed_on) if made and f.standing == Finding.Standing.CLOSED else ""


_PROGRESS = [
    Column("整改进展（完成情况）", 2, _progress),
    Column("佐证材料", 1.4, evidence),
    Column("是否完成", 0.6, done),
]


def closing_table(found: list[Finding]) -> Table:
    """销号台账: each problem with its plan, progress, evidence and verification."""
    return _table(
        found,
        [
            _UNIT,
            _FACTS,
            *_MEASURES,
            *_PROGRESS,
            Column("核查人", 0.8, _verifier),
            Column("核查意见", 1.2, lambda f: _planned(f, "opinion")),
            Column("销号日期", 1.5, _closed_on),
        ],
    )


def progress_table(found: list[Finding]) -> Table:
    """The annex of a branch's report: what it did, with its evidence."""
    return _table(found, [_FACTS, *_MEASURES, *_PROGRESS])
