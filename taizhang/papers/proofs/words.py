"""The words of an official paper as one text: the same for PDF and Word, whoever prints it and
when.

Left out is what may change from one printing to the next: the receipt, which is filled in later,
and the trace in the 版记.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from taizhang.papers.official.paper import Official, in_full, printed
from taizhang.papers.paper import Block, Drawing, Form, Note

LENGTH = 32
"""Characters of the digest: 128 bits."""


def text(paper: Official) -> str:
    """A line for each element, without any white space in it; what is empty has none."""
    lines = ("".join(line.split()) for line in _lines(paper))
    return "".join(f"{line}\n" for line in lines if line)


def digest(paper: Official) -> str:
    """What a proof says of the words."""
    return hashlib.sha256(text(paper).encode()).hexdigest()[:LENGTH].upper()


def _lines(paper: Official) -> Iterator[str]:
    yield from (paper.issuer, paper.number, "、".join(paper.signatories), paper.title, paper.to)
    yield from (clause.text for clause in paper.body)
    for block in paper.blocks:
        yield from _told(block)
    yield from paper.attachments
    yield paper.signed
    yield in_full(paper.dated) if paper.dated else ""
    yield paper.contact
    for annex in paper.annexes:
        yield annex.title
        for block in annex.blocks:
            yield from _told(block)
    yield from (paper.copies, paper.printed_by, printed(paper))


def _told(block: Block) -> Iterator[str]:
    if isinstance(block, Drawing):
        block = block.instead
    if isinstance(block, Note):
        yield block.text
    elif isinstance(block, Form):
        yield block.title
        yield from (f"{line.label}：{line.text}" for line in block.lines)
        yield from block.signs
    else:
        yield block.title
        rows: list[list[Any]] = [block.columns, *block.rows]
        yield from ("｜".join(row) for row in rows)
        yield block.foot
