"""A notice in other words is inspected by the same rules: line by line, as the words or a person
say.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
import python_calamine

from taizhang.checks import editions, engine
from taizhang.checks.actions import checking
from taizhang.checks.models import Outcome
from taizhang.inspection import actions
from taizhang.inspection.models import LineDecision, Round
from taizhang.inspection.requirements import actions as matching
from taizhang.inspection.requirements import matched as requirements
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.notices import read
from taizhang.rules.kinds.periodic import Periodic
from tests.catalogue.edits import edited
from tests.inspection.conftest import Scene
from tests.make import Cast
from tests.notices.papers import SAMPLE


def _opened(text: str, people: Cast, now: datetime) -> Round:
    notice = read.notice(text.encode())
    return actions.open_round(
        notice=notice, source_name="n.txt", source=text.encode(), matches={}, actor=people.actor("office"), now=now
    )  # fmt: skip


def _linked(opened: Round) -> list[str]:
    return list(opened.items.filter(is_topic=False).values_list("catalogue_item", flat=True))


ALL = [f"L{n:02}" for n in range(1, 37)]


def test_one_changed_word_unlinks_nothing(people: Cast, now: datetime) -> None:
    text = SAMPLE.read_text("utf-8")
    opened = _opened(text.replace("每月召开一次", "每月至少召开一次", 1), people, now)
    assert (opened.catalogue, _linked(opened)) == ("tianning-2018", ALL)


def test_twenty_edits_unlink_nothing(people: Cast, now: datetime) -> None:
    assert _linked(_opened(edited(), people, now)) == ALL


def test_a_line_for_several_items_is_judged_by_each(
    people: Cast, now: datetime, login: Any
) -> None:
    old = "党员大会台账\n\t每季度召开一次"
    text = SAMPLE.read_text("utf-8")
    assert old in text
    opened = _opened(text.replace(old, "“三会一课”台账\n\t每季度召开一次", 1), people, now)

    split = opened.items.filter(title__startswith="“三会一课”台账")
    assert [item.catalogue_item for item in split] == ["L28", "L29", "L30", "L31"]
    assert split[0].title == "“三会一课”台账（党员大会台账）"
    assert [item.no for item in opened.items.all()] == [*range(1, opened.items.count() + 1)]

    office = login(people.users["office"])
    page = office.get(f"/rounds/{opened.pk}/requirements/").content.decode()
    told = re.findall(r">(\d+)\. <b>", page)
    assert told == [f"{n}" for n in range(1, 37)], "as the notice numbers them"
    first = split[0].no
    numbers = "、".join(f"{first + n}" for n in range(4))
    assert f"检查表第{numbers}项" in page
    assert page.count("检查表第") == 36 - first + 1


def foreign_text() -> str:
    """A notice with one line that nobody here knows, and a committee that meets each quarter."""
    text = SAMPLE.read_text("utf-8").replace("支部班子分工", "红色引擎工程")
    text = text.replace(
        "支部班子调整后，应及时召开支委会，明确各支委分工，形成文件决议，并在党内公开。", "有方案。"
    )
    return text.replace("每月召开一次，支委会", "每季度召开一次，支委会")


def _foreign(people: Cast, now: datetime) -> Round:
    return _opened(foreign_text(), people, now)


def _asked(opened: Round, title: str) -> requirements.Asked:
    return next(one for one in requirements.asked(opened) if one.line.title == title)


def _match(opened: Round, title: str, items: list[str], people: Cast, now: datetime) -> None:
    chosen = {_asked(opened, title).mark: items}
    matching.match_lines(opened=opened, chosen=chosen, actor=people.actor("office"), now=now)


def test_what_a_person_matched_is_remembered_for_the_next_notice(
    people: Cast, now: datetime
) -> None:
    opened = _foreign(people, now)
    assert _asked(opened, "红色引擎工程").items == []
    _match(opened, "红色引擎工程", ["L16"], people, now)

    again = _asked(_foreign(people, now), "红色引擎工程")

    assert (again.items, again.matches[0].words) == (["L16"], requirements.BEFORE)


def test_a_person_may_divide_a_line_and_put_it_together_again(people: Cast, now: datetime) -> None:
    opened = _foreign(people, now)
    whole = list(opened.items.values_list("no", "title", "catalogue_item"))
    _match(opened, "红色引擎工程", ["L16", "L14"], people, now)
    divided = opened.items.filter(title__startswith="红色引擎工程")
    assert [item.catalogue_item for item in divided] == ["L14", "L16"]

    _match(opened, "红色引擎工程", [], people, now)

    assert list(opened.items.values_list("no", "title", "catalogue_item")) == whole


def test_an_item_that_is_not_there_is_refused(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="L99"):
        _match(_foreign(people, now), "红色引擎工程", ["L99"], people, now)
    assert not LineDecision.objects.exists()


def _decide(
    opened: Round, title: str, verdict: str, people: Cast, now: datetime, at_least: int = 1
) -> None:
    offer = _asked(opened, title).offers[0]
    said = [matching.Decided(offer.mark, verdict, offer.rule.every, at_least)]
    matching.decide_rules(opened=opened, decisions=said, actor=people.actor("office"), now=now)


def _often(name: str) -> list[tuple[str, int]]:
    item = engine.catalogue(name).item("L29")
    assert item
    return [(r.every, r.at_least) for r in item.rules if isinstance(r, Periodic)]


def test_a_rule_that_a_person_adopts_holds_for_this_round_alone(
    people: Cast, now: datetime
) -> None:
    opened = _foreign(people, now)
    assert _asked(opened, "支委会台账").offers[0].compared.told == "每月1次 → 每季度1次"
    _decide(opened, "支委会台账", "adopted", people, now)

    assert _often(opened.catalogue) == [("quarter", 1)]
    assert editions.latest("tianning-2018") == "tianning-2018"
    rule = next(r for r in engine.catalogue(opened.catalogue).rules() if r.id == "L29:L29.1")
    assert rule.basis[0].told == f"《{opened.title}》：每季度召开一次"


def test_a_stored_version_of_a_round_reads_the_same_in_another_process(
    people: Cast, now: datetime
) -> None:
    opened = _foreign(people, now)
    _decide(opened, "支委会台账", "adopted", people, now)
    engine.catalogue.cache_clear()
    editions._HELD.clear()
    assert _often(opened.catalogue) == [("quarter", 1)]


def test_a_rule_is_changed_or_taken_back(people: Cast, now: datetime) -> None:
    opened = _foreign(people, now)
    _decide(opened, "支委会台账", "changed", people, now, at_least=2)
    assert _often(opened.catalogue) == [("quarter", 2)]
    _decide(opened, "支委会台账", "rejected", people, now)
    assert opened.catalogue == "tianning-2018"
    before = _asked(_foreign(people, now), "支委会台账").offers[0].before
    assert before
    assert before.verdict == "rejected"


def test_nonsense_is_refused_with_its_rule(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="每季度至少1次支委会"):
        _decide(_foreign(people, now), "支委会台账", "adopted", people, now, at_least=0)


def test_what_was_published_stays(draft: Scene) -> None:
    draft.step("publish")
    with pytest.raises(WrongState):
        _match(draft.opened, "党支部工作职责", ["L02"], draft.people, draft.now)


def test_the_page_matches_decides_and_says_what_is_open(
    people: Cast, now: datetime, login: Any
) -> None:
    opened = _foreign(people, now)
    office, url = login(people.users["office"]), f"/rounds/{opened.pk}/requirements/"
    page = office.get(url).content.decode()
    assert "1 条没有对应项目" in page
    assert "每季度至少1次支委会" in page
    assert "（原文：每季度召开一次）" in page
    line, offer = _asked(opened, "红色引擎工程"), _asked(opened, "支委会台账").offers[0]

    office.post(f"{url}lines/", {"line": [line.mark], f"item-{line.mark}": ["L16", ""]})
    office.post(f"{url}rules/", {
        "rule": [offer.mark], f"verdict-{offer.mark}": "adopted", f"every-{offer.mark}": "quarter", f"at-least-{offer.mark}": "1",
    })  # fmt: skip

    opened.refresh_from_db()
    assert _asked(opened, "红色引擎工程").items == ["L16"]
    assert _often(opened.catalogue) == [("quarter", 1)]
    assert "上次：采用" in office.get(url).content.decode()
    wrong = office.post(f"{url}rules/", {"rule": [offer.mark], f"verdict-{offer.mark}": "adopted", f"at-least-{offer.mark}": "x"})  # fmt: skip
    assert wrong.status_code == 422


def _three_of_which_two(people: Cast, now: datetime) -> Round:
    """A notice that asks of several meetings otherwise than the catalogue."""
    text = SAMPLE.read_text("utf-8")
    for old, new in (
        ("党课每年不少于四次，其中有一次是支部书记上党课", "党课每年不少于三次，其中书记讲课不少于两次"),
        ("每月召开一次，支委会", "每季度召开两次，支委会"),
        ("每季度召开一次，党员大会", "每半年召开一次，党员大会"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new, 1)
    return _opened(text, people, now)


def _rules_of(name: str) -> dict[str, Any]:
    return {rule.id: rule for rule in engine.catalogue(name).rules()}


def test_one_press_makes_the_rule_that_is_shown_and_no_other(
    people: Cast, now: datetime, login: Any
) -> None:
    opened, office = _three_of_which_two(people, now), login(people.users["office"])
    url, own = f"/rounds/{opened.pk}/requirements/", _rules_of(opened.catalogue)
    offers = [o for o in requirements.offers(opened) if o.compared.difference == "changed"]
    assert [offer.told for offer in offers] == [
        "每半年至少1次党员大会", "每季度至少2次支委会", "每年至少3次党课", "每年至少2次支部书记上党课",
    ]  # fmt: skip
    page = office.get(url).content.decode()
    for offer in offers:
        assert f"{offer.told}<span" in page
        assert f"（原文：{offer.rule.quote}）" in page
        said: dict[str, Any] = {"rule": [offer.mark], f"every-{offer.mark}": offer.rule.every}
        said[f"at-least-{offer.mark}"] = str(offer.rule.at_least)

        office.post(f"{url}rules/", said | {f"verdict-{offer.mark}": "adopted"})

        opened.refresh_from_db()
        now_there = _rules_of(opened.catalogue)
        (rule,) = (one for key, one in now_there.items() if one != own.get(key))
        gone = {own[key].every for key in own.keys() - now_there.keys()}
        assert gone <= {own[rule.id].every}, "what goes is of the window that was changed"
        assert (rule.every, rule.at_least) == (offer.rule.every, offer.rule.at_least)
        assert rule.basis[0].gist == offer.rule.quote
        assert bool(rule.held_by) == (offer.rule.by == "secretary")

        office.post(f"{url}rules/", said | {f"verdict-{offer.mark}": "rejected"})
        opened.refresh_from_db()
        assert opened.catalogue == "tianning-2018"


def test_a_branch_does_not_see_the_page(people: Cast, now: datetime, login: Any) -> None:
    opened = _foreign(people, now)
    assert login(people.users["clerk"]).get(f"/rounds/{opened.pk}/requirements/").status_code == 403


def test_a_notice_of_today_is_judged_by_todays_catalogue(people: Cast, now: datetime) -> None:
    text = (
        SAMPLE.read_text("utf-8").replace("2015—2018年", "2023—2025年").replace("2018年", "2026年")
    )
    opened = _opened(text.replace("党课台账", "主题党日台账"), people, now)
    assert opened.catalogue == "zhibu-2026"
    assert opened.items.get(title="主题党日台账").catalogue_item == "L37"


def test_another_catalogue_matches_anew_and_shows_what_became_of_the_last_rounds(
    draft: Scene, login: Any
) -> None:
    draft.step("publish")
    office = draft.people.actor("office")
    fresh = actions.follow_up(
        previous=draft.opened, title="回头看", days=(draft.people.day, draft.people.day), period_to=draft.people.day,
        actor=office, now=draft.now, still_open=True,
    )  # fmt: skip
    page, url = login(draft.people.users["office"]), f"/rounds/{fresh.pk}/requirements/"
    assert "与上一轮的要求对照" not in page.get(url).content.decode()

    page.post(f"{url}catalogue/", {"catalogue": "zhibu-2026"})

    fresh.refresh_from_db()
    assert fresh.catalogue == "zhibu-2026"
    assert fresh.items.get(no=29).catalogue_item == "L29"
    assert fresh.items.get(no=19).catalogue_item == ""
    told = page.get(url).content.decode()
    assert "与上一轮的要求对照" in told
    assert "主题党日台账" in told
    assert page.post(f"{url}catalogue/", {"catalogue": "none"}).status_code == 422


def test_the_page_of_a_notice_shows_what_each_line_means(
    people: Cast, now: datetime, login: Any
) -> None:
    text = SAMPLE.read_text("utf-8").replace("党费收缴台账", "消防安全台账")
    draft = actions.take_in(
        file_name="n.txt", source=text.encode(), actor=people.actor("office"), now=now
    )
    page = login(people.users["office"]).get(f"/notices/{draft.pk}/").content.decode()
    assert "对应：L29<" in page
    assert page.count("没有找到，只由人工判断") == 1


def test_what_a_person_found_to_mean_nothing_is_told_as_decided(
    people: Cast, now: datetime, login: Any
) -> None:
    office = login(people.users["office"])
    opened = _opened(SAMPLE.read_text("utf-8"), people, now)
    one = _asked(opened, "党费收缴台账")
    who = people.actor("office")
    matching.match_lines(opened=opened, chosen={one.mark: []}, actor=who, now=now)
    page = office.get(f"/rounds/{opened.pk}/requirements/").content.decode()
    assert ("以前确认过：不对应" in page, "没有找到相近的项目" in page) == (True, False)

    source = SAMPLE.read_bytes()
    draft = actions.take_in(file_name="n.txt", source=source, actor=who, now=now)
    review = office.get(f"/notices/{draft.pk}/").content.decode()
    assert "对应：没有（以前确认过不对应）" in review
    assert "没有找到，只由人工判断" not in review


def test_no_other_demands_are_announced_where_none_were_read(
    people: Cast, now: datetime, login: Any
) -> None:
    text = SAMPLE.read_text("utf-8")
    plain = (
        text[: text.index("大类")]
        + "大类\n\t小类\n\t内容\n\t台账要求\n\n\t组织生活\n\t党课\n\t党课\n\t每季度一次\n"
    )
    office = login(people.users["office"])
    for told, said in ((plain, False), (text, True)):
        opened = _opened(told, people, now)
        page = office.get(f"/rounds/{opened.pk}/requirements/").content.decode()
        assert ("原文的其他要求" in page) is said


@pytest.mark.django_db
def test_an_item_is_told_by_its_whole_name_unless_the_line_bears_it() -> None:
    notice = read.notice(SAMPLE.read_bytes())
    line = next(item for item in notice.items if item.title == "发展党员工作台账")
    whole = requirements.names_of(notice)[line.no]
    shorter = line.model_copy(update={"title": "发展党员"})
    items = [shorter if item is line else item for item in notice.items]

    told = requirements.names_of(notice.model_copy(update={"items": items}))[line.no]

    assert whole == "L17"
    assert told == "L17 发展党员工作台账"


def test_what_bears_its_own_name_is_not_asked_about(
    people: Cast, now: datetime, login: Any
) -> None:
    text = "关于督查的通知\n各支部：\n一、督查分组\n第一组：组长：王五，督查单位：甲校、乙校\n"
    draft = actions.take_in(
        file_name="n.txt", source=text.encode(), actor=people.actor("office"), now=now
    )
    page = login(people.users["office"]).get(f"/notices/{draft.pk}/").content.decode()
    assert "2 个名称就是党组织的名称，照此对应</summary><p> 甲校、乙校。" in page
    assert 'name="match-1"' not in page


def _only(draft: Scene, *keys: str) -> None:
    gone = draft.opened.items.exclude(catalogue_item__in=keys).values_list("pk", flat=True)
    office = draft.people.actor("office")
    actions.change_items(opened=draft.opened, add=[], gone=list(gone), actor=office, now=draft.now)
    draft.step("publish")


def test_pages_say_that_the_notice_asks_for_a_part_of_what_is_judged(
    draft: Scene, login: Any
) -> None:
    _only(draft, "L28", "L29")
    office = login(draft.people.users["office"])
    page = office.get("/board/").content.decode()
    assert "按《天宁区基层党支部规范化建设台账要求》36 项核对" in page
    assert "只列了其中 2 项" in page
    assert "其余 34 项不是这次通知要求的" in page
    assert 'href="/items/L28/"' in page
    assert f'href="/rounds/{draft.opened.pk}/requirements/"' in page

    own = f"/branches/{draft.people.own.pk}/"
    page = login(draft.people.users["secretary"]).get(own).content.decode()
    assert "只列了其中 2 项" in page
    assert f'href="{own}items/L28/">L28' in page
    assert f"/rounds/{draft.opened.pk}/" not in page.partition('id="judged-by"')[2][:900]


def test_pages_are_narrowed_to_what_the_notice_asks_for(draft: Scene, login: Any) -> None:
    _only(draft, "L28", "L29")
    checking.check_all(name="reference", actor=None, now=draft.now)
    office, own = login(draft.people.users["office"]), draft.people.own
    answer = office.get("/board/?asked=1&order=area")
    board, page = answer.context["board"], answer.content.decode()
    assert [item.id for _, items in board.groups for item in items] == ["L28", "L29"]
    assert sum(n for _, _, n in board.counts) == 2 * len(board.rows)
    assert {one.item for one in board.common} <= {"L28", "L29"}
    assert "本页只列这 2 项" in page
    assert 'href="?order=area">看全部 36 项' in page
    assert '<input type="hidden" name="asked" value="1">' in page
    assert f'href="/branches/{own.pk}/?asked=1"' in page
    assert (
        'href="?order=area&amp;asked=1">只看' in office.get("/board/?order=area").content.decode()
    )

    answer = office.get(f"/branches/{own.pk}/?asked=1")
    book = answer.context["book"]
    assert [line.item.id for _, lines in book.groups for line in lines] == ["L28", "L29"]
    assert {one.first.item for one in book.worst} <= {"L28", "L29"}
    assert {item.id for item, _ in answer.context["strip"].items} <= {"L28", "L29"}
    assert "asked=1&amp;year=2018" in answer.content.decode()


def test_sheets_are_narrowed_and_say_so(draft: Scene, login: Any) -> None:
    _only(draft, "L28", "L29")
    office = login(draft.people.users["office"])
    for at, name in (("board", "总览"), (f"branches/{draft.people.own.pk}", "各项台账")):
        narrow, whole = (
            python_calamine.load_workbook(BytesIO(office.get(f"/{at}/export/{query}").content))
            for query in ("?asked=1", "")
        )
        assert (narrow.sheet_names[0], whole.sheet_names[0]) == (f"{name}（通知所列2项）", name)
        told, of_all = (str(one.get_sheet_by_index(0).to_python()) for one in (narrow, whole))
        assert ("L29" in told, "L30" in told, "L30" in of_all) == (True, False, True)


def test_what_nobody_judged_is_no_better_for_being_narrowed(draft: Scene, login: Any) -> None:
    _only(draft, "L28", "L29")
    answer = login(draft.people.users["office"]).get("/board/?asked=1")
    assert [code for code, _, _ in answer.context["board"].counts] == [Outcome.UNCHECKED]
    assert '<p class="muted">未核对。</p>' in answer.content.decode()


def test_a_notice_that_asks_for_everything_narrows_nothing(draft: Scene, login: Any) -> None:
    draft.step("publish")
    answer = login(draft.people.users["office"]).get("/board/?asked=1")
    assert len(answer.context["board"].affected) == 36
    assert "本页只列" not in answer.content.decode()


def test_a_notice_that_asks_for_everything_is_judged_by_everything(
    draft: Scene, login: Any
) -> None:
    draft.step("publish")
    page = login(draft.people.users["office"]).get("/board/").content.decode()
    assert "按《天宁区基层党支部规范化建设台账要求》36 项核对。" in page
    assert "不是这次通知要求的" not in page


@pytest.mark.parametrize(("catalogue", "told"), [("tianning-2018", True), ("zhibu-2026", False)])
def test_what_a_notice_asked_for_is_known_while_its_catalogue_is_kept_to(
    draft: Scene, login: Any, catalogue: str, told: bool
) -> None:
    _only(draft, "L28")
    checking.set_scope(
        from_on=date(2015, 1, 1),
        to_on=date(2018, 10, 31),
        on=None,
        catalogue=catalogue,
        actor=draft.people.actor("office"),
        now=draft.now,
    )
    page = login(draft.people.users["office"]).get("/board/").content.decode()
    assert ("只列了其中 1 项" in page) == told
