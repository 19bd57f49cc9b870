"""What a person who looks a notice over is told besides its fields."""

from __future__ import annotations

from collections.abc import Iterator

from taizhang.kernel.text import brief
from taizhang.notices import left
from taizhang.notices.model import Area, Item, Notice, Session, Team

_UNREAD = {
    "unread", "section_unread", "not_read", "unknown_table", "picture", "hidden_text", "struck_text", "hidden_sheet", "no_text",
    "not_in_source", "attachments_missing", "cut", "several_phones",
}  # fmt: skip
_SHOWN = 60
Line = tuple[str, str]
"""(what is told, where it stands)"""


def unread(notice: Notice) -> list[Line]:
    """What stands in the file and was not read."""
    return [(w.message, w.where) for w in notice.warnings if w.code in _UNREAD]


def to_check(notice: Notice) -> list[Line]:
    """What was read and is to be looked at, or is missing."""
    told = _UNREAD | {left.CODE}
    return [(w.message, w.where) for w in notice.warnings if w.code not in told]


def left_over(notice: Notice) -> list[tuple[str, list[Line]]]:
    """What no field took, by the section or table that it stands in."""
    found: dict[str, list[Line]] = {}
    for one in notice.warnings:
        if one.code == left.CODE:
            found.setdefault(one.part or "正文", []).append((one.message, one.where))
    return list(found.items())


def beside(notice: Notice) -> list[Line]:
    """What was read and a round has no field for."""
    return [(text, notice.places.get(path, "正文")) for path, text in _beside(notice)]


def _beside(notice: Notice) -> Iterator[tuple[str, str]]:
    for at, stage in enumerate(notice.stages):
        days = "至".join(str(day) for day in (stage.starts_on, stage.ends_on) if day)
        yield f"stages.{at}.name", f"阶段：{stage.name} {days}".strip()
    for at, due in enumerate(notice.deadlines):
        yield f"deadlines.{at}.text", f"时限：{due.text}"
    if notice.duration:
        yield "duration.text", f"时长：{notice.duration.text}"
    if notice.session:
        yield "session.start", f"统一的时间地点：{_when(notice.session)}"
    if notice.team and not notice.areas:
        yield from _team("team", "督查组", notice.team)
    for at, area in enumerate(notice.areas):
        yield from _of_area(f"areas.{at}", area)
    yield from _of_columns(notice.items)


def _of_columns(items: list[Item]) -> Iterator[tuple[str, str]]:
    """Each column of the requirement table that is neither its name, what is asked, how often nor
    its points.
    """
    for header in dict.fromkeys(name for item in items for name in item.others):
        rows = [at for at, item in enumerate(items) if header in item.others]
        texts = dict.fromkeys(" ".join(items[at].others[header].split()) for at in rows)
        said = brief("；".join(texts), _SHOWN)
        yield f"items.{rows[0]}.others.{header}", f"“{header}”一栏（{len(rows)}项有内容）：{said}"


def _of_area(path: str, area: Area) -> Iterator[tuple[str, str]]:
    if area.team and area.team.units:
        units = "、".join(area.team.units)
        yield f"{path}.team.units.0", f"{area.name}由单位组成督查组：{units}"
    if area.team and area.team.posts:
        yield (
            f"{path}.{_first('team', area.team)}",
            f"{area.name}督查组各人的职务或单位：{_posts(area.team)}",
        )
    for at, session in enumerate(area.sessions):
        if session.until:
            yield f"{path}.sessions.{at}.date", f"{area.name}的场次不止一天：{_when(session)}"
    if area.contact:
        said = [area.contact.person, area.contact.phone]
        key = "person" if area.contact.person else "phone"
        yield f"{path}.contact.{key}", f"{area.name}的联系人：{' '.join(filter(None, said))}"


def _when(session: Session) -> str:
    days = "至".join(filter(None, (session.date, session.until)))
    hours = "—".join(filter(None, (session.start, session.end)))
    return " ".join(filter(None, (days, hours, session.venue)))


def _team(path: str, name: str, team: Team) -> Iterator[tuple[str, str]]:
    parts = (
        ("组长", [team.leader] if team.leader else []),
        ("副组长", team.deputies),
        ("成员", team.members),
        ("单位", team.units),
    )
    said = "；".join(f"{role}：{'、'.join(names)}" for role, names in parts if names)
    if team.posts:
        said += f"；职务或单位：{_posts(team)}"
    yield _first(path, team), f"{name}（通知没有分组）：{said}"


def _posts(team: Team) -> str:
    return "、".join(f"{name}（{post}）" for name, post in team.posts.items())


def _first(path: str, team: Team) -> str:
    """The path of the first that is named."""
    roles = (("leader", team.leader), ("deputies.0", team.deputies), ("members.0", team.members))
    return f"{path}.{next((role for role, named in roles if named), 'units.0')}"
