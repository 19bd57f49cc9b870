"""Which ledger a document belongs to: by its title, by its labels, by the name of its file; and how
sure that is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from taizhang.intake.reading.pieces import Piece, all_labels, is_heading, labels_of
from taizhang.intake.records import parts, prose
from taizhang.intake.records.attended import matrix
from taizhang.intake.records.rows import grouped, planned, signed
from taizhang.intake.records.rows.laid import turned
from taizhang.intake.records.sentences import lectures, published
from taizhang.intake.records.sentences.chosen import appointments
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind, PaperForm
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import titles
from taizhang.ledgers.sheets.titles import Titled
from taizhang.ledgers.written import tables

CERTAIN, LIKELY = 0.85, 0.4
"""From here on it needs no look at its ledger; below the lower one it is not named at all."""
_TITLE, _LABELS, _ALONE = 0.55, 0.45, 0.8
"""How much title and labels say together, and labels alone; a title alone is likely, no more."""
_BY_NAME = 0.8
"""What the name of a file says counts so much of what a title says."""
_NEARLY_ALL = 0.8
"""With so much of what its labels tell, a list is of a ledger that its file is not called after."""
_NAMED, _WITHIN = 0.95, 0.75
"""The same of a title that ends like a customary one, and of one with such a name within."""
_LIKELIER = 0.02
"""Of two ledgers of which the labels say the same, the one that the title names."""
_SHORT = 30
_TELLS = 0.5
"""Labels that many ledgers have (时间, 地点, 参加人员) name none by themselves."""
_FEW = 4
"""With fewer labels the share of those that fit says less."""


@dataclass(frozen=True)
class Guess:
    """The ledger, what its title says besides, and how sure both are; without one nothing fits."""

    kind: LedgerKind | None
    confidence: float = 0.0
    column: str = ""
    value: str = ""
    title: str = ""


def title(piece: Piece) -> str:
    """The line that says what a document is."""
    return _titled(piece)[2]


def named(piece: Piece) -> LedgerKind | None:
    """The ledger that the title names, however little else speaks for it."""
    said = None if _of_others(piece) or _records_nothing(piece) else _titled(piece)[0]
    return None if said is None else said.kind


_OF_OTHERS = re.compile(
    r"学生|家长|班级|班会|学号|教研|校务|行政会|教职工|教师|工会|团员|入团|共青团|团支部|团委|少先队|后勤|食谱|演练|考勤|值日|教学|课程|食堂|安全"
)
_PUPILS = re.compile(r"学生|家长|班级|班会|少先队|团员|共青团")
_PARTY = re.compile(r"党|(?<!团)支部|支委|组织生活|民主评议|谈心|走访|三会一课")
_OF_THE_PARTY = re.compile(rf"{_PARTY.pattern}|志愿(?!书)")
"""Whose pupils volunteer is of the school, not of the Party."""


def _of_others(piece: Piece) -> bool:
    """What calls itself something of the school's, and of the Party nowhere in its headings or its
    name.
    """
    said = " ".join(
        [*(one.text for one in piece.headings), *_top_cells(piece), piece.sheet, piece.file]
    )
    pupils = _PUPILS.search(said) and not _PARTY.search(said)
    return bool(pupils or (_OF_OTHERS.search(said) and not _OF_THE_PARTY.search(said)))


def _top_cells(piece: Piece) -> list[str]:
    return [cell.text for table in piece.tables()[:1] for row in table.rows[:2] for cell in row]


def guess(piece: Piece) -> Guess:
    """The ledger that fits best."""
    piece = published.apart(piece)
    said, weight, line = _titled(piece)
    if (told := _by_its_story(piece, line) or _by_its_marks(piece, said)) is not None:
        return told
    labels = labels_of(piece)
    cells = [[[cell.text for cell in row] for row in table.rows] for table in piece.tables()]
    unfolded = {
        kind.slug
        for kind in KINDS.values()
        if any(_unfolds(kind, one) for one in cells) and _says_what_it_counts(kind, piece)
    }
    filled = [one for one in unfolded if any(_unfolds(KINDS[one], c, rows=True) for c in cells)]
    scores = sorted(
        (
            (_score(kind, said, weight, labels, unfolds=kind.slug in unfolded), kind.slug)
            for kind in KINDS.values()
        ),
        reverse=True,
    )
    (best, slug), (second, _) = scores[:2]
    slug = next((one for one in filled if slug in KINDS[one].tells_of), slug)
    margin = min(1.0, max(0.0, best - second) / 0.25)
    confidence = round(min(0.99, best * (0.75 + 0.25 * margin)), 2)
    titled = said.kind if said is not None and said.kind.slug not in unfolded else None
    asked = None if titled is None else _by_its_labels(titled, labels)
    if asked is not None and _may_keep(asked, piece):
        return Guess(asked, LIKELY, title=line)
    if confidence < LIKELY and said is None and (what := _told_of_service(piece)):
        return Guess(_asking("participants", "partner"), _TOLD, title=what)
    if confidence < LIKELY and said is None and (sort := _told_of_meeting(piece)):
        return Guess(_minutes(), _TOLD, title=sort)
    if confidence < LIKELY or not _may_keep(KINDS[slug], piece):
        return Guess(None, confidence, title=line)
    kind = _election(piece) if KINDS[slug].form is PaperForm.MINUTES else None
    kind = kind or KINDS[slug]
    own = said if said is not None and said.kind is kind else Titled(kind)
    return Guess(kind, confidence, own.column, own.value, line)


def _by_its_marks(piece: Piece, said: Titled | None) -> Guess | None:
    """The ledger of a sheet in which days and names cross in marks, by what its headings say was
    held; None for another sheet, and where the title names a ledger that asks who came.
    """
    if said is not None and signed.asked(said.kind):
        return None
    around = [one.text for one in piece.paragraphs()]
    cells = ([[cell.text for cell in row] for row in table.rows] for table in piece.tables())
    tables_ = [tables.Table([list(row) for row in one]) for one in cells]
    if not any(matrix.of(_minutes(), one, around) for one in tables_):
        return None
    for text in [*piece.titles, piece.sheet, PurePath(piece.file).stem]:
        if prose.sort_of(text):
            return Guess(_minutes(), _TOLD, title=text)
        for words, fields in _HELD_BY_WORDS:
            if words.search(text) and _PARTY.search(text):
                return Guess(_asking(*fields), _TOLD, title=text)
    return Guess(None)


_HELD_BY_WORDS = (
    (re.compile(r"学习|理论"), ("attendees", "lecturer")),
    (re.compile(r"志愿|服务"), ("participants", "partner")),
)
"""What was done on the days of such a sheet, and what its ledger asks for."""


_RULES = re.compile(r"(?:制度|实施细则|暂行规定|管理规定|管理办法|议事规则)(?:[（(].{1,12}[)）])?$")
"""How a paper ends its name that holds for years, whatever meeting it is about."""


_NO_RECORD = re.compile(
    r"(?:通知|请?假条|方案|预案|主持词|讲话稿|发言稿|倡议书|邀请函|议程|须知|承诺书|述职报告|感谢信|对照检查(?:材料|发言)?|检视?剖析材料|发言提纲)"
    r"(?:[（(].{1,12}[)）])?$"
)
"""How a paper ends its name that calls to something, or goes with it, and records nothing that was
done.
"""


_COUNTS_UP = re.compile(
    r"(?:学时|积分|得分|分值|考核分|完成率|参学率|到会率|出勤率)[^，。；]{0,4}(?:统计|汇总|排名|排行|通报|一览)表?"
    r"(?:[（(].{1,12}[)）])?$"
)
"""What counts up what others record, a number for each member."""


_DOES = re.compile(r"分工|任[职免命]|表彰|命名|印发|公布|名单")
"""What a notice does by itself, so that it is the record of it."""


def _records_nothing(piece: Piece) -> bool:
    heads = [folded(one.text) for one in piece.headings[:2]]
    if any(map(_COUNTS_UP.search, heads)):
        return True
    return any(
        _NO_RECORD.search(one) and not _DOES.search(one) and not titles.titled_at_any_time(one)
        for one in heads
    )


_EXAMINED = re.compile(r"对照检查|检视?剖析|剖析材料|检视材料")
_TOGETHER = re.compile(r"班子|支委会|支部委员会|(?:党)?支部[^，。；]{0,12}(?:对照检查|检视|剖析)")
_BY_ONESELF = re.compile(r"个人|本人|(?:^|[，,。；：])我(?![们校院园局县市区省国党支部])")


def _of_one_member(piece: Piece) -> bool:
    """Whether somebody examines himself, as each does before the meeting of which a ledger is kept:
    个人 in the heading, a name below it, or sentences that say 我.
    """
    heads = piece.headings[:3]
    named = [one for one in heads if _EXAMINED.search(folded(one.text))]
    if not named or any(_TOGETHER.search(folded(one.text)) for one in named):
        return False
    told = [*named, *(one for one in piece.paragraphs()[: _FEW * 2] if one not in heads)]
    return any(_BY_ONESELF.search(folded(one.text)) for one in told)


def _by_its_story(piece: Piece, line: str) -> Guess | None:
    """What heading and sentences say together, whatever customary title stands within
    the heading.
    """
    if _of_others(piece) or _records_nothing(piece) or _of_one_member(piece):
        return Guess(None, 0.0, title=line)
    if lectures.is_one(piece) and len(labels_of(piece)) < _FEW:
        return Guess(_minutes(), _TOLD, title=line)
    if not piece.tables() and published.is_headline(line) and _told_of_meeting(piece):
        return Guess(_election(piece) or _minutes(), _TOLD, title=line)
    if not piece.tables() and _RULES.search(folded(line)) and _PARTY.search(line):
        said = titles.titled_at_any_time(line)
        rules = _asking("adopted_on", "effective_from")
        if said is None or said.kind is not rules:
            return Guess(rules, _TOLD, title=line)
    told = _appoints(piece) or _groups(piece)
    return None if told is None else Guess(told, _TOLD, title=line)


def _groups(piece: Piece) -> LedgerKind | None:
    """The ledger of those whom lines name under most of the groups, or a table in a column for
    each.
    """
    if not piece.tables():
        told = ((len(grouped.records(one, piece.paragraphs())), one) for one in KINDS.values())
        count, kind = max(told, key=lambda one: one[0])
        return kind if count else None
    cells: tables.Cells = [[cell.text for cell in row] for row in piece.tables()[0].rows]
    asked = (one for one in KINDS.values() if one.day == "from_on" and _asks_group(one))
    return next(asked, None) if turned.has_groups(tables.Table(cells)) else None


def _asks_group(kind: LedgerKind) -> bool:
    return {one.name for one in kind.fields() if one.required} >= {"group", "person"}


def _titled(piece: Piece) -> tuple[Titled | None, float, str]:
    """What the title says, how much that counts, and the line itself."""
    lines = [one for p in piece.headings if not titles.WHOSE.fullmatch(one := p.text.strip())]
    above = [
        line
        for table in piece.tables()[:1]
        for line in titles.lines_above([[cell.text for cell in row] for row in table.rows])
    ]
    foot = [p.text.strip() for p in piece.paragraphs()[-1:] if is_heading(p.text)]
    names = [name for name in (piece.sheet, PurePath(piece.file).stem, *foot) if name]
    every = [(one, 1.0) for one in lines + above] + [(one, _BY_NAME) for one in names]
    for line, weight in every:
        if found := titles.titled_at_any_time(line):
            return titles.says_more(line, found) or found, weight, line
    for line, weight in every:
        found, ends = titles.named(line)
        if found and (ends or len(folded(line)) <= _SHORT):
            return found, weight * (_NAMED if ends else _WITHIN), line
    return None, 0.0, _first_text(piece) or next(iter(above), "")


def kept_elsewhere(piece: Piece) -> str:
    """Where a document is kept that says it is of no ledger; empty for all others."""
    said = [*(one.text for one in piece.headings), piece.sheet, PurePath(piece.file).stem]
    tops = ([cell.text for cell in row] for table in piece.tables()[:1] for row in table.rows)
    found = (told for text in said if (told := titles.kept_elsewhere(text)))
    return next(found, "") or titles.elsewhere([list(row) for row in tops])


def _first_text(piece: Piece) -> str:
    return piece.headings[0].text.strip() if piece.headings else ""


def _asking(*names: str) -> LedgerKind | None:
    """The ledger that asks for these things."""
    asked = (
        (kind, {one.name for one in kind.fields()} | {part.name for part in kind.parts})
        for kind in KINDS.values()
    )
    return next((kind for kind, fields in asked if fields >= set(names)), None)


_CHOOSES = re.compile(r"换届|补选|选举|增补")
_MINUTES = re.compile(r"记录|纪要|议程|方案|通知")


def _election(piece: Piece) -> LedgerKind | None:
    """The ledger of elections, where the heading names one and the text counts its ballots; of
    minutes where a table has the candidates.
    """
    heads = " ".join(one.text for one in piece.headings[:2])
    counted = any("选票" in one.text and "票" in one.text for one in piece.paragraphs())
    kind = _asking("scrutineers", "seats")
    if kind is None or not counted or not _CHOOSES.search(heads):
        return None
    rows = any(parts.of_table(table, kind) for table in piece.tables())
    return kind if rows or not _MINUTES.search(heads) else None


_ANSWERS = re.compile(r"(?:批复|任职|任免|任命)[^。；]{0,12}$")


def _appoints(piece: Piece) -> LedgerKind | None:
    """The ledger of posts, where a letter answers or orders who is what."""
    if piece.tables() or not any(_ANSWERS.search(one.text.strip()) for one in piece.headings):
        return None
    told = (kind for kind in KINDS.values() if appointments.records(kind, piece.paragraphs()))
    return next(told, None)


_TOLD = 0.5
"""A text without a title that tells of a meeting is likely its minutes."""


def _minutes() -> LedgerKind:
    return next(one for one in KINDS.values() if one.form is PaperForm.MINUTES)


def _told_of_meeting(piece: Piece) -> str:
    """The sentence that says that a meeting of the Party's was held, and who led it."""
    texts = [block.text for block in piece.paragraphs()[:_FEW]]
    led = [text for text in texts if "召开" in text and "主持" in text and prose.sort_of(text)]
    days = {day for text in texts for day in _DAYS.findall(folded(text))}
    on_one_day = [text for text in texts if prose.held(text)] if len(days) == 1 else []
    return next((text[:30] for text in [*led, *on_one_day]), "")


