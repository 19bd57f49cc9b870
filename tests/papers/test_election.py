"""The papers of an election: what each says, and that it says nothing that the record does not."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import docx
import pypdf
import pytest

from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import queries as ledgers
from taizhang.papers import actions, queries
from taizhang.papers.documents import election
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Form, Note, Paper, Table
from taizhang.papers.writers import xlsx
from tests.make import NAMES, Cast, raw, save

ELECTIONS = KINDS["elections"]
_VOTES = "（赞成：{}；反对：0；弃权：{}；结果：{}）"
_FOUR = "\n".join(
    [name + _VOTES.format(7, 1, "当选") for name in NAMES[:3]] + [NAMES[3] + _VOTES.format(1, 7, "落选")]
)  # fmt: skip
WHOLE = {
    "held_on": "2018-01-12", "reason": "任期届满", "decided_on": "2017-11-20", "request_no": "示例支〔2017〕8号",
    "request_on": "2017-12-01", "reply_no": "示例委〔2017〕12号", "reply_on": "2017-12-08", "agenda": "1.听取工作报告；2.选举委员",
    "candidates_request_on": "2017-12-25", "candidates_reply_on": "2018-01-02", "secretary_seats": "1", "deputy_seats": "1",
    "candidates_order": "姓氏笔画", "candidates": _FOUR, "first_committee_on": "2018-01-12", "result_report_on": "2018-01-15",
    "secretary_name": NAMES[0], "deputy_names": NAMES[1], "posts_request_no": "示例支〔2018〕2号", "posts_request_on": "2018-01-15",
    "final_reply_no": "示例委〔2018〕3号", "final_reply_on": "2018-01-20",
    "scrutineers": f"{NAMES[4]}（总监票人）、{NAMES[5]}（监票人）、{NAMES[6]}（计票人）",
}  # fmt: skip

BESIDE_AN_ELECTION = {
    "divisions": {"decided_on": "2018-01-12", "published_on": "2018-01-14", "rows": f"{NAMES[0]}（书记）：主持全面工作\n{NAMES[1]}（副书记）：负责组织工作"},
    "meetings": {"held_on": "2018-01-12", "title": "第一次会议"},
}  # fmt: skip
"""What other ledgers say of it."""


@pytest.fixture
def whole(people: Cast, now: datetime) -> Any:
    """A re-election of which everything is on record."""
    clerk = people.actor("clerk")
    for slug, more in BESIDE_AN_ELECTION.items():
        save(people.own, clerk, now, slug, **raw(slug) | more)
    return save(people.own, clerk, now, "elections", **raw("elections") | WHOLE)


def _paper(people: Cast, entry: Any, name: str) -> Any:
    actor = people.actor("office")
    return queries.paper_of_record(kind=ELECTIONS, key=entry.pk, paper=name, actor=actor)


def _text(paper: Official) -> str:
    return "\n".join(clause.text for clause in paper.body)


def test_every_paper_of_a_record_is_made_in_both_forms(people: Cast, now: datetime) -> None:
    clerk, office = people.actor("clerk"), people.actor("office")
    for slug, kind in KINDS.items():
        papers = kind.papers + kind.office_papers
        if not papers:
            continue
        entry = save(people.own, clerk, now, slug, **raw(slug))
        for paper, _ in papers:
            found = queries.paper_of_record(kind=kind, key=entry.pk, paper=paper, actor=office)
            for form in ("pdf", "docx"):
                assert actions.print_paper(
                    paper=found, form=form, subject="s", actor=office, now=now
                )
    papers = ELECTIONS.papers + ELECTIONS.office_papers
    assert dict(papers).keys() == election.MAKERS.keys()


def test_the_ballot_says_how_to_mark_it_and_nothing_of_who_printed_it(
    people: Cast, whole: Any, now: datetime
) -> None:
    paper = _paper(people, whole, "ballot")
    made = {
        form: actions.print_paper(paper=paper, form=form, subject="s", actor=people.actor("clerk"), now=now)
        for form in ("pdf", "docx")
    }  # fmt: skip
    first = pypdf.PdfReader(io.BytesIO(made["pdf"])).pages[0].extract_text().replace("\n", "")
    word = docx.Document(io.BytesIO(made["docx"]))

    assert paper.title == "中共甲校支部第四届委员会委员选票"
    assert paper.notes[0] == "本次选举实行差额选举，应选3名，候选人4名，按姓氏笔画为序。"
    assert first.count(NAMES[0]) == paper.per_page == 2
    assert all(told in first for told in ("只写姓名不画“○”的无效", "中共甲校支部委员会（盖章）"))
    assert "打印" not in first
    assert "第1页" not in first.replace(" ", "")
    assert not word.sections[0].footer.paragraphs[0].text


def test_a_ballot_has_room_for_as_many_other_names_as_there_are_seats() -> None:
    def ballot(names: int, seats: int) -> Ballot:
        return Ballot("某支部", "选票", ["某甲"] * names, seats, [], "", "")

    assert [ballot(*size).per_page for size in ((1, 1), (2, 2), (4, 3), (6, 5), (9, 7))] == [4, 4, 2, 2, 1]  # fmt: skip
    assert [len(band) for band in ballot(9, 7).bands] == [7, 2, 7]
    assert sum(head == "另选人" for band in ballot(9, 7).bands for head, _ in band) == 7


def test_names_on_a_ballot_are_of_16_points(people: Cast, whole: Any) -> None:
    sizes: dict[str, float] = {}

    def note(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        del cm, tm, font
        sizes[text.strip()] = size

    data = actions.FORMATS["pdf"][1](_paper(people, whole, "ballot"))
    pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=note)
    assert next(size for text, size in sizes.items() if NAMES[0] in text) == 16


def test_strokes_are_claimed_only_where_the_record_says_so(people: Cast, now: datetime) -> None:
    entry = save(people.own, people.actor("clerk"), now, "elections", **raw("elections"))
    paper = _paper(people, entry, "ballot")
    assert "笔画" not in "".join(paper.notes)
    assert "实行　　选举，应选3名，候选人1名。" in paper.notes[0]


def test_nobody_makes_a_sheet_of_a_ballot(people: Cast, whole: Any, now: datetime) -> None:
    paper = _paper(people, whole, "ballot")
    with pytest.raises(BadInput, match="Excel"):
        actions.print_paper(paper=paper, form="xlsx", subject="s", actor=people.actor("clerk"), now=now)  # fmt: skip


def test_the_count_is_told_to_the_assembly_by_those_who_counted(people: Cast, whole: Any) -> None:
    paper = _paper(people, whole, "tally")

    assert isinstance(paper, Paper)
    assert (paper.title, paper.subtitle) == (
        "中共甲校支部第四届委员会委员选举计票结果报告单",
        "2018年1月12日",
    )
    assert paper.blocks[0] == Note("中共甲校支部党员大会：")
    signs = paper.blocks[-1]
    assert isinstance(signs, Form)
    assert [(line.label, line.text) for line in signs.lines] == list(
        zip(("总监票人", "监票人", "计票人"), NAMES[4:7], strict=True)
    )
    assert b"xl/" in xlsx.written(paper)


def test_a_count_not_on_record_stays_blank(people: Cast, now: datetime) -> None:
    counts = dict.fromkeys(
        ("entitled_expected", "entitled_present", "issued", "returned", "valid", "invalid"), ""
    )
    entry = save(
        people.own, people.actor("clerk"), now, "elections", **raw("elections") | counts | {"candidates": ""}
    )  # fmt: skip
    paper = _paper(people, entry, "tally")
    head = next(b for b in paper.blocks if isinstance(b, Form))
    table = next(b for b in paper.blocks if isinstance(b, Table))
    assert {line.text for line in head.lines if "选票" in line.label} == {""}
    assert {cell for row in table.rows for cell in row} == {""}


def test_who_watched_and_who_counted_is_read_and_written_again(
    people: Cast, whole: Any, now: datetime
) -> None:
    written = {line.label: line.text for line in ledgers.statements(ELECTIONS, whole, openly=False)}
    assert written["监票人和计票人"] == WHOLE["scrutineers"]
    values = raw("elections") | {"scrutineers": f"{NAMES[4]}（唱票人）"}
    with pytest.raises(BadInput, match="总监票人、监票人、计票人"):
        save(people.own, people.actor("clerk"), now, "elections", **values)


def test_the_request_for_an_assembly_is_whole(people: Cast, whole: Any) -> None:
    paper = _paper(people, whole, "assembly-request")
    text = _text(paper)

    assert paper.title == "中共甲校支部委员会关于召开党员大会进行换届选举的请示"
    assert text.startswith(
        "我支部第三届支部委员会于2015年1月10日选举产生，至2018年1月10日任期届满。"
    )
    for told in (
        "《中国共产党基层组织选举工作暂行条例》", "1. 听取工作报告。", "2. 选举委员。", "书记1名、副书记1名", "拟于2018年1月12日召开党员大会",
        "第四届支部委员会第一次会议选举产生",
    ):  # fmt: skip
        assert told in text
    assert paper.body[-1].text == "当否，请批示。"
    assert "报告" not in paper.title


def test_a_term_whose_length_only_the_branch_knows_has_no_end(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    save(people.own, clerk, now, "terms", ordinal="4", started_on="2017-12-01")
    entry = save(people.own, clerk, now, "elections", **raw("elections") | {"held_on": "2020-12-01"})  # fmt: skip
    text = _text(_paper(people, entry, "assembly-request"))
    assert "于2017年12月1日选举产生，至　　年　月　日任期届满" in text
    assert "《中国共产党基层组织选举工作条例》" in text


def test_the_request_for_candidates_has_what_the_roster_says_of_them(
    people: Cast, whole: Any
) -> None:
    paper = _paper(people, whole, "candidates-request")
    assert "经　　年　月　日支委会研究，我支部提出" in paper.body[0].text
    assert "酝酿" not in paper.body[0].text
    table = paper.annexes[0].blocks[0]
    assert "候选人预备人选4名（应选3名，差额1名）" in _text(paper)
    assert "（按姓氏笔画为序）。" in _text(paper)
    assert paper.attachments == ["候选人预备人选基本情况表"]
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["姓名"], row["出生年月"], row["党内职务"]) == (NAMES[0], "1980年1月", "书记")


def test_a_reply_is_printed_by_the_organisation_section_alone(
    people: Cast, whole: Any, login: Any
) -> None:
    paper = _paper(people, whole, "assembly-reply")
    assert paper.to == "中共甲校支部委员会："
    assert paper.signed == "中共局党委支部委员会"
    assert paper.number == WHOLE["reply_no"]
    assert (
        "《中共甲校支部委员会关于召开党员大会进行换届选举的请示》（示例支〔2017〕8号）收悉"
        in _text(paper)
    )
    assert NAMES[0] in _text(_paper(people, whole, "candidates-reply"))
    for name in ("assembly-reply", "candidates-reply", "posts-reply"):
        with pytest.raises(NotAllowed):
            queries.paper_of_record(kind=ELECTIONS, key=whole.pk, paper=name, actor=people.actor("clerk"))  # fmt: skip
    seen = {
        role: "的批复" in login(people.users[role]).get(f"/ledgers/elections/{whole.pk}/").content.decode()
        for role in ("clerk", "office")
    }  # fmt: skip
    assert seen == {"clerk": False, "office": True}


def test_a_report_asks_for_nothing(people: Cast, whole: Any) -> None:
    paper = _paper(people, whole, "result-report")
    text = _text(paper)
    assert paper.title == "中共甲校支部委员会关于换届选举结果的报告"
    assert paper.body[-1].text == "特此报告。"
    assert not any(word in text for word in ("请予", "请批", "当否", "妥否"))
    assert f"{NAMES[0]}（7票）" in text
    assert f"1. {NAMES[0]}（书记）：主持全面工作。" in text


def test_the_request_for_a_secretary_tells_who_elected_him(people: Cast, whole: Any) -> None:
    paper = _paper(people, whole, "posts-request")

    assert paper.title == "中共甲校支部委员会关于第四届支部委员会书记、副书记任职的请示"
    assert (paper.number, paper.dated) == ("示例支〔2018〕2号", date(2018, 1, 15))
    assert _text(paper) == (
        "根据中共局党委支部委员会的批复（示例委〔2017〕12号），我支部于2018年1月12日召开党员大会，进行支部委员会换届选举。"
        f"2018年1月12日，召开第四届支部委员会第一次会议，应到委员3名，实到2名，选举{NAMES[0]}为书记，{NAMES[1]}为副书记。\n"
        f"现报请批准{NAMES[0]}同志任中共甲校支部第四届委员会书记，{NAMES[1]}同志任副书记。"
        f"第四届支部委员会委员{'、'.join(NAMES[:3])}，一并报请备案。\n当否，请批示。"
    )


def test_the_reply_for_a_secretary_answers_the_request(people: Cast, whole: Any) -> None:
    paper = _paper(people, whole, "posts-reply")
    assert paper.title == "中共局党委支部委员会关于中共甲校支部第四届委员会书记、副书记任职的批复"
    assert (paper.number, paper.to) == ("示例委〔2018〕3号", "中共甲校支部委员会：")
    assert "任职的请示》（示例支〔2018〕2号）收悉" in _text(paper)
    assert f"同意{NAMES[0]}同志任中共甲校支部第四届委员会书记，{NAMES[1]}同志任副书记。" in _text(
        paper
    )
    assert paper.body[-1].text == "此复。"


def test_nobody_is_named_secretary_whom_the_record_does_not_name(
    people: Cast, now: datetime
) -> None:
    entry = save(people.own, people.actor("clerk"), now, "elections", **raw("elections"))
    for name in ("posts-request", "posts-reply"):
        text = _text(_paper(people, entry, name))
        assert "　　　　同志任" in text
        assert not any(f"{one}同志" in text for one in NAMES)


@pytest.mark.parametrize(
    ("changed", "title", "said"),
    [
        ({"kind": "成立首届", "seats": "1", "candidates": NAMES[3] + _VOTES.format(8, 0, "当选")}, "关于支部书记任职的请示", f"经选举，{NAMES[3]}当选书记。"),
        ({"kind": "成立首届", "seats": "2", "secretary_name": NAMES[1], "deputy_names": f"{NAMES[2]}、{NAMES[3]}"}, "关于支部书记、副书记任职的请示",
         f"经选举，{NAMES[1]}当选书记，{NAMES[2]}、{NAMES[3]}当选副书记。"),
        ({"kind": "补选", "held_on": "2016-05-06", "seats": "1", "deputy_names": NAMES[2]}, "关于第三届支部委员会副书记任职的请示", f"选举{NAMES[2]}为副书记。"),
    ],
    ids=["alone", "without-committee", "within-a-term"],
)  # fmt: skip
def test_a_secretary_is_elected_by_whom_the_rules_say(
    people: Cast, now: datetime, changed: dict[str, str], title: str, said: str
) -> None:
    values = raw("elections") | changed
    entry = save(people.own, people.actor("clerk"), now, "elections", **values)
    paper = _paper(people, entry, "posts-request")
    assert paper.title.endswith(title)
    assert said in _text(paper)


def test_a_seat_filled_within_a_term_is_no_re_election(people: Cast, now: datetime) -> None:
    values = raw("elections") | {"kind": "补选", "held_on": "2016-05-06", "seats": "1", "reason": "委员调离"}  # fmt: skip
    entry = save(people.own, people.actor("clerk"), now, "elections", **values)
    titles = {
        name: _paper(people, entry, name).title
        for name in election.MAKERS
    }  # fmt: skip
    assert titles["ballot"] == "中共甲校支部第三届委员会补选委员选票"
    assert titles["assembly-request"] == "中共甲校支部委员会关于召开党员大会补选委员的请示"
    assert titles["result-report"] == "中共甲校支部委员会关于补选委员结果的报告"
    assert not any("换届" in title for title in titles.values())
    assert "因委员调离，根据" in _text(_paper(people, entry, "assembly-request"))


def test_a_paper_is_called_by_unit_kind_and_day(people: Cast, whole: Any) -> None:
    actor = people.actor("clerk")
    name = queries.file_name(kind=ELECTIONS, key=whole.pk, actor=actor, title="选票")
    assert name == "甲校选票2018-01-12"
