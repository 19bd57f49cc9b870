"""What only some branches have: a channel, a site to build, a lost member; what the others declare;
and files.
"""

from __future__ import annotations

import random
from datetime import date, datetime

from taizhang.demo import education, words
from taizhang.demo.records import Ledgers
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.office import actions as declarations
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

_WITH_FILES = ("pushes", "room-uses", "search-attempts")


def write(ledgers: Ledgers, rng: random.Random) -> None:
    """Chosen by the branch's name, so that each has the same at every size of the district."""
    mark = sum(map(ord, ledgers.branch.name))
    if mark % 4 == 0:
        education.channel(ledgers, rng)
    else:
        _declare(ledgers, "L20", "不适用", "没有开通线上教育渠道")
    if mark % 7 == 0:
        _site(ledgers, rng)
    else:
        _declare(ledgers, "L33", "不适用", "没有党群服务站点建设任务")
    if mark % 9 == 0:
        _lost(ledgers)
    else:
        _declare(ledgers, "L23", "零报告（没有发生）", "没有失联党员")
    for item, slug, reason in (
        ("L17", "cases", "没有发展党员"),
        ("L21", "transfers", "没有组织关系接转"),
    ):
        if not ledgers.rows.get(slug):
            _declare(ledgers, item, "零报告（没有发生）", reason)
    for campaign, first in (("两学一做", date(2016, 4, 28)), ("解放思想大讨论", date(2018, 5, 16))):
        ledgers.add(
            "campaigns",
            campaign=campaign,
            held_on=first.isoformat(),
            title=f"{campaign}动员会",
            form="动员会",
            content=words.passage(rng, 3),
            result=words.sentence(rng),
        )


def _declare(ledgers: Ledgers, item: str, kind: str, reason: str) -> None:
    ledgers.add(
        "declarations",
        item=item,
        kind=kind,
        from_on="2015-01-01",
        to_on="2018-12-31",
        reason=reason,
        declared_on="2018-09-28",
    )


def _site(ledgers: Ledgers, rng: random.Random) -> None:
    ledgers.add(
        "site-projects",
        name="示例党群服务站",
        assigned_on="2017-03-10",
        design=words.passage(rng, 2),
        plan=words.passage(rng, 2),
        progress=words.sentence(rng),
        results=words.sentence(rng),
        finished_on="2018-06-20",
        milestones="完成设计（期限：2017-06-30；完成：2017-06-20）\n投入使用（期限：2018-06-30；完成：2018-06-20）",
    )


_WAYS = (
    "查阅档案、名册和接转材料",
    "电话、短信、微信等通讯联系",
    "走访住址、家属、亲友、同事",
    "发函或请公安、人社等部门协查",
    "媒体、网络或张贴公告寻找",
)


def _lost(ledgers: Ledgers) -> None:
    """Somebody out of reach for half a year, searched for and found between a day of dues and the
    next meeting.
    """
    who = next(
        m for m in reversed(ledgers.branch.members) if m.reason == "founded" and m.left is None
    )
    ledgers.add(
        "lost-members",
        person=who.name,
        last_contact_on="2016-06-02",
        reason="居住地改变",
        registered_on="2017-01-25",
        status="已取得联系",
        settled_on="2017-02-02",
        outcome="已恢复联系",
    )
    for at, way in enumerate(_WAYS):
        ledgers.add(
            "search-attempts",
            lost=who.name,
            way=way,
            done_on=f"2017-01-{26 + at}",
            by="示例组织委员",
            asked="亲友、单位",
            result="取得线索" if at == 4 else "未联系上",
        )
    ledgers.add(
        "digest-plans",
        year="2017",
        targets=who.name,
        due_on="2017-06-30",
        responsible="示例组织委员",
        done_on="2017-02-02",
        result="已取得联系",
    )


def attach(ledgers: Ledgers, branch: Organisation, keeper: Actor, now: datetime) -> None:
    """A small file of its own on every record that must show one, but those that a
    fault left bare.
    """
    for slug in _WITH_FILES:
        kind = KINDS[slug]
        bare = {row[kind.day] for row in ledgers.rows.get(slug, ()) if "_bare" in row}
        for entry in kind.model.objects.filter(branch=branch):
            if f"{kind.day_of(entry)}" in bare:
                continue
            name = f"{kind.day_of(entry)}{kind.title}.pdf"
            taken = evidence.take_in(
                branch=branch,
                name=name,
                data=page(f"{ledgers.branch.name} {slug} {entry.pk}"),
                kind="photo",
                actor=keeper,
                now=now,
            )
            evidence.attach(file=taken.file, kind=kind, entry=entry, actor=keeper, now=now)


def attach_more(ledgers: Ledgers, branch: Organisation, keeper: Actor, now: datetime) -> None:
    """The other files; one that lies by two records is kept once."""
    for one in ledgers.attached:
        kind = KINDS[one.slug]
        about = {name: one.row[name] for name in (kind.day, "title", "theme") if name in one.row}
        if one.row.get("group"):
            about["group__name"] = one.row["group"]
        entry = kind.model.objects.get(branch=branch, **about)
        taken = evidence.take_in(
            branch=branch, name=one.name, data=one.data, kind="photo", actor=keeper, now=now
        )
        evidence.attach(file=taken.file, kind=kind, entry=entry, actor=keeper, now=now)


def page(text: str) -> bytes:
    """The least PDF that there can be, different for every text."""
    return (
        f"%PDF-1.4\n% {text.encode().hex()}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 "
        "obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 "
        "R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode()


def confirm(branch: Organisation, office: Actor, now: datetime) -> None:
    """The committee agrees to what the branch declared."""
    for entry in KINDS["declarations"].model.objects.filter(branch=branch):
        declarations.confirm(entry=entry, actor=office, now=now)
