"""任职批复: who is what in a committee, with the number and day of the letter; a record for each
person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from taizhang.documents.blocks import Paragraph
from taizhang.intake.records.record import Record, short
from taizhang.intake.records.sentences import reports
from taizhang.kernel.text import HAN, folded, looks_like_person
from taizhang.kernel.writing import written
from taizhang.ledgers.kind import LedgerKind

_ASKED = {"person", "post", "approval_no", "approved_on"}
_END = 3


def records(kind: LedgerKind, paragraphs: list[Paragraph]) -> list[Record]:
    """A record for each person that a sentence appoints to a post of the ledger; none for other
    ledgers.
    """
    fields = {one.name: one for one in kind.fields()}
    if not fields.keys() >= _ASKED:
        return []
    posts = "|".join(sorted((label for _, label in fields["post"].choices), key=len, reverse=True))
    named = re.compile(
        rf"(?:^|[，,、。；;：:])(?:经研究)?(?:决定)?(?:同意|任命|批准)?([{HAN}]{{2,3}}?)(?:同志)?(?:为|任|担任)(?:中共)"
        rf"?[{HAN}]{{0,12}}?({posts})(?=[，,、。；;（(]|$)"
    )
    whole = {
        "approval_no": next(_lines(paragraphs, reports.own_number), None),
        "approved_on": next(_lines(paragraphs[-_END:], _day), None),
    }
    found = []
    for block in paragraphs:
        for person, post in named.findall(folded(block.text)):
            if looks_like_person(person):
                told = {"person": (person, block), "post": (post, block)}
                told |= {name: one for name, one in whole.items() if one is not None}
                found.append(
                    Record(
                        {name: text for name, (text, _) in told.items()},
                        {
                            name: f"{one.where}：{short(one.text)}"
                            for name, (_, one) in told.items()
                        },
                    )
                )
    return found


def _lines(
    paragraphs: list[Paragraph], find: Callable[[str], str]
) -> Iterator[tuple[str, Paragraph]]:
    return ((text, one) for one in paragraphs if (text := find(folded(one.text))))


def _day(text: str) -> str:
    days = written.days_in(written.in_digits(text))
    return f"{days[0][0]:%F}" if reports.whole_day(written.in_digits(text)) and days else ""
