"""Typed makers for tests: organisations, people, and a raw row of every ledger kind."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from PIL import Image

from taizhang.checks.actions import checking as checks
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions, queries
from taizhang.orgs.actions import duties, organisations
from taizhang.orgs.actor import INSPECTORS, Actor, actor_of
from taizhang.orgs.models import Duty, Organisation, Role, Unit, User


@dataclass(frozen=True)
class Cast:
    """Who is there."""

    committee: Organisation
    own: Organisation
    other: Organisation
    users: dict[str, User]
    day: date

    def actor(self, role: str) -> Actor:
        """Somebody's actor today; `foreign` is the clerk of the other branch, `unseated` an
        inspector whom no round has in a team.
        """
        return actor_of(self.users[role], on=self.day)


def organisation(
    name: str,
    parent: Organisation | None,
    now: datetime,
    org_type: str = "branch",
    aliases: tuple[str, ...] = (),
) -> Organisation:
    """An organisation founded in 2013, with a unit of its name."""
    unit = organisations.found_unit(
        name=f"{name}学校",
        unit_type=Unit.Type.SCHOOL,
        is_public_institution=True,
        actor=None,
        now=now,
    )
    values = organisations.OrganisationValues(
        full_name=f"中共{name}支部委员会", short_name=name, org_type=org_type, established_on=date(2013, 7, 1),
        units=(unit,), aliases=aliases,
    )  # fmt: skip
    return organisations.found_organisation(parent=parent, values=values, actor=None, now=now)


def cast(now: datetime) -> Cast:
    """A committee, two branches with rosters, and a user for each role."""
    committee = organisation("局党委", None, now, "party_committee")
    own, other = (organisation(name, committee, now) for name in ("甲校", "乙校"))
    places = {
        Role.OFFICE: committee, Role.TEAM_LEADER: committee, Role.INSPECTOR: committee, Role.SECRETARY: own,
        Role.CLERK: own, Role.COMMISSIONER: own, Role.MEMBER: own, Role.SYSTEM: committee, Role.SECURITY: committee,
        Role.AUDIT: committee,
    }  # fmt: skip
    users = {str(role): _user(str(role), str(role), place, now) for role, place in places.items()}
    Duty.objects.filter(role__in=INSPECTORS).update(lent=True)
    users["foreign"] = _user("foreign", "clerk", other, now)
    users["unseated"] = _user("unseated", "inspector", committee, now)
    users["nobody"] = duties.open_account(
        username="nobody", name="无职责", password=None, duties=[], now=now
    )
    found = Cast(committee, own, other, users, now.date())
    for branch, role in ((own, "clerk"), (other, "foreign")):
        roster(branch, found.actor(role), now)
    return found


def as_it_is_now(kept: Cast) -> Cast:
    """The same cast with objects of its own, as the database has them."""
    users = User.objects.in_bulk([user.pk for user in kept.users.values()])
    places = Organisation.objects.in_bulk([kept.committee.pk, kept.own.pk, kept.other.pk])
    return replace(
        kept,
        committee=places[kept.committee.pk],
        own=places[kept.own.pk],
        other=places[kept.other.pk],
        users={role: users[user.pk] for role, user in kept.users.items()},
    )


def _user(username: str, role: str, place: Organisation, now: datetime) -> User:
    return duties.open_account(
        username=username, name=username, password=None, duties=[(role, place)], now=now
    )


def picture(colour: int = 120, form: str = "PNG", taken: str = "") -> bytes:
    """A small picture, different for every colour; with a day on which it was taken."""
    image = Image.new("RGB", (64, 48), (colour, 80, 200 - colour // 2))
    for at in range(0, 64, 4):
        image.putpixel((at, (at * colour) % 48), (255, 255, 255))
    exif = image.getexif()
    if taken:
        exif[306] = taken
    out = io.BytesIO()
    image.save(out, form, exif=exif)
    return out.getvalue()


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


NEEDS = {
    kind.slug: other.slug
    for kind in KINDS.values()
    for field in kind.fields()
    for other in KINDS.values()
    if field.required and field.model is other.model
}
"""Kinds whose rows refer to a record of another kind."""


def save(branch: Organisation, actor: Actor, now: datetime, slug: str, **values: Any) -> Any:
    """Record one row, and first what it refers to."""
    needed = NEEDS.get(slug)
    if needed and not KINDS[needed].model.objects.current().filter(branch=branch).exists():
        save(branch, actor, now, needed, **raw(needed, "" if branch.short_name == "甲校" else "二"))
    return actions.record(kind=KINDS[slug], branch=branch, values=values, actor=actor, now=now)


def correct(slug: str, entry: Any, actor: Actor, now: datetime, **values: str) -> Any:
    """Put right what was recorded once: these fields, the rest as it is written."""
    kind = KINDS[slug]
    return actions.correct(
        kind=kind, entry=entry, values=queries.as_written(kind, entry) | values, version=1,
        reason="核对", actor=actor, now=now,
    )  # fmt: skip


def raw(slug: str, suffix: str = "") -> dict[str, str]:
    """A good raw row of every kind, about people of the cast's roster (with 二: of the other
    branch).
    """
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
                     "agenda": "讨论本月工作", "speeches": f"{one}：同意", "resolutions": "按计划开展工作", "votes": "通过本月计划（应到：3；实到：2；赞成：2）"},
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
        "life-meetings": {"assessment_year": "2016", "held_on": "2016-12-16", "theme": "两学一做", "self_examination": "查摆问题", "criticisms": f"{one}→{two}：联系群众不够", "tasks": f"改进党课（责任人：{one}；期限：2017-06-30）"},
        "assessments": {"person": one, "year": "2016", "excellent": "5", "qualified": "3", "basic": "0", "unqualified": "0", "grade": "优秀", "fed_back_on": "2017-01-10"},
        "assessment-polls": {"year": "2016", "held_on": "2016-12-16", "present": "8", "issued": "8", "returned": "8", "valid": "8", "graded": "8", "excellent": "2"},
        "commendations": {"person": one, "title": "优秀共产党员", "year": "2016", "reported_on": "2017-05-10"},
        "elections": {"kind": "换届", "held_on": "2015-01-10", "seats": "3", "entitled_expected": "8", "entitled_present": "8", "issued": "8", "returned": "8", "valid": "8", "invalid": "0",
                      "candidates": f"{one}（赞成：8；反对：0；弃权：0；结果：当选）\n另选一人（赞成：1；另选人：是）", "scrutineers": two},
        "development-plans": {"year": "2017", "planned_count": "1", "names": "新芽一"},
        "cases": {"name": f"新芽一{suffix}", "birth_on": "1990-05-06", "mentor_names": f"{one}、{two}", "introducer_names": f"{one}、{two}",
                  "steps": f"1 递交入党申请书：2017-03-01（责任人：{one}）\n2 党组织派人谈话：2017-03-20（结果：同意培养；材料：谈话记录；审核：{two}）"},
        "case-talks": {"case": f"新芽一{suffix}", "held_on": "2017-03-20", "talker_name": one, "content": "入党动机"},
        "case-trainings": {"case": f"新芽一{suffix}", "kind": "入党积极分子培训班", "name": "2017年班", "from_on": "2017-10-10", "to_on": "2017-10-12", "hours": "24"},
        "case-reviews": {"case": f"新芽一{suffix}", "year": "2017", "half": "下半年", "reviewed_on": "2017-12-20", "reviewer": one, "opinion": "表现良好"},
        "thought-reports": {"case": f"新芽一{suffix}", "written_on": "2017-09-30", "title": "三季度", "text": "汇报思想"},
        "public-notices": {"case": f"新芽一{suffix}", "stage": "确定发展对象", "from_on": "2018-04-02", "to_on": "2018-04-11", "place": "公开栏", "conclusion": "无异议"},
        "political-reviews": {"case": f"新芽一{suffix}", "letters_sent_on": "2018-04-15", "letters_back_on": "2018-05-02", "concluded_on": "2018-05-08", "conclusion": "合格"},
        "study-plans": {"year": "2016", "adopted_on": "2016-02-26", "requirement": "记笔记", "assessment": "交流", "items": "学习党章（月份：3；形式：集中学习；类别：理想信念）"},
        "personal-study-plans": {"person": one, "year": "2016", "content": "党章", "time": "每周三", "form": "自学", "requirement": "写心得"},
        "study-sessions": {"held_on": "2016-03-15", "place": "活动室", "topic": "学习党章", "hours": "2", "attendees": f"{one}、{two}"},
        "study-notes": {"person": one, "written_on": "2016-03-16", "kind": "集中学习", "topic": "党章", "text": "体会"},
        "channels": {"kind": "微信群", "name": "党员群", "opened_on": "2015-03-01"},
        "pushes": {"channel": "党员群", "pushed_on": "2016-03-15", "topic": "党章学习"},
        "remote-sessions": {"held_on": "2016-03-15", "topic": "先进事迹", "channel": "示例站点", "attendees": "8", "hours": "1"},
        "transfers": {"person": one, "direction": "转入", "letter_no": "示0012", "issued_on": "2013-06-20", "issuer": "示例组织部", "from_org": "示例二校", "to_org": "示例一校", "valid_days": "30", "dues_paid_through": "2013-06", "stage": "正式党员", "received_on": "2013-07-01"},
        "relation-surveys": {"batch": "2016年排查", "as_of": "2016-05-20", "roster_count": "8", "checked_count": "8", "n_normal": "8", "tasks": f"完善名册（责任人：{one}；期限：2016-06-30）", "summary": "已完成", "summary_on": "2016-07-05"},
        "lost-members": {"person": two, "last_contact_on": "2015-03-01", "reason": "出国（境）", "registered_on": "2016-05-20", "status": "查找中"},
        "search-attempts": {"lost": two, "way": "走访住址、家属、亲友、同事", "done_on": "2016-06-01", "by": one, "asked": "家属", "result": "未联系上"},
        "digest-plans": {"year": "2016", "targets": two, "due_on": "2016-12-31", "responsible": one},
        "violation-surveys": {"batch": "2016年排查", "scope": "全体党员", "as_of": "2016-09-20", "checked_count": "8", "source": "纪委反馈", "found_count": "1", "plan": "计划", "summary": "总结", "cases": f"{two}（类别：违纪；文号：示例〔2016〕1号；已处理：是）"},
        "service-plans": {"year": "2016", "planned_count": "4", "partner": "示例社区", "activities": "每季一次"},
        "activities": {"held_on": "2016-03-05", "form": "志愿服务", "theme": "学雷锋", "is_service": "是", "place": "示例社区", "content": "家庭教育咨询", "participants": f"{one}、{two}"},
        "visits": {"held_on": "2017-04-12", "object_kind": "家庭", "object_name": "示例家庭", "content": "了解学习", "visitors": one, "opinions": "增加课后服务（状态：已办结；结果：已开设；答复日期：2017-04-28）"},
        "site-projects": {"name": "示例服务站", "assigned_on": "2017-01-10", "design": "方案", "plan": "计划", "progress": "进度", "results": "成果", "milestones": "设计（期限：2017-03-31；完成：2017-03-20）"},
        "rooms": {"name": "党员活动室", "available_from": "2014-09-01", "area": "50"},
        "room-uses": {"room": "党员活动室", "used_on": "2016-03-08", "starts_at": "15:30", "ends_at": "16:30", "activity": "支委会", "user_name": one},
        "budgets": {"year": "2016", "source": "单位预算", "amount": "8000", "items": "活动（金额：8000）"},
        "expenses": {"spent_on": "2016-03-20", "category": "活动", "amount": "560", "activity": "学雷锋", "activity_on": "2016-03-05", "voucher_no": "12", "invoice_no": "0012", "handler": two, "approver": one},
        "fund-summaries": {"year": "2016", "opening": "0", "income": "8000", "expense": "7560", "closing": "440", "planned": "8000"},
        "campaigns": {"campaign": "两学一做", "held_on": "2016-04-28", "title": "动员会", "content": "部署学习"},
        "declarations": {"item": "L23", "kind": "零报告（没有发生）", "from_on": "2015-01-01", "to_on": "2018-10-25", "reason": "没有失联党员", "declared_on": "2018-09-10"},
    }  # fmt: skip
    return rows[slug]


def inspected(now: datetime, years: tuple[int, int], on: date) -> None:
    """Inspect whole years, from the first to the last, as of a day, by the catalogue of 2018."""
    checks.set_scope(
        from_on=date(years[0], 1, 1), to_on=date(years[1], 12, 31), on=on, catalogue="tianning-2018",
        actor=None, now=now,
    )  # fmt: skip
