"""What the pages of the verdicts show, as sheets of Excel: the heat map, the meetings, and
everything that stands against a branch.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from taizhang.catalogue.model import Catalogue
from taizhang.checks.current import JudgedBy
from taizhang.checks.models import Outcome
from taizhang.checks.pages.board import Board
from taizhang.checks.pages.meeting_matrix import Meetings
from taizhang.checks.reasons.folding import Matter
from taizhang.checks.reasons.outcomes import Cell
from taizhang.checks.reasons.queries import Book
from taizhang.checks.reasons.reason import Reason
from taizhang.kernel.calendar import in_words
from taizhang.ledgers.sheets.excel import Listed
from taizhang.orgs.models import Organisation


def of_board(
    board: Board, reasons: list[Reason], matters: list[Matter], catalogue: Catalogue
) -> list[Listed]:
    """Branches × items, what stands against them folded to matters, and every suspicion
    behind it.
    """
    items = list(chain.from_iterable(items for _, items in board.groups))
    headers = ["党支部", "片区", *(f"{item.id} {item.name}" for item in items), "问题项"]
    rows = [
        [row.branch.short_name, row.area, *map(_told, row.cells), _number(row.bad)]
        for row in board.rows
    ]
    widths = (16, 10, *[12] * len(items), 8)
    names = {row.branch.pk: row.branch.short_name for row in board.rows}
    return [
        Listed(board.by.named("总览"), headers, rows, widths),
        _matters(matters, names, catalogue),
        _reasons(reasons, names, catalogue),
    ]


def of_branch(
    branch: Organisation,
    book: Book,
    by: JudgedBy,
    reasons: list[Reason],
    matters: list[Matter],
    catalogue: Catalogue,
) -> list[Listed]:
    """The items of a branch with their verdicts, what stands against it folded to matters, and
    every suspicion.
    """
    rows = [
        [
            category,
            line.item.id,
            line.item.name,
            line.cell.word,
            str(line.verdict.records) if line.verdict else "",
            line.first,
            line.explained,
        ]
        for category, lines in book.groups
        for line in lines
    ]
    headers = ["类别", "序号", "台账", "结论", "记录", "首要原因", "支部说明"]
    listed = Listed(by.named("各项台账"), headers, rows, (16, 8, 32, 12, 8, 60, 40))
    names = {branch.pk: branch.short_name}
    return [listed, _matters(matters, names, catalogue), _reasons(reasons, names, catalogue)]


def of_meetings(found: Meetings) -> list[Listed]:
    """Held and wanted of each window."""
    windows = [in_words(window.label) for window in found.windows]
    rows = [
        [row.branch.short_name, *(slot.mark for slot in row.slots), str(row.held), str(row.wanted)]
        for row in found.rows
    ]
    return [Listed(f"{found.label}（已开／应开）", ["党支部", *windows, "已开", "应开"], rows)]


def _number(bad: int | None) -> str:
    return Outcome.UNCHECKED.label if bad is None else str(bad)


def _told(cell: Cell) -> str:
    return f"{cell.word}（{cell.errors}处）" if cell.errors else cell.word


def _matters(matters: list[Matter], names: dict[int, str], catalogue: Catalogue) -> Listed:
    """One line for each matter, branch by branch, the gravest first."""
    titles = {item.id: item.name for item in catalogue.items}
    order = {branch: at for at, branch in enumerate(names)}
    rows = [
        [
            names[m.first.branch],
            m.first.item,
            titles.get(m.first.item, ""),
            m.first.label,
            m.text,
            _explained(m),
            str(m.n),
            m.first.code,
        ]
        for m in sorted(matters, key=lambda m: order[m.first.branch])
    ]
    headers = [
        "党支部",
        "序号",
        "台账",
        "程度",
        "问题（同类的归并为一条）",
        "支部说明",
        "处数",
        "规则",
    ]
    return Listed("问题归并", headers, rows, (16, 8, 28, 8, 70, 40, 8, 10))


def _explained(matter: Matter) -> str:
    """What the branch says of it, with of how many of its places, where it is not of all."""
    return "；".join(
        one.text if n == matter.n else f"{one.text}（{matter.n}处中的{n}处）"
        for one, n in matter.explained
    )


def _reasons(reasons: Iterable[Reason], names: dict[int, str], catalogue: Catalogue) -> Listed:
    """One line for each suspicion, branch by branch and item by item."""
    titles = {item.id: item.name for item in catalogue.items}
    order = {branch: at for at, branch in enumerate(names)}
    rows = [
        [
            names[reason.branch],
            reason.item,
            titles.get(reason.item, ""),
            reason.label,
            reason.text,
            reason.explained.text if reason.explained else "",
            reason.code,
            reason.says,
            reason.basis.class_,
            reason.basis.told,
        ]
        for reason in sorted(reasons, key=lambda reason: (order[reason.branch], reason.item))
    ]
    headers = [
        "党支部",
        "序号",
        "台账",
        "程度",
        "疑点",
        "支部说明",
        "规则",
        "要求",
        "依据类别",
        "依据",
    ]
    return Listed("疑点", headers, rows, (16, 8, 28, 8, 60, 40, 10, 40, 10, 50))
