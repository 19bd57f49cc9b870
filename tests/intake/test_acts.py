"""What the acts of intake keep and tell: one batch a drop, how many records came of it, what a
document was read into.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from taizhang.intake import actions, queries
from taizhang.intake.models import Batch, Paper
from taizhang.intake.reading import read
from taizhang.kernel.errors import WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceLink
from tests.intake import corpus
from tests.intake.test_pages import MEETINGS, _minutes
from tests.intake.test_sheets import HEAD as TALK_HEAD
from tests.ledgers.test_dues_spread import HEAD, TITLE
from tests.ledgers.test_sheets import sheet
from tests.make import NAMES, Cast, save

pytestmark = pytest.mark.django_db
MEETINGS_KIND = KINDS["meetings"]


def _taken(people: Cast, now: datetime, *seeds: int, drop: str = "") -> Batch:
    files = [(case.name, case.data) for case in map(_minutes, seeds)]
    return actions.take_in(
        branch=people.own, files=files, actor=people.actor("clerk"), now=now, drop=drop
    )


def _told(verb: str) -> list[Any]:
    lines = JournalLine.objects.filter(verb=f"intake.{verb}").order_by("seq")
    return [line.detail.get("n") for line in lines]


def test_files_of_one_drop_are_one_batch_and_of_another_are_not(
    people: Cast, now: datetime
) -> None:
    drop = "eine-ganz-lange-kennung-1"
    first, second = (_taken(people, now, seed, drop=drop) for seed in (1, 2))
    other = _taken(people, now, 3, drop="andere")

    assert (first.pk, first.papers.count()) == (second.pk, 2)
    assert other.pk != first.pk
    assert _taken(people, now, 4).pk not in (first.pk, other.pk)
    assert _told("take_in") == [1, 1, 1, 1]


def test_of_a_file_that_is_not_kept_the_name_and_the_reason_stay(
    people: Cast, now: datetime
) -> None:
    batch = actions.take_in(
        branch=people.own,
        files=[("长" * 160 + ".exe", b"MZ")],
        actor=people.actor("clerk"),
        now=now,
    )
    (paper,) = batch.papers.all()
    assert (paper.file, paper.file_name) == (None, "长" * 145 + "….exe")
    assert paper.proposed


def test_what_was_said_of_a_list_is_kept_when_another_ledger_is_named(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    (paper,) = _taken(people, now, 1).papers.all()
    heard: list[read.Said] = []

    def again(_name: str, _data: bytes, _where: str, said: read.Said, *_: Any) -> list[Any]:
        heard.append(said)
        return []

    monkeypatch.setattr(read, "again", again)
    for proposed in ('{"given": {"year": "2018"}}', ""):
        paper.proposed = proposed
        actions.take_for(paper=paper, kind=MEETINGS_KIND, actor=people.actor("clerk"), now=now)
    assert [one.given for one in heard] == [{"year": "2018"}, {}]


def test_the_journal_says_how_many_records_came_of_a_document(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    batch = _taken(people, now, 1, 2)
    one, two = batch.papers.order_by("pk")
    values = queries.proposed(one)[0][0].values

    entry = actions.enter(paper=one, values=values, actor=clerk, now=now)
    actions.add_to(paper=two, entry=entry, actor=clerk, now=now)

    assert _told("enter") == [1, 0]
    assert EvidenceLink.objects.filter(entry_id=entry.pk).count() == 2
    assert {p.state for p in Paper.objects.all()} == {Paper.State.ENTERED}
    actions.undo(batch=batch, actor=clerk, now=now + timedelta(days=1))
    assert _told("undo") == [1]
    assert MEETINGS.objects.current().count() == 0


@pytest.mark.parametrize("how", ["entered", "laid-aside", "taken-back"])
def test_a_document_that_is_done_is_not_entered_again(
    people: Cast, now: datetime, how: str
) -> None:
    clerk = people.actor("clerk")
    batch = _taken(people, now, 1)
    paper = batch.papers.get()
    values = queries.proposed(paper)[0][0].values
    told: dict[str, Any] = {"actor": clerk, "now": now}
    if how == "entered":
        actions.enter(paper=paper, values=values, **told)
    elif how == "laid-aside":
        actions.put_aside(paper=paper, **told)
    else:
        actions.undo(batch=batch, **told)
    before = MEETINGS.objects.count()
    shown = Paper.objects.select_related("batch").get(pk=paper.pk)

    with pytest.raises(WrongState, match="已经处理过了"):
        actions.enter(paper=shown, values=values | {"held_on": "2016-05-09"}, **told)
    with pytest.raises(WrongState, match="已经处理过了"):
        actions.enter_rows(paper=shown, rows={1: values | {"held_on": "2016-06-09"}}, **told)

    assert MEETINGS.objects.count() == before


def test_a_list_of_which_every_row_names_another_branch_waits_and_is_never_certain(
    people: Cast, now: datetime
) -> None:
    row = ["2016-03-01", NAMES[0], NAMES[1], "支委之间", "近况", "近期工作", "别的支部"]
    data = corpus._sheet([[*TALK_HEAD, "党支部"], row])

    batch = actions.take_in(
        branch=people.own, files=[("谈心谈话.xlsx", data)], actor=people.actor("clerk"), now=now
    )

    paper = batch.papers.get()
    assert (paper.kind, paper.certain) == ("talks", False)
    assert [one.branch for one in queries.proposed(paper)[0]] == ["别的支部"]
    assert actions.enter_certain(batch=batch, actor=people.actor("clerk"), now=now) == (0, [])


def test_what_is_certain_is_entered_once_for_each_document(people: Cast, now: datetime) -> None:
    batch = _taken(people, now, 1, 2)

    assert actions.enter_certain(batch=batch, actor=people.actor("clerk"), now=now) == (2, [])

    assert (_told("enter"), _told("enter_certain")) == ([1, 1], [2])
    assert MEETINGS.objects.current().count() == 2


def test_a_list_without_doubt_is_entered_to_its_last_row(people: Cast, now: datetime) -> None:
    head = ["姓名", "月份", "金额", "交纳日期"]
    rows = [[name, "2018-01", 78, "2018-01-10"] for name in NAMES[:3]]
    files = [("党费收缴台账.xlsx", sheet(["党费收缴台账"], head, *rows))]
    clerk = people.actor("clerk")
    batch = actions.take_in(branch=people.own, files=files, actor=clerk, now=now)

    assert actions.enter_certain(batch=batch, actor=clerk, now=now) == (1, [])

    assert batch.papers.get().state == Paper.State.ENTERED
    assert KINDS["dues-payments"].model.objects.count() == 3


def test_a_document_read_as_another_ledger_has_what_that_asks(people: Cast, now: datetime) -> None:
    paper = _taken(people, now, 1).papers.get()
    before = queries.proposed(paper)[0][0].values
    assert "held_on" in before

    actions.take_for(paper=paper, kind=KINDS["study-notes"], actor=people.actor("clerk"), now=now)

    paper.refresh_from_db()
    assert paper.kind == "study-notes"
    known = {one.name for one in KINDS["study-notes"].fields()}
    assert {name for r in queries.proposed(paper)[0] for name in r.values} <= known
    assert queries.proposed(paper)[0] == [] or queries.proposed(paper)[0][0].values != before


def test_what_was_entered_before_is_not_offered_again(people: Cast, now: datetime) -> None:
    case, clerk = _minutes(1), people.actor("clerk")
    file = [(case.name, case.data)]
    first = actions.take_in(branch=people.own, files=file, actor=clerk, now=now)
    actions.enter_certain(batch=first, actor=clerk, now=now)

    again = actions.take_in(branch=people.own, files=file, actor=clerk, now=now)

    paper = again.papers.get()
    assert paper.state == Paper.State.SAME
    assert "已于2018-10-25 12:00收件并入账" in queries.proposed(paper)[1][0]


def test_what_was_handed_in_twice_is_entered_once(people: Cast, now: datetime) -> None:
    case, clerk = _minutes(1), people.actor("clerk")
    file = [(case.name, case.data)]
    first, second = (
        actions.take_in(branch=people.own, files=file, actor=clerk, now=now) for _ in range(2)
    )
    assert actions.enter_certain(batch=first, actor=clerk, now=now) == (1, [])

    entered, refused = actions.enter_certain(batch=second, actor=clerk, now=now)

    assert entered == 0
    assert "已于2018-10-25 12:00收件并入账" in refused[0]
    assert second.papers.get().state == Paper.State.OPEN
    assert not second.papers.get().certain


def test_months_that_stand_together_are_entered_by_what_was_laid_down(
    people: Cast, now: datetime
) -> None:
    clerk = people.actor("clerk")
    data = sheet(TITLE, HEAD, [NAMES[0], "1-3月", 234, "2018-02-10"], [NAMES[1], "1-3月", 30, "2018-02-10"])  # fmt: skip
    for name, due in ((NAMES[0], "78.00"), (NAMES[1], "11.00")):
        save(people.own, clerk, now, "dues-assessments", person=name, year="2018", category="在职", basis="某月工资", monthly_due=due)  # fmt: skip
    batch = actions.take_in(branch=people.own, files=[("党费.xlsx", data)], actor=clerk, now=now)
    paper = batch.papers.get()
    rows = {n: r.values for n, r in enumerate(queries.proposed(paper)[0], start=1)}

    (problem,) = actions.enter_rows(paper=paper, rows=rows, actor=clerk, now=now)

    assert KINDS["dues-payments"].model.objects.count() == 3
    assert (problem.row, problem.column) == (1, "月份")
    assert "这3个月应交33.00元" in problem.message
    paper.refresh_from_db()
    assert paper.state == Paper.State.OPEN
