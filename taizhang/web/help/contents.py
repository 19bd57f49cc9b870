"""The chapters: what each is called, where it stands in the manual, for whom it is, and to which
pages it belongs.

The texts lie beside this module as they stand in `docs/manual`, without pictures; a test renews
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from taizhang.kernel.errors import NotFound
from taizhang.orgs.actor import KEEPERS, Actor
from taizhang.orgs.models import Role

FOLDER = Path(__file__).parent / "chapters"
OFFICE, TEAM, KEEPER, ADMIN = "office", "team", "keeper", "admin"
AUDIENCES = {OFFICE: "组织科", TEAM: "督查组", KEEPER: "党支部", ADMIN: "管理员"}


@dataclass(frozen=True)
class Chapter:
    """One chapter: a heading of a page of the manual."""

    slug: str
    title: str
    source: str
    heading: str
    """Its heading there; without one the whole page."""
    audiences: tuple[str, ...]
    """Whose work it is; nobody's alone where there are none."""
    pages: tuple[str, ...] = ()
    """The pages that lead to it: names of addresses, or their beginning."""

    @property
    def text(self) -> str:
        """Its words."""
        return (FOLDER / f"{self.slug}.txt").read_text("utf-8")


CHAPTERS = (
    Chapter("first-round", "从通知到全区一张图", "README.md", "组织科：从通知到全区一张图", (OFFICE,), ("checks:board", "checks:rule", "checks:scope", "inspection:import", "inspection:review", "ledgers:calendar", "ledgers:organisation")),
    Chapter("lists", "列表：查、选列、勾选批量办", "README.md", "列表：查、选列、勾选批量办", (OFFICE, TEAM, KEEPER, ADMIN), ("ledgers:list", "ledgers:organisations", "checks:requirement", "checks:requirements")),
    Chapter("arranging", "发起和安排一轮督查", "rounds.md", "组织科：发起和安排", (OFFICE,), ("inspection:plan", "inspection:round", "inspection:units", "inspection:new", "inspection:follow-up", "inspection:requirements", "inspection:replace")),
    Chapter("on-site", "现场十五分钟", "rounds.md", "督查组：现场十五分钟", (TEAM,), ("inspection:site", "inspection:team-todo", "inspection:progress")),
    Chapter("consultation", "会商", "rounds.md", "双方：会商", (TEAM, KEEPER), ("inspection:consult",)),
    Chapter("feedback", "反馈", "rounds.md", "组织科：反馈", (OFFICE,), ("inspection:findings",)),
    Chapter("mending", "整改", "rounds.md", "支部：整改", (KEEPER,), ("inspection:own", "inspection:finding", "inspection:dissolve")),
    Chapter("verifying", "核查和回头看", "rounds.md", "核查和回头看", (OFFICE, TEAM), ("inspection:rectification", "inspection:compare", "inspection:frozen", "inspection:archive")),
    Chapter("scores", "计分", "rounds.md", "计分", (OFFICE, TEAM, KEEPER), ("inspection:scores",)),
    Chapter("changed-later", "核对之后的改动", "rounds.md", "核对之后的改动", (OFFICE, TEAM), ()),
    Chapter("heads", "公文格式怎么设", "heads.md", "", (OFFICE,), ("papers:heads", "papers:template", "papers:head", "inspection:heads")),
    Chapter("keeping", "保管期限和销毁", "README.md", "组织科：保管期限和销毁", (OFFICE,), ("ledgers:disposal",)),
    Chapter("todo", "先看待办", "README.md", "台账员：先看待办", (KEEPER,), ("checks:branch-todo", "checks:todo")),
    Chapter("monthly", "一个月的例行登记", "README.md", "台账员：一个月的例行登记", (KEEPER,), ("ledgers:dues-month", "ledgers:kinds")),
    Chapter("meeting", "登记一次会议", "README.md", "台账员：登记一次会议", (KEEPER,), ("ledgers:record", "ledgers:read-minutes", "ledgers:group-meetings")),
    Chapter("evidence", "佐证材料", "README.md", "佐证材料", (KEEPER,), ("ledgers:entry", "ledgers:unused", "ledgers:look", "ledgers:file")),
    Chapter("linked", "一次登记，多处使用", "README.md", "一次登记，多处使用", (KEEPER,), ("ledgers:related",)),
    Chapter("chart", "组织架构图", "README.md", "组织架构图", (KEEPER,), ("ledgers:chart",)),
    Chapter("correcting", "更正、历史和搜索", "README.md", "更正、历史和搜索", (KEEPER,), ("ledgers:correct", "ledgers:search", "ledgers:go")),
    Chapter("printing", "打印", "README.md", "打印", (KEEPER,), ("papers:",)),
    Chapter("not-applicable", "不适用和零报告", "README.md", "不适用和零报告", (KEEPER, OFFICE), ()),
    Chapter("intake", "已有的材料整批收件", "README.md", "台账员：已有的材料整批收件", (KEEPER,), ("intake:",)),
    Chapter("excel", "用 Excel 批量登记", "README.md", "用 Excel 批量登记", (KEEPER,), ("intake:sheet", "intake:rows", "intake:template", "ledgers:template")),
    Chapter("verdicts", "结论和疑点", "README.md", "结论和疑点", (OFFICE, TEAM, KEEPER), ("checks:",)),
    Chapter("administrators", "账号、授权、日志", "README.md", "管理员：账号、授权、日志", (ADMIN,), ("web:account", "web:login-rules", "web:journal", "web:hand-over", "ledgers:account", "ledgers:workbook")),
    Chapter("account", "我的账号", "README.md", "每个人：我的账号", (), ("web:me", "web:password", "web:second-factor", "web:messages", "ledgers:mine")),
)  # fmt: skip


def chapter(slug: str) -> Chapter:
    """The chapter of that name."""
    found = next((one for one in CHAPTERS if one.slug == slug), None)
    if found is None:
        raise NotFound("帮助里没有这一章。")
    return found


def of_page(name: str) -> str:
    """The chapter that a page leads to: the one that names it most closely; none where only the
    contents help.
    """
    fits = [
        (len(page), one.slug) for one in CHAPTERS for page in one.pages if name.startswith(page)
    ]
    return max(fits, default=(0, ""))[1]


def audiences_of(actor: Actor) -> set[str]:
    """Whose chapters the actor finds first."""
    found = {ADMIN} if actor.has(Role.SYSTEM, Role.SECURITY, Role.AUDIT) else set()
    found |= {OFFICE} if actor.may_run_office() else set()
    found |= {TEAM} if actor.has(Role.TEAM_LEADER, Role.INSPECTOR) else set()
    return found | ({KEEPER} if actor.has(*KEEPERS) else set())


def for_actor(actor: Actor) -> tuple[list[Chapter], list[Chapter]]:
    """His own chapters, in their order, and all others."""
    mine = audiences_of(actor)
    own = [one for one in CHAPTERS if not one.audiences or mine & set(one.audiences)]
    return own, [one for one in CHAPTERS if one not in own]
