"""Rows below a record have an input for each thing said of them; the text that sheets use says the
same.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.forms import part_inputs
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.part import Draft, Part
from taizhang.ledgers.records import queries
from taizhang.orgs.queries import roster
from tests.make import Cast, raw, save

pytestmark = pytest.mark.django_db
NEW = "/ledgers/meetings/new/"
PARTS = [(kind, part) for kind in KINDS.values() for part in kind.parts]
WORDS = {
    ("votes", "subject"): "接收示例丙", ("steps", "no"): "3", ("sections", "post"): "组织委员",
    ("rows", "post"): "组织委员", ("scrutineers", "role"): "监票人",
}  # fmt: skip
BY_KIND = {"date": "2016-03-08", "integer": "1", "money": "12.50", "yes": "是"}


def _filled(part: Part) -> dict[str, str]:
    """A row with something in every input."""
    cells = [part_inputs.Cell(column, part, 0, "", "") for column in part.writing.columns]
    return {
        cell.column.name: WORDS.get((part.name, cell.column.name))
        or (cell.choices[0] if cell.kind == "choice" else BY_KIND.get(cell.kind, "示例甲"))
        for cell in cells
    }


def _draft(people: Cast) -> Draft:
    return Draft(branch=people.own, names=roster.person_names(people.own), values={})


@pytest.mark.parametrize(("kind", "part"), PARTS, ids=lambda one: getattr(one, "name", one))
def test_what_stands_in_the_inputs_is_what_the_text_says(
    people: Cast, kind: LedgerKind, part: Part
) -> None:
    told = _filled(part)
    by_inputs, by_text = _draft(people), _draft(people)

    rows = part.rows([told], by_inputs)
    text = part.writing.join([told])
    again = part.rows(part.writing.split(text), by_text)

    assert by_inputs.problems == by_text.problems == []
    assert rows == again
    assert len(rows) == 1
    assert part.write([part.model(**rows[0])]) == text


@pytest.mark.parametrize(("kind", "part"), PARTS, ids=lambda one: getattr(one, "name", one))
def test_every_form_shows_inputs_and_stores_them(
    people: Cast, login: Any, now: datetime, kind: LedgerKind, part: Part
) -> None:
    clerk = login(people.users["clerk"])
    page = clerk.get(f"/ledgers/{kind.slug}/new/", {"branch": people.own.pk}).content.decode()

    for column in part.writing.columns[1 if part.stages else 0 :]:
        assert f'name="{part.name}-{1 if part.stages else 0}-{column.name}"' in page
    assert f'<textarea name="{part.name}"' in page


def _tag(page: str, key: str) -> str:
    """The whole tag of an input."""
    at = page.index(f'id="{key}"')
    return page[page.rindex("<", 0, at) : page.index(">", at)]


def test_a_vote_is_written_cell_by_cell(people: Cast, now: datetime, login: Any) -> None:
    values = raw("meetings") | {"votes": ""} | {
        "votes-0-subject": "预算；决算：（两项）", "votes-0-in_favour": "15", "votes-0-passed": "通过",
        "votes-4-subject": "另一项", "votes-2-subject": " ", "branch": str(people.own.pk),
    }  # fmt: skip

    answer = login(people.users["clerk"]).post(NEW, values)

    assert answer.status_code == 302
    votes = Meeting.objects.get().votes.order_by("pk")
    assert list(votes.values_list("subject", "in_favour", "passed")) == [
        ("预算；决算：（两项）", 15, True), ("另一项", None, None),
    ]  # fmt: skip


def test_what_a_vote_seldom_says_is_folded_unless_something_stands_there(
    people: Cast, now: datetime, login: Any
) -> None:
    votes = [{"subject": "甲", "in_favour": "3"}, {"subject": "乙", "method": "举手", "valid": "3"}]
    entry = save(
        people.own, people.actor("clerk"), now, "meetings", **raw("meetings") | {"votes": votes}
    )

    page = (
        login(people.users["clerk"]).get(f"/ledgers/meetings/{entry.pk}/correct/").content.decode()
    )

    rows = page.partition('data-rows="votes"')[2].split("<tbody data-one>")[1:4]
    assert ["<details open>" in row for row in rows] == [False, True, False]
    for row in rows:
        seen, _, folded = row.partition("<details")
        own = re.findall(r'data-cell="(\w+)"', seen)
        rest = re.findall(r'data-cell="(\w+)"', folded.partition("</details>")[0])
        assert " ".join(own) == (
            "subject matter entitled_expected entitled_present in_favour against abstained passed"
        )
        assert " ".join(rest) == "method written issued returned valid invalid"
    assert queries.as_filled(KINDS["meetings"], entry)["votes"] == [
        {"subject": "甲", "matter": "一般事项", "in_favour": "3"},
        {"subject": "乙", "matter": "一般事项", "method": "举手", "valid": "3"},
    ]


def test_a_correction_shows_the_rows_again(people: Cast, now: datetime, login: Any) -> None:
    values = raw("meetings") | {"votes": [{"subject": "甲（乙）：丙", "in_favour": "3"}]}
    entry = save(people.own, people.actor("clerk"), now, "meetings", **values)

    page = login(people.users["clerk"]).get(f"/ledgers/meetings/{entry.pk}/correct/")

    text = page.content.decode()
    assert 'value="甲（乙）：丙"' in text
    assert queries.as_filled(KINDS["meetings"], entry)["votes"] == [
        {"subject": "甲（乙）：丙", "matter": "一般事项", "in_favour": "3"}
    ]


def test_a_wrong_row_is_told_by_its_number(people: Cast, login: Any) -> None:
    values = raw("meetings") | {"votes": ""} | {
        "resolutions-0-text": "好", "resolutions-1-text": "不好", "resolutions-1-due_on": "明天",
        "branch": str(people.own.pk),
    }  # fmt: skip

    answer = login(people.users["clerk"]).post(NEW, values)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第2行：“期限”“明天”不是日期" in page
    assert 'aria-invalid="true"' in _tag(page, "id_resolutions-1-due_on")
    assert "aria-invalid" not in _tag(page, "id_resolutions-0-text")


@pytest.mark.parametrize(("button", "left"), [({"more": "agenda"}, 5), ({"less": "agenda-0"}, 2)])
def test_rows_come_and_go_without_a_script_and_nothing_is_stored(
    people: Cast, login: Any, button: dict[str, str], left: int
) -> None:
    values = {
        "branch": str(people.own.pk), "kind": "支委会", "agenda-0-text": "甲", "agenda-1-text": "乙",
    }  # fmt: skip

    answer = login(people.users["clerk"]).post(NEW, values | button)

    page = answer.content.decode()
    assert (answer.status_code, Meeting.objects.count()) == (200, 0)
    assert page.count('id="id_agenda-') == left
    assert 'value="乙"' in page


def test_a_line_that_nobody_can_take_apart_stays_as_text(people: Cast, login: Any) -> None:
    values = raw("cases") | {"steps": "交申请：2017-03-01", "branch": str(people.own.pk)}

    answer = login(people.users["clerk"]).post("/ledgers/cases/new/", values)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ">交申请：2017-03-01</textarea>" in page


def test_the_steps_stand_printed_in_their_stages(people: Cast, now: datetime, login: Any) -> None:
    values = raw("cases") | {"steps": "1 递交入党申请书：2017-03-01\n2 党组织派人谈话：2017-03-20"}
    entry = save(people.own, people.actor("clerk"), now, "cases", **values)
    part = KINDS["cases"].parts[0]

    shown = part_inputs.rows(part, queries.as_filled(KINDS["cases"], entry)["steps"], [], 1)

    assert [(stage.done, len(stage.rows), stage.is_open) for stage in shown.stages] == [
        (2, 2, False), (0, 4, True), (0, 5, False), (0, 7, False), (0, 7, False),
    ]  # fmt: skip
    posted = QueryDict(mutable=True)
    posted.update({"steps-3-on": "2017-09-01", "steps-4-on": "", "steps-5-result": "已定"})
    assert part_inputs.posted(part, posted) == [
        {"no": "3", "on": "2017-09-01"}, {"no": "5", "result": "已定"},
    ]  # fmt: skip


def test_a_step_without_its_day_is_refused(people: Cast, now: datetime) -> None:
    values = raw("cases") | {"steps": [{"no": "5", "result": "已定"}]}
    with pytest.raises(BadInput, match="第5步“指定培养联系人”没有填写日期"):
        save(people.own, people.actor("clerk"), now, "cases", **values)


def test_what_was_cut_off_before_is_refused(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="超过300个字"):
        save(
            people.own,
            people.actor("clerk"),
            now,
            "meetings",
            **raw("meetings") | {"agenda": "长" * 301},
        )


def test_nothing_of_a_vote_is_filled_in_but_proposed(people: Cast, login: Any) -> None:
    entitled = roster.entitled(people.own, people.day).count()
    values = raw("meetings") | {"votes": ""} | {
        "kind": "党员大会", "held_on": people.day.isoformat(), "branch": str(people.own.pk), "group": "",
        "votes-3-subject": "接收示例丙", "votes-3-in_favour": "1", "votes-7-subject": "预算",
        "votes-7-in_favour": str(entitled), "votes-7-entitled_expected": str(entitled),
    }  # fmt: skip

    page = login(people.users["clerk"]).post("/checks/meetings/try/", values).content.decode()

    assert f'data-put="id_votes-3-entitled_expected" data-text="{entitled}"' in page
    assert 'data-put="id_votes-7-passed" data-text="通过"' in page
    assert "超过应到有表决权" in page
    assert "id_votes-3-passed" not in page
    assert "id_votes-7-entitled_expected" not in page


def test_a_copy_takes_how_and_where_but_nothing_that_happened(
    people: Cast, now: datetime, login: Any
) -> None:
    values = raw("meetings") | {
        "title": "2016年3月支委会",
        "place": "党员活动室",
        "agenda": "学习文件",
    }
    entry = save(people.own, people.actor("clerk"), now, "meetings", **values)
    clerk = login(people.users["clerk"])
    asked = {"branch": people.own.pk, "like": entry.pk}

    page = clerk.get(NEW, asked).content.decode()

    assert 'value="党员活动室"' in _tag(page, "id_place")
    assert 'value="学习文件"' in _tag(page, "id_agenda-0-text")
    assert "日期、数字、人员和内容没有照抄" in page
    for blank in ("id_title", "id_held_on", "id_present_count", "id_present-0-name"):
        assert 'value=""' in _tag(page, blank)
    assert "checked" not in _tag(page, "id_has_sign_sheet")
    assert ">……</textarea>" not in page


def test_the_meetings_of_all_groups_are_entered_together_or_not_at_all(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    groups = queries.groups(people.own, people.actor("clerk"))
    page = clerk.get("/ledgers/meetings/groups/", {"branch": people.own.pk}).content.decode()
    assert all('value=""' in _tag(page, f"id_g{group.pk}-held_on") for group in groups)
    said: dict[str, str] = {"branch": str(people.own.pk), "agenda-0-text": "学习文件"}
    for at, group in enumerate(groups):
        said |= {
            f"g{group.pk}-held_on": f"2016-03-0{at + 1}", f"g{group.pk}-speeches-0-name": "示例甲",
            f"g{group.pk}-speeches-0-text": f"第{at}组谈学习",
        }  # fmt: skip

    wrong = clerk.post("/ledgers/meetings/groups/", said | {f"g{groups[-1].pk}-starts_at": "早上"})
    assert (wrong.status_code, Meeting.objects.count()) == (422, 0)
    assert f'href="#id_g{groups[-1].pk}-starts_at"' in wrong.content.decode()
    more = clerk.post("/ledgers/meetings/groups/", said | {"more": f"g{groups[0].pk}-speeches"})
    assert (more.status_code, Meeting.objects.count()) == (200, 0)
    stored = clerk.post("/ledgers/meetings/groups/", said)

    told = clerk.get(stored["Location"]).content.decode()
    assert f"已保存 {len(groups)} 个党小组的会议" in told
    kept = Meeting.objects.order_by("held_on")
    assert [one.group for one in kept] == groups
    assert [one.agenda.get().text for one in kept] == ["学习文件"] * len(groups)
    assert len({one.speeches.get().text for one in kept}) == len(groups)


def test_a_group_whose_attendance_nobody_checked_is_told_by_its_name(
    people: Cast, login: Any
) -> None:
    group = queries.groups(people.own, people.actor("clerk"))[0]
    said = {
        "branch": str(people.own.pk), f"g{group.pk}-held_on": "2016-03-01", f"g{group.pk}-roster": "1",
    }  # fmt: skip

    answer = login(people.users["clerk"]).post("/ledgers/meetings/groups/", said)

    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert f"{group.name}出席人员" in answer.content.decode()


def test_a_form_for_a_month_long_past_proposes_no_day(people: Cast, login: Any) -> None:
    asked = {"branch": people.own.pk, "kind": "支委会", "window": "2016-03"}
    page = login(people.users["clerk"]).get(NEW, asked).content.decode()
    assert 'value=""' in _tag(page, "id_held_on")
