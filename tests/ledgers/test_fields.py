"""What people write becomes a value or a refusal: each sort of field at its bounds. No database is
asked.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any, cast

import pytest

from taizhang.ledgers.fields import (
    NO_NAMES,
    Field,
    FieldKind,
    Lookup,
    Unreadable,
    masked,
    of_model,
    parse,
    render,
)
from taizhang.ledgers.kinds.case_talks import CaseTalk
from taizhang.ledgers.kinds.cases import DevelopmentCase
from taizhang.ledgers.kinds.documents import PolicyDocument
from taizhang.ledgers.kinds.meetings.models import Vote
from taizhang.ledgers.kinds.talks import HeartTalk
from taizhang.orgs.models import Person

NIL = "nothing: refused"
"""A text of its own, so that both workers call the cases the same."""
READ: list[tuple[FieldKind, Any, Any]] = [
    ("text", " 甲 ", "甲"), ("text", 5.0, "5"), ("text", 5.5, "5.5"), ("text", 999_999_999_999_999.0, "999999999999999"),
    ("text", "#1教室", "#1教室"), ("text", "REF!", "REF!"), ("text", "1.2E+1", NIL), ("text", 1e15, NIL), ("text", -1e15, NIL),
    ("text", "#REF!", NIL), ("text", "#N/A", NIL), ("text", "#NAME?", NIL), ("text", None, ""), ("long", "", ""),
    ("integer", "０7", 7), ("integer", 7.0, 7), ("integer", "123456789", 123_456_789), ("integer", 7.5, NIL), ("integer", True, NIL),
    ("integer", "1234567890", NIL), ("integer", "七", NIL), ("integer", "", None),
    ("permille", "15", 15), ("permille", "15‰", 15), ("permille", "1.5%", 15), ("permille", "2%", 20), ("permille", "0.1%", 1),
    ("permille", 0.015, 15), ("permille", 0.001, 1), ("permille", 0.999, 999), ("permille", 1.0, 1), ("permille", 2.0, 2), ("permille", 0.0015, NIL),
    ("permille", "1.55%", NIL),
    ("money", "7", 700), ("money", "7.5", 750), ("money", "7.05", 705), ("money", "￥1,234.56元", 123_456), ("money", 0.1 + 0.2, 30),
    ("money", "1.25万元", 1_250_000), ("money", "3万", 3_000_000), ("money", 1.2345, NIL),
    ("money", 78.0, 7800), ("money", "7.505", NIL), ("money", "七", NIL), ("money", "1234567890", NIL),
    ("date", datetime(2018, 3, 1, 23, 59, tzinfo=UTC), date(2018, 3, 1)), ("date", date(2018, 3, 1), date(2018, 3, 1)), ("date", "2018.3.1", date(2018, 3, 1)),
    ("date", "2018年3月", NIL), ("date", "三月", NIL),
    ("month", date(2018, 3, 31), date(2018, 3, 1)), ("month", "2018-03", date(2018, 3, 1)), ("month", "三月", NIL),
    ("time", 0.0, time(0)), ("time", 0.5, time(12)), ("time", 0.604_861_111, time(14, 31)), ("time", 0.999_999, time(0)), ("time", 0.999, time(23, 59)),
    ("time", 1.0, NIL), ("time", datetime(2018, 3, 1, 14, 30, tzinfo=UTC), time(14, 30)), ("time", time(14, 30), time(14, 30)), ("time", "14:30", time(14, 30)),
    ("yes", True, True), ("yes", "√", True), ("yes", "Yes", True), ("yes", "×", False), ("yes", "否", False), ("yes", "", False), ("yes", "也许", NIL),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "raw", "value"), READ, ids=repr)
def test_what_was_written_is_read_or_refused(kind: FieldKind, raw: Any, value: Any) -> None:
    field = Field(name="x", label="栏目", kind=kind)
    if value is NIL:
        with pytest.raises(Unreadable, match=r"。$"):
            parse(field, raw, NO_NAMES)
    else:
        read = parse(field, raw, NO_NAMES)
        assert (read, type(read)) == (value, type(value))


def test_a_choice_is_its_code_its_label_or_what_people_call_it() -> None:
    field = Field(
        name="x", label="栏目", kind="choice", choices=(("a", "党员大会"), ("b", "党课")), also=(("支部党员大会", "党员大会"),)
    )  # fmt: skip
    assert [parse(field, raw, NO_NAMES) for raw in ("a", "党课", "支部 党员大会", "")] == ["a", "b", "a", ""]  # fmt: skip
    with pytest.raises(Unreadable, match="“会”不在可选范围内，可填：党员大会、党课。"):
        parse(field, " 会 ", NO_NAMES)


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_what_must_be_there_is_missed(raw: str | None) -> None:
    with pytest.raises(Unreadable, match="不能为空"):
        parse(Field(name="x", label="栏目", kind="text", required=True), raw, NO_NAMES)
    assert parse(Field(name="x", label="栏目", kind="yes", unknown=True), raw, NO_NAMES) is None


def test_a_text_has_its_length() -> None:
    field = Field(name="x", label="栏目", kind="text", longest=3)
    assert parse(field, "甲乙丙", NO_NAMES) == "甲乙丙"
    with pytest.raises(Unreadable, match="不能超过3个字，现有4个字。"):
        parse(field, "甲乙丙丁", NO_NAMES)
    assert parse(Field(name="x", label="栏目", kind="integer", longest=1), "12", NO_NAMES) == 12


def test_what_was_hidden_does_not_come_back_as_a_value() -> None:
    hidden = Field(name="x", label="栏目", kind="text", mask=lambda text: "＊＊＊")
    for raw in ("1380＊＊＊0000", "1380****0000"):
        with pytest.raises(Unreadable, match="隐去"):
            parse(hidden, raw, NO_NAMES)
    assert parse(hidden, "1380***0000", NO_NAMES) == "1380***0000"
    assert parse(Field(name="x", label="栏目", kind="text"), "＊＊＊", NO_NAMES) == "＊＊＊"
    assert (masked(hidden, "甲"), hidden.sensitive) == ("＊＊＊", True)
    plain = Field(name="x", label="栏目", kind="text")
    assert (masked(plain, "甲"), plain.sensitive) == ("甲", False)


PEOPLE = Lookup(person=lambda name: cast("Person", SimpleNamespace(name=name)), record=lambda model, text: cast("Any", (model, text)))  # fmt: skip


@pytest.mark.parametrize("named", [{"kind": "person"}, {"kind": "text", "names": True}])
def test_nobody_is_nobody_and_everybody_is_refused(named: dict[str, Any]) -> None:
    field = Field(name="x", label="姓名", **named)
    assert not parse(field, "无", PEOPLE)
    with pytest.raises(Unreadable, match="请逐一写出姓名"):
        parse(field, "全体党员", PEOPLE)
    with pytest.raises(Unreadable, match="不能为空"):
        parse(Field(name="x", label="姓名", required=True, **named), "无", PEOPLE)
    plain = Field(name="x", label="栏目", kind="text")
    assert [parse(plain, raw, PEOPLE) for raw in ("无", "全体党员")] == ["无", "全体党员"]


def test_names_and_records_are_looked_up() -> None:
    assert parse(Field(name="x", label="姓名", kind="person"), "示例甲", PEOPLE).name == "示例甲"
    found = parse(Field(name="x", label="记录", kind="record", model=HeartTalk), "某次", PEOPLE)
    assert found == (HeartTalk, "某次")


def test_values_are_written_as_they_are_read() -> None:
    for kind, value, written in (
        ("money", 705, "7.05"), ("money", 123_456, "1234.56"), ("date", date(2018, 3, 1), "2018-03-01"), ("month", date(2018, 3, 1), "2018-03"),
        ("time", time(14, 5), "14:05"), ("yes", True, "是"), ("yes", False, "否"), ("integer", 0, "0"), ("permille", 15, "15"),
    ):  # fmt: skip
        field = Field(name="x", label="栏目", kind=cast("FieldKind", kind))
        assert render(field, value) == written
        assert parse(field, written, NO_NAMES) == value
    choice = Field(name="x", label="栏目", kind="choice", choices=(("a", "党课"),))
    assert [render(choice, value) for value in ("a", "z", "", None)] == ["党课", "z", "", ""]
    person = Field(name="x", label="姓名", kind="person")
    assert render(person, SimpleNamespace(name="示例甲")) == "示例甲"


def test_a_field_asks_what_its_column_holds() -> None:
    asked = of_model.__wrapped__
    """Asked anew: what the kinds asked when they were loaded is kept."""
    topic, place, day = (asked(HeartTalk, name) for name in ("topic", "place", "held_on"))
    assert (topic.kind, topic.required, topic.longest) == ("text", True, 100)
    assert (place.required, place.longest, day.kind, day.longest) == (False, 60, "date", 0)
    assert not asked(HeartTalk, "starts_at").required
    assert (asked(HeartTalk, "talker").kind, asked(HeartTalk, "talker").model) == ("person", None)  # fmt: skip
    relation = asked(HeartTalk, "relation")
    assert (relation.kind, relation.choices[0][0]) == ("choice", HeartTalk.Relation.values[0])
    case = asked(CaseTalk, "case")
    assert (case.kind, case.model, case.longest) == ("record", DevelopmentCase, 0)
    told = [(f.kind, f.unknown, f.required) for f in (asked(Vote, "passed"), asked(PolicyDocument, "on_wall"))]  # fmt: skip
    assert told == [("yes", True, False), ("yes", False, False)]
    assert not asked(PolicyDocument, "superseded_on").unknown
