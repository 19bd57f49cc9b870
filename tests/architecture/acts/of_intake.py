"""收件."""

from __future__ import annotations

from typing import Any

from taizhang.intake import actions, memory
from taizhang.intake.models import Batch, ColumnSaid, Paper
from taizhang.intake.sheets import actions as sheets
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import Organisation
from tests.architecture.acts.act import Do, World, act
from tests.intake import corpus

STRANGERS = ("nobody", "foreign", "office")


def _batch(w: World, *cases: corpus.Case) -> Batch:
    files = [(one.name, one.data) for one in cases or (corpus.minutes_in_lines(1),)]
    clerk = w.people.actor("clerk")
    return actions.take_in(branch=w.people.own, files=files, actor=clerk, now=w.now)


def _paper(w: World) -> Paper:
    return _batch(w).papers.get()


@act("intake.take_in", "intake.take_in", "clerk", *STRANGERS)
def _(w: World) -> Do:
    case = corpus.talk_in_a_table(1)
    return lambda actor: actions.take_in(
        branch=w.people.own, files=[(case.name, case.data)], actor=actor, now=w.now
    )


@act("intake.take_for", "intake.take_for", "clerk", *STRANGERS)
def _(w: World) -> Do:
    paper = _paper(w)
    return lambda actor: actions.take_for(paper=paper, kind=KINDS["talks"], actor=actor, now=w.now)


def _odd_list(w: World) -> Paper:
    """A list with a column that nobody knows."""
    rows = [
        ["谈话时间", "谈话人", "谈话对象", "谈话内容", "星座"],
        ["2016-03-01", "甲一", "乙二", "近况", "狮子"],
    ]
    data = corpus._sheet(rows, "谈心谈话登记表")
    return _batch(w, corpus.Case("odd", "谈心谈话.xlsx", data, "talks", [])).papers.get()


@act("intake.sheets.take_sheet", "intake.take_in", "clerk", *STRANGERS)
def _(w: World) -> Do:
    return lambda actor: sheets.take_sheet(
        branch=w.people.own, kind=KINDS["talks"], name="", data="谈话日期\t谈话内容\n2016-03-01\t近况", actor=actor, now=w.now
    )  # fmt: skip


@act("intake.sheets.name_columns", "intake.remember", "clerk", *STRANGERS)
def _(w: World) -> Do:
    paper = _odd_list(w)
    return lambda actor: sheets.name_columns(
        paper=paper, columns={"星座": "不读入"}, actor=actor, now=w.now
    )


@act("intake.remember", "intake.remember", "clerk", *STRANGERS)
def _(w: World) -> Do:
    return lambda actor: memory.remember(
        branch=w.people.own, kind=KINDS["talks"], columns={"星座": "主题"}, actor=actor, now=w.now
    )


@act("intake.forget", "intake.forget", "clerk", *STRANGERS)
def _(w: World) -> Do:
    root = Organisation.objects.get(path=w.people.own.path[:9])
    one = ColumnSaid.objects.create(
        root=root, kind="talks", header="星座", by=w.people.users["clerk"], at=w.now
    )
    return lambda actor: memory.forget(branch=w.people.own, key=one.pk, actor=actor, now=w.now)


@act("intake.enter", "intake.enter", "clerk", *STRANGERS)
def _(w: World) -> Do:
    paper = _paper(w)
    values: dict[str, Any] = {"kind": "支委会", "title": "会", "held_on": "2016-03-01"}
    return lambda actor: actions.enter(paper=paper, values=values, actor=actor, now=w.now)


@act("intake.enter_rows", "intake.enter", "clerk", *STRANGERS)
def _(w: World) -> Do:
    paper = _batch(w, corpus.meetings_in_a_list(1)).papers.get()
    row = {"kind": "支委会", "title": "会", "held_on": "2016-03-01"}
    return lambda actor: actions.enter_rows(paper=paper, rows={1: row}, actor=actor, now=w.now)


@act("intake.keep_for", "intake.take_in", "clerk", *STRANGERS)
def _(w: World) -> Do:
    data = corpus._sheet([["谈话日期", "谈话内容"], ["2016-03-01", "近况"]])
    return lambda actor: actions.keep_for(
        branch=w.people.own, kind=KINDS["talks"], name="谈话.xlsx", data=data, given={}, actor=actor, now=w.now
    )  # fmt: skip


@act("intake.sheets.enter_right", "intake.enter_right", "clerk", *STRANGERS)
def _(w: World) -> Do:
    batch = _batch(w, corpus.meetings_in_a_list(1))
    return lambda actor: sheets.enter_right(batch=batch, actor=actor, now=w.now)


@act("intake.enter_certain", "intake.enter_certain", "clerk", *STRANGERS)
def _(w: World) -> Do:
    batch = _batch(w)
    return lambda actor: actions.enter_certain(batch=batch, actor=actor, now=w.now)


@act("intake.add_to", "intake.enter", "clerk", *STRANGERS)
def _(w: World) -> Do:
    paper, entry = _paper(w), w.saved("meetings")
    return lambda actor: actions.add_to(paper=paper, entry=entry, actor=actor, now=w.now)


@act("intake.put_aside", "intake.put_aside", "clerk", *STRANGERS)
def _(w: World) -> Do:
    paper = _paper(w)
    return lambda actor: actions.put_aside(paper=paper, actor=actor, now=w.now)


@act("intake.undo", "intake.undo", "clerk", *STRANGERS)
def _(w: World) -> Do:
    batch = _batch(w)
    return lambda actor: actions.undo(batch=batch, actor=actor, now=w.now)
