"""Laying the settings of the day (公文格式) over an official paper; what is not set is not printed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from taizhang.orgs import heads
from taizhang.orgs.heads import Head
from taizhang.orgs.models import OF_BRANCHES, OF_COMMITTEES, Organisation, PaperKind
from taizhang.papers.official.paper import Clause, Official, in_full

TO_ALL = (PaperKind.NOTICE, PaperKind.CIRCULAR)
"""These go to whom the committee or the round names; the others of a committee go to one unit."""
_WIDE = "　"


def headed(paper: Official, kind: PaperKind, organisation: Organisation | None) -> Official:
    """The paper with the elements that its organisation has set for its kind."""
    return paper if organisation is None else laid(paper, kind, heads.head_of(organisation))


def laid(paper: Official, kind: PaperKind, head: Head) -> Official:
    """The paper with these elements."""
    own = head.of(kind)
    return replace(
        paper,
        look="file" if own.look == "file" else "letter" if own.look == "letter" else "plain",
        issuer=_mark(head.mark, own.look),
        number=paper.number or _room_for_number(own.code, paper.dated),
        signatories=names_in(head.signatory) if kind in OF_BRANCHES else [],
        contact=contact_told(head.contact_person, head.contact_phone),
        seal=head.seal,
        copies=own.copies,
        printed_by=head.printed_by,
        traced=head.traced,
        proved=bool(own.proof) and kind in OF_COMMITTEES,
    )


def _mark(mark: str, look: str) -> str:
    """发文机关标志; a 信函 bears the name alone."""
    if look == "plain":
        return ""
    return mark.removesuffix("文件") if look == "letter" else mark


def names_in(text: str) -> list[str]:
    """Names that are written one after another."""
    return [name for name in re.split(r"[、，,；;\s]+", text) if name]


def contact_told(person: str, phone: str) -> str:
    """`联系人：某某，电话：…`, as far as it is known."""
    told = [f"联系人：{person}" if person else "", f"电话：{phone}" if phone else ""]
    return "，".join(part for part in told if part)


def _room_for_number(code: str, day: date | None) -> str:
    """`示督〔2018〕　号`: what a paper that bears no number yet has in its place."""
    return f"{code}〔{day.year if day else _WIDE * 2}〕{_WIDE}号" if code else ""


_BODY = "本页是样张，用来看版式：标题、主送、正文、落款、盖章和版记的位置。正式文书由系统按登记的内容生成。"


def sample(kind: PaperKind, organisation: Organisation, day: date) -> Official:
    """What a paper of a kind looks like with the settings of today; its text says that it is a
    sample.
    """
    upwards = kind in OF_BRANCHES
    above = organisation.parent.full_name if organisation.parent else "上级党组织"
    head = heads.head_of(organisation)
    to = above if upwards else "被督查党组织"
    if kind in TO_ALL:
        to = head.addressees or heads.EVERYBODY
    paper = Official(
        f"{kind.label}（样张）",
        f"{to}：",
        [
            Clause(_BODY),
            Clause("一、一级标题", 1),
            Clause("（一）二级标题", 2),
            Clause(f"成文日期写作{in_full(day)}。"),
        ],
        organisation.full_name,
        day,
    )
    return replace(headed(paper, kind, organisation), proved=False)
