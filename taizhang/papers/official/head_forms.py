"""The form of 公文格式: which elements are asked, with an example each, and what was written in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from taizhang.kernel.errors import Problem
from taizhang.orgs import heads
from taizhang.orgs.heads import LOOKS, NONE, Head, KindHead
from taizhang.orgs.models import OF_COMMITTEES, Organisation, PaperKind

Choices = tuple[tuple[str, str], ...]
Told = Callable[[str], tuple[str, ...]]
"""What is wrong at a place."""


@dataclass(frozen=True)
class Asked:
    """One field of the form."""

    name: str
    label: str
    hint: str
    value: str | bool
    choices: Choices = ()
    wrong: tuple[str, ...] = ()

    @property
    def is_tick(self) -> bool:
        """Whether it is ticked and not written."""
        return isinstance(self.value, bool)


@dataclass(frozen=True)
class OfKind:
    """The fields of one kind of paper."""

    kind: PaperKind
    fields: list[Asked]


_MARK = "红头上的大字，如“中共示例区教育局委员会文件”；信函的红头不带“文件”二字，系统自动去掉。不填就没有红头。"
_PRINTED_BY = "印在末页最下面，如“中共示例区教育局委员会办公室”；右边的印发日期就是成文日期。"
_SHARED = {
    "mark": ("发文机关标志", _MARK),
    "addressees": ("主送", "通知和通报发给谁，不填写作“局属各基层党组织”。反馈意见、整改通知书总是发给被督查单位。"),
    "signatory": ("签发人", "印在整改通知书的“签发人：”后面，如“示例甲”。不填留空，手签。"),
    "contact_person": ("联系人", "印在落款下面的括号里，如“示例乙”。轮次里另有联系人的，用轮次里的。"),
    "contact_phone": ("联系电话", "与联系人一起印，如“88210000”。"),
    "printed_by": ("印发机关", _PRINTED_BY),
    "seal": ("留出盖章位置", "落款和成文日期不会单独掉到下一页，印章盖得下。"),
    "traced": ("版记里印日志校验", "不勾选的，校验码只写在文件属性里，纸上没有。"),
    "unmarked": ("纸上不印二维码", "登记表、空白表、台账册和检查表上印有二维码，扫描件收件时凭它找到台账和记录；码里没有人名和网址。勾选就都不印。"),
}  # fmt: skip
_BRANCH = {
    "mark": ("发文机关标志", "红头上的大字，如“中共示例学校支部委员会文件”。不填就没有红头。"),
    "signatory": ("签发人", "印在请示、报告首页右上方，如“示例甲”；几个人用顿号分开。"),
    "contact_person": ("联系人", "印在落款下面的括号里，如“示例乙”。请示要写明联系人和电话。"),
    "contact_phone": _SHARED["contact_phone"],
    "printed_by": ("印发机关", "印在末页最下面，如“中共示例学校支部委员会”；右边的印发日期就是成文日期。"),
    "seal": _SHARED["seal"],
    "traced": _SHARED["traced"],
}  # fmt: skip
_OF_ROUND = ("mark", "addressees", "signatory", "printed_by")


def page(
    organisation: Organisation, head: Head, wrong: Iterable[Problem] = ()
) -> dict[str, object]:
    """The form of an organisation: what all its papers share, then each kind."""
    told = _by_place(wrong)
    asked = _BRANCH if organisation.keeps_ledgers else _SHARED
    shared = [
        Asked(name, label, hint, getattr(head, name), wrong=told(label))
        for name, (label, hint) in asked.items()
    ]
    kinds = [OfKind(kind, _of_kind(kind, head, told)) for kind in heads.kinds_of(organisation)]
    return {"shared": shared, "kinds": kinds}


def round_page(
    known: Head, own: Head, kinds: Iterable[PaperKind], wrong: Iterable[Problem] = ()
) -> dict[str, object]:
    """The form of a round: each element beside what the committee has set."""
    told = _by_place(wrong)
    shared = [
        Asked(
            name, label, _unless(getattr(known, name), name), getattr(own, name), wrong=told(label)
        )
        for name, (label, _) in _SHARED.items()
        if name in _OF_ROUND
    ]
    asked = []
    for kind in kinds:
        mine, theirs = own.kinds.get(kind, KindHead()), known.of(kind)
        looks = (("", f"照设定：{LOOKS[theirs.look]}"), *LOOKS.items())
        asked.append(
            OfKind(
                kind,
                [
                    _look(kind, mine.look, looks, told),
                    _text(kind, "copies", "抄送", _unless(theirs.copies), mine.copies, told),
                ],
            )
        )
    return {"shared": shared, "kinds": asked}


_UNSET = {"addressees": f"留空写作“{heads.EVERYBODY}”。", "signatory": "没有设定，留空手签。"}


def _unless(known: str, name: str = "") -> str:
    """What holds where a round says nothing of an element."""
    if not known:
        return _UNSET.get(name, "没有设定，留空就不印。")
    if name == "addressees":
        return f"留空写作“{known}”。"
    return f"留空照设定：{known}。本轮不印的填“{NONE}”。"


def _by_place(wrong: Iterable[Problem]) -> Told:
    listed = list(wrong)
    return lambda label: tuple(one.message for one in listed if one.column == label)


def _of_kind(kind: PaperKind, head: Head, told: Told) -> list[Asked]:
    own = head.kinds.get(kind, KindHead())
    usual = heads.USUAL_CODES.get(kind, "")
    otherwise = f"不填用“{usual}”。" if usual else "不填就不编号。"
    code = "文号开头的字，如“示督”，不含年份和序号。代字相同的文种合用一套序号。" + otherwise
    if kind not in OF_COMMITTEES:
        code = "文号开头的字，如“示校支”，不含年份和序号。台账里登记了文号的，照登记的印；没有的，序号留空手写。"
    asked = [
        _look(kind, own.look or "plain", tuple(LOOKS.items()), told),
        _text(kind, "code", "代字", code, own.code, told),
    ]
    if kind in OF_COMMITTEES:
        start = "年中启用或者前面的号已用在别处时填，如“示督〔2018〕8号”。平时不填，接着编。"
        asked.append(_text(kind, "start", "起始文号", start, own.start, told))
    copies = "末页下面的“抄送：”，如“区委组织部，区教育工委”。不填就不印。"
    asked.append(_text(kind, "copies", "抄送", copies, own.copies, told))
    return [*asked, _proof(kind, own.proof, told)] if kind in OF_COMMITTEES else asked


def _proof(kind: PaperKind, value: str, told: Told) -> Asked:
    """Only of what is issued once and kept."""
    hint = "供没有系统的人离线核对公文文字有没有被改动，码里没有人名和内容；印发之后才印。"
    label = "校验二维码"
    wrong = told(heads.label(kind, label))
    return Asked(
        f"{kind}-proof", label, hint, value, choices=tuple(heads.PROOFS.items()), wrong=wrong
    )


def _look(kind: PaperKind, value: str, choices: Choices, told: Told) -> Asked:
    hint = "“文件”“信函”有红头，要先填发文机关标志。"
    return Asked(
        f"{kind}-look", "版式", hint, value, choices=choices, wrong=told(heads.label(kind, "版式"))
    )


def _text(kind: PaperKind, what: str, label: str, hint: str, value: str, told: Told) -> Asked:
    return Asked(f"{kind}-{what}", label, hint, value, wrong=told(heads.label(kind, label)))


def read(said: Mapping[str, str], kinds: Iterable[PaperKind]) -> Head:
    """What was written."""
    shared: dict[str, Any] = {
        one.name: said.get(one.name) == "1"
        if one.name in ("seal", "traced", "unmarked")
        else _plain(said.get(one.name, ""))
        for one in fields(Head)
        if one.name != "kinds"
    }
    return Head(**shared, kinds={str(kind): _kind_read(said, kind) for kind in kinds})


def _kind_read(said: Mapping[str, str], kind: PaperKind) -> KindHead:
    own = {one.name: _plain(said.get(f"{kind}-{one.name}", "")) for one in fields(KindHead)}
    own["copies"] = own["copies"].removeprefix("抄送").lstrip("：:").rstrip("。")
    return KindHead(**own)


def _plain(text: str) -> str:
    return " ".join(text.split())
