"""How many were to come, came and were away, and who was away, wherever in minutes it is said."""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN, chinese_number, folded, person_name
from taizhang.ledgers.kinds.meetings.labels import LABELS
from taizhang.ledgers.minutes.found import Minutes
from taizhang.ledgers.written import lines

LISTS = {"present", "absent", "observers"}
_NUMBER = r"(\d{1,4}|[一二三四五六七八九十]{1,3})"
COUNT = re.compile(
    r"(?:(?:全体|支部|在册)?(?:党员|支委|委员|组员))?(应到|实到|应参加|实参加|缺席|列席|请假)(?:会)?(?:有(?:表决权|选举权)的?)?(?:正式)"
    rf"?(?:人数|党员|支委|委员)?数?[:为]?{_NUMBER}[人名]?"
)
_BOTH = ("expected_count", "present_count")
_COUNTED = {
    "应到": "expected_count",
    "应参加": "expected_count",
    "实到": "present_count",
    "实参加": "present_count",
}


def absent_are_not_present(found: Minutes) -> None:
    """Who stands in both lists is read as absent, and that is said."""
    away = {person_name(name) for name, _ in lines.names(found.values.get("absent", ""))}
    there = list(lines.names(found.values.get("present", "")))
    both = [name for name, _ in there if person_name(name) in away]
    if both:
        rest = [f"{name}（{why}）" if why else name for name, why in there if name not in both]
        found.values["present"] = "、".join(rest)
        found.left.append(f"{'、'.join(both)}：同时写在出席和缺席里，按缺席读入，请核对")


def split_counts(found: Minutes) -> None:
    """`应到12人，实到11人` in one cell, `5/4` under 应到/实到, or a number with its unit."""
    both = re.fullmatch(
        rf"{_NUMBER}人?[/、,，]{_NUMBER}人?", folded(found.values.pop("both_counts", ""))
    )
    for name, number in zip(_BOTH, both.groups() if both else (), strict=False):
        found.move("both_counts", name, digits(number))
    _away_of_count(found)
    for name in ("expected_count", "present_count", "count", "absent_count", "observer_count"):
        text = _without_away(found, name, folded(found.values.pop(name, "")))
        alone = re.match(rf"(?:共|计)?{_NUMBER}[人名]?", text)
        if alone and name != "count":
            found.values[name] = digits(alone[1])
        for word, number in COUNT.findall(text):
            if word in _COUNTED:
                found.move(name, _COUNTED[word], digits(number))
        rest = COUNT.sub("", text[alone.end() :] if alone and name != "count" else text)
        if re.sub(r"[，,；;。、]", "", rest):
            found.left.append(f"{LABELS[name][0]}：{text}")
    for name in ("absent_count", "observer_count"):  # they follow from the lists of names
        found.values.pop(name, None)


def _away_of_count(found: Minutes) -> None:
    """`缺席人数：1人（甲生病）` names who was away."""
    said = folded(found.values.get("absent_count", ""))
    away = re.match(r"\d{1,3}[人名][（(:：](.+?)[)）]?$", said)
    if away and "absent" not in found.values:
        found.move("absent_count", "absent", _REASON.sub(r"\1（\2）", away[1].replace(",", "、")))


_REASON = re.compile(
    rf"(?<![{HAN}（(])([{HAN}]{{2,3}}?)((?:病|事|产|婚|丧|公|年|探亲|陪护|护理)假|公差|出差|请假|开会|住院|值班|"
    rf"外出[{HAN}]{{0,6}}|参加[{HAN}]{{2,8}}|带队[{HAN}]{{0,6}}|因[{HAN}]{{1,10}}|援[{HAN}]{{1,3}}|"
    rf"带[{HAN}]{{2,8}}|送[教考课][{HAN}]{{0,6}}|[支陪]教|病休|生病|休假|监考|上课|参赛|照顾[{HAN}]{{2,6}}|培训|"
    rf"出国[{HAN}]{{0,4}})(?![{HAN}])"
)
"""`示例甲病假`, without a mark between the name and why."""


def _without_away(found: Minutes, name: str, text: str) -> str:
    """Keep who is named behind how many were away: `请假2人（甲、乙病假）`; answers the rest of the text."""
    away = WHO_WAS_AWAY.search(text)
    told = _who_was_away(away) if away else ""
    if away is None or not told or "absent" in found.values:
        return text
    who = re.sub(r"\(([^()]*)\)", r"（\1）", told).replace(",", "、")
    found.move(name, "absent", _REASON.sub(r"\1（\2）", who))
    return text[: away.start()] + text[away.end() :]


WHO_WAS_AWAY = re.compile(
    r"(?<=[人名])\((?P<behind>[^():]{2,40}?)[,，]?(?:请假|缺席|未到会?)\)|"
    r"(?:请假|缺席|未到)(?:党员|人员)?(?:\d{1,3}[人名][(:]|:)((?:[^():]|\([^()]*\))+?)(?:\)|[。;]?$)"
)


