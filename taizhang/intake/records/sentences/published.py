"""A report as a school puts it on its site: who wrote and checked it, when it was put there, and
what was held on which day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from taizhang.documents.blocks import Paragraph
from taizhang.intake.reading.pieces import Piece
from taizhang.kernel.text import HAN, folded
from taizhang.kernel.writing import written
from taizhang.ledgers.kind import LedgerKind, PaperForm

_SURE = (
    r"(?:发布|发表|更新|加入|录入|上传)(?:时间|日期|者|人|单位)|(?:信息|文章|稿件|新闻)来源|(?:责任|编辑|文字)编辑|责编|采编|编审|供稿|撰稿|审稿|"
    r"通讯员|图文|摄影|录入"
    r"|浏览(?:量|次数)?|点击(?:量|数|率)?|访问(?:量|次数)|已访问|阅读(?:量|次数)|字号|[初复终一二三]审|当前位置|分享到"
)
"""Words that nobody writes but who publishes."""
_ALSO = r"来源|作者|编辑|审核|发布|制作|时间|日期|图|文"
"""Words that forms have too: a line of them is an imprint beside the others, or where two stand
side by side.
"""
_MARK = re.compile(
    rf"(?P<sure>{_SURE})[人者]?\s*(?:[:：/／]|[\s　]+(?=\S)|$)|(?:^|(?<=[\s　|｜\d]))(?P<also>{_ALSO})"
    r"[人者]?\s*(?:[:：/／]|[\s　]+(?=\S))"
    rf"|(?P<by>[{HAN}]{{2,4}}\s*[/／]\s*(?:文|图|摄))|(?P<gave>[\s　]供稿$)"
)
_DAY = r"(?:19|20)\d{2}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?"
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_BEFORE = re.compile(
    rf"[\s　\[【（(]*(?:[{HAN}\d]{{2,14}}[\s　]+)?(?:{_DAY}(?:\s*{_CLOCK})?)?[\s　]*"
)
_BYLINE = re.compile(
    rf"[\s　]*(?:[{HAN}]{{2,16}}[\s　]+)?{_DAY}\s+{_CLOCK}[\s　]*(?:[{HAN}]{{2,12}}[\s　]*)?"
)
"""某校 2024-06-28 17:20 某人: who put it there and when, without a word."""
_MINUTES = re.compile(r"记录|纪要|签到")
"""Below such a heading a day and an hour are those of the meeting."""
_LONGEST = 110
_TOP = 3
_ENDS_A_SENTENCE = re.compile(r"[。；;！!？?]")
_SIDE_BY_SIDE = 2
_AHEAD = re.compile(r"定于|拟于|将于|拟定|计划于|通知")
_TITLED = re.compile(r"《[^《》]{1,60}》")
_MONTH_AND_DAY = re.compile(r"(?<![\d年月])\d{1,2}月\d{1,2}日")


def apart(piece: Piece, kind: LedgerKind | None = None) -> Piece:
    """The same without the lines that say who published it and when; they are its `imprint`.

    A ledger's own minutes have no such words, so that one of them is enough there.
    """
    paragraphs = piece.paragraphs()
    sure = [one for one in paragraphs if _words(one.text)[0]]
    weak = _SIDE_BY_SIDE
    if sure or (kind is not None and kind.form is PaperForm.MINUTES and not piece.tables()):
        weak = 1
    minuted = any(_MINUTES.search(one.text) for one in piece.headings)
    headed = any(is_headline(one.text) for one in piece.headings[:1])
    found = [
        one
        for at, one in enumerate(paragraphs)
        if one in sure
        or _words(one.text)[1] >= weak
        or (at and at < _TOP and _BYLINE.fullmatch(one.text) and not minuted)
        or (headed and 0 < at < _TOP and re.fullmatch(_DAY, one.text.strip()))
    ]
    if not found:
        return piece
    blocks = [block for block in piece.blocks if block not in found]
    return replace(piece, blocks=blocks, imprint=[*piece.imprint, *found])


_FOOT = re.compile(rf"[\s　（(]*(?:[{HAN}“”]{{2,24}}[\s　]+)?{_DAY}[\s　）)]*")


def foot(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The last line, where it is who signed and the day, and nothing else: what stands above it was
    before that day.
    """
    return [one for one in paragraphs[-1:] if _FOOT.fullmatch(one.text)]


def _words(text: str) -> tuple[int, int]:
    """How many words of an imprint a line has that are surely one, and in all; none where it says
    more than that.
    """
    line = re.sub(r"^[\s　（(【\[]+|[\s　）)】\]]+$", "", text)
    marks = list(_MARK.finditer(line))
    if not marks or len(line) > _LONGEST or _ENDS_A_SENTENCE.search(line):
        return 0, 0
    if not _BEFORE.fullmatch(line[: marks[0].start()]) and marks[0]["gave"] is None:
        return 0, 0
    alone = {mark["also"] for mark in marks}
    sure = sum(mark["also"] is None for mark in marks)
    return sure, 0 if alone <= {"时间", "日期", None} and not sure else len(marks)


def is_ahead(text: str) -> bool:
    """Whether a sentence calls to what is still to be held; what a paper is called that it names
    calls to nothing.
    """
    return bool(_AHEAD.search(re.sub(r"通知(?:的?精神|的?要求|》)", "", _TITLED.sub("", text))))


_HEADLINE = re.compile(r"(?:召开|举行|举办|开展|组织|举办)(?!情况|的).{2,}")
_PAPER = re.compile(
    r"(?:记录|纪要|报告|方案|通知|总结|情况|材料|公示|公告|请示|批复|计划|议程|制度|办法|[表簿册本单卡])[）)]?$"
)


def is_headline(text: str) -> bool:
    """Whether a heading tells what was held, as a report's does, and names no sort of paper."""
    plain = folded(text)
    return bool(_HEADLINE.search(plain) and not _PAPER.search(plain))


def without_titles(text: str) -> str:
    """A sentence without the papers that it names."""
    return _TITLED.sub("", text)


def day(text: str, lines: Sequence[Paragraph]) -> tuple[date, str] | None:
    """The one day without a year in a sentence, in the year in which the report was published after
    it, and who says so.
    """
    said = set(_MONTH_AND_DAY.findall(folded(written.in_digits(without_titles(text)))))
    if len(said) != 1 or is_ahead(text):
        return None
    for line in lines:
        published = written.days_in(written.in_digits(written.plain(line.text)))
        if not published:
            continue
        put = published[0][0]
        years = (put.year, put.year - 1)
        whole = (written.days_in(written.with_year(one, year)) for one in said for year in years)
        held = max((found[0][0] for found in whole if found and found[0][0] <= put), default=None)
        if held is not None and (put - held).days < _LATE:
            return held, line.text.strip()
    return None


_LATE = 120
"""Who publishes a report later than so many days after may speak of another year."""
