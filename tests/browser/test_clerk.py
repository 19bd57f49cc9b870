"""What a clerk does: the month's routine, a year of dues, an admission, an election, a transfer
between two branches.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from taizhang.checks.actions import checking as checks
from taizhang.ledgers.kinds.dues_payments import DuesPayment
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.models import RecordLink
from taizhang.orgs.models import Membership, Organisation, Person
from tests.browser.steps import MARKS, enter, is_accessible, leave, settle, visit, who_can_log_in
from tests.browser.steps import picture as shoot
from tests.checks.test_district import NOW
from tests.make import NAMES

pytestmark = MARKS
COUNT = """() => {
  const add = (name) => sessionStorage.setItem(name, String(Number(sessionStorage.getItem(name) || 0) + 1));
  document.addEventListener("click", (event) => { if (event.isTrusted && event.detail) add("clicks"); }, true);
  document.addEventListener("input", (event) => { if (event.isTrusted && event.inputType === "insertText") add("characters"); }, true);
  document.addEventListener("keydown", (event) => { if (event.isTrusted) add("keys"); }, true);
}"""


KEPT = "() => Object.keys(localStorage).some((key) => key.startsWith('draft:'))"
"""Whether what was typed is kept on the device."""


def _scope(day: date) -> None:
    checks.set_scope(
        from_on=date(2015, 1, 1), to_on=date(2018, 12, 31), on=day, catalogue="tianning-2018", actor=None, now=NOW
    )  # fmt: skip


def _small(day: date = date(2018, 10, 25)) -> Organisation:
    """Two branches of eight, whose clerks can log in."""
    own = who_can_log_in().own
    _scope(day)
    return own


def _save(page: Page) -> None:
    settle(page)
    if page.locator("[name=roster]").count():
        page.get_by_label("到会情况已核对").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    settle(page)


def _fill(page: Page, **values: str) -> None:
    """Fields of a form by their names, as a person would by their labels."""
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        folded = page.locator(f"details.text:has([name={name}]) > summary")
        if folded.count():
            folded.click()
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "checkbox":
            field.check()
        else:
            field.fill(value)


def _minute(page: Page, words: str) -> None:
    """What a clerk types of a routine meeting: the rest is filled already."""
    expect(page.get_by_text("在册应到")).to_be_visible()
    page.get_by_label("议程第1行议题").click()
    page.keyboard.type(words)
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.type(f"谈{words}")
    _save(page)


def test_a_month_is_recorded_with_few_clicks(
    page: Page, width: int, district: Callable[[int], None]
) -> None:
    district(1)
    branch = Organisation.objects.branches()[0]
    _scope(date(2018, 11, 20))
    checks.judge_whole(branch, NOW)
    page.add_init_script(f"({COUNT})()")
    enter(page, "taizhangyuan")
    expect(page.get_by_role("heading", name=f"{branch.short_name} · 待办")).to_be_visible()
    is_accessible(page)
    if width == 1440:
        shoot(page, "todo.png")
    before = Meeting.objects.count()
    due = page.get_by_role("row", name="2018年11月：支委会每月召开一次")

    due.get_by_role("link", name="登记").click()
    page.get_by_label("日期", exact=True).fill("2018-11-06")
    _minute(page, "研究本月工作")
    groups = [g.name for g in branch_groups(branch)]
    for at, name in enumerate(groups):
        page.goto(f"/ledgers/meetings/new/?kind=党小组会&group={name}&held_on=2018-11-{7 + at:02d}")
        _minute(page, "学习讨论")
    page.goto("/todo/")
    page.get_by_role("row", name="2018年11月：每名党员每月应交纳党费").get_by_role(
        "link", name="登记"
    ).click()
    is_accessible(page)
    if width == 1440:
        shoot(page, "dues.png")
    page.get_by_role("button", name="登记勾选的人").click()
    expect(page.get_by_text("2018年11月党费。")).to_be_visible()

    assert Meeting.objects.count() == before + 1 + len(groups)
    assert DuesPayment.objects.filter(month="2018-11-01").count() > 20
    _counted(page, 1 + len(groups))
    for done in ("2018年11月：支委会每月召开一次", "2018年11月：每名党员每月应交纳党费"):
        visit(page, "/todo/")
        expect(page.get_by_text(done)).to_have_count(0)


def _counted(page: Page, meetings: int) -> None:
    """How much of hand it took: at most three clicks a meeting and eight for the rest."""
    names = ("clicks", "keys", "characters")
    found = {n: int(page.evaluate(f"sessionStorage.getItem('{n}')") or 0) for n in names}
    print(f"{meetings} meetings and the dues: {found}")  # noqa: T201
    assert found["clicks"] <= 8 + 3 * meetings


def branch_groups(branch: Organisation) -> list[Any]:
    from taizhang.orgs.queries import roster as orgs

    return list(orgs.groups(branch, date(2018, 11, 1)))


def test_what_is_typed_outlives_a_closed_page(page: Page) -> None:
    _small()
    enter(page, "clerk")
    page.goto("/ledgers/activities/new/")
    page.get_by_label("活动主题").fill("没来得及保存的活动")
    page.wait_for_function(KEPT)
    page.evaluate("document.querySelector('form[data-guard]').removeAttribute('data-guard')")
    page.goto("/ledgers/")
    page.goto("/ledgers/activities/new/")
    expect(page.get_by_text("填写但没有保存的内容")).to_be_visible()
    is_accessible(page)
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_label("活动主题")).to_have_value("没来得及保存的活动")
    _fill(page, held_on="2018-09-05", form="志愿服务", place="示例社区", content="打扫")
    _save(page)
    page.goto("/ledgers/activities/new/")
    expect(page.get_by_text("填写但没有保存的内容")).to_have_count(0)
    page.get_by_label("活动主题").fill("换人之前")
    page.wait_for_function(KEPT)
    page.evaluate("document.querySelector('form[data-guard]').removeAttribute('data-guard')")
    leave(page)
    expect(page.get_by_label("用户名")).to_be_visible()
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length")
        == 0
    )


def test_a_year_of_dues_is_pasted_and_found_again(page: Page) -> None:
    branch = _small()
    enter(page, "clerk")
    head = "\t".join(["姓名", *(f"{n}月" for n in range(1, 13))])
    rows = "\n".join("\t".join([name, *["12.5"] * 12]) for name in NAMES)
    page.goto("/intake/sheets/dues-payments/")
    page.get_by_label("或者：").fill(f"{head}\n{rows}")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("请在“年度”里填写")).to_be_visible()
    page.get_by_label("年度").fill("2016")
    page.get_by_label("每月几日交纳").fill("10")
    is_accessible(page)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("读到 96 行，没有发现错误")).to_be_visible()
    page.get_by_role("button", name="入账", exact=True).click()
    expect(page.get_by_text("已入账96行")).to_be_visible()
    assert DuesPayment.objects.filter(branch=branch, year=2016).count() == 96
    page.goto("/ledgers/dues-payments/month/?month=2016-05")
    expect(page.get_by_text("还有 0 人未登记")).to_be_visible()
    settle(page)


def test_an_admission_from_application_to_conversion(page: Page, width: int) -> None:
    _small()
    enter(page, "clerk")
    page.goto("/ledgers/cases/new/")
    steps = [
        "1 2015-01-05",
        "2 2015-01-20",
        "3 2015-03-10",
        "4 2015-03-20",
        "5 2015-03-25",
        "6 2015-04-01",
        "7 2016-04-20",
    ]
    _fill(page, name="示例新", birth_on="1992-03-04", job="教师", steps="\n".join(steps))
    _save(page)
    _under_the_case(
        page,
        "登记发展党员谈话记录",
        held_on="2015-01-20",
        place="办公室",
        talker_name=NAMES[0],
        content="了解入党动机",
    )
    _under_the_case(
        page,
        "登记积极分子和发展对象培训",
        kind="入党积极分子培训班",
        name="积极分子培训班",
        from_on="2015-10-10",
        to_on="2015-10-12",
        hours="24",
    )
    _under_the_case(
        page,
        "登记思想汇报",
        written_on="2015-06-20",
        title="思想汇报",
        text="一个季度以来的学习和工作",
    )
    _under_the_case(
        page,
        "登记发展党员公示",
        stage="确定发展对象",
        from_on="2016-04-21",
        to_on="2016-04-28",
        place="公示栏",
        conclusion="无异议",
    )

    _accept(page, steps, width)
    page.get_by_role("button", name="计入党员花名册").click()
    expect(page.get_by_text("两条记录已关联")).to_be_visible()
    settle(page)
    spell = Membership.objects.get(person__name="示例新")
    assert spell.joined_on == date(2016, 12, 20)

    page.goto("/ledgers/meetings/new/?kind=党员大会&held_on=2017-12-20")
    expect(page.get_by_text("在册应到 9 人")).to_be_visible()
    _save(page)
    _correct_case(
        page, [*steps, "15 2016-12-20", "23 2017-12-20", "24 2018-01-10"], outcome="按期转正"
    )
    expect(page.get_by_role("link", name="2017-12-20 党员大会")).to_be_visible()
    expect(page.get_by_text("第 3 版")).to_be_visible()
    settle(page)


def _accept(page: Page, steps: list[str], width: int) -> None:
    """The assembly votes, and the case tells of it."""
    page.goto("/ledgers/meetings/new/?kind=党员大会&held_on=2016-12-20")
    expect(page.get_by_text("在册应到")).to_be_visible()
    _vote(page)
    _save(page)
    _correct_case(page, [*steps, "15 2016-12-20"])
    expect(page.get_by_role("link", name="2016-12-20 党员大会")).to_be_visible()
    is_accessible(page)
    if width == 1440:
        shoot(page, "case.png")


def _vote(page: Page) -> None:
    """Every number in its own input; who was entitled and what it came to are proposed, and taken
    over.
    """
    said = {
        "subject": "接收示例新为预备党员", "matter": "接收预备党员", "method": "无记名投票", "entitled_present": "8", "issued": "8",
        "returned": "8", "valid": "8", "against": "0", "abstained": "0",
    }  # fmt: skip
    page.locator("td.rare summary").click()
    _fill(page, **{f"votes-0-{name}": value for name, value in said.items()})
    page.get_by_role("button", name="“应到”填 8").click()
    page.locator("[name=votes-0-in_favour]").fill("8")
    page.get_by_role("button", name="“结果”填 通过").click()
    expect(page.locator("[name=votes-0-passed]")).to_have_value("通过")
    settle(page)


def _under_the_case(page: Page, button: str, **values: str) -> None:
    page.goto("/ledgers/cases/")
    page.get_by_role("link", name="查看").click()
    page.get_by_role("link", name=button).click()
    expect(page.locator("[name=case]")).to_have_value("示例新")
    _fill(page, **values)
    _save(page)


def _correct_case(page: Page, steps: list[str], **values: str) -> None:
    page.goto("/ledgers/cases/")
    page.get_by_role("link", name="查看").click()
    settle(page)
    page.get_by_role("link", name="更正").click()
    for number, day in (step.split() for step in steps):
        stage = page.locator(f"details:not(.text):has([name=steps-{number}-on])")
        if stage.get_attribute("open") is None:
            stage.locator("summary").click()
        page.locator(f"[name=steps-{number}-on]").fill(day)
    _fill(page, reason="记录新的步骤", **values)
    settle(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已更正，原内容保留在历史版本中。")).to_be_visible()
    settle(page)


def test_an_election_brings_a_new_term_and_chart(page: Page, width: int) -> None:
    branch = _small()
    enter(page, "clerk")
    page.goto("/ledgers/elections/new/")
    _fill(
        page, kind="换届", held_on="2018-01-12", decided_on="2017-11-20", request_on="2017-11-25", reply_on="2017-12-05", seats="3",
        entitled_expected="8", entitled_present="8", issued="8", returned="8", valid="8", invalid="0", report="三年工作总结",
    )  # fmt: skip
    _fill(
        page,
        candidates="\n".join(
            f"{n}（赞成：{v}；反对：0；弃权：{8 - v}；结果：当选）"
            for n, v in zip(NAMES[2:5], (8, 8, 7), strict=True)
        ),
    )
    _save(page)
    is_accessible(page)
    page.get_by_role("button", name="计入支委会届次").click()
    expect(page.get_by_text("请补齐后保存")).to_be_visible()
    _fill(page, ordinal="4")
    _save(page)
    assert RecordLink.objects.get().to_kind == "terms"

    page.goto("/ledgers/posts/new/")
    _fill(page, person=NAMES[2], post="书记", from_on="2018-01-12")
    _save(page)
    page.goto(f"/branches/{branch.pk}/chart/?on=2018-02-01")
    expect(page.get_by_text("还没有登记启用的版本")).to_be_visible()
    is_accessible(page)
    if width == 1440:
        shoot(page, "chart.png")
    page.get_by_role("link", name="启用新版").click()
    _save(page)
    page.goto(f"/branches/{branch.pk}/chart/?on=2018-02-01")
    expect(page.get_by_text("与登记的任职和党小组一致")).to_be_visible()
    settle(page)


def test_a_member_moves_from_one_branch_to_the_other(page: Page) -> None:
    _small()
    mover = NAMES[7]
    enter(page, "clerk")
    page.goto(f"/ledgers/members/?q={mover}")
    page.get_by_role("link", name="查看").click()
    settle(page)
    page.get_by_role("link", name="更正").click()
    _fill(page, left_on="2018-09-01", leave_reason="转出", reason="调往乙校")
    settle(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已更正")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="计入党员组织关系接转").click()
    expect(page.locator("[name=person]")).to_have_value(mover)
    _fill(
        page,
        letter_no="示-0088",
        issuer="示例区教育局",
        to_org="乙校",
        valid_days="30",
        dues_paid_through="2018-08",
    )
    _save(page)
    leave(page)

    enter(page, "foreign")
    page.goto("/ledgers/members/new/")
    _fill(page, name=mover, birth_on="1980-01-02", joined_on="2018-09-01", join_reason="转入")
    _save(page)
    page.get_by_role("button", name="计入党员组织关系接转").click()
    _fill(
        page,
        letter_no="示-0088回",
        issued_on="2018-09-01",
        issuer="示例区教育局",
        from_org="甲校",
        valid_days="30",
        dues_paid_through="2018-08",
        received_on="2018-09-05",
    )
    _save(page)
    is_accessible(page)
    moved = Person.objects.get(name=mover)
    spells = (
        Membership.objects.filter(person=moved)
        .order_by("joined_on")
        .values_list("branch__short_name", "left_on")
    )
    assert list(spells) == [("甲校", date(2018, 9, 1)), ("乙校", None)]


def test_every_page_of_a_clerk_is_accessible(page: Page) -> None:
    branch = _small()
    enter(page, "clerk")
    for url in (
        "/search/?q=示例",
        "/ledgers/meetings/read/",
        "/intake/sheets/dues-payments/",
        "/intake/sheets/members/",
        "/password/",
        f"/papers/book/{branch.pk}/",
        f"/branches/{branch.pk}/todo/",
        f"/branches/{branch.pk}/chart/",
    ):
        visit(page, url)
        is_accessible(page)


def test_the_roster_follows_a_letter_by_one_press(page: Page) -> None:
    _small()
    enter(page, "clerk")
    page.goto("/ledgers/transfers/new/")
    _fill(
        page,
        person=NAMES[7],
        direction="转出",
        letter_no="示-0090",
        issued_on="2018-09-03",
        issuer="示例区教育局",
        from_org="甲校",
        to_org="乙校",
        valid_days="30",
        dues_paid_through="2018-09",
        stage="正式党员",
        received_on="2018-09-12",
    )
    _save(page)
    expect(page.get_by_text(f"花名册上{NAMES[7]}仍在册")).to_be_visible()
    page.get_by_role("button", name="花名册记为2018年9月12日离开").click()

    expect(page.get_by_text("已记为2018年9月12日离开")).to_be_visible()
    settle(page)
    spell = Membership.objects.get(person__name=NAMES[7])
    assert (spell.left_on, spell.leave_reason) == (date(2018, 9, 12), "moved_out")
