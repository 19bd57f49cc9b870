"""Every button of accounts, of dismissals and declarations, and of what is destroyed does what it
says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from taizhang.checks.actions import checking as checks
from taizhang.checks.models import BranchExplanation, Dismissal, SuspicionRow
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import Disposal
from taizhang.orgs.actions import duties as orgs
from taizhang.orgs.models import ApiToken, Duty, LoginRules, LoginSession, SecondFactor, User
from tests.browser.pressing import Press, World
from tests.browser.steps import MARKS
from tests.make import cast, raw, save

pytestmark = MARKS
WHO = ("system", "security", "office", "office2", "secretary", "clerk", "team_leader")


def _pages(w: World) -> Iterator[str]:
    """All pages of these, as they are now."""
    yield from ("/accounts/", "/login-rules/", "/disposals/", _item(w))
    yield from (f"/accounts/{w.people.users[who].pk}/" for who in ("member", "nobody"))
    yield from (f"/disposals/{one.pk}/" for one in Disposal.objects.all())
    yield from (
        f"/ledgers/declarations/{one.pk}/" for one in KINDS["declarations"].model.objects.all()
    )


def _account(who: str) -> Any:
    return lambda w: f"/accounts/{w.people.users[who].pk}/"


def _only_nobody(_: World) -> str:
    return "/accounts/?q=nobody"


def _user(who: str) -> User:
    return User.objects.get(username=who)


def _on_the_roster(w: World) -> None:
    User.objects.filter(username="member").update(name="示例甲")


def _hand_over(w: World) -> str:
    return f"/duties/{w.people.users['commissioner'].duties.earliest('pk').pk}/hand-over/"


def _duties(who: str, n: int) -> Any:
    today = timezone.localdate()
    return lambda _: Duty.objects.filter(user__username=who).exclude(to_on__lte=today).count() == n


def _with_factor(_: World) -> None:
    SecondFactor.objects.create(user=_user("member"), secret="A" * 32, since_at=timezone.now())


def _inside(w: World) -> None:
    """The member is logged in somewhere, and has a token."""
    key = w.client("member").session.session_key
    user, now = _user("member"), timezone.now()
    LoginSession.objects.create(user=user, session_key=key or "", began_at=now)
    ApiToken.objects.create(
        user=user,
        name="校务",
        digest="0" * 64,
        begins="tz_0",
        made_at=now,
        expires_on=now.date() + timedelta(days=9),
    )


def _item(w: World) -> str:
    return f"/branches/{w.people.own.pk}/items/L28/"


def _suspected(w: World) -> None:
    """One suspicion about the assemblies of the own branch."""
    checks.set_scope(
        from_on=date(2018, 1, 1), to_on=date(2018, 12, 31), on=date(2018, 12, 31), catalogue="tianning-2018",
        actor=w.people.actor("office"), now=timezone.now(),
    )  # fmt: skip
    checks.check_all(name="reference", actor=None, now=timezone.now())
    kept = SuspicionRow.objects.filter(branch=w.people.own, item="L28").first()
    assert kept is not None
    SuspicionRow.objects.exclude(pk=kept.pk).delete()


def _declared(w: World) -> None:
    save(
        w.people.own, w.people.actor("clerk"), timezone.now(), "declarations", **raw("declarations")
    )


def _declaration(_: World) -> str:
    return f"/ledgers/declarations/{KINDS['declarations'].model.objects.get().pk}/"


def _is_declared(field: str) -> Any:
    return lambda _: getattr(KINDS["declarations"].model.objects.get(), field) is not None


def _old(w: World) -> None:
    """Talks of long ago, and a second one of the section who approves."""
    now = timezone.now()
    orgs.open_account(
        username="office2",
        name="组织科二",
        password=None,
        duties=[("office", w.people.committee)],
        now=now,
    )
    for day in ("2014-03-03", "2014-03-10"):
        save(w.people.own, w.people.actor("clerk"), now, "talks", **raw("talks") | {"held_on": day})


def _disposal(_: World) -> str:
    return f"/disposals/{Disposal.objects.latest('pk').pk}/"


def _disposal_is(state: str) -> Any:
    return lambda _: Disposal.objects.latest("pk").state == state


def _has(fate: str) -> Any:
    return lambda _: Disposal.objects.latest("pk").lines.filter(fate=fate).exists()


def _is_gone(_: World) -> bool:
    """What was kept is there, all else is not."""
    fates = Disposal.objects.latest("pk").lines.values_list("fate", flat=True)
    return set(fates) == {"kept", "destroyed"}


ACCOUNTS = (
    Press("system", lambda _: "/accounts/", "查询", lambda w: "q=nobody" in w.window("system").url, {"q": "nobody"}),
    Press("system", _only_nobody, "停用", lambda _: not _user("nobody").is_active, {"key": True}),
    Press("system", _only_nobody, "恢复", lambda _: _user("nobody").is_active, {"key": True}),
    Press("system", _only_nobody, "重发一次性密码", lambda _: _user("nobody").must_change_password, {"key": True}),
    Press("system", lambda _: "/accounts/", "建立账号", lambda _: User.objects.filter(username="zhangsan").exists(), {"people": "zhangsan 示例张三"}),
    Press("system", _account("nobody"), "重发一次性密码", lambda _: _user("nobody").must_change_password),
    Press("system", _account("nobody"), "停用", lambda _: not _user("nobody").is_active),
    Press("system", _account("nobody"), "恢复使用", lambda _: _user("nobody").is_active),
    Press("system", _account("member"), "关联人员", lambda _: _user("member").person is not None, {"birth_on": "1980-01-02"}, first=_on_the_roster),
    Press("system", _account("member"), "改关联", lambda _: _user("member").person is None),
    Press("security", _hand_over, "移交", _duties("member", 2), {"to": lambda w: f"{w.people.users['member'].pk}"}),
    Press("security", _account("nobody"), "授权", _duties("nobody", 1), {"role": "member", "place": lambda w: f"{w.people.own.pk}"}),
    Press("security", _account("nobody"), "终止", _duties("nobody", 0)),
    Press("security", _account("member"), "重置动态口令", lambda _: not SecondFactor.objects.exists(), first=_with_factor),
    Press("security", _account("member"), "退出这一处", lambda _: not LoginSession.objects.exists(), first=_inside),
    Press("security", _account("member"), "作废", lambda _: ApiToken.objects.get().ended_at is not None),
    Press("security", lambda _: "/login-rules/", "保存", lambda _: LoginRules.objects.get().idle_minutes == 20, {"idle_minutes": "20"}),
)  # fmt: skip
CHECKED = (
    Press("clerk", _item, "保存说明", lambda _: BranchExplanation.objects.get().text == "停电", {"text": "停电"}, first=_suspected),
    Press("secretary", _item, "撤回说明", lambda _: BranchExplanation.objects.get().ended_at is not None),
    Press("office", _item, "排除", lambda _: Dismissal.objects.filter(reason="看过").count() == 1, {"explanation": lambda _: "other", "reason": "看过"}),
    Press("office", _item, "取消排除", lambda _: Dismissal.objects.get().ended_at is not None and not SuspicionRow.objects.exclude(dismissal=None).exists()),
    Press("office", _declaration, "确认这份申报", _is_declared("confirmed_at"), first=_declared),
    Press("clerk", _declaration, "撤回", _is_declared("withdrawn_at"), {"reason": "登记错了"}),
    Press("clerk", _declaration, "恢复", lambda w: not _is_declared("withdrawn_at")(w), {"reason": "没有登记错"}),
)  # fmt: skip
DESTROYED = (
    Press("office", lambda _: "/disposals/", "编制保管期满的清册", _has("listed"), first=_old),
    Press("office2", _disposal, "勾选的留存，不销毁", _has("kept"), {"line": True}),
    Press("office2", _disposal, "登记批准", _disposal_is("approved"), {"number": "示批〔2026〕1号"}),
    Press("office", _disposal, "按清册销毁", _is_gone),
    Press("office", lambda _: "/disposals/", "编制保管期满的清册", _disposal_is("draft")),
    Press("office", _disposal, "取消这份清册", _disposal_is("dropped")),
)  # fmt: skip


def test_every_button_of_accounts_and_of_what_is_kept_does_what_it_says(
    browser: Browser, live_server: LiveServer
) -> None:
    w = World(cast(timezone.now()), browser, live_server.url, _pages)
    for story in (ACCOUNTS, CHECKED, DESTROYED):
        for press in story:
            w.press(press)
            w.look(press.who)
        for user in User.objects.filter(username__in=WHO):
            w.look(user.username)
    w.close()
    assert len(w.pressed) >= 19
