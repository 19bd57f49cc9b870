"""反馈意见 and 整改通知书 (DOMAIN 7.5, 7.7): made once, when they are issued, and frozen whole with every
name of that day.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils import timezone
from pydantic import TypeAdapter

from taizhang.inspection.models import Finding, Letter, RectificationNotice, Visit
from taizhang.inspection.papers.parts import heads, problems
from taizhang.inspection.papers.parts.shared import (
    addressed,
    day_told,
    name_of,
    numbered,
    organ,
    plan_of,
)
from taizhang.kernel.errors import WrongState
from taizhang.orgs.models import PaperKind
from taizhang.papers.official.paper import Clause, Official, in_full, numeral
from taizhang.papers.paper import Line
from taizhang.papers.wording import listed, paragraphs, sentence, unended

_WHOLE: TypeAdapter[Official] = TypeAdapter(Official)
TO_MEND = (
    Finding.Standing.ISSUED, Finding.Standing.ACKNOWLEDGED, Finding.Standing.RECTIFYING,
    Finding.Standing.RETURNED, Finding.Standing.REOPENED,
)  # fmt: skip
"""Problems that a notice may order to be put right: not disputed, not waiting for verification, not
kept up for long.
"""


def frozen(paper: Official) -> dict[str, Any]:
    """A paper as it is kept."""
    kept: dict[str, Any] = _WHOLE.dump_python(paper, mode="json")
    return kept


def thawed(kept: dict[str, Any]) -> Official:
    """A kept paper, as it was."""
    return _WHOLE.validate_python(kept)


def digest(kept: dict[str, Any]) -> str:
    """The mark of a kept paper, for the journal."""
    plain = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def letter(visit: Visit) -> Official:
    """督查反馈意见 as it was issued; only what stands on the receipt came later."""
    found: Letter | None = getattr(visit, "letter", None)
    if found is None:
        raise WrongState("还没有反馈，不能出具反馈意见；请先确认会商。")
    kept = found.frozen.get("paper")
    paper = thawed(kept) if kept else made(found)
    if not paper.receipt:
        return paper
    signed = {
        "签收人": found.signed_by,
        "签收日期": in_full(timezone.localdate(found.signed_at)) if found.signed_at else "",
    }
    told = [replace(line, text=signed.get(line.label, "")) for line in paper.receipt]
    return replace(paper, receipt=told)


def made(found: Letter) -> Official:
    """The paper of a letter that is being issued: of what was said in it, nothing more."""
    visit, said = found.visit, found.frozen
    opened, day = visit.unit.area.round, found.issued_on
    name, whose = name_of(visit, day), organ(opened, day)
    looked = said.get("seen", {})
    listed = [] if looked.get("nothing") else [problems.read(one) for one in said["findings"]]
    shown = problems.told(listed)
    parts = [
        ("总体情况", _whole(visit, said)),
        ("存在的主要问题", [Clause(problems.how_many(shown)), *shown.clauses] if listed else []),
        (
            "整改意见建议" if listed else "意见建议",
            [Clause(told) for told in paragraphs(said["advice"])],
        ),
        ("整改要求", _demands(found, shown)),
    ]
    intro = f"根据督查工作安排，{_came_on(visit)}，{whose}督查组对{addressed(visit)}进行了督查。现将有关情况反馈如下："
    if looked.get("nothing"):
        intro = f"根据督查工作安排，{addressed(visit)}列入本次督查。现将有关情况反馈如下："
    paper = Official(
        f"关于对{name}基层党建工作督查情况的反馈意见",
        f"{name}：",
        [Clause(intro), *_numbered_parts(parts)],
        whose,
        day,
        number=found.number,
        receipt=_receipt() if said["findings"] else [],
    )
    return heads.headed(paper, PaperKind.LETTER, opened)


def _receipt() -> list[Line]:
    """What the unit fills in and hands back."""
    labels = ("签收人", "签收日期", "联系电话", "单位（盖章）")
    return [Line(label, "", high=_TO_WRITE) for label in labels]


_TO_WRITE = 10
"""Millimetres: room to write by hand and for the edge of a seal."""


def _numbered_parts(parts: Iterable[tuple[str, list[Clause]]]) -> list[Clause]:
    """The parts that say something, numbered; one alone needs no heading."""
    said = [part for part in parts if part[1]]
    if len(said) == 1:
        return said[0][1]
    clauses: list[Clause] = []
    for n, (title, told) in enumerate(said, start=1):
        clauses += [Clause(f"{numeral(n)}、{title}", 1), *told]
    return clauses


def _came_on(visit: Visit) -> str:
    """The day on which the team began, else the day of the session."""
    if visit.started_at:
        return in_full(timezone.localdate(visit.started_at))
    planned = visit.session.date if visit.session else None
    return day_told(planned or visit.unit.area.round.starts_on)


def _whole(visit: Visit, said: dict[str, Any]) -> list[Clause]:
    """What the team wrote, how much of it it looked at, and the highlights; no word that nobody
    wrote.
    """
    looked = said.get("seen", {})
    told = [*paragraphs(said.get("judgement", "")), *paragraphs(said["achievements"])]
    told += _looked_told(visit, looked, said.get("unseen", {}))
    if said["highlights"]:
        good = dict.fromkeys(unended(one) for one in said["highlights"])
        told.append(f"特色亮点：{sentence('；'.join(good))}")
    if not said["findings"] and not looked.get("nothing"):
        told.append("督查组在所查阅的内容中未发现需要反馈的问题。")
    return [Clause(one) for one in told]


def _looked_told(visit: Visit, looked: dict[str, Any], unseen: dict[str, Any]) -> list[str]:
    """How much was looked at, and the team's reason for what was not."""
    if not looked or not looked["total"]:
        return []
    if looked["nothing"]:
        because = f"因{unended(unseen['why']).removeprefix('因')}，" if unseen.get("why") else ""
        return [
            f"{because}督查组未查阅{addressed(visit)}台账，本次督查对{addressed(visit)}工作不作评价。"
        ]
    told = f"督查组对照{looked['total']}项台账要求，逐项查阅{looked['read']}项"
    if looked["accepted"]:
        told += f"，另有{looked['accepted']}项根据台账情况认可、未逐项查阅"
    unread = looked["unread"]
    if unread:
        titles = [unended(_NUMBER.sub("", one)) for one in unread]
        told += f"；未查阅{len(unread)}项：{listed(titles)}"
    if unseen.get("why"):
        told += f"。原因：{unended(unseen['why'])}"
    return [sentence(told)]


