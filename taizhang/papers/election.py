"""The papers of an election (DOMAIN 4.4.1, 7.11): ballot, result of the count, the requests and the report upwards.

What the record does not say stays blank on the paper, for writing by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from taizhang.orgs.models import PaperKind
from taizhang.papers.heads import headed
from taizhang.papers.official import Clause, Official, in_full
from taizhang.papers.paper import Form, Line, Note, Paper, Table

_BLANK_DAY = "　　年　月　日"
_OTHERS = 2
"""Columns for names that are written in."""
_RULES = (
    "说明：1.同意的，在姓名上方的符号栏内画“○”；不同意的，画“×”；弃权的，不画任何符号。",
    "2.另选他人的，在“另选人”的姓名栏内写上其姓名，并在符号栏内画“○”。",
)


def _day(day: date | None) -> str:
    return in_full(day) if day else _BLANK_DAY


def _branch(entry: Any) -> str:
    return str(entry.branch.full_name_on(entry.held_on))


def _listed(entry: Any) -> list[Any]:
    return [row for row in entry.candidates.all() if not row.written_in]


def ballot(entry: Any) -> Paper:
    """选票: candidates in the order of the record, the row of signs above the names."""
    names = [row.name for row in _listed(entry)] or [""] * (entry.least_candidates or entry.seats)
    columns = ["", *["候选人"] * len(names), *["另选人"] * _OTHERS]
    empty = [""] * (len(columns) - 1)
    grid = Table(
        f"{_branch(entry)}委员选票", columns, [["符号", *empty], ["姓名", *names, *[""] * _OTHERS]],
        [0.6, *[1.0] * (len(columns) - 1)], high=14,
    )  # fmt: skip
    seats = f"3.应选{entry.seats}名。所选人数等于或者少于应选人数的有效，多于应选人数的无效。"
    notes = [
        Note(text)
        for text in (*_RULES, seats, f"　　　　　　　　　　　　　　{_day(entry.held_on)}")
    ]
    return Paper("", blocks=[grid, *notes], tabular=False)


def _number(value: int | None) -> str:
    return "" if value is None else f"{value}"


def tally(entry: Any) -> Paper:
    """计票结果报告单."""
    head = Form(
        f"{_branch(entry)}选举计票结果报告单",
        [
            Line("选举类别", entry.get_kind_display()), Line("选举日期", _day(entry.held_on)),
            Line("应到有选举权人数", _number(entry.entitled_expected)), Line("实到有选举权人数", _number(entry.entitled_present)),
            Line("发出选票", _number(entry.issued)), Line("收回选票", _number(entry.returned)),
            Line("有效选票", _number(entry.valid)), Line("无效选票", _number(entry.invalid)),
            Line("应选人数", _number(entry.seats)), Line("候选人数", _number(len(_listed(entry)) or None)),
        ],
    )  # fmt: skip
    rows = []
    for at, row in enumerate(entry.candidates.all(), start=1):
        votes = [_number(n) for n in (row.in_favour, row.against, row.abstained)]
        result = "当选" if row.is_elected else "" if row.in_favour is None else "未当选"
        rows.append([f"{at}", row.name + ("（另选人）" if row.written_in else ""), *votes, result])
    rows += [[""] * 6 for _ in range(max(0, entry.seats + _OTHERS - len(rows)))]
    table = Table(
        "", ["序号", "姓名", "赞成", "反对", "弃权", "结果"], rows, [0.5, 2, 1, 1, 1, 1], high=8
    )
    scrutineers = "、".join(row.name for row in entry.scrutineers.all())
    signs = Form(
        "", [Line("监票人、计票人", scrutineers, wide=True)], ["监票人签名", "计票人签名", "日期"]
    )
    return Paper("", blocks=[head, table, signs])


def _upwards(
    entry: Any, title: str, body: list[str], number: str, day: date | None, kind: PaperKind
) -> Official:
    above = entry.branch.parent
    superior = above.full_name_on(day or entry.held_on) if above else "　　　　"
    paper = Official(
        title, f"{superior}：", [Clause(text) for text in body], _branch(entry), day, number=number
    )
    return headed(paper, kind, entry.branch)


def _act(entry: Any) -> str:
    return {"by_election": "补选支部委员会委员"}.get(entry.kind, "进行支部委员会换届选举")


def _decided(entry: Any) -> str:
    return f"经{in_full(entry.decided_on)}支委会研究，" if entry.decided_on else "经支委会研究，"


def assembly_request(entry: Any) -> Official:
    """请示: to hold the assembly."""
    why = f"{entry.reason.rstrip('。')}。" if entry.reason else ""
    body = [
        (
            f"{why}根据《中国共产党章程》和党的基层组织选举工作的有关规定，{_decided(entry)}拟于{_day(entry.held_on)}"
            f"召开党员大会，{_act(entry)}。应选委员{entry.seats}名，采用无记名投票、差额选举的办法产生。"
        ),
        "妥否，请批示。",
    ]
    title = f"{_branch(entry)}关于召开党员大会{_act(entry)}的请示"
    return _upwards(entry, title, body, entry.request_no, entry.request_on, PaperKind.REQUEST)


def candidates_request(entry: Any) -> Official:
    """请示: the candidates proposed."""
    listed = _listed(entry)
    names = "、".join(row.name for row in listed) or "　　　　　　　　"
    count = f"{len(listed)}" if listed else "　"
    body = [
        (
            f"根据党员酝酿推荐情况，{_decided(entry)}提出支部委员会委员候选人预备人选{count}名（应选{entry.seats}名）："
            f"{names}。"
        ),
        "妥否，请批示。",
    ]
    title = f"{_branch(entry)}关于支部委员会委员候选人预备人选的请示"
    return _upwards(entry, title, body, "", entry.candidates_request_on, PaperKind.REQUEST)


def result_report(entry: Any) -> Official:
    """报告: who was elected with how many votes."""
    counts = (
        f"大会应到有选举权的党员{_number(entry.entitled_expected) or '　'}名，实到{_number(entry.entitled_present) or '　'}名。"
        f"发出选票{_number(entry.issued) or '　'}张，收回{_number(entry.returned) or '　'}张，其中有效票"
        f"{_number(entry.valid) or '　'}张，无效票{_number(entry.invalid) or '　'}张。"
    )
    elected = [row for row in entry.candidates.all() if row.is_elected]
    said = "、".join(
        row.name + (f"（{row.in_favour}票）" if row.in_favour is not None else "")
        for row in elected
    )
    body = [
        f"{_day(entry.held_on)}，我支部召开党员大会，以无记名投票方式{_act(entry)}。{counts}",
        f"选举结果，{said or '　　　　　　　　'}当选为支部委员会委员。",
        "特此报告，请予批复。",
    ]
    title = f"{_branch(entry)}关于选举结果的报告"
    return _upwards(
        entry, title, body, entry.result_report_no, entry.result_report_on, PaperKind.REPORT
    )


MAKERS: dict[str, Callable[[Any], Paper | Official]] = {
    "ballot": ballot,
    "tally": tally,
    "assembly-request": assembly_request,
    "candidates-request": candidates_request,
    "result-report": result_report,
}
