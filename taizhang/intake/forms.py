"""A form of labels and what stands beside them, read into the fields of a ledger, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.intake.pieces import is_heading, plain
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.reading import label_names

_LONGEST = 10
"""A label is no longer than this."""
_SIGNED = re.compile(r".*(?:签名|签字|签章|盖章|公章)")
_BLANK_DAY = re.compile(r"[年月日_＿\s:：]*")


@dataclass
class Read:
    """What a document says: values as they stand there, their places, and what nobody asked for."""

    values: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def add(self, name: str, text: str, where: str) -> None:
        """A value, or one more line of it."""
        if text := text.strip():
            before = self.values.get(name)
            self.values[name] = f"{before}\n{text}" if before else text
            self.sources.setdefault(name, where)


def read(blocks: list[Block], kind: LedgerKind) -> Read:
    """The fields of a form; what stands under no label of the ledger is left."""
    exact = {plain(label) for label in label_names(kind)}
    names = _names(kind, blocks)
    long = {one.name for one in kind.fields() if one.kind == "long"} | {p.name for p in kind.parts}
    found, current = Read(), ""
    for label, text, where in _pairs(blocks, names, exact):
        name = names.get(label, "")
        if name and (name not in found.values or name in long):
            found.add(name, text, where)
            current = name
        elif label:
            _leave(found, label, text)
            current = ""
        elif current in long and not is_heading(text):
            found.add(current, text, where)
        elif text.strip() and not _BLANK_DAY.fullmatch(text):
            found.left.append(text.strip())
    return found


def _names(kind: LedgerKind, blocks: list[Block]) -> dict[str, str]:
    """Label → name: those that are known, and those of the document that are one of them with a word before it or without one.

    谈话地点 is 地点, 内容 is 谈话内容 where no other field is called so; 时间 is the day.
    """
    known = {plain(label): name for label, name in label_names(kind).items()}
    own = {plain(one.label): one.name for one in kind.fields()}
    for label in {plain(text) for text in _possible(blocks)} - known.keys():
        if len(label) < 2:
            continue
        alike = {
            n
            for other, n in own.items()
            if len(other) > 1 and (label.endswith(other) or other.endswith(label))
        }
        if label in ("时间", "日期") and kind.day in own.values():
            known[label] = kind.day
        elif len(alike) == 1 and len(label) <= _LONGEST:
            known[label] = alike.pop()
    return known


def _possible(blocks: list[Block]) -> Iterator[str]:
    """Short cells, and what stands before a colon."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (
                cell.text for row in block.rows for cell in row if len(cell.text) <= _LONGEST + 2
            )
        elif isinstance(block, Paragraph):
            yield from re.findall(r"([^\s　：:，,；;。]{2,10})\s*[：:]", block.text)


def _leave(found: Read, label: str, text: str) -> None:
    """What a label that is not asked for says; a place for a signature that nobody signed says nothing."""
    if text.strip() and not (_SIGNED.fullmatch(label) and _BLANK_DAY.fullmatch(text)):
        found.left.append(f"{label}：{text.strip()}")


def _pairs(
    blocks: list[Block], names: Mapping[str, str], exact: set[str]
) -> Iterator[tuple[str, str, str]]:
    """(label, text, place); text under a label that stands above it has none of its own.

    Of the labels those that are `exact` are one wherever they stand: what is merely like one may be a value.
    """
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                own = [cell for cell in row if not cell.spans]
                yield from _cells(
                    [(c.text.strip(), c.where or block.where) for c in own], names, exact
                )
        elif isinstance(block, Paragraph):
            for label, text in _of_line(block.text, names):
                yield label, text, block.where


def _cells(
    cells: list[tuple[str, str]], names: Mapping[str, str], exact: set[str]
) -> Iterator[tuple[str, str, str]]:
    at = 0
    while at < len(cells):
        text, where = cells[at]
        label = plain(text)
        beside, place = cells[at + 1] if at + 1 < len(cells) else ("", where)
        if label in names or _SIGNED.fullmatch(label):
            if plain(beside) in exact and len(cells) > 2:
                yield label, "", where
                at += 1
            else:
                yield label, beside, place
                at += 2
        elif at + 1 < len(cells) and _like_a_label(text) and beside:
            yield label, beside, place
            at += 2
        else:
            for line in text.splitlines():
                for label, said in _of_line(line, names):
                    yield label, said, where
            at += 1


def _like_a_label(text: str) -> bool:
    """A short cell without a sentence or a number."""
    return bool(re.fullmatch(r"[^，。；：？！,;:?!\d]{2,12}", folded(text)))


def _of_line(line: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The parts of a line under their labels: only a label that is known is one."""
    marks = [
        found
        for found in re.finditer(
            r"(?:^|(?<=[\s　，,；;。]))([^\s　：:，,；;。]{1,14}?)\s*[：:]", line
        )
        if plain(found[1]) in names or _SIGNED.fullmatch(plain(found[1]))
    ]
    if not marks:
        yield "", line
        return
    if line[: marks[0].start()].strip():
        yield "", line[: marks[0].start()]
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    for mark, end in zip(marks, ends, strict=True):
        yield plain(mark[1]), line[mark.end() : end].strip(" \t　，,；;")
