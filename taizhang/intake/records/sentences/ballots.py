"""A vote that is told in a sentence, as the row that the form writes: 应到18人，实到16人，发票16张，赞成16票."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.kernel.text import chinese_number, folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import lines

_NUMBER = r"(\d{1,4}|[一二三四五六七八九十]{1,3})"
_BALLOTS = r"(?:选票|表决票|票数|票)?(?:共|计|为|[:：])?"
_COUNTS = {
    "应到": re.compile(rf"应到会?[^\d，。；]{{0,14}}?{_NUMBER}[人名]"),
    "实到": re.compile(rf"实到会?[^\d，。；]{{0,14}}?{_NUMBER}[人名]"),
    "发出": re.compile(rf"发[出放]?{_BALLOTS}{_NUMBER}[张票份]"),
    "收回": re.compile(rf"(?:收回|回收){_BALLOTS}{_NUMBER}[张票份]"),
    "有效": re.compile(rf"(?<!无)有效{_BALLOTS}{_NUMBER}[张票份]"),
    "无效": re.compile(rf"(?:无效|废){_BALLOTS}{_NUMBER}[张票份]"),
    "赞成": re.compile(rf"(?:赞成|(?<!不)同意){_BALLOTS}{_NUMBER}[票人张]"),
    "反对": re.compile(rf"(?:反对|不同意){_BALLOTS}{_NUMBER}[票人张]"),
    "弃权": re.compile(rf"弃权{_BALLOTS}{_NUMBER}[票人张]"),
}
_ASKS = "赞成"
_BEHIND = re.compile(
    r"(?:赞成|(?<!不)同意)(?:选票|票数|票)?(?:共|计|为|[:：])?(?:\d|[一二三四五六七八九十])"
)


def add(read: Read, kind: LedgerKind, paragraphs: list[Paragraph]) -> None:
    """The vote on the one thing that was decided, where a field or a sentence tells its numbers and nobody wrote a row."""
    if not any(part.name == "votes" for part in kind.parts):
        return
    subject, where = _subject(read)
    told = read.values.get("votes", "")
    if told and subject and not any(lines.bracketed(line)[1] for line in told.splitlines()):
        _keep(read, subject, told, where)
    elif not told and subject:
        found = [one for one in paragraphs if _BEHIND.search(folded(one.text))]
        if len(found) == 1:
            _keep(read, subject, found[0].text, where)


def _keep(read: Read, subject: str, text: str, where: str) -> None:
    plain = folded(text)
    counts = {
        label: _digits(found[1]) for label, one in _COUNTS.items() if (found := one.search(plain))
    }
    if _ASKS in counts and where:
        row = "；".join(f"{label}：{number}" for label, number in counts.items())
        read.values["votes"] = f"{subject}（{row}）"
        read.sources["votes"] = where


def _subject(read: Read) -> tuple[str, str]:
    """What was voted on, and where that stands: the only thing decided, else the only thing on the agenda."""
    for name in ("resolutions", "agenda"):
        rows = [line.strip(" 。；;") for line in read.values.get(name, "").splitlines() if line]
        if len(rows) == 1:
            return re.sub(r"[（(].*[)）]", "", rows[0]), read.sources.get(name, "")
    return "", ""


def _digits(number: str) -> str:
    value = chinese_number(number)
    return number if value is None else str(value)
