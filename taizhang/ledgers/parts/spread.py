"""One row with the dues of several months (`2018年1-3月`, `第一季度`): a row for each, when its sum is
that of their dues.

What is not plain is asked: a year that stands nowhere, a sum that the months' dues do not make,
dues that nobody laid down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps

from taizhang.kernel.calendar import plus_months
from taizhang.kernel.text import chinese_number
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import NO_NAMES, Field, Unreadable, parse, yuan
from taizhang.orgs.models import Organisation

DUE, YEAR = "monthly_due", "of_year"
_DUE = (
    "月应交 月应缴 月应交党费 月应缴党费 每月应交 每月应缴 月应交金额 月应缴金额 月缴额 月交额 月缴 月交 "
    "月缴党费 月交党费 月党费 每月党费 月缴费 月缴费额 应交 应缴 应交额 应缴额 应交党费 应缴党费 应交金额 应缴金额 月标准 月缴标准"
)
BESIDE = dict.fromkeys(_DUE.split(), DUE) | dict.fromkeys(("年度", "年份"), YEAR)
"""Columns of the same row that say what is due for a month, and of which year it is."""
Due = Callable[[object, int], int | None]
"""(the person as written, year) → what is due a month, in fen; None where it was not laid down."""
_AMOUNT = Field(name="amount", label="金额", kind="money", required=True)
_MOST = 24
_Y = r"(?:(?P<y{0}>\d{{4}})(?:年度?|[./-]))?"
_RANGE = re.compile(
    _Y.format(1) + r"(?P<a>\d{1,2})(?:月份?)?" + written.DASH + _Y.format(2) + r"(?P<b>\d{1,2})(?P<m>月份?)?"
)  # fmt: skip
_LIST = re.compile(_Y.format(1) + r"(?P<each>\d{1,2}(?:(?:月份?)?[、,和及]\d{1,2})*)月份?")
_QUARTER = re.compile(_Y.format(1) + r"第?(?P<q>[1-4一二三四])季度?")
_ONE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_WHOLE = re.compile(_Y.format(1) + r"(?P<w>上半年|下半年|全年度?)")
_WHOLES = {"上": (1, 6), "下": (7, 12), "全": (1, 12)}


def months(said: object, years: Iterable[str] = ()) -> list[date]:
    """The months that a cell tells; none where it is a month with its year, or no months at all.

    `years` are those of the title, of which one says the year that the cell does not. Raises
    NotReadable.
    """
    if not isinstance(said, str) or _ONE.fullmatch(said):
        return []
    text = re.sub(r"\s", "", written.in_digits(written.plain(said)))
    if re.fullmatch(r"\d{4}\.\d{1,2}" + written.DASH + r"\d{1,2}", text):
        raise written.NotReadable(
            f"“{said}”可能是一天，也可能是几个月，应写作 2018年1-3月 或 2018-01。"
        )
    found = _numbers(text)
    if found is None:
        return []
    numbers, own, last = found
    year = own or _year_of(said, years)
    if not all(1 <= number <= 12 for number in numbers):
        raise written.NotReadable(f"“{said}”里有不存在的月份。")
    if len(numbers) == 1 and own:
        return []
    if last is None:
        return [date(year, number, 1) for number in numbers]
    return _run(said, date(year, numbers[0], 1), date(last or year, numbers[-1], 1))


def _numbers(text: str) -> tuple[list[int], int, int | None] | None:
    """(numbers of months, their year or 0, the year of the last or 0; None where they are listed
    one by one).
    """
    if found := _QUARTER.fullmatch(text):
        last = 3 * (chinese_number(found["q"]) or 0)
        return [last - 2, last], int(found["y1"] or 0), 0
    if found := _WHOLE.fullmatch(text):
        return list(_WHOLES[found["w"][0]]), int(found["y1"] or 0), 0
    found = _RANGE.fullmatch(text)
    if found and (found["m"] or found["y2"]):
        return [int(found["a"]), int(found["b"])], int(found["y1"] or 0), int(found["y2"] or 0)
    if found := _LIST.fullmatch(text):
        each = [int(number) for number in re.findall(r"\d+", found["each"])]
        return each, int(found["y1"] or 0), None
    return None


def _year_of(said: str, years: Iterable[str]) -> int:
    known = set(years)
    if len(known) != 1:
        raise written.NotReadable(f"“{said}”没有写是哪一年，请写全，如 2018年1-3月。")
    return int(known.pop())


def _run(said: str, first: date, last: date) -> list[date]:
    """Every month from the first to the last."""
    found = [first]
    while found[-1] < last and len(found) <= _MOST:
        found.append(plus_months(found[-1], 1))
    if last < first or len(found) > _MOST:
        raise written.NotReadable(
            f"“{said}”的起止月份不对；跨年的请写全两个年份，如 2017年12月-2018年2月。"
        )
    return found


def rows(
    row: Mapping[str, Any], years: Iterable[str] = (), due: Due | None = None
) -> list[dict[str, Any]]:
    """The row, or one for each month that it tells; raises NotReadable with what is to be decided.

    What is due stands in the row, or `due` knows it; where there is no `due`, a row without it
    waits for one who knows.
    """
    own = {name: value for name, value in row.items() if name not in (DUE, YEAR)}
    told = months(own.get("month"), re.findall(r"20\d{2}", str(row.get(YEAR) or "")) or years)
    if not told:
        return [own]
    if len(told) == 1:
        return [own | {"month": f"{told[0]:%Y-%m}"}]
    try:
        amount = parse(_AMOUNT, own.get("amount"), NO_NAMES)
    except Unreadable as refusal:
        raise written.NotReadable(f"“{own['month']}”的金额{refusal}") from refusal
    each = _dues(row, told, due)
    if each is None:
        return [own | {"month": _in_full(told)}]
    if sum(each) != amount:
        raise written.NotReadable(
            f"“{own['month']}”交{yuan(amount)}元，而这{len(told)}个月应交{yuan(sum(each))}元，分不到各月：请每月写一行。"
        )
    return [
        own | {"month": f"{month:%Y-%m}", "amount": yuan(one)}
        for month, one in zip(told, each, strict=True)
    ]


def _dues(row: Mapping[str, Any], told: list[date], due: Due | None) -> list[int] | None:
    beside = str(row.get(DUE) or "").strip()
    if beside:
        try:
            return [parse(_AMOUNT, row[DUE], NO_NAMES)] * len(told)
        except Unreadable as refusal:
            raise written.NotReadable(f"“月应交”{refusal}") from refusal
    if due is None:
        return None
    found = {year: due(row.get("person"), year) for year in {month.year for month in told}}
    if lacking := sorted(year for year, one in found.items() if one is None):
        raise written.NotReadable(
            f"“{row['month']}”是几个月合计，而没有此人{'、'.join(map(str, lacking))}年的党费核定，分不到各月：请先登记核定，或每月写一行。"
        )
    return [found[month.year] or 0 for month in told]


def _in_full(told: list[date]) -> str:
    """Months as they are understood wherever they stand."""
    if told == _run("", told[0], told[-1]) and told == sorted(told):
        return f"{told[0]:%Y}年{told[0].month}月-{told[-1]:%Y}年{told[-1].month}月"
    return f"{told[0]:%Y}年{'、'.join(str(month.month) for month in told)}月"


def due_in(branch: Organisation, person: int, year: int) -> int | None:
    """What was laid down for a member's months of a year."""
    assessed = apps.get_model("ledgers", "DuesAssessment")._default_manager
    found = assessed.filter(branch=branch, person=person, year=year, withdrawn_at=None).last()
    return None if found is None else int(found.monthly_due)
