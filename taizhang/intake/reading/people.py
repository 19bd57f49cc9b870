"""Only people are taken for people: what stands in a list of names and is none is left, and a name
within a sentence needs a reason, which is a surname, or a post or 同志 beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from taizhang.documents.blocks import Block
from taizhang.intake.records.record import Places, Record
from taizhang.kernel.text import HAN, folded, looks_like_person, person_name
from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import lines
from taizhang.notices.words import persons

LISTS = {
    "present": "出席人员", "absent": "缺席人员", "observers": "列席人员", "participants": "参加人员", "attendees": "参加人员",
    "visitors": "走访党员", "scrutineers": "监票人", "names": "计划发展名单", "mentor_names": "培养联系人",
    "introducer_names": "入党介绍人",
}  # fmt: skip
"""Field of several people → what it is called where something in it is none."""
_AND_MORE = re.compile(
    r"等?(?:共|计)?(?:\d{1,3}|[一二三四五六七八九十两]{1,3})余?[名位人](?:党员|同志|教师|志愿者|委员|支委)*$|等$"
)
"""甲、乙等14名党员: how many they were stands behind the last of them."""
_NOBODY = re.compile(
    r"[，。；：:！？]|党员|支部|全体|大家|同志们|人员|会议|活动|学习|讨论|研究|通过|决定|经过|开展|比赛|培训|方案|情况|内容|问题|意见|群众|学生"
)
_NO_REASONS = {"present", "participants", "attendees"}
"""Behind these no reason is asked, and no post: 甲（书记） is 甲."""
_POST = re.compile(r"(?:书记|委员|组长|主任|长|校|师|员|干事|代表)$")
_DRAWN_OUT = re.compile(rf"[{HAN}](?:[ 　]+[{HAN}]){{1,2}}")
_SORT = re.compile(
    rf"(?:中共)?((?:正式|预备)党员|(?:入党)?积极分子|发展对象|入党申请人|(?:退休)?(?:老党员|教师)代表)([{HAN}]{{2,4}})"
)
"""`预备党员甲`: what somebody is, before the name."""
_LONGEST = 16
"""A post and a name together are no longer: 镇党委组织委员甲."""
_BESIDE = r"(?:书记|委员|组长|组员|主任|[校园院所站局处科]长|教师|老师|同志|党员|干部|代表|秘书|干事|志愿者|由|与|和|、)"
_LONGEST_NAME = 4


def only(records: Iterable[Record], kind: LedgerKind, blocks: Iterable[Block]) -> None:
    """Leave of the records' people what is nobody's name; what is left stands in `left`."""
    of_one = [one for one in kind.fields() if one.kind == "person" or one.names]
    of_one += [one for one in kind.fields() if one.name in ("case", "lecturer_name")]
    said = {where: text for text, _, where in Places(blocks).every} if of_one else {}
    for record in records:
        _not_of_those_who_came(record)
        for name in LISTS.keys() & record.values.keys():
            _only_people(record, name)
        _only_somebody(record, of_one, said)


def _only_somebody(record: Record, of_one: Iterable[Field], said: Mapping[str, str]) -> None:
    for one in of_one:
        value = record.values.get(one.name, "")
        where = record.sources.get(one.name, "").partition("：")[0]
        if value and not _may_be(value, said.get(where, "")):
            record.left.append(f"{one.label}：{record.values.pop(one.name)}")
            del record.sources[one.name]
            record.warnings.append(f"“{one.label}”没有读入：看不出是人名，请对照原文填写。")


_OBSERVES = re.compile(r"列席")
_IS_AWAY = re.compile(r"请假|缺席|未到|[病事产婚丧]假")


def _not_of_those_who_came(record: Record) -> None:
    """`甲、乙（积极分子列席）`: who stands among those who came and is said to have done otherwise stands
    with his like.
    """
    for other, shape in (("observers", _OBSERVES), ("absent", _IS_AWAY)):
        every = list(lines.names(record.values.get("present", "")))
        moved = [(who, why) for who, why in every if shape.search(why)]
        if not moved or len(moved) == len(every):
            continue
        before = record.values.get(other, "")
        told = "、".join(f"{who}（{why}）" for who, why in moved)
        record.values[other] = f"{before}、{told}" if before else told
        record.sources.setdefault(other, record.sources["present"])
        rest = [f"{who}（{why}）" if why else who for who, why in every if (who, why) not in moved]
        record.values["present"] = "、".join(rest)


def _only_people(record: Record, name: str) -> None:
    value = record.values[name]
    if not re.search(rf"[{HAN}]", value) or "→" in value or lines.bracketed(value)[1]:
        return
    every = [_parted(name, *one) for line in value.splitlines() for one in lines.names(line)]
    kept = [who for who, _ in every if who]
    lost = [rest for _, rest in every if rest]
    if lost and name == "absent" and len(kept) == len(lost) == 1 and "（" not in kept[0]:
        kept, lost = [f"{kept[0]}（{lost[0]}）"], []  # the reason in a cell of its own
    parts_of = any(_SORT.fullmatch(who.strip()) for who, _ in lines.names(value))
    if not lost and not parts_of and not re.search(r"[\n。]|(?:^|、)\S[ 　]+\S(?:$|、)", value):
        return
    record.left += [f"{LISTS[name]}：{one}" for one in lost]
    if kept:
        record.values[name] = "、".join(kept)
    else:
        del record.values[name], record.sources[name]


def _parted(name: str, who: str, why: str) -> tuple[str, str]:
    """(the name with what stands in brackets behind it, what is nobody's name)."""
    plain = who.rstrip(" 。；;，,")
    plain = person_name(plain) if _DRAWN_OUT.fullmatch(plain) else plain
    more = _AND_MORE.search(plain)
    plain = plain[: more.start()] if more else plain
    sort = _SORT.fullmatch(plain)
    if sort and persons.like_person(sort[2]):
        plain, why = sort[2], why or ("" if name in _NO_REASONS else sort[1])
    if plain and not _is_somebody(plain):
        return "", who
    if plain and name in _NO_REASONS and _POST.search(why):
        return plain, f"{plain}（{why}）"
    return (f"{plain}（{why}）" if why and plain else plain), more[0] if more else ""


def _is_somebody(text: str) -> bool:
    """One name, several that blanks part, or a post and a name."""
    if _NOBODY.search(text):
        return persons.like_person(text)
    names = [text, *text.split()]
    short = [one for one in names[1:] if len(person_name(one)) <= _LONGEST_NAME]
    return (
        looks_like_person(folded(text))
        or len(short) == len(names) - 1
        or (len(folded(text)) <= _LONGEST and not re.search(r"\d", text))
    )


def _may_be(value: str, said: str) -> bool:
    """Whether a name is one by its own words, and in a sentence has a reason beside it."""
    plain = folded(value)
    if persons.like_person(plain):
        return True
    if _NOBODY.search(plain):
        return False
    text = folded(said)
    if text == plain or not re.search("[，。；]", text) or plain not in text:
        return True  # alone in its cell or line
    near = re.escape(plain)
    label = rf"(?:[:：]|^|[（(]){near}"
    return bool(re.search(rf"{label}|{_BESIDE}{near}|{near}{_BESIDE}", text))
