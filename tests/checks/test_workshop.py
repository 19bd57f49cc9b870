"""Requirements and rules by forms: what is entered is the rule that is meant, tried and held by its
examples before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest
from django.http import QueryDict

from taizhang.catalogue.model import Example
from taizhang.checks import editions, engine
from taizhang.checks.catalogue_versions import (
    draft,
    examples,
    rule_fields,
    rule_form,
    rule_page,
    words,
)
from taizhang.checks.models import Edition
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.kernel.errors import BadInput
from taizhang.kernel.jobs import worker
from taizhang.rules.base import Rule
from tests.make import Cast, inspected

pytestmark = pytest.mark.django_db
BASE = "tianning-2018"
TABLE = "日期 | 会议类型（kind）\n2018-02-01 | 支委会\n2018-05-01 | 支委会\n2018-08-01 | 支委会"
RULE = {
    "says": "支委会每季度至少一次", "severity": "warn", "finding": "{window}没有支委会记录", "official": "", "from": "", "until": "",
    "p-ledger": "meetings", "p-day": "held_on", "p-every": "quarter", "p-at_least": "1", "p-per": "branch", "p-grace": "0",
    "w-where-column": ["kind"], "w-where-value": ["支委会"],
    "b-class": ["本区规定"], "b-document": ["《示例区规定》"], "b-article": ["第三条"], "b-verbatim": [""], "b-gist": ["支委会每季度一次"],
    "b-from": ["2017-01-01"], "b-until": [""],
}  # fmt: skip
EXAMPLE = {
    "says": "三个季度开了支委会",
    "from": "2018-01-01",
    "to": "2018-12-31",
    "t-meetings": TABLE,
}


def _posted(**said: Any) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in said.items():
        made.setlist(name, value if isinstance(value, list) else [value])
    return made


def _form(rule: Rule) -> QueryDict:
    """What the page of a rule sends when it is saved as it stands."""
    said = draft.rule_said(rule)
    made = _posted(says=said["says"], finding=said["finding"], official=said["official"], severity=said["severity"])  # fmt: skip
    made["from"], made["until"] = (
        "" if said[name] in (f"{date.min}", f"{date.max}") else said[name]
        for name in ("from", "until")
    )
    for one in said["basis"]:
        for name in ("class", "document", "article", "verbatim", "gist", "from", "until"):
            made.appendlist(f"b-{name}", str(one.get(name) or ""))
    _fill(made, rule_form.fields_of(said))
    return made


def _fill(made: QueryDict, fields: Iterable[rule_fields.Field]) -> None:
    for field in fields:
        for row in field.rows:
            _fill(made, row)
        if field.sort == "where":
            for column, value in field.conditions:
                made.appendlist(f"w-{field.key}-column", column)
                made.appendlist(f"w-{field.key}-value", value)
        elif not field.rows and (field.sort != "check" or field.value):
            made[f"p-{field.key}"] = field.value


def _plain(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json", by_alias=True, exclude={"basis", "needs", "beside"})


@pytest.mark.parametrize("name", [BASE, "zhibu-2026"])
def test_every_rule_that_there_is_goes_through_its_form_unchanged(name: str) -> None:
    changed = [
        rule.id
        for rule in engine.catalogue(name).rules()
        if _plain(rule_form.made(rule_page.read(draft.rule_said(rule), _form(rule))))
        != _plain(rule)
    ]
    assert changed == []


def test_every_parameter_of_every_kind_has_a_name_and_an_entry() -> None:
    assert set(words.KIND_NAMES) == set(rule_form.KINDS)
    for kind in dict(rule_form.offered()):
        fields = rule_form.fields_of(rule_form.blank(kind, "meetings"))
        assert fields
        assert [field.name for field in fields if field.label == field.name] == []
        for field in fields:
            known = dict(words.columns("meetings")) | dict(words.tables())
            codes = [code for code, _ in field.options if field.sort == "choice" and code]
            unknown = {code for code in codes if code not in known and words.choice(code) == code}
            assert unknown <= {field.value}


def test_what_a_rule_cannot_take_is_told_by_its_name() -> None:
    said = rule_form.blank("periodic", "meetings")
    with pytest.raises(BadInput, match="“周期”：必须填写"):
        rule_form.made(rule_page.read(said, _posted(**RULE | {"p-every": ""})) | {"id": "L01:x"})
    with pytest.raises(BadInput, match="“至少”：不是整数"):
        rule_page.read(said, _posted(**RULE | {"p-at_least": "三"}))
    with pytest.raises(BadInput, match="请填写文件和要义"):
        rule_page.read(said, _posted(**RULE | {"b-gist": [""]}))
    with pytest.raises(BadInput, match="请抄录台账要求的原文"):
        rule_page.read(said, _posted(**RULE | {"b-class": ["台账要求"]}))


@pytest.fixture
def office(people: Cast, now: datetime, login: Any) -> Any:
    """The organisation section before the version in force."""
    inspected(now, (2018, 2018), date(2018, 12, 31))
    return login(people.users["office"])


def _added(office: Any, **about: Any) -> str:
    """A rule added to L29 by its form; its id."""
    url = "/rules/requirements/L29/rule/?kind=periodic&ledger=meetings"
    answer = office.post(url, RULE | about)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url).partition("rule=")[2]


def _trial(office: Any) -> str:
    """What the trial of the draft says, once a worker made it."""
    assert "草稿还没有试算" in office.get("/rules/trial/").content.decode()
    office.post("/rules/trial/")
    worker.work_off()
    page: str = office.get("/rules/trial/", follow=True).content.decode()
    return page


def test_a_rule_is_added_tried_held_by_an_example_and_published(office: Any, people: Cast) -> None:
    rule = _added(office)
    page = f"/rules/requirements/L29/rule/example/?rule={rule}"
    tried = office.post(page, EXAMPLE).content.decode()
    assert "有疑点：2018年四季度" in tried
    unseen = office.post(page, EXAMPLE | {"keep": "1", "seen": ""})
    assert (unseen.status_code, "请先“试算”" in unseen.content.decode()) == (422, True)
    assert office.post(page, EXAMPLE | {"keep": "1", "seen": "2018-Q4"}).status_code == 302
    assert "成立：有疑点：2018年四季度" in office.get(f"/rules/requirements/L29/rule/?rule={rule}").content.decode()  # fmt: skip
    trial = _trial(office)
    assert "新增" in trial
    assert "改了例子" in trial

    assert office.post("/rules/publish/", {"note": "本区规定"}).status_code == 302
    scope = must_have_scope()
    item = engine.catalogue(scope.catalogue).item("L29")
    assert item is not None
    made = next(one for one in item.rules if one.id == rule)
    assert made.basis[0].document == "《示例区规定》"
    assert [one.told for one in item.examples] == [("2018-Q4",)]
    assert "catalogue_draft" not in office.session


def test_an_example_that_does_not_hold_keeps_a_version_from_being_published(office: Any) -> None:
    rule = _added(office)
    page = f"/rules/requirements/L29/rule/example/?rule={rule}"
    office.post(page, EXAMPLE | {"keep": "1", "seen": "2018-Q4"})
    office.post(f"/rules/requirements/L29/rule/?rule={rule}", RULE | {"p-every": "half"})
    assert "不成立" in office.get("/rules/requirements/L29/").content.decode()
    assert "有例子不成立，不能发布" in _trial(office)
    for about in ({}, {"for_rounds": "1"}):
        refused = office.post("/rules/publish/", {"note": "本区规定"} | about)
        assert (refused.status_code, "应当有疑点" in refused.content.decode()) == (422, True)
    assert not Edition.objects.exists()


def test_a_requirement_is_added_changed_and_taken_out(office: Any) -> None:
    form = {"title": "支部工作法", "requirement": "每年总结一次支部工作法。", "category": "其他", "required": "1"}  # fmt: skip
    added = office.post("/rules/requirements/new/", form)
    key = added.url.rstrip("/").rpartition("/")[2]
    quoted = {
        "b-class": ["台账要求"],
        "b-document": [""],
        "b-gist": [""],
        "b-article": [""],
        "b-from": [""],
    }
    wrong = office.post(f"/rules/requirements/{key}/rule/?kind=periodic", RULE | quoted | {"b-verbatim": ["每月一次"]})  # fmt: skip
    assert (wrong.status_code, "台账要求中没有“每月一次”" in wrong.content.decode()) == (422, True)
    right = office.post(f"/rules/requirements/{key}/rule/?kind=periodic", RULE | quoted | {"b-verbatim": ["每年总结一次"]})  # fmt: skip
    assert right.status_code == 302
    office.post("/rules/requirements/L36/", {"gone": "1"})
    no_reason = office.post("/rules/requirements/L35/", form | {"required": "0"})
    assert "请写明原因" in no_reason.content.decode()
    office.post("/rules/publish/", {"note": "本区增加", "for_rounds": "1"})

    (made,) = Edition.objects.all()
    assert editions.before(made.name) == made.name
    assert editions.latest(BASE) == BASE
    assert must_have_scope().catalogue == BASE
    told = editions.differences(engine.catalogue(BASE), editions.read(made.name))
    assert ("L36", "去掉这一项要求") in [(one.rule, one.told) for one in told]
    assert (key, "新增这一项要求") in [(one.rule, one.told) for one in told]
    assert made.name in dict(editions.offered())


def test_an_error_that_rests_on_a_hint_is_refused(office: Any) -> None:
    hint = {"b-class": ["系统提示"], "severity": "error"}
    refused = office.post(
        "/rules/requirements/L29/rule/?kind=periodic&ledger=meetings", RULE | hint
    )
    assert (refused.status_code, "程度不能是“错误”" in refused.content.decode()) == (422, True)
    assert "模板文件" not in refused.content.decode()
    unknown = office.post("/rules/requirements/L29/rule/?kind=periodic&ledger=meetings", RULE | {"p-day": "no_such"})  # fmt: skip
    assert "没有栏目“no_such”" in unknown.content.decode()


def test_rows_that_cannot_be_read_are_told_with_their_place() -> None:
    with pytest.raises(BadInput, match="没有栏目“地址”"):
        examples.read("meetings", "地址\n某处")
    with pytest.raises(BadInput, match="“昨天”"):
        examples.read("meetings", "held_on\n昨天")


def test_an_example_says_what_the_rule_says_on_a_branch() -> None:
    item = engine.catalogue(BASE).item("L29")
    assert item is not None
    rule = next(one for one in item.rules if one.kind == "tally" and one.id == "L29:MT.6c")
    rows = examples.read("meetings", "held_on\tkind\tminutes\n2018-03-01\t支委会\t10")
    told = Example.model_validate({"rule": "MT.6c", "says": "只开了10分钟", "from": date(2018, 1, 1), "to": date(2018, 12, 31), "tables": {"meetings": rows}, "told": ["2018-03-01"]})  # fmt: skip
    assert examples.tried(told, [rule]).holds


def _shown(field: rule_fields.Field) -> Iterable[str]:
    """All that a person reads of a field."""
    yield from (field.label, field.hint)
    for row in field.rows:
        for one in row:
            yield from _shown(one)
    labels = dict(field.options)
    if field.sort == "where":
        yield from (text for column, value in field.conditions for text in (labels.get(column, column), value))  # fmt: skip
    elif field.sort in ("choice", "list"):
        yield from labels.values()
    yield labels.get(field.value, field.value) if field.sort == "choice" else field.value


@pytest.mark.parametrize("name", [BASE, "zhibu-2026"])
def test_no_field_of_any_rule_shows_a_code(name: str) -> None:
    found = {
        (rule.kind, field.name, text)
        for rule in engine.catalogue(name).rules()
        for field in rule_form.fields_of(draft.rule_said(rule))
        for text in _shown(field)
        if re.search("[a-z]{2,}", text)
    }
    assert found == set()


def test_every_column_has_a_name_of_its_own() -> None:
    for table, title in words.tables():
        labels = [label for _, label in words.columns(table)]
        assert len(set(labels)) == len(labels), table
        assert not [text for text in (title, *labels) if re.search("[a-z]{2,}", text)], table


def test_what_is_built_of_parts_is_entered_row_by_row() -> None:
    said = rule_form.blank("bracket", "dues_assessments")
    told = {"p-base": "base", "p-column": "monthly_due", "p-check": "amount", "p-day": "year_on"}
    rows = {"p-brackets-0-up_to": "300000", "p-brackets-0-permille": "5", "p-brackets-1-permille": "10"}  # fmt: skip
    found = rule_form.read(said, _posted(**told | rows))
    assert found["brackets"] == [{"up_to": 300000, "permille": 5}, {"permille": 10}]

    both = {"p-every": "month", "p-left-0-ledger": "votes", "p-left-0-day": "on", "w-left-0-where-column": ["matter"], "w-left-0-where-value": ["选举"], "p-right-0-ledger": "expenses", "p-right-0-columns": "金额（元）"}  # fmt: skip
    sums = rule_form.read(rule_form.blank("reconcile", ""), _posted(**both))
    assert sums["left"] == {"ledger": "votes", "where": {"matter": "election"}, "day": "on"}
    assert sums["right"]["ledger"] == "expenses"

    terms = {"p-check": "late", "p-lengths-0-until": "2017-10-24", "p-lengths-0-nominal": "3", "p-lengths-0-most": "3"}  # fmt: skip
    term = rule_form.read(rule_form.blank("term", "terms"), _posted(**terms))
    assert term["lengths"] == [{"until": "2017-10-24", "nominal": 3, "most": 3}]
    with pytest.raises(BadInput, match="“每届几年”：不是整数"):
        rule_form.read(said | rule_form.blank("term", ""), _posted(**terms | {"p-lengths-0-nominal": "三"}))  # fmt: skip


def test_the_rows_of_an_example_take_days_as_people_write_them() -> None:
    told = "日期 | 会议类型\n2018年2月1日 | 支委会\n2018.5.1 | 支委会\n2018/8/1 10:00 | 支委会"
    rows = examples.read("meetings", told)
    assert [str(examples._value("meetings", "held_on", row["held_on"])) for row in rows] == [
        "2018-02-01", "2018-05-01", "2018-08-01",
    ]  # fmt: skip
    with pytest.raises(BadInput, match="只写到月份"):
        examples.read("meetings", "日期\n2018年2月")
