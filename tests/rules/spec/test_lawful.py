"""What is unusual but right: an invited lecturer, two sessions on a day."""

from __future__ import annotations

from taizhang.catalogue import load
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}


def test_an_invited_lecturer_is_rightly_an_observer(found: Found) -> None:
    """外请的主讲人登记为列席是对的；本支部党员主讲的不应登记为列席、缺席。"""
    meetings = {
        "meetings": """
            branch_id | id | kind          | held_on    | lecturer_id | lecturer_state
            1         | 1  | party_lecture | 2016-03-08 |             | observer
            1         | 2  | party_lecture | 2016-06-08 | 5           | observer
            1         | 3  | party_lecture | 2016-09-08 | 5           | present
        """
    }
    assert [row[1] for row in found(RULES["L31:L31.6"], meetings)] == ["2016-06-08"]


def test_a_note_of_the_other_session_of_the_day(found: Found) -> None:
    """一天有两场集中学习，到了其中一场的，当天的笔记不作疑点；两场都没到的作疑点。"""
    tables = {
        "members": "branch_id | person_id | joined_on\n1 | 1 | 2014-01-01\n1 | 2 | 2014-01-01",
        "stages": """
            branch_id | person_id | stage | status | from_on
            1         | 1         | full  | normal | 2014-01-01
            1         | 2         | full  | normal | 2014-01-01
        """,
        "study_sessions": """
            branch_id | id | held_on    | year
            1         | 1  | 2016-03-08 | 2016
            1         | 2  | 2016-03-08 | 2016
        """,
        "study_attendance": "branch_id | id | session_id | person_id\n1 | 1 | 1 | 1",
        "study_notes": """
            branch_id | id | person_id | kind       | written_on
            1         | 1  | 1         | collective | 2016-03-08
            1         | 2  | 2         | collective | 2016-03-08
        """,
    }
    rows = found(RULES["L18:L18.10"], tables, full=True)
    assert {row.other for row in rows} == {2}