_DAYS = re.compile(r"\d{1,2}月\d{1,2}日")
_SERVED = re.compile(
    r"(?:组织|开展|举行|参加|进行)[^。；]{0,40}(?:义务|志愿|公益|植树|帮扶|慰问|捐[款赠书]|助学|敬老|清扫|打扫|结对|宣讲|服务)[^。；，]{0,12}活动"
)


_CALLED = re.compile(r"(?:走访|上门|看望|节前|登门)慰问了?[^。；]{2,}")
"""Who was called on and comforted."""


def _told_of_service(piece: Piece) -> str:
    """The title of a text that tells of what members did for others, and of no meeting."""
    texts = [block.text for block in piece.paragraphs()[:_FEW]]
    served = any(
        "党员" in text and (_SERVED.search(text) or _CALLED.search(text)) for text in texts
    )
    return texts[0].strip()[:30] if served and not any(map(prose.sort_of, texts)) else ""


def _unfolds(kind: LedgerKind, cells: Sequence[Sequence[str]], *, rows: bool = False) -> bool:
    """Whether it is the kind's sheet of another shape; with `rows` one in which something is
    filled.
    """
    if kind.unfold is None:
        return False
    try:
        found = kind.unfold([list(row) for row in cells], {"open_days": "1"})
    except BadInput:
        return True
    return found is not None and (not rows or bool(found.rows))