_NUMBER = re.compile(r"^\d+\.\s*")


def _demands(found: Letter, shown: problems.Told) -> list[Clause]:
    """By when, what is to be done about which, and what to hand in; nothing where there is nothing
    to put right.
    """
    if found.report_due_on is None or not shown.numbered:
        return []
    plan = f"{in_full(found.plan_due_on)}前报送整改方案，" if found.plan_due_on else ""
    hand_in = f"请于{plan}{in_full(found.report_due_on)}前报送整改报告及佐证材料。"
    told = [
        problems.to_do(shown.numbered),
        problems.by_when(shown.numbered),
        f"{hand_in}主要负责人为第一责任人。",
    ]
    return numbered(told)


def notice_of(visit: Visit, slug: str = "") -> Official:
    """The 整改通知书 of a unit that is asked for, else the last one, as it was issued."""
    found = next((one for one in visit.notices.all() if one.slug == slug), None)
    if not slug:
        found = visit.notices.last()
    if found is None:
        raise WrongState("还没有出具整改通知书；请先在这个单位的会商页出具。")
    return thawed(found.paper)


def to_mend(visit: Visit) -> list[Finding]:
    """The problems of a unit that a notice of today would order to be put right."""
    found = visit.findings.filter(standing__in=TO_MEND)
    return list(found.select_related("item", "rectification").order_by("item__no", "pk"))


def notice_made(found: RectificationNotice) -> Official:
    """The paper of a notice that is being issued."""
    visit, listed = found.visit, to_mend(found.visit)
    wanted = ["整改报告", "佐证材料"]
    if any(plan_of(one) is None and one.manner != Finding.Manner.AT_ONCE for one in listed):
        wanted.insert(0, "整改方案")
    shown = problems.told(problems.of_findings(visit, listed))
    demands = [
        problems.to_do(shown.numbered),
        f"请认真整改，于{in_full(found.due_on)}前整改完毕。主要负责人为第一责任人。",
    ]
    parts = [
        ("存在的问题", shown.clauses),
        ("整改要求", numbered(demands)),
        ("报送材料", [Clause(sentence("、".join(wanted)))]),
    ]
    body = [
        Clause(f"经督查，发现{addressed(visit)}存在下列问题，现通知整改。"),
        *_numbered_parts(parts),
        Clause("本通知书一式两份，请签收后交回回执。"),
        Clause(f"签发人：{heads.of_round(visit.unit.area.round).signatory or '　　　　　　'}"),
    ]
    name = name_of(visit, found.issued_on)
    paper = Official(
        "整改通知书",
        f"{name}：",
        body,
        organ(visit.unit.area.round, found.issued_on),
        found.issued_on,
        number=found.number,
        receipt=_receipt(),
    )
    return heads.headed(paper, PaperKind.ORDER, visit.unit.area.round)
