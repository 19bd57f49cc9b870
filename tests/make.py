"""Typed makers for tests: organisations, people, and a raw row of every ledger kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from taizhang.ledgers import actions
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs import actions as orgs
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import Organisation, Role, Unit, User


@dataclass(frozen=True)
class Cast:
    """Who is there."""

    committee: Organisation
    own: Organisation
    other: Organisation
    users: dict[str, User]
    day: date

    def actor(self, role: str) -> Actor:
        """Somebody's actor today; `foreign` is the clerk of the other branch."""
        return actor_of(self.users[role], on=self.day)


def organisation(
    name: str,
    parent: Organisation | None,
    now: datetime,
    org_type: str = "branch",
    aliases: tuple[str, ...] = (),
) -> Organisation:
    """An organisation founded in 2013, with a unit of its name."""
    unit = orgs.found_unit(
        name=f"{name}学校",
        unit_type=Unit.Type.SCHOOL,
        is_public_institution=True,
        actor=None,
        now=now,
    )
    values = orgs.OrganisationValues(
        full_name=f"中共{name}支部委员会", short_name=name, org_type=org_type, established_on=date(2013, 7, 1),
        units=(unit,), aliases=aliases,
    )  # fmt: skip
    return orgs.found_organisation(parent=parent, values=values, actor=None, now=now)


def cast(now: datetime) -> Cast:
    """A committee, two branches with rosters, and a user for each role."""
    committee = organisation("局党委", None, now, "party_committee")
    own, other = (organisation(name, committee, now) for name in ("甲校", "乙校"))
    places = {
        Role.OFFICE: committee, Role.TEAM_LEADER: committee, Role.INSPECTOR: committee, Role.SECRETARY: own,
        Role.CLERK: own, Role.COMMISSIONER: own, Role.MEMBER: own,
    }  # fmt: skip
    users = {str(role): _user(str(role), str(role), place, now) for role, place in places.items()}
    users["foreign"] = _user("foreign", "clerk", other, now)
    users["nobody"] = orgs.open_account(
        username="nobody", name="无职责", password=None, duties=[], now=now
    )
    found = Cast(committee, own, other, users, now.date())
    for branch, role in ((own, "clerk"), (other, "foreign")):
        roster(branch, found.actor(role), now)
    return found


def _user(username: str, role: str, place: Organisation, now: datetime) -> User:
    return orgs.open_account(
        username=username, name=username, password=None, duties=[(role, place)], now=now
    )


NAMES = ("示例甲", "示例乙", "示例丙", "示例丁", "示例戊", "示例己", "示例庚", "示例辛")


def roster(branch: Organisation, actor: Actor, now: datetime) -> None:
    """Eight full members, a committee of three, one group with a leader."""
    suffix = "" if branch.short_name == "甲校" else "二"
    names = [f"{name}{suffix}" for name in NAMES]
    for name in names:
        save(branch, actor, now, "members", name=name, birth_on="1980-01-02", admitted_on="2005-06-01",
             full_on="2006-06-01", joined_on="2013-07-01")  # fmt: skip
    save(branch, actor, now, "terms", ordinal="3", started_on="2015-01-10")
    for name, post in zip(names, ("书记", "组织委员", "宣传委员"), strict=False):
        save(branch, actor, now, "posts", person=name, post=post, from_on="2015-01-10")
    save(branch, actor, now, "groups", name="第一党小组", valid_from="2013-09-01")
    save(
        branch,
        actor,
        now,
        "group-leaders",
        group="第一党小组",
        person=names[0],
        from_on="2013-09-01",
    )
    for name in names:
        save(
            branch,
            actor,
            now,
            "group-members",
            group="第一党小组",
            person=name,
            from_on="2013-09-01",
        )


def save(branch: Organisation, actor: Actor, now: datetime, slug: str, **values: str) -> Any:
    """Record one row."""
    return actions.record(kind=KINDS[slug], branch=branch, values=values, actor=actor, now=now)


def raw(slug: str, suffix: str = "") -> dict[str, str]:
    """A good raw row of every kind, about people of the cast's roster (with 二: of the other branch)."""
    one, two = f"示例甲{suffix}", f"示例乙{suffix}"
    rows: dict[str, dict[str, str]] = {
        "members": {"name": f"新来{suffix or '一'}", "birth_on": "1985-03-04", "joined_on": "2016-09-01"},
        "stages": {"person": one, "stage": "入党积极分子", "status": "正常", "from_on": "2003-05-01", "to_on": "2005-06-01"},
        "rights-limits": {"person": one, "limit": "留党察看", "from_on": "2016-03-01"},
        "not-counted": {"person": two, "category": "自费出国半年以上", "from_on": "2016-03-01", "approval": "示例委〔2016〕1号", "resolution": "大会通过"},
        "groups": {"name": "第二党小组", "valid_from": "2016-09-01"},
        "group-members": {"group": "第一党小组", "person": two, "from_on": "2016-09-01"},
        "group-leaders": {"group": "第一党小组", "person": two, "from_on": "2016-09-01"},
        "terms": {"ordinal": "4", "started_on": "2018-01-10"},
        "posts": {"person": two, "post": "青年委员", "from_on": "2016-01-10"},
        "meetings": {"kind": "支委会", "held_on": "2016-03-08", "place": "会议室", "present": f"{one}、{two}", "title": "三月支委会",
                     "agenda": "讨论本月工作", "resolutions": "按计划开展工作", "votes": "通过本月计划（应到：3；实到：2；赞成：2）"},
        "lecture-plans": {"year": "2016", "items": "3月 学习党章"},
        "documents": {"kind": "“三会一课”制度", "title": "“三会一课”制度", "effective_from": "2015-01-12", "text": "党员大会每季度召开一次。", "sections": "组织委员：负责组织工作"},
        "divisions": {"decided_on": "2015-01-12", "published_on": "2015-01-14", "rows": f"{one}（书记）：主持全面工作"},
        "charts": {"valid_from": "2015-01-15"},
        "talks": {"held_on": "2016-11-08", "talker": one, "talked_to": two, "relation": "支委之间", "topic": "工作", "content": "交流情况"},
        "disclosures": {"item": "党费收缴", "title": "2016年度党费", "scope": "党内", "channel": "公开栏", "from_on": "2016-12-20"},
        "dues-assessments": {"person": one, "year": "2016", "category": "在职", "basis": "某月工资", "base": "5200", "permille": "15", "monthly_due": "78"},
        "dues-payments": {"person": one, "month": "2016-03", "amount": "78", "paid_on": "2016-03-10", "receipt_no": "0001"},
        "dues-exemptions": {"person": one, "kind": "免交", "from_month": "2016-03", "to_month": "2016-08", "decided_on": "2016-02-25"},
        "dues-remittances": {"for_year": "2016", "for_quarter": "1", "amount": "3600", "remitted_on": "2016-04-08"},
    }  # fmt: skip
    return rows[slug]