def _says_what_it_counts(kind: LedgerKind, piece: Piece) -> bool:
    """Whether one of the words stands somewhere without which names and months are no sheet of the
    kind.
    """
    said = [piece.sheet, piece.file, *(one.text for one in piece.paragraphs())]
    said += (cell.text for table in piece.tables() for row in table.rows for cell in row)
    return any(word in text for word in kind.unfolds_where for text in said)


def _score(
    kind: LedgerKind, said: Titled | None, weight: float, labels: set[str], *, unfolds: bool
) -> float:
    """A title that is not quite a customary one is no more than the labels are."""
    known = all_labels()
    total = sum(_weight(label) for label in labels)
    own = [label for label in labels if kind.slug in known[label]]
    share = sum(map(_weight, own)) / total if total else 0.0
    share = 1.0 if unfolds else share * min(1.0, len(own) / _FEW)
    titled = weight if said is not None and said.kind is kind else 0.0
    enough = unfolds or sum(map(_weight, own)) >= _TELLS
    mostly = weight == _BY_NAME and share < _NEARLY_ALL
    alone = 0.0 if weight == 1.0 or mostly or not enough else _ALONE * share
    together = _TITLE * titled + (_LABELS * share if labels else _LABELS / 4 * titled)
    return max(alone, together) + _LIKELIER * titled


