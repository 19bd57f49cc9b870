"""The sums of a year, by month or by branch; what was not measured is said to have no record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from taizhang.ledgers.models import Burden, SparedPaper
from taizhang.orgs.models import Organisation

_SUMMED = ("records", "typed", "taken", "derived", "timed", "seconds", "capped")
UNKNOWN = "没有记录"


@dataclass
class Figures:
    """The sums of a month or a branch."""

    name: str
    link: str = ""
    sums: Counter[str] = field(default_factory=Counter)
    papers: int = 0

    @property
    def is_known(self) -> bool:
        """Whether anything was measured."""
        return bool(self.sums["records"] or self.papers)

    @property
    def spared(self) -> int | None:
        """Of a hundred filled columns, how many nobody typed."""
        whole = self.sums["typed"] + self.sums["taken"] + self.sums["derived"]
        return round(100 * (whole - self.sums["typed"]) / whole) if whole else None

    @property
    def minutes(self) -> str:
        """The mean minutes of an opening of a form that was measured."""
        timed = self.sums["timed"]
        return f"{self.sums['seconds'] / timed / 60:.1f}" if timed else UNKNOWN

    @property
    def cells(self) -> list[str]:
        """As a row of the sheet."""
        if not self.is_known:
            return [self.name, *[UNKNOWN] * 8]
        sums, spared = self.sums, self.spared
        return [
            self.name,
            *(str(sums[name]) for name in ("records", "typed", "taken", "derived")),
            UNKNOWN if spared is None else f"{spared}%",
            self.minutes,
            str(sums["also"]),
            str(self.papers),
        ]


HEADS = (
    "记录（条）",
    "填写的栏目",
    "带出的栏目",
    "算出的栏目",
    "免填占比",
    "每次填表（分钟）",
    "免填的记录（条）",
    "代写文书（份）",
)
HOW = (
    "记录：由人新登记的记录。没有量、这里不计的：更正、撤回和恢复，由别的程序经接口登记的，以及现场检查、会商和整改中的填写。填写：由人逐栏填写的；一张表里写一次、各条都用的，只计一次。",
    "带出：打开表单时已经填好、没有改动的，照名册勾选的，以及导入表格、收件读入、同时计入带来的。算出：从其他栏目算出、不用人填的。",
    "免填占比：带出和算出占填写、带出、算出三者之和。免填的记录：由另一条记录“同时计入”的。",
    "每次填表：从打开表单到保存所用的时间；超过30分钟的按30分钟计，没有时刻的不计时。",
    "代写文书：支部打印的、从记录排版的文书，同一份一个月只计一次。",
    "只按支部和月份记总数，不记是谁填的、哪一条用了多久，不用于考核和排名。",
)
"""How it is measured: said under every sheet."""
NOT_MEASURED = "没有量过的写“{}”，不是零。"


@dataclass(frozen=True)
class Year:
    """A sheet: its lines and their sum."""

    year: int
    title: str
    head: str
    lines: list[Figures]
    total: Figures
    ways: list[tuple[str, int]]
    """How the records came: (way, how many)."""

    @property
    def unknown(self) -> list[Figures]:
        """The lines of which nothing was measured."""
        return [one for one in self.lines if not one.is_known]


def of_branch(branch: Organisation, year: int) -> Year:
    """The months of one branch."""
    lines = {month: Figures(f"{month}月") for month in range(1, 13)}
    total, ways = _fill([branch.pk], year, lambda branch, month: lines[month.month])
    return Year(
        year, f"{branch.short_name}{year}年减负情况", "月份", list(lines.values()), total, ways
    )


def of_all(branches: Iterable[Organisation], year: int) -> Year:
    """All branches, in the order of the roster."""
    lines = {one.pk: Figures(one.short_name, f"{one.pk}") for one in branches}
    total, ways = _fill(list(lines), year, lambda branch, month: lines[branch])
    return Year(year, f"{year}年减负情况", "党支部", list(lines.values()), total, ways)


def _fill(
    branches: list[int], year: int, line_of: Callable[[int, date], Figures]
) -> tuple[Figures, list[tuple[str, int]]]:
    """Add what was measured to its lines; the sum of all, and how the records came."""
    total, ways = Figures("合计"), Counter[str]()
    inside = {"branch__in": branches, "month__year": year}
    for row in Burden.objects.filter(**inside):
        ways[row.get_way_display()] += row.records
        sums = {name: getattr(row, name) for name in _SUMMED}
        sums["also"] = row.records if row.way == Burden.Way.DERIVED else 0
        for figures in (line_of(row.branch_id, row.month), total):
            figures.sums.update(sums)
    for branch, month in SparedPaper.objects.filter(**inside).values_list("branch", "month"):
        for figures in (line_of(branch, month), total):
            figures.papers += 1
    return total, ways.most_common()


def years(today: date) -> list[int]:
    """From the first year that was measured to this one."""
    first = Burden.objects.order_by("month").values_list("month", flat=True).first()
    return list(range(first.year if first else today.year, today.year + 1))
