"""Every rule rests on something: words of the notice that stand there, a regulation on its days, or
it is called a hint.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from taizhang.catalogue import load, sources
from taizhang.catalogue.model import Catalogue, code_of
from taizhang.notices import read
from taizhang.rules.base import Rule
from taizhang.rules.basis import Basis, cover, first_day, on
from tests.notices.papers import SAMPLE

NAMED = load.DATA / "tianning-2018.yaml"
CATALOGUE = load.named("tianning-2018")


def _rule(key: str) -> Rule:
    return next(rule for rule in CATALOGUE.rules() if rule.id == key)


def _loaded(folder: Path, old: str, new: str) -> Catalogue:
    path = folder / "changed.yaml"
    text = NAMED.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return load.read(path)


def test_every_rule_has_one_and_every_code_of_the_table_is_one_of_the_catalogue() -> None:
    known = {code_of(rule.id) for rule in CATALOGUE.rules()}
    asked = {ask.id for item in CATALOGUE.items for ask in item.ask}
    assert all(rule.basis for rule in CATALOGUE.rules())
    assert known <= set(sources.table("tianning-2018")["codes"]) <= known | asked


def test_what_is_quoted_stands_in_the_notice_word_for_word() -> None:
    """Compared with the document itself, not with our copy of its table."""
    notice = read.notice(SAMPLE.read_bytes())
    text = "".join("".join((i.title + "|" + i.requirement).split()) + "\n" for i in notice.items)
    quoted = [b for rule in CATALOGUE.rules() for b in rule.basis if b.class_ == "台账要求"]
    assert len(quoted) > 90
    for basis in quoted:
        for part in basis.verbatim.split("…"):
            assert "".join(part.split()) in text, basis.verbatim
        inner = basis.verbatim.translate(str.maketrans("“”", "‘’"))
        assert basis.told in (f"台账要求“{inner}”", f"台账要求列有“{inner}”")


def test_a_regulation_is_named_with_what_it_says_and_since_when() -> None:
    told = [b for rule in CATALOGUE.rules() for b in rule.basis if b.class_ == "法规"]
    assert all(b.document and b.gist and b.from_ and not b.verbatim for b in told)
    assert all(("待核实" in b.told) == b.doubtful for b in told)
    assert any(b.doubtful for b in told)


def test_no_hint_is_an_error() -> None:
    assert not [r.id for r in CATALOGUE.rules() if r.severity == "error" and r.rests_on().is_hint]
    assert _rule("L29:MT.9").severity == "warn"
    assert _rule("L29:MT.9").rests_on().told == "系统提示，非台账要求"


def test_before_a_regulation_was_in_force_it_is_a_hint() -> None:
    talks = _rule("L32:L32.1w")
    assert talks.from_ == date(2018, 10, 28)
    assert talks.rests_on("2018-10-28").article == "第十七条"
    assert talks.rests_on("2019").article == "第十七条"
    assert _rule("L28:VOTE-1").rests_on().is_hint
    assert _rule("L28:VOTE-1@2018-10-28").rests_on().class_ == "法规"


def test_the_text_that_replaced_another_is_cited_on_its_own_days() -> None:
    age = _rule("L17:DEV-1")
    assert "2014年" in age.rests_on("2016-03-01").told
    assert "2026年修订" in age.rests_on("2026-05-11").told


@pytest.mark.parametrize(
    ("window", "day"),
    [
        ("2016", date(2016, 1, 1)), ("2016-H2", date(2016, 7, 1)), ("2016-Q4", date(2016, 10, 1)), ("2016-09", date(2016, 9, 1)),
        ("2016-09-30", date(2016, 9, 30)), ("", None), ("甲", None), ("2016-13", None), ("2016-Q9", None),
    ],
)  # fmt: skip
def test_a_window_begins_on_a_day(window: str, day: date | None) -> None:
    assert first_day(window) == day


def test_the_first_and_the_last_day_of_a_source() -> None:
    held = [
        Basis(
            class_="法规", document="甲", gist="甲", from_=date(2016, 1, 1), until=date(2018, 1, 1)
        )
    ]
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2017, 12, 31), date(2018, 1, 1))
    assert [on(held, day).is_hint for day in days] == [True, False, False, True]
    assert cover(held, date(2016, 1, 1), date(2018, 1, 1))
    assert not cover(held, date(2016, 1, 1), date(2018, 1, 2))
    assert not cover(held, date(2015, 12, 31), date(2018, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{id: MT.6d, ", "{id: MT.99, ", r"第\d+行 L28:MT\.99：没有依据"),
        ("{id: MT.6d, ", "{id: MT.6d, basis: 附件2台账要求, ", r"第\d+行 L28:MT\.6d：依据不能只写一句话"),
        ("{id: MT.6d, severity: warn", "{id: MT.6d, severity: error", r"第\d+行 L28:MT\.6d：依据是系统提示"),
        ("{id: MT.6d, ", "{id: MT.6d, basis: {class: 台账要求, verbatim: 会议不超过四小时}, ", r"第\d+行 L28:MT\.6d：台账要求中没有“会议不超过四小时”"),
        ("{id: MT.6d, ", "{id: MT.6d, basis: {class: 法规, document: 《甲》}, ", r"第\d+行 .*a regulation has a document and a gist"),
        ("{id: MT.6d, ", "{id: MT.6d, basis: {class: 系统提示, document: 《甲》, gist: 乙}, ", "a hint has neither"),
        ("{id: MT.6d, ", "{id: MT.6d, basis: {class: 惯例}, ", "basis"),
    ],
)  # fmt: skip
def test_a_rule_without_a_true_basis_makes_the_file_unusable(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(load.BadCatalogue, match=told) as refusal:
        _loaded(tmp_path, old, new)
    assert str(refusal.value).startswith("changed.yaml")


def test_a_rule_may_name_a_basis_of_its_own(tmp_path: Path) -> None:
    own = "{id: MT.6d, severity: error, basis: {class: 本区规定, document: 《甲区会议规定》, gist: 会议不超过四小时}, "
    found = _loaded(tmp_path, "{id: MT.6d, severity: warn, ", own)
    rule = next(r for r in found.rules() if r.id == "L29:MT.6d")
    assert (rule.severity, rule.rests_on().told) == ("error", "《甲区会议规定》：会议不超过四小时")


def test_the_table_has_no_working_notes() -> None:
    text = (sources.TABLES / "tianning-2018.yaml").read_text("utf-8")
    assert not [
        word for word in ("WRONG", "DOUBT", "http", "凭记忆", "读到", "note:") if word in text
    ]
    for held in yaml.safe_load(text)["codes"].values():
        for one in held if isinstance(held, list) else [held]:
            Basis.model_validate(one)


def test_only_the_notice_is_quoted() -> None:
    with pytest.raises(ValidationError):
        Basis(class_="法规", document="甲", gist="乙", verbatim="丙")
    with pytest.raises(ValidationError):
        Basis(class_="台账要求")
