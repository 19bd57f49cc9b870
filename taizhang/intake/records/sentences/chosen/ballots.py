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
    "应到": re.compile(
        rf"(?:应到会?[^\d，。；]{{0,14}}?|(?<!到会)有表决权的?(?:正式)?党员(?:共有?|有|为)?){_NUMBER}[人名]"
    ),
    "实到": re.compile(rf"(?:实到会?[^\d，。；]{{0,14}}?|(?<![应实])到会){_NUMBER}[人名]"),
    "发出": re.compile(rf"发[出放]?{_BALLOTS}{_NUMBER}[张票份]"),
    "收回": re.compile(rf"(?:收回|回收){_BALLOTS}{_NUMBER}[张票份]"),
    "有效": re.compile(rf"(?<!无)有效{_BALLOTS}{_NUMBER}[张票份]"),
    "无效": re.compile(rf"(?:无效|废){_BALLOTS}{_NUMBER}[张票份]"),
    "赞成": re.compile(rf"(?:赞成|(?<!不)同意){_BALLOTS}{_NUMBER}[票人名张]"),
    "反对": re.compile(rf"(?:反对|不同意|不赞成){_BALLOTS}{_NUMBER}[票人名张]"),
    "弃权": re.compile(rf"弃权{_BALLOTS}{_NUMBER}[票人名张]"),
}
_BEFORE = {
    "赞成": re.compile(rf"(?<![赞成同意对权\d]){_NUMBER}[票人名](?:赞成|同意)"),
    "反对": re.compile(rf"{_NUMBER}[票人名](?:反对|不同意|不赞成)"),
    "弃权": re.compile(rf"{_NUMBER}[票人名]弃权"),
}
"""`15票赞成，0票反对`: the number before the word."""
_ASKS = "赞成"


def add(read: Read, kind: LedgerKind, paragraphs: list[Paragraph]) -> None:
    """The votes on what was decided, where a field or sentences tell their numbers and nobody wrote
    rows.
    """
    if not any(part.name == "votes" for part in kind.parts):
        return
    told, ways = read.values.get("votes", ""), _ways(kind)
    if told and any(lines.bracketed(line)[1] for line in told.splitlines()):
        return
    subject, where = _subject(read)
    found = [one for one in paragraphs if _ASKS in _counts(one.text)]
    if told and subject:
        _keep(read, [(subject, told, where)], ways)
    elif not told and subject and len(found) == 1:
        _keep(read, [(subject, found[0].text, where)], ways)
    elif not told and found:
        _keep(read, _each(paragraphs, found), ways)


def _ways(kind: LedgerKind) -> list[str]:
    """How a vote may be taken, as the ledger calls it."""
    columns = (one for part in kind.parts if part.name == "votes" for one in part.writing.columns)
    return [label for one in columns if one.label == _WAY for _, label in one.choices]


_WAY, _RESULT = "方式", "结果"
_CARRIED = re.compile(r"[，,。；;](?:表决)?(?:获得?)?(?:一致)?((?:未|没有)?通过)(?=[，,。；;]|$)")
"""`……弃权0票，通过。`: that it was carried, where that is written."""


def _way(text: str, ways: list[str]) -> str:
    """The one way in which a text says that it was voted: 举手表决; 无记名投票 is no 记名."""
    every = "|".join(sorted(map(re.escape, ways), key=len, reverse=True)) or "(?!)"
    shape = rf"(?<![不非未没])({every})(?:(?<=投票)|(?:的)?(?:投票|表决|方式))"
    said = set(re.findall(shape, folded(text)))
    return said.pop() if len(said) == 1 else ""


def _counts(text: str) -> dict[str, str]:
    plain = folded(text)
    return {
        label: _digits(counted[1])
        for label, shape in _COUNTS.items()
        for counted in [shape.search(plain) or _before(label, plain)]
        if counted
    }


def _before(label: str, text: str) -> re.Match[str] | None:
    shape = _BEFORE.get(label)
    return shape.search(text) if shape else None


def _keep(read: Read, votes: list[tuple[str, str, str]], ways: list[str]) -> None:
    """(what was voted on, the text with its numbers, where what was voted on stands)."""
    rows, places = [], []
    for subject, text, where in votes:
        counts = _counts(text)
        if _ASKS in counts and where:
            told = {_WAY: way} if (way := _way(text, ways)) else {}
            told |= counts
            told |= {_RESULT: found[1]} if (found := _CARRIED.search(folded(text))) else {}
            rows.append(f"{subject}（{'；'.join(f'{k}：{v}' for k, v in told.items())}）")
            places.append(where)
    if rows and len(rows) == len(votes):
        read.values["votes"], read.sources["votes"] = "\n".join(rows), places[0]


_POINT = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.、．]|(?:议题|议程|第)"
    r"[一二三四五六七八九十\d]{1,2}[项个]?(?:议题|议程)?\s*[：:，,])\s*"
)
_PUT = re.compile(r"讨论|审议|接收|转正|通过|列为|确定|选举|推荐|表决[^，。；]*(?:入党|问题)")
"""What a point is that can be put to the vote."""


def _each(paragraphs: list[Paragraph], found: list[Paragraph]) -> list[tuple[str, str, str]]:
    """Each count with the nearest point above it that can be put to the vote; none where two counts
    share one.
    """
    votes, used = list[tuple[str, str, str]](), set[str]()
    for one in found:
        above = paragraphs[: paragraphs.index(one)]
        points = [p for p in above if _POINT.match(p.text) and _PUT.search(p.text)]
        if not points or points[-1].where in used:
            return []
        used.add(points[-1].where)
        subject = re.sub(r"[（(].*[)）]", "", _POINT.sub("", points[-1].text)).strip(" 。；;：:")
        votes.append((subject, one.text, points[-1].where))
    return votes


def _subject(read: Read) -> tuple[str, str]:
    """What was voted on, and where that stands: the only thing decided, else the only thing on the
    agenda.
    """
    for name in ("resolutions", "agenda"):
        rows = [line.strip(" 。；;") for line in read.values.get(name, "").splitlines() if line]
        if len(rows) == 1:
            return re.sub(r"[（(].*[)）]", "", rows[0]), read.sources.get(name, "")
    return "", ""


def _digits(number: str) -> str:
    value = chinese_number(number)
    return number if value is None else str(value)
