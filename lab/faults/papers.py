"""Faults in rule documents, duties, talks, the chart and who holds which post (L01–L14)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from lab.faults.altering import NotHereError, Raw, altered, moved
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.records import Ledgers
from taizhang.demo.world import LAST, Member

_LATE = "2018-10-20"
"""After the last meeting, so that what changes on this day touches no minutes."""
_LATER = "2018-10-24"
"""After the last chart."""
_TITLES = {
    "L01": "党支部工作职责", "L02": "支部书记工作职责", "L03": "支部委员工作职责", "L05": "发展党员工作流程",
    "L06": "党费收缴、使用和管理制度", "L07": "党员志愿服务活动制度", "L08": "党组织关系接转流程",
    "L09": "民主生活会、组织生活会、民主评议党员流程", "L10": "“三会一课”制度", "L11": "支部选举制度", "L12": "谈心谈话制度",
}  # fmt: skip


def _in_force(item: str) -> dict[str, str]:
    return {"kind": _TITLES[item], "superseded_on": ""}


def _is(wanted: Raw) -> Callable[[Raw], bool]:
    return lambda row: all(row.get(name) == value for name, value in wanted.items())


def _without(item: str, code: str, *words: str) -> Plant:
    """A document in force that leaves out what it should say."""

    def change(row: Raw) -> Raw:
        text = row["text"]
        for word in words:
            text = text.replace(word, "")
        return {"text": text}

    return altered(
        "documents", change, f"{item} {code}", window="effective_from", where=_is(_in_force(item))
    )


def _sections(code: str, change: Callable[[Raw], object], *more: str) -> Plant:
    """Duties of the commissioners that say something else."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = row_for(ledgers, rng, "documents", _is(_in_force("L03")))
        lines = dict(line.split("：", 1) for line in row["sections"].splitlines())
        if not any(post["post"] == "纪检委员" for post in ledgers.rows["posts"]):
            del row["_used"]
            raise NotHereError("纪检委员")
        change(lines)
        row["sections"] = "\n".join(f"{name}：{duty}" for name, duty in lines.items())
        day = LAST.isoformat() if code == "L03.2" else row["effective_from"]
        return [("L03", code, day), *(("L03", other, LAST.isoformat()) for other in more)]

    return plant


def _gap(ledgers: Ledgers, rng: random.Random) -> Found:
    """The old version ends two months before the new one begins, both in one year."""
    row = row_for(
        ledgers,
        rng,
        "documents",
        lambda r: r["kind"] == _TITLES["L12"] and r["superseded_on"][5:] > "03-02",
    )
    row["superseded_on"] = moved(row["superseded_on"], -60)
    return [("L12", "PD.2", row["superseded_on"])]


def _never_adopted(ledgers: Ledgers, rng: random.Random) -> Found:
    """A document that no meeting of the day of its adoption speaks of."""
    row = row_for(ledgers, rng, "documents", _is(_in_force("L08")))
    for held in ledgers.meetings:
        if held.row["held_on"] == row["adopted_on"]:
            held.row["agenda"] = [a for a in held.row["agenda"] if row["title"] not in a]
    return [("L08", "PD.4", row["effective_from"])]


def _no_text(ledgers: Ledgers, rng: random.Random) -> Found:
    """Nothing but a title."""
    row = row_for(ledgers, rng, "documents", _is(_in_force("L07")))
    row["text"] = ""
    return [("L07", "PD.3", row["effective_from"])]


def _no_groups(ledgers: Ledgers, rng: random.Random) -> Found:
    """A branch of many members that never made groups; no other fault lies in what is asked of
    groups.
    """
    del rng
    if any("_used" in row for row in ledgers.rows["documents"] if _is(_in_force("L10"))(row)):
        raise NotHereError("documents")
    if any(held.faulty for held in ledgers.meetings if held.kind == "group_meeting"):
        raise NotHereError("group_meeting")
    for kind in ("groups", "group-leaders", "group-members"):
        ledgers.rows[kind] = []
    ledgers.meetings[:] = [held for held in ledgers.meetings if held.kind != "group_meeting"]
    return [("L04", "L04.2", LAST.isoformat())]


def _committee_in(ledgers: Ledgers, year: int) -> list[Member]:
    """Who was on the committee on both ends of a year."""
    last = {m.name for m in ledgers.branch.committee(date(year, 12, 31))}
    return [m for m in ledgers.branch.committee(date(year, 1, 1)) if m.name in last]


def _no_talk_between(ledgers: Ledgers, rng: random.Random) -> Found:
    """One of the committee who in a year talked with members only; the others talked with each
    other.
    """
    year = 2015
    both = [m.name for m in _committee_in(ledgers, year)]
    who = rng.choice(both) if len(both) > 2 else ""
    own = [
        r
        for r in ledgers.rows["talks"]
        if r["held_on"][:4] == str(year)
        and r["relation"] == "支委之间"
        and who in (r["talker"], r["talked_to"])
    ]
    if not own or any("_used" in row for row in own):
        raise NotHereError("talks")
    for row in own:
        row["relation"], row["_used"] = "支委与党员", "1"
    return [("L12", "L12.1", str(year))]


