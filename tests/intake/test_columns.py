"""列的记忆: an unknown column is asked once, remembered for the bureau, and may be forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.intake import actions, memory
from taizhang.intake.models import ColumnSaid, Paper
from taizhang.intake.reading import read
from taizhang.intake.sheets import actions as sheets
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.ledgers.kinds import KINDS
from tests.intake import corpus
from tests.intake.corpus import Case
from tests.intake.test_pages import _hand_in
from tests.make import NAMES, Cast

pytestmark = pytest.mark.django_db
HEADS = ["谈话日期", "谈话人", "谈话对象", "谈话类型", "谈话内容", "缘起", "星座"]


def _list(name: str = "谈心谈话.xlsx", *more: list[str]) -> Case:
    row = ["2016-03-01", NAMES[0], NAMES[1], "支委之间", "近况", "开学", "狮子"]
    data = corpus._sheet([HEADS, row, *more], "谈心谈话登记表")
    return Case("odd", name, data, "talks", [])


def test_an_unknown_column_is_asked_once_and_remembered_for_the_bureau(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    _hand_in(clerk, people, _list())
    paper = Paper.objects.get()
    page = clerk.get(f"/intake/papers/{paper.pk}/").content.decode()
    assert "2列没有认出" in page
    assert "如“狮子”" in page

    at = f"/intake/papers/{paper.pk}/columns/"
    clerk.post(at, {"column-0": "主题", "column-1": "不读入"})

    page = clerk.get(f"/intake/papers/{paper.pk}/").content.decode()
    assert "没有认出。请说明" not in page
    assert 'value="开学"' in page
    said = dict(ColumnSaid.objects.values_list("header", "label"))
    assert said == {"缘起": "主题", "星座": ""}

    more = ["2016-04-01", NAMES[0], NAMES[1], "支委之间", "近况", "期中", "白羊"]
    _hand_in(clerk, people, _list("另一张.xlsx", more))
    other = Paper.objects.latest("pk")
    page = clerk.get(f"/intake/papers/{other.pk}/").content.decode()
    assert 'value="期中"' in page
    assert "没有认出。请说明" not in page


def test_only_a_column_that_was_asked_and_named_is_remembered(
    people: Cast, login: Any, now: Any
) -> None:
    _hand_in(login(people.users["clerk"]), people, _list())
    said = {"缘起": "主题", "星座": "", "没有问的": "主题"}

    sheets.name_columns(
        paper=Paper.objects.get(), columns=said, actor=people.actor("clerk"), now=now
    )

    assert dict(ColumnSaid.objects.values_list("header", "label")) == {"缘起": "主题"}


def test_what_was_remembered_is_forgotten_on_its_page(people: Cast, login: Any, now: Any) -> None:
    clerk = login(people.users["clerk"])
    actor = people.actor("clerk")
    memory.remember(branch=people.own, kind=KINDS["talks"], columns={"缘起": "主题"}, actor=actor, now=now)  # fmt: skip
    page = clerk.get(f"/intake/columns/?branch={people.own.pk}").content.decode()
    assert "缘起" in page

    key = ColumnSaid.objects.get().pk
    answer = clerk.post(f"/intake/columns/{key}/forget/", {"branch": people.own.pk})

    assert answer.status_code == 302
    assert not ColumnSaid.objects.exists()
    _hand_in(clerk, people, _list())
    page = clerk.get(f"/intake/papers/{Paper.objects.get().pk}/").content.decode()
    assert "2列没有认出" in page


def test_a_label_that_the_ledger_does_not_have_is_refused(people: Cast, now: Any) -> None:
    with pytest.raises(BadInput, match="没有栏目"):
        memory.remember(
            branch=people.own, kind=KINDS["talks"], columns={"缘起": "金额"}, actor=people.actor("clerk"), now=now
        )  # fmt: skip
    assert not ColumnSaid.objects.exists()


def test_a_list_of_which_rows_were_entered_is_not_read_again(
    people: Cast, login: Any, now: Any
) -> None:
    clerk = login(people.users["clerk"])
    _hand_in(clerk, people, _list("谈心谈话.xlsx", ["", "", "", "", "只有内容", "", ""]))
    paper = Paper.objects.get()
    clerk.post(f"/intake/papers/{paper.pk}/", {"topic-1": "近况"})
    assert paper.entered.count() == 1

    with pytest.raises(WrongState, match="已有几行入账"):
        sheets.name_columns(
            paper=Paper.objects.get(),
            columns={"缘起": "主题"},
            actor=people.actor("clerk"),
            now=now,
        )
    assert "没有认出。请说明" not in clerk.get(f"/intake/papers/{paper.pk}/").content.decode()


def test_copied_cells_become_a_grid_of_the_ledger_and_good_rows_are_entered(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    lines = [
        "谈话日期\t谈话人\t谈话对象\t谈话类型\t谈话内容",
        f"2016-03-01\t{NAMES[0]}\t{NAMES[1]}\t支委之间\t近况",
        f"某日\t{NAMES[0]}\t{NAMES[1]}\t支委之间\t近况",
    ]
    answer = clerk.post(
        "/intake/sheets/talks/", {"branch": people.own.pk, "pasted": "\n".join(lines)}
    )
    at = answer["Location"]
    page = clerk.get(at).content.decode()
    assert KINDS["talks"].model.objects.count() == 0
    assert 'name="fill-topic"' in page

    clerk.post(at, {"fill-topic": "思想近况"})

    entry: Any = KINDS["talks"].model.objects.get()
    assert (str(entry.held_on), entry.topic) == ("2016-03-01", "思想近况")
    left = Paper.objects.get()
    assert left.state == Paper.State.OPEN
    actions.undo(batch=left.batch, actor=people.actor("clerk"), now=left.batch.at)
    assert KINDS["talks"].model.objects.current().count() == 0


def test_without_a_sheet_the_page_of_import_says_so(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    answer = clerk.post("/intake/sheets/talks/", {"branch": people.own.pk}, follow=True)

    assert "请选择要导入的文件" in answer.content.decode()


def test_who_names_the_ledger_is_asked_of_every_other_column() -> None:
    head = ["编号", "姓名", "哪一族", "干什么", "老家", "手机", "何时来的"]
    rows = [["1", NAMES[0], "汉", "教师", "城南", "13900000001", "2015-09-01"]]
    data = corpus._sheet(
        [head, *rows, ["2", NAMES[1], "汉", "教师", "城北", "13900000002", ""]], "名单"
    )
    (first,) = read.documents("名单.xlsx", data)
    (found,) = read.again("名单.xlsx", data, first.where, read.Said(KINDS["members"]))
    assert [one.values["name"] for one in found.records] == [*NAMES[:2]]
    assert found.is_list
    assert {"哪一族", "干什么", "老家", "何时来的"} <= set(found.unknown)
