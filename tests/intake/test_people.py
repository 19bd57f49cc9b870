"""Only people are taken for people: in lists, in sentences, and over every binder."""

from __future__ import annotations

import re

import pytest

from taizhang.intake.reading import people, read
from taizhang.intake.records.record import Record
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.written import lines
from tests.intake.test_binder import BINDER, HANDS, found_in


def _one(*text: str) -> Record:
    (found,) = read.documents("a.txt", "\n".join(text).encode())
    (record,) = found.records
    return record


def test_no_list_of_people_of_any_binder_holds_a_sentence_or_a_number() -> None:
    wrong = [
        (document.file, name, who)
        for number in range(len(BINDER) + len(HANDS))
        for document in found_in(number)[1]
        for record in document.records
        for name in people.LISTS.keys() & record.values.keys()
        for who, _ in lines.names(record.values[name])
        if re.search(r"[，。；\n]|等|[\u4e00-\u9fff].*\d", who)
    ]

    assert wrong == []


def test_no_line_of_candidates_is_a_sentence() -> None:
    every = (
        (document.file, line)
        for number in range(len(BINDER) + len(HANDS))
        for document in found_in(number)[1]
        for record in document.records
        for line in record.values.get("candidates", "").splitlines()
    )

    assert [one for one in every if "。" in one[1]] == []


@pytest.mark.parametrize(
    ("said", "present", "left"),
    [
        ("样春、例夏、样秋等14名党员", "样春、例夏、样秋", "等14名党员"),
        ("样春、例夏、样秋等", "样春、例夏、样秋", "等"),
        ("样春、退休老党员走访慰问要走到每一户", "样春", "退休老党员走访慰问要走到每一户"),
        ("样春、例夏。", "样春、例夏", ""),
        ("样　春（书记）、例夏（组织委员）", "样春、例夏", "例夏（组织委员）"),
    ],
)
def test_what_is_nobody_in_a_list_is_left(said: str, present: str, left: str) -> None:
    record = _one("支委会会议记录", "时间：2023年3月6日15:00", f"出席人员：{said}", "决议：同意。")

    assert record.values["present"] == present
    assert not left or any(left in one for one in record.left)


def test_a_reason_in_a_cell_of_its_own_is_nobody() -> None:
    record = Record({"absent": "样春\n带队比赛"}, {"absent": "第1行"})
    people.only([record], KINDS["meetings"], ())

    assert record.values["absent"] == "样春（带队比赛）"
    assert record.left == []


@pytest.mark.parametrize(
    ("said", "host"),
    [
        ("会议由样春同志主持，学习了文件。", "样春"),
        ("会议由书记远山主持，学习了文件。", "远山"),
        ("会议由大家主持，学习了文件。", None),
        ("会议由轮值党员主持，学习了文件。", None),
    ],
)
def test_a_name_in_a_sentence_has_a_reason(said: str, host: str | None) -> None:
    record = _one("支委会会议记录", "时间：2023年3月6日15:00", "地点：会议室", said)

    assert record.values.get("host_name") == host


def test_sentences_under_a_label_for_candidates_become_their_lines() -> None:
    record = _one(
        "关于支部委员会换届选举结果的报告",
        "选举大会日期：2023年5月20日",
        "选举结果：样春得17票，例夏得2票。样春当选为支部委员。",
    )

    assert record.values["candidates"] == "样春（赞成：17；结果：当选）\n例夏（赞成：2）"
