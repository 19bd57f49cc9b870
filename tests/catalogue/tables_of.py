"""Requirement tables in different hands, each with what its lines mean: written out as files and
read back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from taizhang.catalogue import load
from taizhang.catalogue.matching.lines import FIRST
from taizhang.catalogue.sentences import reading
from taizhang.catalogue.sentences.reading import Asked
from taizhang.notices import read
from taizhang.notices.model import Notice
from taizhang.papers.official.paper import Annex, Clause, Official
from taizhang.papers.paper import Table
from taizhang.papers.writers import pdf
from tests.notices.papers import Paper, plain_pdf

TABLES = sorted((Path(__file__).parent / "tables").glob("*.yaml"))


@dataclass
class Score:
    """How many were right, of how many found and how many there are."""

    right: int = 0
    found: int = 0
    there: int = 0

    def add(self, found: set[Any], there: set[Any]) -> None:
        """Count one line."""
        self.right += len(found & there)
        self.found += len(found)
        self.there += len(there)

    @property
    def precision(self) -> float:
        """Of what was found, what is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, what was found."""
        return self.right / self.there if self.there else 1.0


def written(table: dict[str, Any]) -> Notice:
    """The table as a notice's annex, read back."""
    lines = table["lines"]
    if table.get("layout") == "outline":
        text = ["关于开展党建督查的通知", "", "附件1", "党建台账清单"]
        head = ""
        for at, line in enumerate(lines):
            if line["c"] != head:
                head = line["c"]
                text.append(f"{'一二三四五六'[len({row['c'] for row in lines[:at]})]}、{head}")
            text.append(f"{at + 1}．{line['t']}：{line['r']}")
        return read.notice("\n".join(text).encode())
    rows = rows_of(table)
    if table.get("form") == "pdf":
        return read.notice(ruled(rows))
    if table.get("form") == "bare":
        return read.notice(bare(rows))
    return Paper("关于开展党建督查的通知", "附件1", "党建台账要求").table(rows).read()


def rows_of(table: dict[str, Any]) -> list[list[str]]:
    """The table as it stands on paper, its headers first."""
    columns = table["columns"]
    lines = enumerate(table["lines"], start=1)
    return [columns, *(_row(columns, at, line) for at, line in lines)]


def _row(columns: list[str], at: int, line: dict[str, Any]) -> list[str]:
    """The cells as they stand, or those that the columns of most tables have."""
    if "cells" in line:
        return list(line["cells"])
    cells = [line[key] for key in ("c", "s", "t", "r") if key in line]
    cells = [str(at), *cells] if columns[0] in ("序号", "盒号") else cells
    cells += [line[key] for key in ("f", "e") if key in line]
    return [*cells, "5"] if columns[-1] == "分值" else cells


def ruled(rows: list[list[str]]) -> bytes:
    """A notice as a PDF whose annex is this table, with rules."""
    table = Table("", rows[0], rows[1:])
    annexes = [Annex("党建台账要求", [table])]
    paper = Official(
        "关于开展党建督查的通知", "各支部：", [Clause("要求见附件。")], "局党委", date(2024, 3, 4), attachments=["党建台账要求"], annexes=annexes
    )  # fmt: skip
    return pdf.written(paper)


def bare(rows: list[list[str]]) -> bytes:
    """The same without rules: cells under their headers, each broken where its column ends and
    going on below.
    """
    widths = [max(4, min(16, max(len(row[at]) for row in rows))) for at in range(len(rows[0]))]
    columns = ", ".join(f"{width * 10.5 + 4}pt" for width in widths)
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    grid = f"#grid(columns: ({columns}), column-gutter: 16pt, row-gutter: 12pt, {cells})"
    return plain_pdf(f"关于开展党建督查的通知\n\n附件\n\n{grid}\n")


@cache
def of(path: Path) -> tuple[list[dict[str, Any]], list[Asked]]:
    """The lines with their truth, and what was made of them."""
    table = yaml.safe_load(path.read_text("utf-8"))
    lines = reading.lines_of(written(table))
    return table["lines"], reading.read(lines, load.named(FIRST))


def rules(asked: Asked) -> set[str]:
    """As the truth writes them."""
    return {
        f"{p.ledger}{f'/{p.what}' if p.what else ''} {p.every} {p.at_least} {p.per}"
        for p in asked.proposed
    }


def scored(paths: list[Path]) -> tuple[Score, Score, list[str]]:
    """Lines matched, rules proposed, and every line that is not right."""
    items, proposals, wrong = Score(), Score(), []
    for path in paths:
        truth, found = of(path)
        if len(truth) != len(found):
            wrong.append(f"{path.stem}: {len(truth)} lines, {len(found)} read")
        for line, asked in zip_longest(truth, found[: len(truth)]):
            got = {m.item for m in asked.matches} if asked else set()
            said = rules(asked) if asked else set()
            items.add(got, set(line["m"]))
            proposals.add(said, set(line.get("p", ())))
            if got != set(line["m"]) or said != set(line.get("p", ())):
                wrong.append(
                    f"{path.stem} {line['t']}: {sorted(got)} {sorted(said)} wanted {line['m']} "
                    f"{line.get('p', [])}"
                )
    return items, proposals, wrong
