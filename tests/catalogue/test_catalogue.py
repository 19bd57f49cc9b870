"""The catalogue of 2018: verbatim, sound, and refused with file and line when it is not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from taizhang.catalogue import load
from taizhang.catalogue.model import code_of
from taizhang.checks import engine, fact_tables
from taizhang.ledgers.kinds import KINDS
from taizhang.notices import read
from taizhang.rules import phrases
from taizhang.rules.kinds import AnyRule
from taizhang.rules.kinds.wording import Wording
from tests import manual
from tests.notices.papers import SAMPLE

SCHEMA = Path(load.__file__).parent / "schema.json"
NAMED = load.DATA / "tianning-2018.yaml"


def test_the_items_are_those_of_the_notice_word_for_word() -> None:
    notice, catalogue = read.notice(SAMPLE.read_bytes()), load.named("tianning-2018")
    assert [(i.category, i.subcategory, i.title, i.requirement) for i in catalogue.items] == [
        (i.category, i.subcategory, i.title, i.requirement) for i in notice.items
    ]


def test_l36_is_kept_as_written_and_as_it_is_to_be_read() -> None:
    item = load.named("tianning-2018").item("L36")
    assert item is not None
    assert (item.name, item.asked[:6]) == ("党建工作经费使用情况", "党建工作经费")


def test_it_fits_the_columns_of_the_ledgers() -> None:
    load.read(NAMED, fact_tables.schema(), fact_tables.words())


def test_every_phrase_a_rule_asks_for_is_looked_for() -> None:
    asked = {
        c
        for r in load.named("tianning-2018").rules()
        if isinstance(r, Wording)
        for c in (*r.has, *r.lacks)
    }
    assert asked <= phrases.codes()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("every: quarter", "every: fortnight", "第"), ("kind: periodic, ledger: meetings, where: {kind: members_assembly}", "kind: sometimes, ledger: meetings, where: {kind: members_assembly}", "第"),
        ("ledger: lecture_plans, day: year_on", "ledger: lecture_notes, day: year_on", "没有台账"), ("column: permille", "column: perdix", "没有栏目"),
        ("direction: moved_out, stage", "direction: out, stage", "没有“out”这个值"),
        ("from: 2020-07-13, says: \"选举到会", "from: 2020-07-12, says: \"选举到会", "日期重叠"), ("{use: REVIEWED", "{use: REVISED", "没有规则组"), ("items:", "items: [", "YAML"),
    ],
)  # fmt: skip
def test_a_wrong_catalogue_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = tmp_path / "wrong.yaml"
    text = NAMED.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(load.BadCatalogue, match=told) as refusal:
        load.read(path, fact_tables.schema(), fact_tables.words())
    assert "wrong.yaml" in str(refusal.value)


def test_the_schema_of_rules_is_the_one_on_file() -> None:
    made = json.dumps(
        TypeAdapter(AnyRule).json_schema(), ensure_ascii=False, indent=1, sort_keys=True
    )
    if os.environ.get("TAIZHANG_ACCEPT"):
        SCHEMA.write_text(made, "utf-8")
    assert SCHEMA.read_text("utf-8") == made


def test_the_manual_lists_every_rule() -> None:
    found = manual.rules(engine.catalogue("tianning-2018"))
    page = Path(manual.__file__).parents[1] / "docs" / "manual" / "rules.md"
    if os.environ.get("TAIZHANG_ACCEPT"):
        page.write_text(found, "utf-8")
    assert page.read_text("utf-8") == found


def test_the_manual_has_a_chapter_for_every_ledger() -> None:
    found = manual.chapters(engine.catalogue("tianning-2018"))
    page = Path(manual.__file__).parents[1] / "docs" / "manual" / "ledgers.md"
    if os.environ.get("TAIZHANG_ACCEPT"):
        page.write_text(found, "utf-8")
    assert page.read_text("utf-8") == found
    for slug in KINDS:
        assert (page.parent / "ledgers" / f"{slug}.jpg").exists(), (
            f"no picture of {slug}: run TAIZHANG_ACCEPT=1 pytest "
            "tests/browser/test_journeys.py -k every_form"
        )


def test_every_rule_of_the_field_is_checked_or_says_why_not() -> None:
    """`domain.yaml` lists each rule that the field's own description numbers: with codes of the
    catalogue or a reason.
    """
    listed = yaml.safe_load((load.DATA.parent / "domain.yaml").read_text("utf-8"))
    catalogue = load.named("tianning-2018")
    codes = {code_of(rule.id) for rule in catalogue.rules()}
    asked = [ask.id for item in catalogue.items for ask in item.ask]
    named = [code for found in listed.values() if isinstance(found, list) for code in found]
    reasons = [found for found in listed.values() if not isinstance(found, list)]
    assert set(named) == codes
    assert all(len(reason) >= 10 for reason in reasons)
    assert not {*asked} & {*listed}
    assert len(asked) == len({*asked})
    groups = [
        ("AF-P", 15),
        ("AF-D", 12),
        ("AF-T", 11),
        ("AF-N", 10),
        ("AF-F", 8),
        ("AF-X", 6),
        ("AF-S", 5),
    ]
    groups += [
        ("MT.", 14),
        ("PD.", 9),
        ("DEV-", 19),
        ("DUES-", 13),
        ("REL-", 7),
        ("FREQ-", 11),
        ("ORG-", 9),
    ]
    for name, last in groups:
        assert {f"{name}{n}" for n in range(1, last + 1)} <= {*asked} | {*listed}, name


@pytest.mark.parametrize("words", [{}, {"has": ["a"], "lacks": ["b"]}])
def test_a_wording_rule_tells_what_is_there_or_what_is_missing(words: dict[str, list[str]]) -> None:
    head = {"id": "x", "severity": "warn", "finding": "", "ledger": "meetings", "day": "held_on"}
    with pytest.raises(ValidationError, match="either has or lacks"):
        Wording.model_validate({**head, "source": "meetings", **words})


def test_a_rule_of_an_older_edition_may_name_one_column_apart() -> None:
    told = {
        "id": "X", "severity": "warn", "kind": "no_repeat", "ledger": "documents", "columns": ["text_mark"],
        "says": "s", "finding": "f",
    }  # fmt: skip
    read = TypeAdapter(AnyRule).validate_python

    assert read(told | {"apart": "kind"}) == read(told | {"apart": ["kind"]})
    assert read(told | {"apart": ""}) == read(told)
