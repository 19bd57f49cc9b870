"""Every button of rounds, plans, visits, consultations, findings and rectification does what it
says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from taizhang.inspection import actions
from taizhang.inspection.actions import consulting, findings, site
from taizhang.inspection.models import (
    Finding,
    Highlight,
    Letter,
    NoticeDraft,
    Preparation,
    Progress,
    Question,
    RectificationFile,
    Round,
    RoundSession,
    SelfScore,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan.model import UnitPlan
from taizhang.inspection.site import entries as e
from taizhang.kernel.jobs.models import MadeFile
from taizhang.kernel.models import JournalLine
from taizhang.orgs.heads import head_of
from tests.browser.pressing import Press, World
from tests.browser.steps import MARKS
from tests.inspection.conftest import WHY, plan_of
from tests.inspection.test_site import _filled
from tests.make import cast, picture, raw, save

pytestmark = MARKS
WHO = ("office", "team_leader", "inspector", "secretary", "clerk", "foreign")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTICE = "关于开展督查的通知\n各支部：\n定于2018年10月25日督查。\n".encode()
FACTS = ("维持的", "撤销的", "一路到底的", "反弹的")


def _pages(w: World) -> Iterator[str]:
    """All pages of rounds, as they are now."""
    yield from (f"/organisations/{one.pk}/papers/" for one in (w.people.committee, w.people.own))
    yield from ("/rounds/", "/rounds/new/", "/notices/import/", "/inspections/todo/", "/todo/")
    yield from (f"/notices/{one.pk}/" for one in NoticeDraft.objects.all())
    yield from (f"/branches/{one.pk}/inspections/" for one in (w.people.own, w.people.other))
    for one in Round.objects.all():
        for page in ("", "plan/", "follow-up/", "progress/", "findings/", "rectification/", "compare/", "picture/", "heads/"):  # fmt: skip
            yield f"/rounds/{one.pk}/{page}"
    for key in Visit.objects.values_list("pk", flat=True):
        yield from (f"/visits/{key}/consultation/", f"/visits/{key}/scores/")
    yield from (f"/team/{key}/replace/" for key in TeamMember.objects.values_list("pk", flat=True))
    yield from (f"/findings/{key}/" for key in Finding.objects.values_list("pk", flat=True))


def _round(page: str = "") -> Any:
    return lambda w: f"/rounds/{w.opened.pk}/{page}"


def _consultation(w: World) -> str:
    return f"/visits/{w.visit.pk}/consultation/"


def _finding(facts: str) -> Any:
    return lambda w: f"/findings/{w.finding(facts).pk}/"


def _replace(name: str) -> Any:
    return lambda w: f"/team/{TeamMember.objects.get(name=name, area__round=w.opened).pk}/replace/"


def _own(w: World) -> str:
    return f"/branches/{w.people.own.pk}/inspections/"


def _is(standing: str) -> Any:
    return lambda w: w.opened.standing == standing


def _becomes(facts: str, standing: str) -> Any:
    return lambda w: w.finding(facts).standing == standing


def _planned(w: World) -> None:
    """Two areas, the branches in the first with one unit that stands for no organisation."""
    units = [
        UnitPlan(0, "甲校", w.people.own.pk),
        UnitPlan(0, "乙校", w.people.other.pk),
        UnitPlan(0, "丙校"),
    ]
    today = timezone.localdate()
    plan = plan_of(w.people, units=units)
    sessions = [
        type(s)(s.key, today, s.starts_at, s.ends_at, s.venue, s.host)
        for s in plan.areas[0].sessions
    ]
    wanted = plan_of(w.people, units=units, sessions=sessions)
    actions.change_plan(
        opened=w.opened, plan=wanted, actor=w.people.actor("office"), now=timezone.now()
    )


def _enter(w: World, who: str, kind: str, **about: Any) -> None:
    told = {"kind": kind, "key": str(uuid4()), "visit": w.visit.pk, "made_at": timezone.now()}
    now, actor = timezone.now(), w.people.actor(who)
    done = site.sync(entries=[e.ONE.validate_python(told | about)], actor=actor, now=now)
    assert done[0].state == "stored", done


def _read(w: World) -> None:
    """What the inspectors brought home: findings, one that was dropped, one of the leader, a
    highlight.
    """
    for facts in FACTS:
        _enter(w, "inspector", "finding", item=28, facts=facts, manner="at_once")
    _enter(w, "team_leader", "finding", item=1, facts="组长草拟的", manner="at_once")
    _enter(w, "inspector", "finding", item=2, facts="撤了的草稿", manner="at_once")
    _enter(w, "inspector", "drop_finding", finding=str(w.finding("撤了的草稿").key))
    _enter(w, "inspector", "highlight", text="电子台账")


def _sheet(w: World) -> dict[str, Any]:
    """The checklist with one line filled in."""
    filled = _filled(w.client("inspector"), SimpleNamespace(own=w.visit), {(2, 6): "齐全"})  # type: ignore[arg-type]
    return {"name": "检查表.xlsx", "mimeType": XLSX, "buffer": filled.getvalue()}


def _signed(w: World) -> None:
    """Both sides, for the own branch."""
    now, visit = timezone.now(), w.visit
    consulting.sign_for_team(
        visit=visit, actor=w.people.actor("team_leader"), now=now, unseen_reason=WHY
    )
    consulting.sign_for_branch(
        visit=visit, name="书记甲", actor=w.people.actor("inspector"), now=now
    )


def _others_fed_back(w: World) -> None:
    """The units that have no findings."""
    now = timezone.now()
    for visit in Visit.objects.exclude(pk=w.visit.pk).select_related(
        "unit__area__round", "unit__organisation"
    ):
        consulting.sign_for_team(
            visit=visit, actor=w.people.actor("team_leader"), now=now, unseen_reason=WHY
        )
        consulting.sign_for_branch(
            visit=visit, name="书记", actor=w.people.actor("inspector"), now=now
        )
        findings.issue(opened=w.opened, visits=[visit], issued_on=timezone.localdate(), number="", actor=w.people.actor("office"), now=now)  # fmt: skip


def _meeting(w: World) -> None:
    held = raw("meetings") | {
        "kind": "支委会",
        "held_on": f"{timezone.localdate()}",
        "title": "研究整改方案",
    }
    save(w.people.own, w.people.actor("clerk"), timezone.now(), "meetings", **held)


def _first(page: str = "") -> Any:
    return lambda _: f"/rounds/{Round.objects.earliest('pk').pk}/{page}"


def _first_is(standing: str) -> Any:
    return lambda _: Round.objects.earliest("pk").standing == standing


def _noted(verb: str) -> Any:
    return lambda _: JournalLine.objects.filter(verb=verb).exists()


def _put_off(days: int) -> Any:
    return lambda _: Finding.objects.filter(deadline=TODAY + timedelta(days=days)).count() == 1


TODAY = timezone.localdate()
NUMBER = f"示督〔{TODAY.year}〕1号"
UPLOAD = Press("office", lambda _: "/notices/import/", "上传并识别", lambda _: NoticeDraft.objects.count() == 1, {"file": {"name": "n.txt", "mimeType": "text/plain", "buffer": NOTICE}})  # fmt: skip
PLANNING = (
    UPLOAD,
    Press("office", lambda _: "/notices/import/", "删除", lambda _: not NoticeDraft.objects.exists()),
    UPLOAD,
    Press("office", lambda _: "/rounds/", "删除", lambda _: not NoticeDraft.objects.exists()),
    UPLOAD,
    Press("office", lambda _: f"/notices/{NoticeDraft.objects.get().pk}/", "确认无误，建立督查轮次", lambda _: Round.objects.count() == 1),
    Press("office", _round(), "删除草稿", lambda _: not Round.objects.exists()),
    Press("office", lambda _: "/rounds/new/", "建立草稿", lambda _: Round.objects.count() == 1, {"title": "督查", "period_from": "2015-01-01", "period_to": "2018-12-31", "starts_on": f"{TODAY}", "ends_on": f"{TODAY}", "catalogue": "tianning-2018"}),
    Press("office", _round(), "保存基本信息", lambda w: w.opened.number == NUMBER, {"number": NUMBER}),
    Press("office", _round(), "更新督查项目", lambda w: w.opened.items.filter(title="解放思想").exists(), {"topics": "解放思想"}),
    Press("office", lambda w: f"/organisations/{w.people.committee.pk}/papers/", "保存公文格式", lambda w: head_of(w.people.committee).mark == "示例局委员会", {"mark": "示例局委员会", "circular-code": "示督"}),
    Press("secretary", lambda w: f"/organisations/{w.people.own.pk}/papers/", "保存公文格式", lambda w: head_of(w.people.own).signatory == "示例甲", {"signatory": "示例甲"}),
    Press("office", _round("heads/"), "保存本轮公文格式", lambda w: w.opened.head["printed_by"] == "组织科", {"printed_by": "组织科"}),
    Press("office", _round(), "保存通知文字", lambda w: w.opened.demands == ["带齐台账"], {"demands": "带齐台账"}),
    Press("office", _round("plan/"), "保存安排", lambda _: RoundSession.objects.get().ends_at == time(11, 45), {"area-0-session-0-end": "11:45"}, first=_planned),
    Press("office", _round("plan/"), "自动编排", _noted("inspection.propose")),
    Press("office", _round("plan/"), "按大类分工", lambda _: TeamMember.objects.exclude(items=[]).exists()),
    Press("office", _round(), "发布", _is("published"), {"left_out": True}),
    Press("office", _round(), "收回发布", _is("draft"), {"reason": "时间另定"}),
    Press("office", _round(), "发布", _is("published"), {"left_out": True}),
    Press("secretary", _round(), "提交问题", lambda _: Question.objects.count() == 1, {"text": "带什么"}),
    Press("office", _round(), "答复", lambda _: Question.objects.get().answer == "原件", {"text": "原件"}),
    Press("secretary", _round(), "确认已备好", lambda _: Preparation.objects.exclude(confirmed_at=None).count() == 1),
    Press("office", _replace("inspector"), "换人", lambda w: TeamMember.objects.filter(user=w.people.users["nobody"]).exists(), {"by": lambda w: str(w.people.users["nobody"].pk), "reason": "病假"}),
    Press("office", _replace("无职责"), "换人", lambda w: TeamMember.objects.filter(user=w.people.users["inspector"]).exists(), {"by": lambda w: str(w.people.users["inspector"].pk), "reason": "病愈"}),
    Press("office", _round(), "改为计分", lambda w: w.opened.scored),
    Press("office", _round(), "改为不计分", lambda w: not w.opened.scored),
    Press("office", _round(), "改为计分", lambda w: w.opened.scored),
    Press("office", _round(), "开始自查", _is("self_check")),
    Press("office", _round(), "开始督查", _is("inspecting")),
)  # fmt: skip
ON_SITE = (
    Press("secretary", lambda w: f"/visits/{w.visit.pk}/scores/", "保存自评分", lambda _: SelfScore.objects.count() == 1, {"points-1": "1"}),
    Press("inspector", _consultation, "上传", lambda w: w.visit.answers.get().verdict == "complete", {"file": _sheet}),
    Press("inspector", _consultation, "添加", lambda w: w.finding("会商中发现").standing == "draft", {"facts": "会商中发现"}),
    Press("inspector", _consultation, "复核同意", lambda w: w.finding("组长草拟的").seconded_by is not None, first=_read),
    Press("team_leader", _round("findings/"), "复核", lambda w: w.finding("会商中发现").seconded_by is not None, {"key": True}),
    Press("inspector", _finding("撤了的草稿"), "恢复这个草稿", _becomes("撤了的草稿", "draft")),
    Press("inspector", _finding("撤了的草稿"), "保存", lambda w: w.finding("撤了的草稿").suggestion == "补齐", {"suggestion": "补齐"}),
    Press("inspector", _consultation, "保存会商记录", lambda w: w.visit.achievements == "门类齐全", {"achievements": "门类齐全"}),
    Press("team_leader", _consultation, "督查组确认", lambda w: w.visit.unseen_reason == WHY, {"unseen_reason": WHY}),
    Press("secretary", _consultation, "被督查单位确认", lambda w: w.visit.standing == "consulted", {"name": "书记甲"}),
    Press("team_leader", _consultation, "退回会商", lambda w: w.visit.standing == "to_consult"),
    Press("office", _round(), "进入会商", _is("consulting")),
    Press("office", _round(), "退回督查中", _is("inspecting")),
    Press("office", _round("findings/"), "反馈", lambda _: Letter.objects.count() == 1, first=_signed),
    Press("office", _round("heads/"), "印发情况通报", lambda w: w.opened.issued_papers.get(kind="circular").number == f"示督〔{TODAY.year}〕2号"),
    Press("office", _round(), "导出轮次档案", lambda _: MadeFile.objects.get().maker == "round-archive"),
    Press("office", _round("picture/"), "重新核算", lambda _: MadeFile.objects.latest("pk").maker == "round-frozen"),
    Press("office", _round("findings/"), "查询", lambda w: "standing=issued" in w.window("office").url, {"standing": "issued"}),
    Press("office", _round("rectification/"), "查询", lambda w: "by=unit" in w.window("office").url, {"by": "unit"}),
    Press("office", _round("findings/"), "导出所选", _noted("ledgers.export"), {"key": True}, downloads=True),
    Press("office", _round("rectification/"), "导出所选", _noted("ledgers.export"), {"key": True}, downloads=True),
    Press("office", _round("findings/"), "改时限", _put_off(60), {"key": True, "reason": "等批复", "deadline": f"{TODAY + timedelta(days=60)}"}),
    Press("office", _round("rectification/"), "改时限", _put_off(61), {"key": True, "reason": "等批复", "deadline": f"{TODAY + timedelta(days=61)}"}),
    Press("office", _round("findings/"), "推广", lambda _: Highlight.objects.get().standing == "promoted"),
    Press("office", _consultation, "出具", lambda w: w.visit.notices.count() == 1, {"due_on": f"{TODAY + timedelta(days=30)}"}),
    Press("secretary", _own, "签收反馈意见", lambda _: Letter.objects.get().signed_at is not None),
)  # fmt: skip
SAYS = {"opinion": "核对属实"}
MENDING = (
    Press("secretary", _finding("维持的"), "申诉", _becomes("维持的", "disputed"), {"reason": "有记录"}),
    Press("office", _finding("维持的"), "维持", _becomes("维持的", "acknowledged"), {"reason": "没有"}),
    Press("secretary", _finding("撤销的"), "申诉", _becomes("撤销的", "disputed"), {"reason": "有记录"}),
    Press("office", _finding("撤销的"), "撤销问题", _becomes("撤销的", "cancelled"), {"reason": "属实"}),
    Press("clerk", _finding("一路到底的"), "保存方案", _becomes("一路到底的", "rectifying"), {"measure": "补齐", "leader_name": "甲", "responsible_name": "乙"}, first=_meeting),
    Press("clerk", _finding("一路到底的"), "报告", lambda _: Progress.objects.count() == 1, {"text": "在补"}),
    Press("clerk", _finding("一路到底的"), "上传", lambda _: RectificationFile.objects.get().stage == "after", {"file": {"name": "后.png", "mimeType": "image/png", "buffer": picture()}}),
    Press("clerk", _own, "保存长效机制", lambda w: w.visit.lasting == "按季自查", {"lasting": "按季自查"}),
    Press("clerk", _finding("一路到底的"), "申请销号", _becomes("一路到底的", "submitted"), {"result": "已补"}),
    Press("office", _finding("一路到底的"), "退回", _becomes("一路到底的", "returned"), SAYS),
    Press("clerk", _finding("一路到底的"), "申请销号", _becomes("一路到底的", "submitted"), {"result": "又补"}),
    Press("team_leader", _finding("一路到底的"), "转长期坚持", _becomes("一路到底的", "long_term"), SAYS),
    Press("clerk", _finding("一路到底的"), "申请销号", _becomes("一路到底的", "submitted"), {"result": "坚持了"}),
    Press("team_leader", _finding("一路到底的"), "同意销号", _becomes("一路到底的", "closed"), SAYS),
    Press("office", _finding("一路到底的"), "认定反弹", _becomes("一路到底的", "reopened"), {"reason": "又有"}),
    Press("office", _round(), "反馈完毕", _is("fed_back"), first=_others_fed_back),
    Press("office", _round(), "进入整改", _is("rectifying")),
    Press("office", _round(), "进入复核", _is("verifying")),
    Press("office", _round(), "退回整改", _is("rectifying")),
    Press("office", _round("follow-up/"), "建立回头看草稿", lambda w: w.opened.previous_id is not None, {"still_open": True, "starts_on": f"{TODAY}", "ends_on": f"{TODAY}"}),
    Press("office", _round("compare/"), "查询", lambda w: "word=" in w.window("office").url, {"word": "新增"}),
    Press("office", _first(), "办结", _first_is("closed")),
    Press("office", _first(), "归档", _first_is("archived")),
)  # fmt: skip
LOOK_AFTER = {"按大类分工", "确认已备好", "复核同意", "督查组确认", "反馈", "签收反馈意见", "归档"}
"""After these everybody looks at everything."""
BY_DAY = {"确认已备好", "复核同意", "反馈"}
"""By day after these: a round that is published, inspected, and mended."""


@pytest.mark.parametrize("looks", [BY_DAY, pytest.param(LOOK_AFTER, marks=pytest.mark.night)])
def test_every_button_of_a_round_does_what_it_says(
    browser: Browser, live_server: LiveServer, settings: Any, looks: set[str]
) -> None:
    settings.WORKER = "apart"  # who asks for a file does not wait for it here
    w = World(cast(timezone.now()), browser, live_server.url, _pages)
    for press in (*PLANNING, *ON_SITE, *MENDING):
        w.press(press)
        if press.label in looks:
            for who in WHO:
                w.look(who)
    w.close()
    assert len(w.pressed) >= 54
