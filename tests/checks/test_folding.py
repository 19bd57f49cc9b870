"""One fact is one line with its extent, true of each that it folds; the gravest come first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest

from taizhang.checks import engine
from taizhang.checks.actions import checking
from taizhang.checks.reasons import queries
from taizhang.checks.reasons.folding import Matter
from taizhang.checks.recheck import store as recheck_store
from taizhang.kernel.calendar import windows
from taizhang.orgs.models import Person
from taizhang.rules.base import Suspicion
from tests.make import NAMES, Cast, inspected, raw, save

DUES, ASSEMBLY, PLAN, REVIEW = "L25:L25.2", "L28:L28.1", "L18:L18.1", "L32:L32.4"


@pytest.fixture(autouse=True)
def _scope(people: Cast, now: datetime) -> None:
    inspected(now, (2015, 2018), date(2018, 10, 25))


Said = tuple[str, str, dict[str, Any]]
"""Rule, window, the rest of a suspicion."""


def _matters(people: Cast, said: Iterable[Said]) -> list[Matter]:
    scope = queries.must_have_scope()
    rules = engine.rules(scope.catalogue)
    rows = [
        recheck_store.row_of(people.own.pk, Suspicion(rule, people.own.pk, window, **more), rules[rule], {})
        for rule, window, more in said
    ]  # fmt: skip
    return queries.matters_of(queries.reasons_of(rows, scope), scope)


def _texts(people: Cast, *said: Said) -> list[str]:
    return [matter.text for matter in _matters(people, said)]


def _person(name: str) -> int:
    return Person.objects.get(name=name).pk


def _months(first: date, last: date) -> list[str]:
    return [window.label for window in windows("month", first, last)]


def test_months_of_one_person_are_one_line_with_their_extent(people: Cast) -> None:
    who = _person(NAMES[0])
    unpaid = [(DUES, m, {"other": who}) for m in _months(date(2015, 6, 1), date(2018, 2, 1))]
    (matter,) = _matters(people, reversed(unpaid))
    assert matter.text == f"{NAMES[0]}2015年6月—2018年2月共33个月未交党费"
    assert [reason.window for reason in matter.members][:2] == ["2015-06", "2015-07"]


def test_of_many_only_the_words_that_are_asked_for_are_made(people: Cast) -> None:
    months = _months(date(2016, 1, 1), date(2016, 8, 1))
    (matter,) = _matters(
        people, [(DUES, m, {"other": _person(name)}) for name in NAMES for m in months]
    )
    assert matter.text.startswith(NAMES[0])
    made = [set(reason.said) for reason in matter.members]
    assert set().union(*made) == {"window", "person", "group"}
    assert sum(map(len, made)) < len(made) * 2


def test_what_is_no_run_is_said_run_by_run_or_as_so_many_of_a_time(people: Cast) -> None:
    labels = ["2016-Q1", "2016-Q3", "2016-Q4", "2017-Q1"]
    assert _texts(people, *((ASSEMBLY, q, {}) for q in labels)) == [
        "2016年一季度、2016年三季度—2017年一季度共4个季度未召开党员大会"
    ]
    labels = ["2015-Q1", "2015-Q3", "2016-Q1", "2016-Q3"]
    assert _texts(people, *((ASSEMBLY, q, {}) for q in labels)) == [
        "2015年一季度—2016年三季度间有4个季度未召开党员大会"
    ]


def test_people_of_one_window_are_named_and_counted(people: Cast) -> None:
    said = [(REVIEW, "2017", {"other": _person(name)}) for name in NAMES]
    (text,) = _texts(people, *said)
    assert text.startswith("、".join(NAMES[:3]) + "等8人2017年")
    (two,) = _texts(people, *said[:2])
    assert two.startswith(f"{NAMES[0]}、{NAMES[1]}2人2017年")


def test_the_one_who_lacks_many_stands_apart_from_those_who_lack_one(people: Cast) -> None:
    long = [(DUES, m, {"other": _person(NAMES[0])}) for m in _months(date(2016, 1, 1), date(2016, 8, 1))]  # fmt: skip
    short = [(DUES, "2017-03", {"other": _person(NAMES[1])}), (DUES, "2017-05", {"other": _person(NAMES[2])})]  # fmt: skip
    assert _texts(people, *short, *long) == [
        f"{NAMES[0]}2016年1月—2016年8月共8个月未交党费",
        f"{NAMES[1]}2017年3月未交党费；同类的共2处（2017年3月—2017年5月，2人）",
    ]


def test_where_everybody_lacks_much_the_rule_is_the_fact(people: Cast) -> None:
    months = _months(date(2016, 1, 1), date(2016, 8, 1))
    said = [(DUES, m, {"other": _person(name)}) for name in NAMES for m in months]
    assert _texts(people, *said) == [
        f"{NAMES[0]}2016年1月未交党费；同类的共64处（2016年1月—2016年8月，8人）"
    ]


def test_a_number_is_said_of_the_one_it_was_found_of(people: Cast) -> None:
    said = [("L31:L31.2", year, {"found": 3, "wanted": 4}) for year in ("2015", "2016", "2017")]
    assert _texts(people, *said) == ["2015年党课仅开展3次，少于4次；同类的共3处（2015年—2017年）"]


def test_a_window_that_comes_twice_is_not_counted_as_two_months(people: Cast) -> None:
    """Two of one name, or two records of a month: an extent would be false."""
    who = _person(NAMES[0])
    said = [(DUES, m, {"other": who, "subject": n}) for n, m in enumerate(("2016-01", "2016-01", "2016-02"))]  # fmt: skip
    assert "共3个月" not in _texts(people, *said)[0]


def test_the_same_sentence_is_said_once(people: Cast) -> None:
    (text,) = _texts(people, *(("L28:MT.13", "2016-03-08", {"subject": 10**9 + n}) for n in range(9)))  # fmt: skip
    assert text.endswith("（相同的9处）")


def test_the_grave_come_first_then_what_is_missing_then_the_long(people: Cast) -> None:
    ballot: Said = ("L32:L32.2c", "2018-02-01", {"subject": 1})
    late: Said = ("L25:L25.9", "2017", {})
    year: Said = (PLAN, "2016", {})
    quarters: list[Said] = [(ASSEMBLY, q, {}) for q in ("2018-Q1", "2018-Q2")]
    found = [m.rule.id for m in _matters(people, [late, *quarters, ballot, year])]
    assert found.index(PLAN) < found.index(ASSEMBLY)
    assert [engine.rules("tianning-2018")[one].severity for one in found] == sorted(
        (engine.rules("tianning-2018")[one].severity for one in found),
        key=("error", "warn", "info").index,
    )


def test_what_is_missing_comes_before_what_is_amiss_in_a_record(people: Cast) -> None:
    """However many records are amiss: 2017年度没有组织生活会 before a miscounted ballot."""
    amiss = [("L30:MT.9", f"2016-{m:02d}-11", {"subject": m, "found": 302}) for m in range(1, 12)]
    found = _matters(people, [*amiss, ("L32:L32.1", "2017", {})])
    assert [m.rule.id for m in found] == ["L32:L32.1", "L30:MT.9"]


def test_what_cannot_be_told_is_no_error(people: Cast) -> None:
    (told,) = _matters(people, [("L03:L03.3", "", {"certain": 0, "detail": "sections"})])
    assert (told.first.severity, told.first.label) == ("unsure", "无法判断")


def test_pages_fold_and_let_unfold(people: Cast, now: datetime, login: Any) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    office, own = login(people.users["office"]), people.own.pk

    page = office.get(f"/branches/{own}/items/L28/").content.decode()
    assert page.count("2015年一季度—2018年三季度共15个季度未召开党员大会") == 1
    assert "逐处查看（15）" in page
    assert "2016年三季度未召开党员大会" in page
    assert "s-error" in page
    book = office.get(f"/branches/{own}/").content.decode()
    head = book.partition("最突出的问题")[2].partition("</ol>")[0]
    assert head.count("<li>") == 5
    assert re.findall(r"/items/(L\d\d)/", head) == ["L25", "L18", "L26", "L31", "L35"], (
        "four years, of which the last was due in March, before fifteen quarters"
    )
    book = office.get(f"/branches/{own}/?from=2015-01-01&to=2017-12-31").content.decode()
    head = book.partition("最突出的问题")[2].partition("</ol>")[0]
    assert head.count("<li>") == 5
    assert f'/branches/{own}/items/L28/?from=2015-01-01&amp;to=2017-12-31"' in head, (
        "twelve quarters before as long three years"
    )
    todo = office.get(f"/branches/{own}/todo/").content.decode()
    assert todo.count("共15个季度未召开党员大会") == 1


def test_no_error_says_that_it_cannot_tell(people: Cast, now: datetime, login: Any) -> None:
    save(people.own, people.actor("clerk"), now, "documents", **raw("documents") | {"kind": "支部委员工作职责", "sections": ""})  # fmt: skip
    checking.check_all(name="reference", actor=None, now=now)
    office = login(people.users["office"])
    pages = [office.get(f"/branches/{people.own.pk}/items/L{n:02d}/").content.decode() for n in range(1, 37)]  # fmt: skip
    assert any("无法判断：" in page for page in pages)
    assert not any('>错误</span> 无法判断' in page or '>提醒</span> 无法判断' in page for page in pages)  # fmt: skip


def test_a_branch_page_is_narrowed_to_days(people: Cast, now: datetime, login: Any) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    client, url = login(people.users["clerk"]), f"/branches/{people.own.pk}/"
    page = client.get(f"{url}?from=2018-01-01&to=2018-12-31").content.decode()
    assert "只列出 2018-01-01 至 2018-12-31 的疑点" in page
    assert "2018年一季度—2018年三季度共3个季度未召开党员大会" in page
    assert "2015年" not in page.partition("最突出的问题")[2]
    assert "只列出" not in client.get(url).content.decode()


def _letters(people: Cast, *said: Said) -> list[str]:
    return [matter.official for matter in _matters(people, said)]


def test_a_letter_has_the_same_extent_in_its_own_words(people: Cast) -> None:
    one, two = _person(NAMES[0]), _person(NAMES[1])
    unpaid = [
        (DUES, month, {"other": one}) for month in _months(date(2015, 6, 1), date(2018, 2, 1))
    ]
    assert _letters(people, *unpaid) == [f"{NAMES[0]}2015年6月至2018年2月共33个月未交党费"]
    quarters: list[Said] = [(ASSEMBLY, label, {}) for label in ("2016-Q3", "2018-Q1")]
    assert _letters(people, *quarters) == ["2016年第三季度、2018年第一季度共2个季度未召开党员大会"]
    apart = [(DUES, "2015-06", {"other": one}), (DUES, "2018-09", {"other": two})]
    assert _letters(people, *apart) == [
        f"{NAMES[0]}2015年6月未交党费，此类情况共2处（2015年6月至2018年9月，2人）"
    ]
    assert _letters(people, (DUES, "2015-06", {"other": one})) == [f"{NAMES[0]}2015年6月未交党费"]


def test_what_speaks_of_the_system_on_the_screen_does_not_in_a_letter(people: Cast) -> None:
    said = ("L28:AF-D4", "2018-10-20", {"found": 5})
    (matter,) = _matters(people, [said])
    assert "同一账号" in matter.text
    assert matter.official == "2018年10月20日在一小时之内集中形成5个月的会议记录"


def test_an_item_page_is_narrowed_to_the_days_of_its_link(
    people: Cast, now: datetime, login: Any
) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    client, days = login(people.users["office"]), "?from=2018-01-01&to=2018-12-31"
    url = f"/branches/{people.own.pk}/items/L28/"

    page = client.get(f"{url}{days}").content.decode()

    assert "只列出 2018-01-01 至 2018-12-31 的疑点" in page
    assert "2018年一季度—2018年三季度共3个季度未召开党员大会" in page
    assert "2017年" not in page
    assert f'href="/branches/{people.own.pk}/?from=2018-01-01&amp;to=2018-12-31"' in page
    assert "只列出" not in client.get(url).content.decode()
    pressed = re.search(r'action="(/suspicions/\d+/dismiss/[^"]*)"', page)
    assert pressed is not None
    answer = client.post(unescape(pressed[1]), {"explanation": "seen", "reason": "看过原件"})
    assert answer.url == f"{url}{days}", "the page stays with its days"
