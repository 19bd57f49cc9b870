"""What goes upwards when the votes are counted (DOMAIN 4.4.1, steps 9 and 10): the report, the
request for those who were elected secretary and deputy, and the reply.
"""

from __future__ import annotations

from taizhang.orgs.models import PaperKind
from taizhang.papers.documents.held import Held, counted, day_of, in_brackets, replied
from taizhang.papers.official.heads import headed
from taizhang.papers.official.paper import Clause, Official, in_full
from taizhang.papers.wording import sentence


def result_report(held: Held) -> Official:
    """报告: who was elected with how many votes, and who does what. It asks for nothing."""
    entry = held.entry
    counts = (
        f"大会应到有选举权的党员{counted(entry.entitled_expected, '　')}名，"
        f"实到{counted(entry.entitled_present, '　')}名。"
        f"发出选票{counted(entry.issued, '　')}张，收回{counted(entry.returned, '　')}张，其中有效票"
        f"{counted(entry.valid, '　')}张，无效票{counted(entry.invalid, '　')}张。"
    )
    said = "、".join(
        row.name + (f"（{row.in_favour}票）" if row.in_favour is not None else "")
        for row in held.winners
    )
    what = f"{held.committee}委员" if held.of_committee else f"支部{held.elected}"
    body = [
        Clause(f"{_assembly(held)}现将选举结果报告如下："),
        Clause("一、选举情况", 1),
        Clause(f"大会以无记名投票方式进行选举。{counts}"),
        Clause("二、选举结果", 1),
        Clause(f"{said or '　　　　　　　　'}当选为{what}。"),
    ]
    if held.of_committee:
        day = f"{in_full(entry.first_committee_on)}，" if entry.first_committee_on else ""
        body.append(Clause("三、委员分工", 1))
        body.append(Clause(f"{day}支部委员会召开会议，委员分工如下："))
        shares = held.shares or ["　　　　　　　　　　　　　　　　"]
        body += [
            Clause(f"{at}. {sentence(line) or line}") for at, line in enumerate(shares, start=1)
        ]
    body.append(Clause("特此报告。"))
    what = {"by_election": f"补选{held.elected}", "reelection": "换届选举"}.get(entry.kind, "选举")
    paper = Official(
        f"{held.branch}关于{what}结果的报告",
        f"{held.superior}：",
        body,
        held.branch,
        entry.result_report_on,
        number=entry.result_report_no,
    )
    return headed(paper, PaperKind.REPORT, entry.branch)


def posts_request(held: Held) -> Official:
    """请示: that those elected secretary and deputy may take their posts; the other members are told
    for the file.
    """
    entry = held.entry
    asked = f"现报请批准{_appointed(held)}。"
    if members := _members(held):
        asked += f"{held.committee}委员{members}，一并报请备案。"
    body = [Clause(f"{_assembly(held)}{_elected(held)}"), Clause(asked), Clause("当否，请批示。")]
    paper = Official(
        f"{held.branch}关于{_posts(held)}任职的请示",
        f"{held.superior}：",
        body,
        held.branch,
        entry.posts_request_on,
        number=entry.posts_request_no,
    )
    return headed(paper, PaperKind.REQUEST, entry.branch)


def posts_reply(held: Held) -> Official:
    """批复: the committee agrees to the secretary and the deputy."""
    entry = held.entry
    says = f"同意{_appointed(held)}。"
    if members := _members(held):
        says += f"{held.committee}委员{members}，准予备案。"
    paper = Official(
        f"{held.superior}关于{held.body}{held.heads}任职的批复",
        f"{held.branch}：",
        replied(posts_request(held), says),
        held.superior,
        entry.final_reply_on,
        number=entry.final_reply_no,
    )
    return headed(paper, PaperKind.REPLY, entry.branch.parent)


def _assembly(held: Held) -> str:
    entry = held.entry
    since = f"根据{held.superior}的批复{in_brackets(entry.reply_no)}，" if entry.reply_on else ""
    return f"{since}我支部于{day_of(entry.held_on)}召开党员大会，{held.act}。"


def _elected(held: Held) -> str:
    """By whom they were elected: the committee at its first meeting, or the assembly itself where
    there is no committee.
    """
    entry, met = held.entry, held.first_meeting
    if not held.of_committee:
        return f"经选举，{_named(held, '当选')}。"
    present = (
        f"应到委员{counted(met.expected_count if met else None, '　')}名，"
        f"实到{counted(met.present_count if met else None, '　')}名，"
    )
    first = "会议" if held.fills_seats else f"{held.committee}第一次会议"
    return f"{day_of(entry.first_committee_on)}，召开{first}，{present}选举{_named(held, '为')}。"


def _named(held: Held, verb: str) -> str:
    room = "　　　　"
    told = [
        f"{held.secretary or room}{verb}书记" if "书记" in held.heads.split("、") else "",
        f"{'、'.join(held.deputies) or room}{verb}副书记" if "副书记" in held.heads else "",
    ]
    return "，".join(part for part in told if part)


def _appointed(held: Held) -> str:
    """`某某同志任中共甲校支部第四届委员会书记，某某同志任副书记`."""
    room = "　　　　"
    told = []
    if "书记" in held.heads.split("、"):
        told.append(f"{held.secretary or room}同志任{held.body}书记")
    if "副书记" in held.heads:
        names = "、".join(f"{name}同志" for name in held.deputies) or f"{room}同志"
        told.append(f"{names}任{'' if told else held.body}副书记")
    return "，".join(told)


def _posts(held: Held) -> str:
    return f"{held.committee if held.of_committee else '支部'}{held.heads}"


def _members(held: Held) -> str:
    """Those elected to the committee, as they are put on file."""
    return "、".join(row.name for row in held.winners) if held.of_committee else ""