def _no_talk_before_life(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody of the committee whose talks of a year were all in June."""
    year = rng.choice((2015, 2016, 2017))
    life = next(h for h in ledgers.meetings if h.kind == "org_life_meeting" and h.day.year == year)
    who = rng.choice(ledgers.branch.committee(life.day)).name
    own = [
        r
        for r in ledgers.rows["talks"]
        if r["held_on"][:4] == str(year) and who in (r["talker"], r["talked_to"])
    ]
    if any("_used" in row for row in own) or not own:
        raise NotHereError("talks")
    for row in own:
        row["held_on"], row["_used"] = f"{year}-06-24", "1"
    return [("L12", "L12.2", life.row["held_on"])]


def _talk(ledgers: Ledgers, day: str, one: str, two: str, **more: str) -> None:
    ledgers.add(
        "talks",
        held_on=day,
        place="办公室",
        talker=one,
        talked_to=two,
        relation="支委与党员",
        topic="思想近况",
        content=f"{day}{one}同{two}交谈，谈及近期工作与生活。{more}",
        _used="1",
        **more,
    )


def _talked_to_himself(ledgers: Ledgers, rng: random.Random) -> Found:
    """A talk of one person."""
    name = rng.choice(ledgers.branch.committee(date(2016, 3, 1))).name
    _talk(ledgers, "2016-03-09", name, name)
    return [("L12", "L12.3", "2016-03-09")]


def _two_talks_at_once(ledgers: Ledgers, rng: random.Random) -> Found:
    """One person in two talks at three o'clock."""
    one, two, three = rng.sample(ledgers.branch.committee(date(2017, 3, 1)), 3)
    for other, start, end in ((two, "15:00", "15:40"), (three, "15:20", "16:00")):
        _talk(ledgers, "2017-03-15", one.name, other.name, starts_at=start, ends_at=end)
    return [("L12", "L12.4", "2017-03-15")]


def _drawn_again(ledgers: Ledgers) -> None:
    """A chart after the last change."""
    ledgers.add("charts", valid_from="2018-10-23", remark="调整后更新", _used="1")


def _no_leader(ledgers: Ledgers, rng: random.Random) -> Found:
    """A group whose leader laid down his duty; nobody followed."""
    row = row_for(ledgers, rng, "group-leaders")
    row["to_on"] = _LATE
    _drawn_again(ledgers)
    return [("L14", "L14.3", LAST.isoformat())]


def _leader_left_the_group(ledgers: Ledgers, rng: random.Random) -> Found:
    """A leader who is no longer in the group that he leads, nor in any other."""
    leader = row_for(ledgers, rng, "group-leaders")
    row = next(r for r in ledgers.rows["group-members"] if r["person"] == leader["person"])
    row["to_on"] = _LATE
    return [("L14", "L14.4", LAST.isoformat()), ("L14", "L14.5", LAST.isoformat())]


def _in_no_group(ledgers: Ledgers, rng: random.Random) -> Found:
    """A member in no group."""
    leaders = {r["person"] for r in ledgers.rows["group-leaders"]}
    row = row_for(
        ledgers, rng, "group-members", lambda r: not r["to_on"] and r["person"] not in leaders
    )
    row["to_on"] = _LATE
    return [("L14", "L14.5", LAST.isoformat())]


def _gone_but_in_post(ledgers: Ledgers, rng: random.Random) -> Found:
    """Somebody of the committee left the branch; the chart still names him."""
    leaders = {r["person"] for r in ledgers.rows["group-leaders"]}
    held = {r["person"]: r for r in ledgers.rows["posts"] if not r["to_on"] and "_used" not in r}
    row = row_for(
        ledgers,
        rng,
        "members",
        lambda r: r["name"] in held and r["name"] not in leaders and not r["left_on"],
    )
    row["left_on"], row["leave_reason"] = _LATE, "其他"
    for seat in ledgers.rows["group-members"]:
        if seat["person"] == row["name"]:
            seat["to_on"] = _LATE
    post = held[row["name"]]
    post["_used"] = "1"
    return [("L14", "L14.7", LAST.isoformat())]


def _two_left_on_the_committee(ledgers: Ledgers, rng: random.Random) -> Found:
    """All but two of a committee laid down their posts a few days before the inspection."""
    del rng
    held = [r for r in ledgers.rows["posts"] if not r["to_on"]]
    if any("_used" in row for row in held) or len(held) < 3:
        raise NotHereError("posts")
    for row in held:
        row["_used"] = "1"
    for row in held[2:]:
        row["to_on"], row["end_reason"] = _LATER, "任期届满"
    return [
        ("L14", "ORG-3", LAST.isoformat()),
        ("L29", "L29.6", LAST.isoformat()),
        ("L14", "L14.6", _LATER),
    ]


def _eight_on_the_committee(ledgers: Ledgers, rng: random.Random) -> Found:
    """A committee of more than seven."""
    held = {r["person"] for r in ledgers.rows["posts"] if not r["to_on"]}
    others = [
        r
        for r in ledgers.rows["members"]
        if r["name"] not in held
        and not r["left_on"]
        and r["join_reason"] == "支部成立时在册"
        and "_used" not in r
    ]
    if len(held) < 5 or len(others) < 3:
        raise NotHereError("posts")
    posts = ("统战委员", "群工委员", "保密委员")
    for row, post in zip(rng.sample(others, 3), posts, strict=True):
        ledgers.add(
            "posts",
            person=row["name"],
            post=post,
            from_on=_LATER,
            to_on="",
            how="补选",
            approval_no="示例委〔2018〕10号",
            end_reason="",
            _used="1",
        )
    found = [("L14", "ORG-4", LAST.isoformat()), ("L14", "L14.6", _LATER)]
    return [*found, *(("L03", "L03.3", LAST.isoformat()) for _ in posts)]


def _more_than_fifty(ledgers: Ledgers, rng: random.Random) -> Found:
    """So many came from another branch that there are more than fifty."""
    now = [r for r in ledgers.rows["members"] if not r["left_on"]]
    group = ledgers.rows["groups"][0]["name"]
    for n in range(51 - len(now)):
        name = f"{'赵钱孙李周吴郑王冯陈'[n % 10]}调{'一二三四五六七八九十'[n // 10]}{rng.randrange(1, 99):02d}"
        name = name.translate(str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"))
        ledgers.add(
            "members",
            name=name,
            gender="男",
            ethnicity="汉族",
            birth_on="1980-05-06",
            admitted_on="2004-06-01",
            full_on="2005-06-01",
            joined_on=_LATE,
            join_reason="支部调整",
            left_on="",
            leave_reason="",
            _used="1",
        )
        ledgers.add("group-members", group=group, person=name, from_on=_LATE, to_on="", _used="1")
    return [("L14", "ORG-2", LAST.isoformat())]


def of_a_small_branch(ledgers: Ledgers, rng: random.Random) -> Found:
    """A small branch of which two members are left, and three posts, one of them held by somebody
    who is gone.

    By the third post it has a committee, and so should have a paper of its members' duties.
    """
    if ledgers.branch.groups or len(ledgers.branch.members) > 6:
        raise NotHereError("small")
    del rng
    for row in ledgers.rows["members"][2:]:
        row["left_on"], row["leave_reason"] = "2018-10-25", "其他"
    for row, post in zip(ledgers.rows["members"][1:3], ("副书记", "组织委员"), strict=True):
        ledgers.add(
            "posts",
            person=row["name"],
            post=post,
            from_on="2018-10-24",
            to_on="",
            how="选举",
            approval_no="示例委〔2018〕11号",
            end_reason="",
        )
    ledgers.add("charts", valid_from="2018-10-24", remark="调整后更新")
    codes = ("L14 ORG-1", "L14 ORG-5", "L14 L14.7", "L03 PD.1")
    return [(*code.split(), LAST.isoformat()) for code in codes]


def _same_duties(lines: dict[str, str]) -> None:
    lines["宣传委员"] = lines["组织委员"]


def _short_duty(lines: dict[str, str]) -> None:
    lines["青年委员"] = "联系青年教师。"


ALL: tuple[Plant, ...] = (
    _without("L01", "L01.1", "组织群众、", "宣传群众、"),
    _without("L02", "L02.1", "主持日常工作，"),
    _without("L05", "L05.1", "三、发展对象的确定和考察；"),
    _without("L06", "L06.1", "、2%"),
    altered("documents", lambda r: {"text": r["text"] + "\n月工资400元以下的交纳0.5%。"}, "L06 L06.1b", window="effective_from", where=_is(_in_force("L06"))),
    _without("L06", "L06.2", "收缴时出具收据，"),
    _without("L08", "L08.1", "，接收后及时寄回回执"),
    _without("L09", "L09.1", _TITLES["L09"], "民主生活会由学校领导班子召开；"),
    _without("L10", "L10.1", "，党课每季度开展一次"),
    _without("L10", "L10.1c", "支委会每月召开一次，"),
    _without("L10", "L10.1g", "党小组会每月召开一次，"),
    _without("L11", "L11.1", "支部委员会每届任期3年；"),
    _without("L11", "L11.2", "的五分之四"),
    _sections("L03.1", lambda lines: lines.pop("组织委员"), "L03.3"),
    _sections("L03.2", lambda lines: lines.pop("纪检委员")),
    _sections("L03.4", _same_duties),
    _sections("L03.5", _short_duty),
    _gap, _never_adopted, _no_text, _no_groups, _no_talk_between, _no_talk_before_life, _talked_to_himself, _two_talks_at_once,
    _no_leader, _leader_left_the_group, _in_no_group, _gone_but_in_post, _two_left_on_the_committee, _eight_on_the_committee,
    _more_than_fifty,
)  # fmt: skip
