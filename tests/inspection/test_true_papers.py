"""Whatever a round found, every sentence of its papers is true of every unit that it names, and no
finding is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from taizhang.inspection import queries
from taizhang.inspection.actions import findings
from taizhang.inspection.models import Finding, Highlight, Letter, Round, RoundUnit, Visit
from taizhang.inspection.papers import circular, letters, mending, of_round
from taizhang.inspection.progress import round_comparison
from taizhang.inspection.site import seen
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Paper, Table
from taizhang.papers.wording import unended
from tests.inspection.conftest import DAY, Scene
from tests.make import NAMES

UNITS = ("甲校", "乙校", "丙校", "丁校（含戊校）", "示例甲小学")
"""The last one bears the name of a person on the roster."""
FACTS = (
    "2016年三季度未召开党员大会", "2018年一季度收缴党费10890.00元，上缴与留存合计10880.00元，不一致",
    "示例乙2016年8月24日的介绍信过期", "示例乙、示例丙没有个人学习计划", "与示例甲小学会议记录雷同", "“三会一课”制度写着“照搬。”",
)  # fmt: skip
texts = st.builds(lambda text, end: text + end, st.sampled_from(FACTS), st.sampled_from(("", "。", "。。", "；", " ")))  # fmt: skip
MONTHS = tuple(f"{year}-{month:02d}" for year in (2016, 2017) for month in (1, 2, 3, 5, 11, 12))
LEFT_OUT = "未召开支委会（无会议记录）"
bases = st.sampled_from(("", "条例第十四条。", "台账要求“每月召开一次”", "系统提示，非台账要求", "条例第九条：按期召开（待核实）"))  # fmt: skip
severities = st.sampled_from(list(Finding.Severity.values))
manners = st.sampled_from(list(Finding.Manner.values))
of_other_faults = st.tuples(
    st.integers(0, len(UNITS) - 1), st.sampled_from((None, 3, 25, 28)), texts,
    st.sampled_from(("", "L25:L25.4", "L28:L28.1")), bases, manners, severities, st.just(""),
)  # fmt: skip
of_months = st.builds(
    lambda at, month, basis, manner, severity: (at, 29, f"{int(month[:4])}年{int(month[5:])}月{LEFT_OUT}", "L29:L29.1", basis, manner, severity, month),
    st.integers(0, 1), st.sampled_from(MONTHS), bases, manners, severities,
)  # fmt: skip
drafts = st.lists(of_other_faults | of_months, max_size=14)
goods = st.lists(
    st.tuples(st.integers(0, len(UNITS) - 1), st.sampled_from(("账目明晰。", "账目明晰", "党课生动"))),
    max_size=6,
)  # fmt: skip
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass
class Made:
    """A round whose letters are issued."""

    opened: Round
    letters: list[Letter]
    found: list[Finding]


@pytest.fixture
def wide(scene: Scene) -> Scene:
    """The round of the scene with three more units, which no organisation stands behind."""
    area = scene.opened.areas.get()
    for at, name in enumerate(UNITS[2:], start=2):
        Visit.objects.create(unit=RoundUnit.objects.create(area=area, name=name, order=at))
    return scene


def _made(scene: Scene, drawn: list[Any], good: list[Any], words: list[str]) -> Made:
    office = scene.people.actor("office")
    visits = list(Visit.objects.order_by("unit__order"))
    items = {item.no: item for item in scene.opened.items.all()}
    for visit, said in zip(visits, words, strict=False):
        visit.achievements, visit.standing = said, Visit.Standing.CONSULTED
        visit.save()
    for at, no, facts, rule, basis, manner, severity, window in drawn:
        Finding.objects.create(
            key=uuid4(), visit=visits[at], item=items[no] if no else None, facts=facts, rule=rule, basis=basis,
            manner=manner, severity=severity, window=window, standing=Finding.Standing.CONFIRMED, by=office.user, made_at=scene.now,
        )  # fmt: skip
    for at, text in good:
        Highlight.objects.create(
            key=uuid4(), visit=visits[at], text=text, standing=Highlight.Standing.CONFIRMED, by=office.user, made_at=scene.now
        )  # fmt: skip
    issued = findings.issue(
        opened=scene.opened, visits=visits, issued_on=DAY, number="示督〔2018〕1号", actor=office, now=scene.now
    )  # fmt: skip
    opened = queries.round_of(scene.opened.pk, actor=office)
    return Made(opened, issued, list(Finding.objects.select_related("visit__unit", "item")))


def _masked(facts: str) -> str:
    """A fact as a circular may tell it, said once more by hand."""
    plain = facts.strip().rstrip("。； ").replace("示例乙、示例丙", "2名同志")
    for name in NAMES:
        plain = re.sub(f"{name}(?!小学)", "某同志", plain)
    return plain


def _spread(fact: str) -> list[str]:
    """A fact told of several months in one sentence, as the sentences of which it is made."""
    head, left, tail = fact.partition(LEFT_OUT)
    if not left or "20" not in head:
        return [fact]
    before, _, _ = head.partition("20")
    months = re.sub(r"共\d+个月$", "", head[len(before) :])
    return [f"{before}{month}{left}{tail}" for month in _months(months)]


def _months(told: str) -> list[str]:
    """`2016年1月至3月、5月，2017年1月`, month by month."""
    year, found = 0, list[int]()
    for stretch in re.split("[、，]", told):
        ends = []
        for named, month in re.findall(r"(?:(\d{4})年)?(\d{1,2})月", stretch):
            year = int(named or year)
            ends.append(year * 12 + int(month) - 1)
        found += range(ends[0], ends[-1] + 1)
    return [f"{at // 12}年{at % 12 + 1}月" for at in found]


def _told(paper: Official) -> list[tuple[str, str]]:
    """(kind of work, fragment) of the part on problems, every month by itself."""
    heads = [at for at, clause in enumerate(paper.body) if clause.level == 1]
    starts = [at for at in heads if paper.body[at].text.endswith("、存在问题")]
    if not starts:
        return []
    end = next((at for at in heads if at > starts[0]), len(paper.body))
    found, item = [], ""
    for clause in paper.body[starts[0] + 1 : end]:
        if clause.level == 2:
            item = clause.text.partition("）")[2].removesuffix("方面")
        elif not clause.text.startswith("涉及"):
            text = re.sub(r"^\d+\. ", "", clause.text)
            found += [(item, one.rstrip("。")) for one in re.split("；", text)]
    return found


def _split(fragment: str, heads: tuple[str, ...]) -> tuple[list[str], str]:
    """The names before a fact, and the fact."""
    names = []
    while head := next((h for h in heads if fragment.startswith(h)), ""):
        names.append(head)
        fragment = fragment.removeprefix(head)
        if not fragment.startswith("、"):
            break
        fragment = fragment[1:]
    return names, fragment


def _times(text: str) -> tuple[str, int]:
    often = re.search(r"（(\d+)处）$", text)
    return (text[: often.start()], int(often[1])) if often else (text, 1)


KINDS = {3: "制度建设", 25: "党费收缴", 28: "“三会一课”", 29: "“三会一课”"}


def _item(f: Finding) -> str:
    return KINDS[f.item.no] if f.item else "其他"


def _stop(text: str) -> str:
    return text.rstrip("。")


def _check_named(made: Made) -> None:
    want = Counter((f.visit.unit.name, _item(f), _stop(_masked(f.facts))) for f in made.found)
    told: Counter[tuple[str, str, str]] = Counter()
    for item, fragment in _told(circular.circular(made.opened)):
        units, text = _split(fragment, UNITS)
        plain, times = _times(text)
        for one in _spread(_stop(plain)):
            told.update({(unit, item, one): times for unit in units})
    assert told == want
    _check_extent(made)


def _check_extent(made: Made) -> None:
    paper = circular.circular(made.opened)
    said = [(paper.body[at - 1].text.partition("）")[2], clause.text) for at, clause in enumerate(paper.body) if clause.text.startswith("涉及")]  # fmt: skip
    units: dict[str, list[str]] = {}
    for f in made.found:
        units.setdefault(f"{_item(f)}方面", []).append(f.visit.unit.name)
    want = {
        (name, f"涉及{len(set(who))}个党组织，共{len(who)}个问题。") for name, who in units.items()
    }
    assert set(said) == want


OF_NOBODY = {
    "10890.00元": "若干元", "10880.00元": "若干元", "某同志2016年8月24日": "有的同志2016年", "2名同志": "若干名同志", "“照搬。”": "“某内容”",
}  # fmt: skip
"""What a circular without names never says, of however many units, by hand."""
OF_FEW = {"2016年三季度": "个别季度", "2018年一季度": "个别季度", "有的同志2016年": "有的同志某日"}
"""What it says only of many."""


def _unnamed(made: Made) -> set[tuple[str, str]]:
    """What many units have in common with its year or month, the rest without."""
    plain = {f.pk: _stop(_masked(f.facts).replace("示例甲小学", "某单位")) for f in made.found}
    units: dict[Any, set[int]] = {}
    for f in made.found:
        units.setdefault((_item(f), plain[f.pk], f.rule), set()).add(f.visit_id)
    found = set()
    for f in made.found:
        text = plain[f.pk]
        few = len(units[_item(f), text, f.rule]) < 3
        for detail, instead in (OF_NOBODY | OF_FEW if few else OF_NOBODY).items():
            text = text.replace(detail, instead)
        if few:
            text = re.sub("20[0-9]{2}年[0-9]{1,2}月(?=未召开支委会)", "个别月份", text)
        found.add((_item(f), text))
    return found


def _check_anonymous(made: Made) -> None:
    want = _unnamed(made)
    words = ("一些支部", "部分支部", "个别支部")
    paper = circular.anonymous_circular(made.opened)
    told = {(item, one) for item, part in _told(paper) for one in _spread(_stop(_times(_split(part, words)[1])[0]))}  # fmt: skip
    assert told == want
    assert all(_split(part, words)[0] for _, part in _told(paper))
    text = "".join(clause.text for clause in paper.body)
    assert not [name for name in UNITS if name in text]
    assert not [name for name in NAMES if name in text]


def _check_letter(letter: Letter, made: Made) -> None:
    own = [f for f in made.found if f.visit_id == letter.visit_id]
    paper = letters.letter(letter.visit)
    text = "\n".join(clause.text for clause in paper.body)
    assert Counter(_facts_of(paper)) == Counter(_stop(f.facts.strip()).rstrip("； ") for f in own)
    _check_bases(paper, own)
    assert text.count("性质：") == _graver(paper, own)
    assert ("能够" in text) == ("能够" in letter.visit.achievements)
    if own:
        planned = any(f.manner != "at_once" for f in own)
        assert letter.report_due_on is not None
        assert (letter.plan_due_on is not None) == planned
        assert (
            letter.plan_due_on is None
            or letter.issued_on < letter.plan_due_on < letter.report_due_on
        )
        assert letter.issued_on < letter.report_due_on
        assert paper.receipt
    else:
        assert (letter.plan_due_on, letter.report_due_on, paper.receipt) == (None, None, [])
        assert "整改" not in text
    if seen.of_visit(letter.visit).nothing and not own:
        assert "不作评价" in text
        assert "未发现" not in text


def _column(paper: Paper, head: str) -> list[str]:
    """What a list says under a heading."""
    table = next(block for block in paper.blocks if isinstance(block, Table))
    return [row[table.columns.index(head)] for row in table.rows]


def _of_problems(paper: Official) -> list[str]:
    """The clauses of the part on problems."""
    heads = [at for at, clause in enumerate(paper.body) if clause.level == 1]
    starts = [at for at in heads if paper.body[at].text.endswith("存在的主要问题")]
    if not starts:
        return []
    end = next((at for at in heads if at > starts[0]), len(paper.body))
    return [clause.text for clause in paper.body[starts[0] + 1 : end]]


def _facts_of(paper: Official) -> list[str]:
    """Every fact of a letter, month by month."""
    told = [text for text in _of_problems(paper) if re.match(r"\d+\. ", text)]
    assert [int(text.partition(".")[0]) for text in told] == list(range(1, len(told) + 1))
    plain = (re.split("。?(?:性质|依据)：", text.partition(" ")[2])[0] for text in told)
    return [one for text in plain for one in _spread(text.rstrip("。"))]


def _check_bases(paper: Official, own: list[Finding]) -> None:
    """What is a requirement stands once in each kind of work, what is none nowhere."""
    want = {(_item(f), _stop(f.basis)) for f in own if f.basis and "系统提示" not in f.basis and "待核实" not in f.basis}  # fmt: skip
    text = "\n".join(_of_problems(paper))
    assert text.count("依据：") == len(want)
    assert "系统提示" not in text
    assert "待核实" not in text


def _graver(paper: Official, own: list[Finding]) -> int:
    """So many sentences tell of graver problems, where problems differ."""
    if len({f.severity for f in own}) < 2:
        return 0
    told = [text for text in _of_problems(paper) if re.match(r"\d+\. ", text)]
    graver = {_stop(f.facts.strip()).rstrip("； ") for f in own if f.severity != "minor"}
    slight = {_stop(f.facts.strip()).rstrip("； ") for f in own if f.severity == "minor"}
    plain = [(text, _spread(re.split("。?(?:性质|依据)：", text.partition(" ")[2])[0].rstrip("。"))) for text in told]  # fmt: skip
    for text, facts in plain:
        assert ("性质：" in text) <= (set(facts) <= graver)
        assert ("性质：" not in text) <= (set(facts) <= slight)
    return sum("性质：" in text for text, _ in plain)


def _check_lists(made: Made) -> None:
    want = Counter((f.visit.unit.name, unended(f.facts)) for f in made.found)
    for make in (of_round.findings, of_round.closing_ledger) if want else ():
        paper = make(made.opened)
        pairs = zip(_column(paper, "被督查党组织"), _column(paper, "问题具体表现"), strict=True)
        assert Counter(pairs) == want
    units = Counter(
        (fate.unit, unended(fate.facts)) for fate in round_comparison.comparison(made.opened).fates
    )
    assert units == want
    for letter in made.letters:
        own = [unended(f.facts) for f in made.found if f.visit_id == letter.visit_id]
        if own:
            assert sorted(_column(mending.unit_findings(letter.visit), "问题具体表现")) == sorted(
                own
            )
        asked = [mending.report] if letter.plan_due_on is None else [mending.plan, mending.report]
        for handed_in in asked if own else ():
            text = "\n".join(clause.text for clause in handed_in(letter.visit).body)
            assert all(facts in text for facts in own)
            assert not _ISO.search(text)
            assert "。。" not in text


@given(drafts, goods, st.lists(st.sampled_from(("", "制度健全", "制度健全。")), min_size=5, max_size=5))  # fmt: skip
def test_every_sentence_is_true_and_every_finding_is_in(
    wide: Scene, drawn: list[Any], good: list[Any], words: list[str]
) -> None:
    with transaction.atomic():
        made = _made(wide, drawn, good, words)
        _check_named(made)
        _check_anonymous(made)
        _check_lists(made)
        papers = [circular.circular(made.opened), circular.anonymous_circular(made.opened)]
        for letter in made.letters:
            _check_letter(letter, made)
            papers.append(letters.letter(letter.visit))
        for text in (clause.text for paper in papers for clause in paper.body):
            assert "。。" not in text
            assert "；。" not in text
            assert not _ISO.search(text)
        transaction.set_rollback(True)


def test_highlights_are_all_in_and_the_same_words_stand_once(wide: Scene) -> None:
    good = [(at, f"做法{n}。") for at in range(5) for n in range(5)] + [(0, "做法1")]
    made = _made(wide, [], good, [""] * 5)
    body = [clause.text for clause in circular.circular(made.opened).body]
    told = [text for text in body if "做法" in text and text[0].isdigit()]
    assert told[0] == f"1. {'、'.join(UNITS)}：做法0。"
    assert len(told) == 5
    assert body[-1] == "特此通报。"
    assert circular.circular(made.opened).dated is not None


def test_a_disputed_problem_is_told_as_disputed(wide: Scene) -> None:
    made = _made(wide, [(0, 28, FACTS[0], "", "", "by_deadline", "minor", "")], [], [""] * 5)
    Finding.objects.update(standing=Finding.Standing.DISPUTED)
    assert f"甲校{FACTS[0]}（已提出申诉，正在核实）" in "".join(
        text for _, text in _told(circular.circular(made.opened))
    )


def test_units_that_nobody_looked_at_are_not_counted_as_inspected(wide: Scene) -> None:
    made = _made(wide, [(0, 28, FACTS[0], "", "", "by_deadline", "minor", "")], [], [""] * 5)
    text = "".join(clause.text for clause in circular.circular(made.opened).body)
    assert "共查阅1个党组织的台账" in text
    assert f"未查阅4个党组织的台账：{'、'.join(UNITS[1:])}" in text


def test_the_issuer_is_the_rounds_or_its_committee(wide: Scene) -> None:
    made = _made(wide, [], [], [""] * 5)
    assert circular.circular(made.opened).signed == wide.people.committee.full_name
    made.opened.issuer = "中共示例局委员会"
    assert "中共示例局委员会组织督查组" in circular.circular(made.opened).body[0].text


def test_problems_put_right_at_once_ask_for_the_report_and_for_no_plan(wide: Scene) -> None:
    made = _made(wide, [(0, 28, FACTS[0], "", "", "at_once", "minor", "")], [], [""] * 5)
    first = made.letters[0]
    assert made.found[0].deadline == date(2018, 11, 1)
    assert first.plan_due_on is None
    assert first.report_due_on is not None
    assert first.report_due_on >= made.found[0].deadline
