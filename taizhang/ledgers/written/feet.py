"""Rows of a list that are no records: sums, balances carried over, notes, and who signed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from taizhang.kernel.text import brief, folded

_OF = (
    r"(?:(?:本[页月季年次]|当[月年]|全[年部体校]|总|(?:19|20)\d{2}年度?|上半年|下半年|第?[一二三四1-4]季度|\d{1,2}月份?|"
    r"[一二三四五六七八九十]{1,2}月份?|第?[一二三四五六七八九十\d]{0,3}(?:党小组|党支部|支部|小组|组)|党员|人数|金额|党费|收入|支出)+)?"
)
_SUM = re.compile(
    _OF + r"(?:合计|总计|小计|共计|累计|合计数)(?:数|金额|人数|党费)?(?:[:(（]?\d*[人元次]?[)）]?)"
    r"[:：]?"
)
_COUNT = re.compile(r"[¥￥]?-?[\d,.]+(?:元|人|人次|次|份|%|票|小时|学时)?|[-—/]+")
_CARRIED = re.compile(r"(?:承前页|过次页|转下页|接上页|期初余额|期末余额)[:：]?")
_NOTE = re.compile(r"(?:填表|填报|编制)?(?:说明|备注|注)[：:]|导出人：")
_SIGNED = re.compile(r"[^\W\d_][^：:，。；]{0,11}[：:].*", re.DOTALL)
_DAY = re.compile(
    r"(?:(?:19|20)\d{2}|[_ ]*)年[\d_ ]*月[\d_ ]*日?|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}"
)


def is_sum(text: object) -> bool:
    """Whether a cell is the head of a row of sums: 合计, 第一党小组小计, 一季度合计, 过次页."""
    plain = folded(str(text))
    return bool(_SUM.fullmatch(plain) or _CARRIED.fullmatch(plain))


def is_foot(cells: Sequence[object]) -> bool:
    """A row of sums, lines such as `核定人：甲 | 审核人：乙 | 2018年1月5日` below the table, or a note."""
    said = [cell for cell in cells if str(cell).strip()]
    written = list(dict.fromkeys(str(cell).strip() for cell in said))
    if _NOTE.match(folded(written[0])) or any(map(is_sum, _heads(written))):
        return True
    if any(map(is_sum, written)) and all(is_sum(t) or _COUNT.fullmatch(folded(t)) for t in written):
        return True
    signed = [text for text in written if _SIGNED.fullmatch(text)]
    days = [cell for cell in said if isinstance(cell, date) or _DAY.fullmatch(folded(str(cell)))]
    rest = set(written) - set(signed) - {str(cell).strip() for cell in days}
    return bool(signed) and not rest


def _heads(written: list[str]) -> list[str]:
    """What may say that a row is one of sums: its first words, which a number or a day may stand
    before.
    """
    for at, text in enumerate(written):
        if not re.fullmatch(r"[\d./:年月日 -]+", folded(text)):
            return written[at : at + 1]
    return []


def told(number: int, cells: Sequence[object]) -> str:
    """Where such a row stands, and how it begins."""
    written = list(dict.fromkeys(map(_shown, cells)))
    return f"第{number}行：{brief(' '.join(filter(None, written)), _LONGEST)}"


_LONGEST = 60


def _shown(cell: object) -> str:
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell).strip()
