"""Whether a text speaks of the work of a Party branch: by this a list is known whose headers and
title say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from taizhang.documents.blocks import Table

_WORK = re.compile(
    r"(?:党员|支部)大会|全体党员会|支委会|支部委员|支委(?:分工|职责|任期|记录)|党小组|党课|三会一课|组织生活|民主评议|评议党员|党日|党费"
    r"|发展党员|党员发展|入党|积极分子|预备党员|组织关系|失联党员|流动党员|党员(?:教育|学习|管理|活动|志愿|走访|联系|远程)"
    r"|党务公开|党建(?:经费|阵地|工作)|党内|谈心|换届|支部(?:分工|班子|书记.{0,4}职责|工作职责|学习)|党群"
)
_LEAST = 3


def speaks(text: str) -> bool:
    """Whether it names work of a branch, and not only a branch."""
    return bool(_WORK.search(text))


def mostly(texts: Iterable[str]) -> bool:
    """Whether at least three of them do, and at least a third."""
    told = [speaks(text) for text in texts if text.strip()]
    return sum(told) >= _LEAST and sum(told) * 3 >= len(told)


def of_table(table: Table) -> bool:
    """Whether its rows do."""
    return mostly(" ".join(cell.text for cell in row) for row in table.rows)
