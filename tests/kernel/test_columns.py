"""Text on its way into a column: a person's whole or refused, the program's own shortened so that
one sees it.
"""

from __future__ import annotations

import pytest

from taizhang.inspection.models import Question, Visit
from taizhang.kernel.errors import BadInput
from taizhang.kernel.writing import columns, file_names
from taizhang.ledgers.models import EvidenceFile
from taizhang.orgs.models import Area


def test_a_text_is_taken_without_the_blanks_around_it_and_its_lines_as_they_are_counted() -> None:
    assert columns.taken(Question.text, " 一\r\n二 \n") == "一\n二"
    assert columns.taken(Area.name, "东" * 40 + " ") == "东" * 40


@pytest.mark.parametrize(
    ("said", "told"),
    [("字" * 501, "“问题”：不能超过500个字，现有501个字。"), (" \n", "“问题”：请写。")],
)
def test_what_does_not_fit_is_refused_with_its_name_and_the_limit(said: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        columns.taken(Question.text, said, missing="请写。")

    assert str(refused.value) == told


def test_a_column_without_an_end_takes_what_its_act_says() -> None:
    assert columns.taken(Visit.lasting, "字" * 9000) == "字" * 9000
    assert columns.taken(Visit.lasting, "字" * 20, longest=20) == "字" * 20
    with pytest.raises(BadInput, match="不能超过20个字"):
        columns.taken(Visit.lasting, "字" * 21, longest=20)


def test_of_a_form_every_text_that_is_too_long_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        columns.all_taken(
            Visit, {"recorder": "人" * 41, "advice": "字" * 11, "version": 2}, advice=10
        )

    assert [problem.column for problem in refused.value.problems] == [
        "记录人",
        "意见建议和改进措施",
    ]
    assert columns.all_taken(Visit, {"recorder": " 甲 ", "version": 2}) == {
        "recorder": "甲",
        "version": 2,
    }


def test_what_the_program_composes_shows_that_it_was_longer() -> None:
    assert columns.fitted(Area.name, "东" * 40) == "东" * 40
    assert columns.fitted(Area.name, "东" * 41) == "东" * 39 + "…"
    assert columns.fitted(Area.name, "东" * 39, end="）") == "东" * 39 + "）"
    assert columns.fitted(Area.name, "东" * 40, end="）") == "东" * 38 + "…）"
    assert columns.fitted(Visit.lasting, "字" * 9000) == "字" * 9000


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\照片\\会议.jpg", "会议.jpg"),
        ("/home/照片/会议\x07.jpg. ", "会议.jpg"),
        (" . ", "未命名"),
        ("长" * 146 + ".jpg", "长" * 146 + ".jpg"),
        ("长" * 147 + ".jpg", "长" * 145 + "….jpg"),
        ("长" * 151, "长" * 149 + "…"),
        ("一." + "长" * 150, "一." + "长" * 147 + "…"),
    ],
)
def test_a_long_name_of_a_file_keeps_its_ending(name: str, kept: str) -> None:
    assert file_names.clean(EvidenceFile.name, name, "未命名") == kept
    assert len(kept) <= 150


def test_a_name_that_says_it_is_secret_is_refused() -> None:
    with pytest.raises(BadInput, match="密级"):
        file_names.clean(EvidenceFile.name, "机密★报告.docx", "未命名")