def _by_its_labels(titled: LedgerKind, labels: set[str]) -> LedgerKind | None:
    """The one ledger that asks all that a form asks, some of it alone, where the one that the title
    names asks little of it.
    """
    known = all_labels()
    if len(labels) < _FEW or sum(titled.slug in known[one] for one in labels) * 2 > len(labels):
        return None
    slugs = frozenset.intersection(*(known[one] for one in labels))
    alone = [slug for slug in slugs if any(known[one] == {slug} for one in labels)]
    return KINDS[alone[0]] if len(alone) == 1 else None


def by_headers(piece: Piece, but: LedgerKind) -> list[Guess]:
    """The others that have most of the labels, the likeliest first; none is certain."""
    labels = labels_of(piece)
    found = [
        (sum(kind.slug in all_labels()[label] for label in labels), kind)
        for kind in KINDS.values()
        if kind is not but
    ]
    enough = [one for one in found if one[0] > 1 and one[0] * 2 >= len(labels)]
    enough = [one for one in enough if _may_keep(one[1], piece)]
    enough.sort(key=lambda one: one[0], reverse=True)
    return [Guess(kind, LIKELY, title=_first_text(piece)) for _, kind in enough[:3]]


def _may_keep(kind: LedgerKind, piece: Piece) -> bool:
    said, _, line = _titled(piece)
    return planned.may_keep(kind, said, line, piece.tables())


def _weight(label: str) -> float:
    """A label that many ledgers have tells little."""
    return 1 / len(all_labels()[label])
