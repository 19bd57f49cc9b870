"""The sentence of a suspicion: months and years where a record has no day, and whom it is about."""

from __future__ import annotations

import json
import re
from datetime import date, datetime

import pytest
from pydantic import ValidationError

from taizhang.checks import editions, engine
from taizhang.checks.actions import checking
from taizhang.checks.models import Edition
from taizhang.checks.reasons import queries, sentences
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import nested
from taizhang.ledgers.kinds import KINDS
from taizhang.rules.base import Suspicion
from taizhang.rules.kinds import Periodic
from tests.make import NAMES, Cast, inspected, raw, save

BASE = "tianning-2018"
NOBODY = sentences.Names({}, {}, {}, {})


@pytest.mark.parametrize(
    ("rule", "window", "begins"),
    [
        ("L25:L25.5b", "2018-03-01", "2018年3月党费"),
        ("L18:L18.2", "2018-01-01", "2018年学习计划"),
        ("L18:AF-T7", "2018-01-01", "2018年学习计划"),
        ("L28:MT.6d", "2018-01-01", "2018年1月1日党员大会"),
        ("L29:L29.1", "2018-01", "2018年1月未召开"),
    ],
)
def test_a_month_or_a_year_is_said_as_such(rule: str, window: str, begins: str) -> None:
    known = engine.rules(BASE)[rule]
    assert sentences.sentence(known, Suspicion(rule, 1, window, 7), NOBODY).startswith(begins)


@pytest.mark.parametrize(
    ("rule", "window", "told"),
    [
        ("L32:L32.1", "2015", "2015年度没有召开组织生活会"),
        ("L10:PD.4", "2015-01-12", "“‘三会一课’制度”没有对应的会议通过记录"),
    ],
)
def test_nothing_is_doubled_by_filling_a_template(rule: str, window: str, told: str) -> None:
    known = engine.rules(BASE)[rule]
    assert sentences.sentence(known, Suspicion(rule, 1, window, 7), NOBODY) == told


@pytest.mark.parametrize("text", ["“甲”“乙”", "“甲", "甲”“乙", "没有引号"])
def test_quotation_marks_that_stand_side_by_side_or_alone_stay(text: str) -> None:
    assert nested(text) == text


@pytest.mark.parametrize(("found", "told"), [(-21, "早21天"), (5, "晚5天")])
def test_how_far_apart_two_days_are(found: int, told: str) -> None:
    rule = engine.rules(BASE)["L28:AF-F2"]
    text = sentences.sentence(rule, Suspicion(rule.id, 1, "2018-03-06", 7, found=found), NOBODY)
    assert text == f"2018年3月6日会议照片的拍摄日期比会议日期{told}"


