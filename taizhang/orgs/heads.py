"""公文格式 as it is set: the elements of an organisation's official papers (DOMAIN 8), and what may
stand in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from taizhang.kernel.errors import NotAllowed, Problem
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import (
    OF_BRANCHES,
    OF_COMMITTEES,
    Organisation,
    PaperHead,
    PaperKind,
    Role,
)

LOOKS = {"plain": "普通（不套红）", "file": "文件（红头）", "letter": "信函（红色双线）"}
PROOFS = {"": "不印", "1": "印在落款左边"}
NONE = "无"
"""Written for a round: this element is not printed, though the committee has set it."""
EVERYBODY = "局属各基层党组织"
"""Whom a notice goes to where nobody is named."""
USUAL_CODES = {PaperKind.ORDER: "督改"}
"""What a number begins with where nobody set it: a 整改通知书 is always numbered."""
LONGEST_MARK = 20
"""So many characters fit the type area in the size of the title; a longer mark would be smaller
than the title.
"""
LONGEST = {
    "mark": LONGEST_MARK, "addressees": 300, "signatory": 60, "contact_person": 40, "contact_phone": 40,
    "printed_by": 60, "code": 12, "start": 30, "copies": 300,
}  # fmt: skip
_HAN = re.compile(r"[㐀-鿿]+")


@dataclass(frozen=True, kw_only=True)
class KindHead:
    """What differs from kind to kind. For a round, empty is as the committee has set it."""

    look: str = ""
    code: str = ""
    copies: str = ""
    start: str = ""
    """The number from which the series goes on; it holds for its year."""
    proof: str = ""
    """`1` where a code beside the signature proves the words (`PROOFS`)."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """All elements, as they are set."""

    mark: str = ""
    addressees: str = ""
    signatory: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    printed_by: str = ""
    seal: bool = False
    traced: bool = False
    unmarked: bool = False
    kinds: Mapping[str, KindHead] = field(default_factory=dict)

    def of(self, kind: PaperKind) -> KindHead:
        """What holds for one kind: where nothing is set, plain, and numbered only where it always
        is.
        """
        own = self.kinds.get(kind, KindHead())
        return replace(own, look=own.look or "plain", code=own.code or USUAL_CODES.get(kind, ""))


def head_of(organisation: Organisation) -> Head:
    """What an organisation has set; nothing, where it never did."""
    found = PaperHead.objects.filter(organisation=organisation).first()
    if found is None:
        return Head()
    kept = {one.name: getattr(found, one.name) for one in fields(Head)}
    return as_kept(kept)


def as_kept(kept: Mapping[str, Any]) -> Head:
    """A head from plain data."""
    kinds = {kind: KindHead(**own) for kind, own in kept.get("kinds", {}).items()}
    return Head(**(dict(kept) | {"kinds": kinds}))


def plain(head: Head) -> dict[str, Any]:
    """A head as plain data, without what is empty."""
    kinds = {kind: _said(asdict(own)) for kind, own in head.kinds.items()}
    return _said(asdict(head) | {"kinds": _said(kinds)})


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def kinds_of(organisation: Organisation) -> tuple[PaperKind, ...]:
    """Which kinds of official papers an organisation makes here."""
    return OF_BRANCHES if organisation.keeps_ledgers else (*OF_COMMITTEES, PaperKind.REPLY)


def may_set(actor: Actor, organisation: Organisation) -> bool:
    """The organisation section sets all that it manages; a branch's secretary its own."""
    own = any(
        grant.role == Role.SECRETARY and grant.organisation.pk == organisation.pk
        for grant in actor.grants
    )
    return own or (actor.may_run_office() and actor.may_read(organisation))


def must_see(actor: Actor, organisation: Organisation) -> None:
    """Refuse all but those who set it or keep the branch's ledgers."""
    if not actor.may_keep_ledgers_of(organisation):
        must_set(actor, organisation)


def must_set(actor: Actor, organisation: Organisation) -> None:
    """Refuse all others."""
    if not may_set(actor, organisation):
        raise NotAllowed(f"{organisation.short_name}的公文格式由组织科或者本支部书记设定。")


def label(kind: PaperKind | str, what: str) -> str:
    """What an element of one kind is called: `督查通知·代字`."""
    return f"{PaperKind(kind).label}·{what}"


def told(head: Head) -> dict[str, Any]:
    """The elements by the names that people know, for the journal."""
    names = {f.name: str(f.verbose_name) for f in PaperHead._meta.fields}
    found = {names[name]: value for name, value in asdict(head).items() if name in names}
    found.pop(names["kinds"])
    for kind, own in head.kinds.items():
        found |= {
            label(kind, "版式"): LOOKS.get(own.look, ""),
            label(kind, "代字"): own.code,
            label(kind, "抄送"): own.copies,
            label(kind, "起始文号"): own.start,
            label(kind, "校验二维码"): PROOFS.get(own.proof, ""),
        }
    return {name: _word(value) for name, value in found.items()}


def _word(value: object) -> object:
    return ("是" if value else "否") if isinstance(value, bool) else value


def problems(head: Head) -> Iterator[Problem]:
    """What cannot be printed as it is set, each with its place."""
    if len(head.mark) > LONGEST_MARK:
        long = f"有{len(head.mark)}个字，最多{LONGEST_MARK}个：再长，红字就比标题小了，请用规范化简称。"
        yield Problem(long, column="发文机关标志")
    names = {f.name: str(f.verbose_name) for f in PaperHead._meta.fields}
    for name in ("addressees", "signatory", "contact_person", "contact_phone", "printed_by"):
        yield from _too_long(getattr(head, name), name, names[name])
    if head.contact_phone and not re.search(r"\d", head.contact_phone):
        yield Problem("没有号码，如“88210000”。", column="联系电话")
    for kind, own in head.kinds.items():
        yield from _of_kind(own, PaperKind(kind))


def _of_kind(own: KindHead, kind: PaperKind) -> Iterator[Problem]:
    if own.look not in ("", *LOOKS):
        yield Problem("不在可选范围内。", column=label(kind, "版式"))
    if own.proof not in PROOFS:
        yield Problem("不在可选范围内。", column=label(kind, "校验二维码"))
    if own.code and (wrong := _wrong_code(own.code)):
        yield Problem(wrong, column=label(kind, "代字"))
    yield from _too_long(own.copies, "copies", label(kind, "抄送"))


def _too_long(text: str, name: str, place: str) -> Iterator[Problem]:
    if len(text) > LONGEST[name]:
        yield Problem(f"有{len(text)}个字，最多{LONGEST[name]}个。", column=place)


def without_mark(head: Head) -> Iterator[Problem]:
    """Kinds that are to have a red head of which nobody said what stands in it."""
    red = [
        PaperKind(kind).label for kind, own in head.kinds.items() if own.look in ("file", "letter")
    ]
    if red and not head.mark:
        yield Problem(
            f"{'、'.join(red)}选了红头版式，请填写红头上的机关名称。", column="发文机关标志"
        )


def _wrong_code(code: str) -> str:
    if re.search(r"[0-9０-９〔〕\[\]（）()]", code):
        return "只写汉字，如“示督”；年份和序号由系统编。"
    if not _HAN.fullmatch(code):
        return "只写汉字，如“示督”，不要空格和标点。"
    return f"最多{LONGEST['code']}个字。" if len(code) > LONGEST["code"] else ""
