"""Which ledger a document or sheet belongs to, by what it calls itself (`LedgerKind.titles`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from taizhang.kernel.text import bare, folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.written import feet
from taizhang.ledgers.written.tables import Cells

WITHIN = 8
"""A title stands in one of so many rows at the top."""
_BEHIND = re.compile(r"\([^()]*\)$")
_OF_THE_SORT = re.compile(r"的(?=公示$)")
"""拟确定甲同志为发展对象的公示 is a 发展对象公示."""
_WHEN = re.compile(
    r"(?:19|20)\d{2}(?:至(?:19|20)?\d{2})?(?:年度|学年度|学年|年)?|第?[一二三四1-4]季度|\d{1,2}月份?|[上下]半年|年度|"
    r"本年|关于|制订|制定"
)
"""Of which time a paper is, and words that name nothing."""
_SAME = (
    ("支部委员会", "支委会"), ("支部党员大会", "党员大会"), ("缴", "交"), ("台帐", "台账"), ("岗位职责", "职责"), ("工作职责", "职责"), ("转接", "接转"),
    ("管理使用", "使用管理"), ("记载", "记录"), ("记实", "纪实"),
    ("工作分工", "分工"), ("职责分工", "分工"),
)  # fmt: skip
"""Words for the same thing."""
_ENDS = re.compile(
    r"(?:的|工作)?(?:情况|统计|汇总|登记|记录|纪实|一览|明细|花名|审批|审核|呈报|台账|报告|决定|通知|请示|公告|资料|材料|表|簿|册|本|单|卡)+$"
)
"""What a paper is made as: 登记表, 情况一览表, 台账."""
WHOSE = re.compile(r"(?:中共|中国共产党).*(?:支部委员会|党支部|委员会|总支)")
"""Who issued a paper, above its title."""
_AHEAD = re.compile(r"(?:计划|方案|要点|打算|安排)$")
"""What a paper ends with that tells of nothing that was done yet."""
_LEAST = 3
_TELLING = {"党课", "走访"}
"""Short names that can be nothing else."""


@dataclass(frozen=True)
class Titled:
    """What a title says: the ledger, and the value of the column that sorts its records, where it
    says that too.
    """

    kind: LedgerKind
    column: str = ""
    value: str = ""


@lru_cache(maxsize=1)
def known() -> dict[str, Titled]:
    """Every customary title, bare of marks, with what it says."""
    found: dict[str, Titled] = {}
    for kind in KINDS.values():
        found |= {bare(title): Titled(kind) for title in kind.titles}
        column, by_value = kind.titles_by or ("", {})
        for value, titles in by_value.items():
            found |= {bare(title): Titled(kind, column, value) for title in titles}
    return found


@lru_cache(maxsize=1)
def _cores() -> dict[str, Titled]:
    """What the titles name, without what the paper is made as; names that two ledgers share are
    none.
    """
    found: dict[str, list[Titled]] = {}
    for title, said in known().items():
        core = _core(title)
        alike = found.setdefault(core, [])
        if (len(core) >= _LEAST or core in _TELLING) and said not in alike:
            alike.append(said)
    return {core: alike[0] for core, alike in found.items() if len(alike) == 1}


def _core(title: str) -> str:
    plain = _WHEN.sub("", bare(title))
    for one, other in _SAME:
        plain = plain.replace(one, other)
    shorter = _ENDS.sub("", plain)
    return shorter.removesuffix("的")


def titled(text: str) -> Titled | None:
    """The longest customary title that a heading ends with: whose and of which year it is stands
    before it.
    """
    plain = _OF_THE_SORT.sub("", bare(_BEHIND.sub("", folded(text))))
    plain = re.sub("纪要$", "记录", plain)
    return next((known()[end] for end in _ends(plain) if end in known()), None)


def titled_at_any_time(text: str) -> Titled | None:
    """The same, first without the year or month: 个人年度学习计划 is an 个人学习计划, and no 年度学习计划."""
    return titled(_WHEN.sub("", _BEHIND.sub("", folded(text)))) or titled(text)


def says_more(text: str, said: Titled) -> Titled | None:
    """What a heading names beside a customary title at its end that says less: 大走访活动记录
    is no 活动记录.
    """
    core = _core(_BEHIND.sub("", folded(text)))
    end = next((end for end in _ends(core) if end in _cores()), "")
    plain = bare(_BEHIND.sub("", folded(text)))
    strict = next((end for end in _ends(plain) if end in known()), "")
    other = _cores().get(end)
    longer = other is not None and len(end) > len(_core(strict)) and other.kind is not said.kind
    return other if longer else None


def named(text: str) -> tuple[Titled | None, bool]:
    """What a heading names that is no customary title as it stands, and whether it ends with that
    name.

    党员谈心谈话情况登记表 is 谈心谈话记录表, and 3月份党员志愿服务活动剪影 is of 志愿服务活动.
    """
    core = _core(_BEHIND.sub("", folded(text)))
    if end := next((end for end in _ends(core) if end in _cores()), ""):
        return _cores()[end], True
    ahead = _AHEAD.search(core)
    inside = max(
        (
            one
            for one in _cores()
            if len(one) > _LEAST and one in core and (not ahead or _AHEAD.search(one))
        ),
        key=len,
        default="",
    )
    return (_cores()[inside] if inside else None), False


def _ends(text: str) -> list[str]:
    return [text[start:] for start in range(len(text))]


def is_ahead(text: str) -> bool:
    """Whether a heading names a plan, which tells of nothing that was done."""
    return bool(_AHEAD.search(_core(_BEHIND.sub("", folded(text)))))


@cache
def keeps_plans(slug: str) -> bool:
    """Whether one of the customary titles of a ledger names a plan."""
    return any(said.kind.slug == slug and is_ahead(title) for title, said in known().items())


_MENDING = re.compile(r"整改(?:情况|任务|工作|问题)?台账|(?:整改)?销号(?:台账|清单)|整改销号表")
MENDING = (
    "这是督查问题的整改台账，不是单独的一种台账：请在“督查整改”里打开各个问题，登记整改方案、进展和佐证材料；"
    "组织生活会查摆问题的整改，填在“组织生活会材料”的“整改清单”里。"
)


def kept_elsewhere(text: str) -> str:
    """Where what calls itself so is kept, if in no ledger; empty for all else."""
    plain = bare(_BEHIND.sub("", folded(text)))
    ends = (plain[start:] for start in range(len(plain)))
    elsewhere = titled(text) is None and any(_MENDING.fullmatch(end) for end in ends)
    return MENDING if elsewhere else ""


def elsewhere(cells: Cells) -> str:
    """The same, of a title above a table."""
    rows = ({str(cell).strip() for cell in row} - {""} for row in cells[:WITHIN])
    return next((told for row in rows if len(row) == 1 and (told := kept_elsewhere(*row))), "")


def of_table(cells: Cells) -> Titled | None:
    """What the title above a table says: a row with one text in it, however wide it is merged."""
    return next((found for text in lines_above(cells) if (found := titled(text))), None)


def lines_above(cells: Cells) -> list[str]:
    """The rows with one text in them at the top of a table."""
    rows = ({str(cell).strip() for cell in row} - {""} for row in cells[:WITHIN])
    return [text for row in rows if len(row) == 1 for text in row if not feet.is_sum(text)]