def _who_was_away(away: re.Match[str]) -> str:
    """Who is named; empty where what stands behind the count, `实到20人（甲住院，请假）`, names nobody."""
    if away["behind"] is None:
        return str(away[2])
    who = _REASON.sub(r"\1（\2）", away["behind"].replace(",", "、"))
    names = [person_name(name) for name, _ in lines.names(who)]
    return who if all(len(one) <= _LONGEST_NAME for one in names) else ""


_LONGEST_NAME = 4
_ONLY_COUNTS = re.compile(
    rf"[{HAN}]{{0,6}}\d{{1,3}}[人名](?:[{HAN}]{{2,4}})?(?:[（(][^（）()]*[)）])?"
)


_EVERYBODY = re.compile(
    rf"(?:[{HAN}]{{0,14}}支部)?全体[{HAN}、]{{2,20}}?(?:[(（]共?(?P<n>\d{{1,3}})[人名][)）]|"
    rf"共?(?P<all>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[人名])?"
)


_AWAY = re.compile(r"\d{1,3}[人名](?:请假|缺席|未到)[（(]([^（）()]+)[)）]")


def counts_are_no_names(found: Minutes) -> None:
    """`全体党员22人，实到21人，1人请假（示例己：住院）` says how many and who was away, and names nobody who came."""
    if _ONLY_COUNTS.fullmatch(folded(found.values.get("observers", ""))):
        found.left.append(f"列席人员：{found.values.pop('observers')}")
    said = found.values.get("present", "")
    pieces = [one for one in re.split("[，,；;。]", said) if one.strip()]
    everybody = bool(pieces) and bool(_EVERYBODY.fullmatch(folded(pieces[0])))
    if not all(_ONLY_COUNTS.fullmatch(folded(one)) for one in pieces[everybody:]) or not pieces:
        return
    if everybody and len(pieces) > 1 and not re.search("实到", said):
        found.left.append(f"出席人员：{found.values.pop('present')}")
        away = WHO_WAS_AWAY.search(folded(said))
        who = _who_was_away(away).replace(",", "、") if away else ""
        if who and "absent" not in found.values:
            found.values["absent"] = _REASON.sub(r"\1（\2）", who)
            found.places.setdefault("absent", found.places.get("present", ""))
        return
    if not re.search("实到|请假|缺席|未到|应到", said):
        if len(pieces) > 1:  # 全体党员15人，积极分子2人: who came of them is not said
            found.left.append(f"出席人员：{found.values.pop('present')}")
        return  # 参加人员：全体党员12人: so many came
    del found.values["present"]
    if (away := _AWAY.search(folded(said))) and "absent" not in found.values:
        name, _, why = away[1].partition(":")
        found.move("present", "absent", f"{name}（{why}）" if why else name)
    counts = re.sub(r"[（(][^（）()]*[)）]|\d+[人名](?:请假|缺席|未到)", "", said)
    told = re.sub(r"(?:全体|应到)(?:党员|会员|支委|委员)?", "应到", counts)
    found.move("present", "count", told)


def count_of_list(found: Minutes) -> None:
    """`全体党员（应到18人，实到18人）`: how many came stands behind who came."""
    alone = re.fullmatch(rf"(?:共|计)?{_NUMBER}[人名]", folded(found.values.get("present", "")))
    if alone and "present_count" not in found.values:
        found.move("present", "present_count", found.values.pop("present"))
    away = re.fullmatch(
        rf"{_NUMBER}[人名][（(:：](.+?)[)）]?", found.values.get("absent", "").strip()
    )
    if away:
        found.values["absent"] = away[2]
    if "absent" in found.values:
        found.values["absent"] = _REASON.sub(r"\1（\2）", found.values["absent"])
    for name in LISTS & found.values.keys():
        if lines.is_nothing(found.values[name]):
            del found.values[name]
    behind = re.search(
        r"[（(]([^（）()]*到[^（）()]*[\d一二三四五六七八九十][^（）()]*)[)）]\s*$",
        found.values.get("present", ""),
    )
    if behind and "count" not in found.values and COUNT.search(folded(behind[1])):
        found.move("present", "count", behind[1])
        found.values["present"] = found.values["present"][: behind.start()].strip()
    _how_many_is_nobody(found)
    _everybody_is_nobody(found)


def _how_many_is_nobody(found: Minutes) -> None:
    """`甲、乙、丙（共3人）` says how many came behind who did."""
    if total := _IN_ALL.search(found.values.get("present", "")):
        found.values["present"] = found.values["present"][: total.start()].strip()
        if "present_count" not in found.values:
            found.move("present", "present_count", digits(total[1]))


_IN_ALL = re.compile(rf"(?<=[{HAN}])\s*[（(][共计]{_NUMBER}[人名][)）]\s*$")


def _everybody_is_nobody(found: Minutes) -> None:
    """`全体党员（17人）` names nobody who came, and says how many."""
    if everybody := _EVERYBODY.fullmatch(folded(found.values.get("present", ""))):
        number = everybody["n"] or everybody["all"]
        if number and "present_count" not in found.values:
            found.move("present", "present_count", digits(number))
        found.left.append(f"出席人员：{found.values.pop('present')}")


def digits(number: str) -> str:
    value = chinese_number(number)
    return number if value is None else str(value)
