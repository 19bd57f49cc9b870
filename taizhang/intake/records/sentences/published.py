"""A report as a school puts it on its site: who wrote and checked it, when it was put there, and what was held on which day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from taizhang.documents.blocks import Paragraph
from taizhang.kernel.text import folded
from taizhang.kernel.writing import written

_IMPRINT = re.compile(
    r"\s*(?:发布(?:时间|日期|者|人)|发表时间|更新时间|来源|作者|责编|责任编辑|审核|图文|图|文|撰稿|供稿|摄影|采编|编辑|浏览(?:量|次数)|点击量?|[一二三]审|制作)[人者]?\s*[:：/／ 　].{1,70}"
)
_AHEAD = re.compile(r"定于|拟于|将于|拟定|计划于|通知")
_MONTH_AND_DAY = re.compile(r"(?<![\d年月])\d{1,2}月\d{1,2}日")


def is_imprint(text: str) -> bool:
    """Whether a line says who published a report and when: nothing in it is of what was held."""
    return bool(_IMPRINT.fullmatch(text))


def is_ahead(text: str) -> bool:
    """Whether a sentence calls to what is still to be held."""
    return bool(_AHEAD.search(text))


def day(text: str, lines: Sequence[Paragraph]) -> tuple[date, str] | None:
    """The one day without a year in a sentence, in the year in which the report was published after it, and who says so."""
    said = set(_MONTH_AND_DAY.findall(folded(written.in_digits(text))))
    if len(said) != 1 or is_ahead(text):
        return None
    for line in filter(lambda one: is_imprint(one.text), lines):
        published = written.days_in(written.in_digits(written.plain(line.text)))
        if not published:
            continue
        put = published[0][0]
        years = (put.year, put.year - 1)
        whole = (written.days_in(written.with_year(one, year)) for one in said for year in years)
        held = max((found[0][0] for found in whole if found and found[0][0] <= put), default=None)
        if held is not None and (put - held).days < _LATE:
            return held, line.text.strip()
    return None


_LATE = 120
"""Who publishes a report later than so many days after may speak of another year."""
