"""What the title of a document says of its records: their sort and their year."""

from __future__ import annotations

import re

from taizhang.intake.reading.classify import Guess
from taizhang.intake.reading.pieces import Piece
from taizhang.intake.records.record import Record, short, texts
from taizhang.kernel.text import folded
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import render
from taizhang.ledgers.kind import LedgerKind

YEARS = {"year", "for_year", "assessment_year"}


def add_sort(record: Record, guess: Guess, kind: LedgerKind, piece: Piece) -> None:
    """What sort of record the title says it is."""
    if not record.values:
        return
    _add_year(record, guess, kind, piece)
    _add_sorts_of_title(record, kind, guess, piece)
    _add_campaign(record, kind, guess, piece)
    one = next((f for f in kind.fields() if f.name == guess.column), None)
    if one is None:
        _add_named_sort(record, kind, guess, piece)
        return
    if one.name in record.values:
        return
    record.values[one.name] = render(one, guess.value)
    record.sources[one.name] = titled_at(guess.title, piece)


def _add_named_sort(record: Record, kind: LedgerKind, guess: Guess, piece: Piece) -> None:
    """The sort that a heading names, where it names one: （一）支委会."""
    column, by_value = kind.titles_by or ("", {})
    one = next((f for f in kind.fields() if f.name == column), None)
    if one is None:
        _add_sort_of_title(record, kind, guess, piece)
        return
    if column in record.values:
        return
    words = {folded(label): code for code, label in one.choices if code in by_value}
    words |= {
        folded(word): code
        for word, label in one.also
        for code, other in one.choices
        if label == other
    }
    own = words.get(folded(record.values.get("title", "")))
    if own is not None:
        record.values[column] = render(one, own)
        record.sources[column] = record.sources.pop("title")
        del record.values["title"]
        return
    for heading in piece.headings:
        said = folded(heading.text)
        named = {code for word, code in words.items() if word in said}
        if len(named) == 1:
            record.values[column] = render(one, named.pop())
            record.sources[column] = f"{heading.where}：{short(heading.text)}"
            return


_CAMPAIGN = "campaign"
_NAMED = re.compile(r"“([^“”]{2,20})”(?:学习教育|主题教育|专题教育|教育实践|专项整治|专项活动)")


def _add_campaign(record: Record, kind: LedgerKind, guess: Guess, piece: Piece) -> None:
    """The campaign whose name stands in quotes before 学习教育 in the title of a list of what was
    done in it.
    """
    if _CAMPAIGN in record.values or all(one.name != _CAMPAIGN for one in kind.fields()):
        return
    for text in [guess.title, *piece.titles]:
        if found := _NAMED.search(text):
            record.values[_CAMPAIGN] = found[1]
            record.sources[_CAMPAIGN] = titled_at(text, piece)
            return


_SORTS_OF_TITLE = {"direction", "relation", "half", "limit"}


def _add_sorts_of_title(record: Record, kind: LedgerKind, guess: Guess, piece: Piece) -> None:
    """What else a title says of all below it: （转出）, （支委与党员）, 2018年上半年."""
    for one in kind.fields():
        if one.name not in _SORTS_OF_TITLE or one.name in record.values:
            continue
        for text in [guess.title, *piece.titles]:
            named = [label for _, label in one.choices if label in folded(text)]
            if len(named) == 1:
                record.values[one.name] = named[0]
                record.sources[one.name] = titled_at(text, piece)
                break


def _add_sort_of_title(record: Record, kind: LedgerKind, guess: Guess, piece: Piece) -> None:
    """The sort whose name stands in the title: 补选 in 补选支部委员选举结果报告单."""
    one = next((f for f in kind.fields() if f.name == "kind" and f.choices), None)
    for text in [guess.title, *piece.titles] if one else ():
        named = [label for _, label in one.choices if label in folded(text)] if one else []
        if one is not None and one.name not in record.values and len(named) == 1:
            record.values[one.name] = named[0]
            record.sources[one.name] = titled_at(text, piece)


def _add_year(record: Record, guess: Guess, kind: LedgerKind, piece: Piece) -> None:
    """The year that the title names."""
    one = next((f for f in kind.fields() if f.name in YEARS), None)
    if one is None or one.name in record.values:
        return
    for text in [guess.title, *piece.titles]:
        said = folded(written.in_digits(text))
        told = set(re.findall(r"(20\d{2})年", said))
        if told and (text == guess.title or not written.days_in(said)):
            if len(told) == 1:
                record.values[one.name] = told.pop()
                record.sources[one.name] = titled_at(text, piece)
            return


def titled_at(title: str, piece: Piece) -> str:
    """The same of any title; one that is none of the lines is the name of the file."""
    if title not in piece.found:
        found = (where for said, where in texts(piece.blocks) if title in said)
        piece.found[title] = next(found, "文件名")
    return f"{piece.found[title]}：{short(title)}"