def test_whose_record_it_is_and_of_when_the_other(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    inspected(now, (2018, 2018), date(2018, 10, 25))
    for month, name in (("2018-02", NAMES[0]), ("2018-03", NAMES[1])):
        values = raw("dues-payments") | {"person": name, "month": month, "receipt_no": "A0001"}
        save(people.own, clerk, now, "dues-payments", **values)
    checking.check_all(name="reference", actor=None, now=now)
    report = queries.item_report(branch=people.own, key="L25")
    told = [reason.text for matter in report.matters for reason in matter.members]
    assert f"{NAMES[1]}2018年3月党费收据号与2018年2月的另一笔重复" in told


@pytest.mark.parametrize("text", ["{window}未召开{人名}", "{window", "{found:x}", "{window!q}"])
def test_a_sentence_that_cannot_be_filled_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Periodic(id="x", severity="error", finding=text, ledger="meetings", every="month")
    with pytest.raises(BadInput, match="疑点文字"):
        editions.changed(engine.catalogue(BASE), {"L29:L29.1": {"finding": text}})


WINDOWS = ("2017", "2017-H1", "2017-Q3", "2017-03", "2017-03-08")
CLUMSY = re.compile(r"年年|有0|某项|另一人的|““|””|，，|None|\{|\}|“[^”]*“|\d{4}-\d")


@pytest.mark.parametrize("detail", ["", "“三严三实”专题教育", "2017-03-31", "secretary"])
@pytest.mark.parametrize("found", [0, 1, 12])
def test_no_sentence_reads_like_a_machine(found: int, detail: str) -> None:
    everybody = sentences.Names(
        {8: "示例甲", 9: "示例乙"},
        {9: "第一党小组"},
        _ALL_DAYS,
        _ALL_NAMES,
        _ALL_CALLED,
    )
    texts = {
        sentences.sentence(
            rule, Suspicion(rule.id, 1, window, 8, 9, found, found, detail), everybody
        )
        for rule in engine.rules(BASE).values()
        for window in WINDOWS
    }
    assert len(texts) > 1000
    assert [text for text in texts if CLUMSY.search(text)] == []


_RECORDS = [(slug, key) for slug in ["", *KINDS] for key in (8, 9)]
_ALL_DAYS = dict.fromkeys(_RECORDS, "2017年3月9日")
_ALL_NAMES = {(slug, key): f"示例{key}" for slug, key in _RECORDS}
_ALL_CALLED = dict.fromkeys(_RECORDS, "支委会")


@pytest.mark.parametrize(
    ("rule", "suspicion", "told"),
    [
        ("L32:L32.1", Suspicion("", 1, "2017"), "2017年度没有召开组织生活会"),
        ("L14:L14.3", Suspicion("", 1, "2017-03-08", other=9, found=0), "第一党小组没有组长"),
        (
            "L03:L03.5",
            Suspicion("", 1, "2017-03-08", 8, found=9, detail="publicity"),
            "宣传委员的职责只有9字",
        ),
        (
            "L12:L12.1",
            Suspicion("", 1, "2017", 8, 9),
            "2017年没有支委示例乙与其他支委谈心谈话的记录",
        ),
        ("L18:L18.8", Suspicion("", 1, "2017-01-01", 8, 9), "示例82017年个人学习计划与示例9的相同"),
        (
            "L10:PD.6",
            Suspicion("", 1, "2017-03-08", 8, detail="××"),
            "“‘三会一课’制度”中留有未填写的占位符“××”",
        ),
        (
            "L12:PD.2",
            Suspicion("", 1, "2016-03-01", detail="2016-03-23"),
            "“谈心谈话制度”2016年3月1日至2016年3月23日没有有效版本",
        ),
        (
            "L28:MT.7",
            Suspicion("", 1, "2017-03-08", 8, 9, 1, 0, "示例丙"),
            "2017年3月8日示例丙同时出席本次会议和当日的另一场支委会",
        ),
    ],
)
def test_a_sentence_says_who_and_which(rule: str, suspicion: Suspicion, told: str) -> None:
    everybody = sentences.Names(
        {8: "示例甲", 9: "示例乙"}, {9: "第一党小组"}, _ALL_DAYS, _ALL_NAMES, _ALL_CALLED
    )
    text = sentences.sentence(engine.rules(BASE)[rule], suspicion, everybody)
    assert text == told


def test_names_are_looked_up_for_both_sides(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    inspected(now, (2018, 2018), date(2018, 10, 25))
    plan = raw("personal-study-plans") | {"year": "2018"}
    for name in NAMES[:2]:
        save(people.own, clerk, now, "personal-study-plans", **plan | {"person": name})
    for kind in ("党员大会", "支委会"):
        values = {"kind": kind, "title": f"2018年3月{kind}", "held_on": "2018-03-06"}
        hours = {"starts_at": "15:00", "ends_at": "16:00", "present": NAMES[0]}
        save(people.own, clerk, now, "meetings", **raw("meetings") | values | hours)
    checking.check_all(name="reference", actor=None, now=now)

    told = {
        reason.text
        for item in ("L18", "L28", "L29")
        for matter in queries.item_report(branch=people.own, key=item).matters
        for reason in matter.members
    }
    one, two = NAMES[:2]
    assert f"{two}2018年个人学习计划与{one}的相同" in told
    assert f"2018年3月6日{one}同时出席本次会议和当日的另一场支委会" in told
    assert f"2018年3月6日{one}同时出席本次支委会和当日的另一场党员大会" in told


def test_a_version_published_before_gets_sentences_for_letters(people: Cast, now: datetime) -> None:
    old = engine.catalogue(BASE).model_dump(mode="json", by_alias=True)
    rules = {rule["id"]: rule for item in old["items"] for rule in item["rules"]}
    for item in old["items"]:
        del item["heading"]
    for rule in rules.values():
        del rule["official"], rule["remedy"]
    rules["L29:MT.10"]["finding"] = "{window}会议记录雷同"
    Edition.objects.create(
        name=f"{BASE}+before", base=BASE, number=1, content=json.dumps(old, ensure_ascii=False),
        note="从前发布的", by=people.users["office"], at=now,
    )  # fmt: skip
    kept = engine.catalogue(f"{BASE}+before")
    found, own = ({r.id: r for r in c.rules()} for c in (kept, engine.catalogue(BASE)))
    assert found["L28:AF-D4"].letter == own["L28:AF-D4"].letter
    assert found["L29:MT.1"].to_do == "past"
    assert found["L29:MT.10"].letter == "{window}会议记录雷同"
    assert {item.id: item.heading for item in kept.items}["L25"] == "党费收缴"


@pytest.mark.parametrize("words", [sentences.ON_SCREEN, sentences.OFFICIAL])
def test_each_word_is_made_of_the_column_that_is_told(
    words: dict[str, sentences.Word],
) -> None:
    """Of every rule: with all other columns changed, the word is the same; else one member would
    speak for others.
    """
    one = Suspicion("", 1, "2018-03-01", 7, 8, 9, 10, "2018-03-05")
    other = Suspicion("", 1, "2017-01-01", 17, 18, 19, 20, "2017-01-05")
    keys = [(slug, n) for slug in KINDS for n in (7, 8, 17, 18)]
    named = {key: f"{key}" for key in keys}
    names = sentences.Names({8: "甲", 18: "乙"}, {8: "一组", 18: "二组"}, named, named, named)
    assert set(words) == set(sentences.RESTS_ON)
    for rule in engine.rules(BASE).values():
        for name, word in words.items():
            column = sentences.RESTS_ON[name]
            alike = other._replace(**{column: getattr(one, column)})
            assert word(rule, alike, names) == word(rule, one, names), (rule.id, name)
