"""The papers of an election (DOMAIN 4.4.1, 7.11): ballot, result of the count, requests, replies
and the report upwards.

What the record does not say stays blank on the paper, for writing by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from taizhang.kernel.calendar import plus_months
from taizhang.ledgers.kinds.elections import Election
from taizhang.ledgers.written import lines
from taizhang.orgs.models import PaperKind
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.documents.election_result import posts_reply, posts_request, result_report
from taizhang.papers.documents.held import BLANK_DAY, Held, counted, day_of, in_brackets, replied
from taizhang.papers.official.heads import headed
from taizhang.papers.official.paper import Annex, Clause, Official, in_full, numeral
from taizhang.papers.paper import Form, Line, Note, Paper, Table
from taizhang.papers.wording import sentence, unended

_FIVE_YEARS = (date(2017, 10, 24), date(2018, 7, 12))
"""Committees elected between these days hold for three to five years: which, only the branch knows
(TERM of DOMAIN 4.4).
"""


def ballot(held: Held) -> Ballot:
    """选票: the row of signs above the names, and as many blanks as there are seats."""
    entry = held.entry
    names = [row.name for row in held.listed]
    count = f"{len(names)}" if names else "　"
    order = f"，{held.ordered}" if held.ordered else ""
    notes = [
        f"本次选举实行{held.surplus}选举，应选{entry.seats}名，候选人{count}名{order}。",
        "赞成的，在候选人姓名上方的符号栏内画“○”；反对的，画“×”；弃权的，不画任何符号。",
        "另选他人的，在“另选人”的姓名栏内写上其姓名，并在其上方的符号栏内画“○”；只写姓名不画“○”的无效。",
        "所选人数等于或者少于应选人数的选票有效，多于应选人数的无效。",
    ]
    guide = [
        "选票按实到会有选举权的人数发出；发出、收回的张数记入计票结果报告单。",
        "发票前在署名处加盖党支部印章，沿虚线裁开。",
        "同一次大会使用几种选票的（如委员选票和其他选票），按用途用不同颜色的纸印制，以免混用。",
        "候选人按登记的先后排列。"
        + (
            "选票已注明按姓氏笔画为序，印前请核对次序。"
            if held.ordered
            else "按姓氏笔画为序的，请先在台账中排好次序并选择“姓氏笔画”，选票上即注明。"
        ),
    ]
    verb = "补选" if held.fills_seats else ""
    return Ballot(
        held.body,
        f"{verb}{held.elected}选票",
        names or [""] * (entry.least_candidates or entry.seats),
        entry.seats,
        notes,
        held.branch,
        day_of(entry.held_on),
        guide,
    )


_ROLES = {"chief": "总监票人", "watcher": "监票人", "counter": "计票人"}


def tally(held: Held) -> Paper:
    """计票结果报告单, read out to the assembly."""
    entry = held.entry
    verb = "补选" if held.fills_seats else ""
    title = f"{held.body}{verb}{held.elected}选举计票结果报告单"
    head = Form(
        "",
        [
            Line("选举类别", entry.get_kind_display()),
            Line("选举日期", day_of(entry.held_on)),
            Line("应到有选举权人数", counted(entry.entitled_expected)),
            Line("实到有选举权人数", counted(entry.entitled_present)),
            Line("发出选票", counted(entry.issued)),
            Line("收回选票", counted(entry.returned)),
            Line("有效选票", counted(entry.valid)),
            Line("无效选票", counted(entry.invalid)),
            Line("应选人数", counted(entry.seats)),
            Line("候选人数", counted(len(held.listed) or None)),
        ],
    )
    return Paper(
        title,
        day_of(entry.held_on),
        blocks=[
            Note(f"{held.branch.removesuffix('委员会')}党员大会："),
            Note("本次选举的计票结果报告如下。"),
            head,
            _votes(entry),
            _signs(entry),
        ],
    )


def _votes(entry: Election) -> Table:
    rows = []
    for at, row in enumerate(entry.candidates.all(), start=1):
        votes = [counted(n) for n in (row.in_favour, row.against, row.abstained)]
        result = "当选" if row.is_elected else "" if row.in_favour is None else "未当选"
        rows.append([f"{at}", row.name + ("（另选人）" if row.written_in else ""), *votes, result])
    rows += [[""] * 6 for _ in range(max(0, 2 * entry.seats - len(rows)))]
    columns = ["序号", "姓名", "赞成", "反对", "弃权", "结果"]
    return Table("", columns, rows, [0.5, 2, 1, 1, 1, 1], high=8)


def _signs(entry: Election) -> Form:
    """Who watched and who counted; names whose part is not on record stand in a line of
    their own.
    """
    rows = list(entry.scrutineers.all())
    told = [
        Line(label, "、".join(row.name for row in rows if row.role == code), wide=True, high=8)
        for code, label in _ROLES.items()
    ]
    rest = "、".join(row.name for row in rows if not row.role)
    if rest:
        told.append(Line("监票、计票人员", f"{rest}（登记时未分监票、计票）", wide=True))
    return Form("", told, ["总监票人签名", "监票人签名", "计票人签名", "日期"])


def _decided(entry: Election) -> str:
    return f"经{in_full(entry.decided_on)}支委会研究，" if entry.decided_on else "经支委会研究，"


def _why(held: Held) -> str:
    """Why it is time: the running term from its own record, a vacancy or what else the record gives
    as the reason.
    """
    term, reason = held.outgoing, unended(held.entry.reason)
    because = f"因{reason.removeprefix('因')}，" if reason else ""
    if term is None or held.fills_seats:
        return because
    what = "支部委员会" if term.kind != "secretary" else "支部书记"
    told = f"我支部第{numeral(term.ordinal)}届{what}于{in_full(term.started_on)}选举产生，"
    if term.extended_to:
        no = f"（{term.extension_no}）" if term.extension_no else ""
        told += f"经上级党组织批准{no}，任期延至{in_full(term.extended_to)}。"
    elif _FIVE_YEARS[0] <= term.started_on < _FIVE_YEARS[1]:
        told += f"至{BLANK_DAY}任期届满。"
    else:
        told += f"至{in_full(plus_months(term.started_on, 36))}任期届满。"
    return told if "届满" in reason else told + because


def _heads(entry: Election) -> str:
    """How many of the seats are the secretary's and the deputies'."""
    told = f"其中书记{counted(entry.secretary_seats, '　')}名"
    deputies = entry.deputy_seats
    return told if deputies == 0 else f"{told}、副书记{counted(deputies, '　')}名"


def _seats(held: Held) -> str:
    entry = held.entry
    if not held.of_committee or held.fills_seats:
        return f"应选{held.elected}{entry.seats}名。"
    return f"{held.committee}拟由委员{entry.seats}名组成，{_heads(entry)}。"


def _method(held: Held) -> str:
    """The method on record; else that of the regulation (DOMAIN 4.4.1)."""
    if held.entry.method:
        told = f"本次选举的办法为：{sentence(held.entry.method)}"
    else:
        told = f"采用无记名投票的方式，实行{held.surplus}选举。"
    if held.of_committee and not held.fills_seats:
        heads = "书记" if held.entry.deputy_seats == 0 else "书记、副书记"
        told += f"{heads}由{held.committee}第一次会议选举产生。"
    return told


def _agenda(entry: Election) -> list[Clause]:
    told = [sentence(line) for line in lines.lines(entry.agenda)]
    if not told:
        return [Clause(f"{at}. 　　　　　　　　　　　　　　　　") for at in (1, 2, 3)]
    return [Clause(f"{at}. {line}") for at, line in enumerate(told, start=1)]


def assembly_request(held: Held) -> Official:
    """请示: to hold the assembly."""
    entry = held.entry
    body = [
        Clause(
            f"{_why(held)}根据《中国共产党章程》和{held.rules}的有关规定，{_decided(entry)}"
            f"拟于{day_of(entry.held_on)}召开党员大会，{held.act}。现将有关事项请示如下："
        ),
        Clause("一、大会议程", 1),
        *_agenda(entry),
        Clause("二、名额", 1),
        Clause(_seats(held)),
        Clause("三、选举办法", 1),
        Clause(_method(held)),
        Clause("当否，请批示。"),
    ]
    paper = Official(
        f"{held.branch}关于{_assembly(held)}的请示",
        f"{held.superior}：",
        body,
        held.branch,
        entry.request_on,
        number=entry.request_no,
    )
    return headed(paper, PaperKind.REQUEST, entry.branch)


def _assembly(held: Held) -> str:
    return f"召开党员大会{held.act_of}"


def _nominees(held: Held) -> str:
    """The candidates with their number; room to write where there are none yet."""
    names = "、".join(row.name for row in held.listed) or "　　　　　　　　　　　　"
    order = f"（{held.ordered}）" if held.ordered and held.listed else ""
    return f"{names}{order}"


_ABOUT = [
    "序号",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "学历",
    "入党时间",
    "工作岗位",
    "党内职务",
    "备注",
]
"""The columns of the annex to the request for the candidates."""


def candidates_request(held: Held) -> Official:
    """请示: the candidates proposed, with a table of what the roster says of them; when the committee
    decided on them is nowhere on record, so its day is left open.
    """
    entry = held.entry
    count, about = len(held.listed), held.about or {}
    reply = f"根据{held.superior}的批复{in_brackets(entry.reply_no)}，" if entry.reply_on else ""
    extra = count - entry.seats
    counted = f"{count}名" if count else "　名"
    seats = f"（应选{entry.seats}名" + (f"，差额{extra}名）" if extra > 0 else "）")
    body = [
        Clause(
            f"{reply}经{BLANK_DAY}支委会研究，我支部提出{_for_candidates(held)}{counted}{seats}："
            f"{_nominees(held)}。"
        ),
        Clause("当否，请批示。"),
    ]
    blank = [""] * (len(_ABOUT) - 2)
    rows = [
        [f"{at}", row.name, *about.get(row.name, blank)]
        for at, row in enumerate(held.listed, start=1)
    ] or [["", "", *blank] for _ in range(entry.least_candidates or entry.seats)]
    table = Table("", _ABOUT, rows, [0.5, 1, 0.6, 0.8, 1.1, 1, 1.2, 1.4, 1.2, 1.2], high=10)
    annex = "候选人预备人选基本情况表"
    paper = Official(
        f"{held.branch}关于{_for_candidates(held)}的请示",
        f"{held.superior}：",
        body,
        held.branch,
        entry.candidates_request_on,
        number=entry.candidates_request_no,
        attachments=[annex],
        annexes=[Annex(annex, [table], landscape=True)],
    )
    return headed(paper, PaperKind.REQUEST, entry.branch)


def _for_candidates(held: Held) -> str:
    what = held.committee if held.of_committee else "支部"
    return f"{what}{held.elected}候选人预备人选"


def assembly_reply(held: Held) -> Official:
    """批复: the committee agrees to the assembly."""
    entry = held.entry
    says = f"同意你支部于{day_of(entry.held_on)}召开党员大会，{held.act}。"
    says += _seats(held).replace("拟由", "由")
    says += f"请严格按照{held.rules}的规定组织选举，并及时报告选举结果。"
    paper = Official(
        f"{held.superior}关于同意{held.branch}{_assembly(held)}的批复",
        f"{held.branch}：",
        replied(assembly_request(held), says),
        held.superior,
        entry.reply_on,
        number=entry.reply_no,
    )
    return headed(paper, PaperKind.REPLY, entry.branch.parent)


def candidates_reply(held: Held) -> Official:
    """批复: the committee agrees to the candidates."""
    entry = held.entry
    says = f"同意{_nominees(held)}为你支部{_for_candidates(held)}。"
    paper = Official(
        f"{held.superior}关于{held.body}{held.elected}候选人预备人选的批复",
        f"{held.branch}：",
        replied(candidates_request(held), says),
        held.superior,
        entry.candidates_reply_on,
        number=entry.candidates_reply_no,
    )
    return headed(paper, PaperKind.REPLY, entry.branch.parent)


MAKERS: dict[str, Callable[[Held], Paper | Official | Ballot]] = {
    "ballot": ballot,
    "tally": tally,
    "assembly-request": assembly_request,
    "candidates-request": candidates_request,
    "assembly-reply": assembly_reply,
    "candidates-reply": candidates_reply,
    "result-report": result_report,
    "posts-request": posts_request,
    "posts-reply": posts_reply,
}
