"""Minutes in counted sections: `三、议定事项` ends where `四、其他` begins, a label or not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taizhang.documents.blocks import Block, Paragraph
from taizhang.kernel.text import chinese_number

_BEGINS = re.compile(r"\s*([一二三四五六七八九十]{1,3})[、.．]")


class Sections:
    """Where the counted lines of minutes stand, and which of them the reader is under."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        """Of these blocks."""
        self._numbers = {
            one.where: chinese_number(found[1])
            for one in blocks
            if isinstance(one, Paragraph) and (found := _BEGINS.match(one.text))
        }
        self._own: int | None = None
        """The number of the label under which the reader is; None where that was not counted, or
        its text counts anew.
        """

    def ends(self, where: str, *, labelled: bool) -> bool:
        """Whether the line there begins the next section and is no label: the last one is over."""
        number = self._numbers.get(where)
        if labelled:
            self._own = number
            return False
        over = number is not None and self._own is not None and number == self._own + 1
        if over or number == 1:
            self._own = None
        return over
