"""The catalogue for rounds of today: in the same grammar, each rule with what it rests on, and its
way from the last one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.catalogue import load
from taizhang.catalogue.mapping import mapping
from taizhang.catalogue.matching.lines import FIRST, Line, match
from taizhang.checks import fact_tables
from taizhang.rules.base import Rule

TODAY = "zhibu-2026"


def _rule(key: str) -> Rule:
    return next(rule for rule in load.named(TODAY).rules() if rule.id == key)


def test_it_fits_the_columns_of_the_ledgers() -> None:
    load.read(load.DATA / f"{TODAY}.yaml", fact_tables.schema(), fact_tables.words())


def test_nothing_rests_on_the_notice_of_2018() -> None:
    rules = load.named(TODAY).rules()
    assert {basis.class_ for rule in rules for basis in rule.basis} == {
        "法规",
        "本区规定",
        "系统提示",
    }
    told = [f"{r.says}{r.finding}{r.official}{[b.told for b in r.basis]}" for r in rules]
    assert not [text for text in told if "附件2" in text or "三大一实干" in text]


def test_a_hint_is_never_an_error() -> None:
    rules = load.named(TODAY).rules()
    assert all(not rule.basis[0].is_hint for rule in rules if rule.severity == "error")


@pytest.mark.parametrize(
    ("key", "severity", "every", "article"),
    [
        ("L28:L28.1", "warn", "quarter", "第十一条"),
        ("L29:L29.1", "warn", "month", "第十二条"),
        ("L30:L30.1", "warn", "month", "第十三条"),
        ("L37:L37.1", "error", "month", "第十六条"),
    ],
)
def test_what_the_regulation_says_of_meetings(
    key: str, severity: str, every: str, article: str
) -> None:
    rule = _rule(key)
    assert (rule.severity, rule.every) == (severity, every)  # type: ignore[attr-defined]
    assert rule.basis[0].told.startswith(f"《中国共产党支部工作条例（试行）》{article}：")


def test_a_theme_day_has_its_item_here_and_none_in_2018() -> None:
    line = Line(no=1, title="支部主题党日")
    assert [one.item for one in match(line, load.named(TODAY))] == ["L37"]
    assert match(line, load.named(FIRST)) == []


@pytest.mark.parametrize(
    "said", ["党员花名册，信息完整", "党员名册与实有党员一致", "党员基本信息采集准确"]
)
def test_a_roster_has_its_item_here_and_none_in_2018(said: str) -> None:
    line = Line(no=1, title=said)
    assert [one.item for one in match(line, load.named(TODAY))] == ["L38"]
    assert match(line, load.named(FIRST)) == []


def test_what_became_of_each_item_of_2018() -> None:
    found = {one.old or one.new: one for one in mapping(load.named(FIRST), load.named(TODAY))}
    assert [key for key, one in found.items() if one.state == "new"] == ["L37", "L38"]
    assert [key for key, one in found.items() if one.state == "gone"] == ["L19", "L27"]
    assert found["L28"].state == "changed"
    assert "规则：依据或参数不同8条" in found["L28"].told
    assert {one.state for one in mapping(load.named(FIRST), load.named(FIRST))} == {"same"}


def test_an_item_under_another_id_is_found_by_its_words() -> None:
    new = load.named(TODAY)
    items = tuple(i.model_copy(update={"id": f"Z{i.id}"}) for i in new.items)
    renamed = new.model_copy(update={"items": items})
    found = {one.old: one.new for one in mapping(load.named(FIRST), renamed)}
    assert (found["L29"], found["L25"], found["L19"]) == ("ZL29", "ZL25", "")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("without: [L99]", "没有项目“L99”"),
        ("without_rules: [L1.99]", "没有规则“L1.99”"),
        ("extends: none", "none.yaml"),
    ],
)
def test_what_the_other_does_not_have_cannot_be_left_out(
    tmp_path: Path, line: str, told: str
) -> None:
    path = tmp_path / "own.yaml"
    head = "catalogue: own\nversion: 1\ntitle: 自定\nperiod: {from: 2021-01-01, to: 2026-12-31}\n"
    extends = "" if line.startswith("extends") else f"extends: {FIRST}\n"
    path.write_text(f"{head}{extends}{line}\nitems: []\n", "utf-8")
    with pytest.raises(load.BadCatalogue, match=told):
        load.read(path)
