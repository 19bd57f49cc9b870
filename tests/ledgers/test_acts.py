"""What acts on ledgers tell others, and what they leave behind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers import changes
from taizhang.ledgers.disposal import actions as disposing
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.mine import actions as mine
from taizhang.ledgers.models import EntryVersion, SearchLine
from taizhang.ledgers.records import actions, read_rows, reconciled
from taizhang.ledgers.records.derived import row_hashes
from taizhang.ledgers.records.queries import as_written
from taizhang.orgs.models import Membership, Person
from tests.ledgers.test_disposals import LATE, second
from tests.make import NAMES, Cast, picture, raw, save

__all__ = ["second"]
TALKS, DUES = KINDS["talks"], KINDS["dues-payments"]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[changes.Change]:
    """What is announced."""
    told: list[changes.Change] = []
    monkeypatch.setattr(changes, "LISTENERS", [lambda change, _: told.append(change)])
    return told


def test_an_import_is_announced_once_for_each_branch(
    people: Cast, now: datetime, heard: list[changes.Change]
) -> None:
    rows = [
        read_rows.Row(n, people.own, {"person": NAMES[0], "month": f"2018-0{n}", "amount": "10", "paid_on": f"2018-0{n}-10"})
        for n in (1, 2)
    ]  # fmt: skip

    assert actions.record_many(kind=DUES, rows=rows, actor=people.actor("clerk"), now=now) == 2

    assert DUES.model.objects.filter(branch=people.own).count() == 2
    assert [(one.branch.pk, one.kind.slug, one.record, one.how) for one in heard] == [
        (people.own.pk, "dues-payments", None, "imported")
    ]


def test_many_on_trial_are_counted_to_the_last_and_none_is_stored(
    people: Cast, now: datetime, heard: list[changes.Change]
) -> None:
    rows = [
        read_rows.Row(n, people.own, {"person": NAMES[0], "month": f"2018-0{n}", "amount": "10", "paid_on": f"2018-0{n}-10"})
        for n in (1, 2)
    ]  # fmt: skip
    told: dict[str, Any] = {"kind": DUES, "actor": people.actor("clerk"), "now": now}
    how_far, claimed = list[int](), list[str]()

    assert actions.record_many(rows=rows, dry_run=True, progress=how_far.append, **told) == 2
    assert actions.record_many(rows=[], claim=lambda: claimed.append("x"), **told) == 0

    assert (how_far, claimed, heard) == ([2], [], [])
    assert not DUES.model.objects.exists()


def test_what_was_withdrawn_is_neither_corrected_nor_withdrawn_again(
    people: Cast, now: datetime
) -> None:
    clerk = people.actor("clerk")
    talk = save(people.own, clerk, now, "talks", **raw("talks"))
    told: dict[str, Any] = {"kind": TALKS, "entry": talk, "reason": "改", "actor": clerk, "now": now}  # fmt: skip
    actions.withdraw(**told)

    with pytest.raises(WrongState, match="已经撤回"):
        actions.correct(values=as_written(TALKS, talk) | {"topic": "改过的题目"}, version=1, **told)
    with pytest.raises(WrongState, match="已经撤回"):
        actions.withdraw(**told)

    assert not EntryVersion.objects.exists()
    assert TALKS.model.objects.get(pk=talk.pk).version == 1


def test_what_is_destroyed_leaves_no_version_and_no_word_and_is_announced(
    people: Cast, now: datetime, second: object, heard: list[changes.Change]
) -> None:
    clerk, office = people.actor("clerk"), people.actor("office")
    talk = save(people.own, clerk, now, "talks", **raw("talks"))
    values = as_written(TALKS, talk) | {"topic": "改过的题目"}
    actions.correct(
        kind=TALKS, entry=talk, values=values, version=1, reason="改", actor=clerk, now=now
    )
    assert EntryVersion.objects.filter(kind="talks", entry_id=talk.pk).exists()
    assert SearchLine.objects.filter(kind="talks", entry_id=talk.pk).exists()
    version = EntryVersion.objects.get(kind="talks", entry_id=talk.pk).pk
    made = disposing.propose(actor=office, now=LATE)
    disposing.approve(disposal=made, number="1号", actor=second, now=LATE)  # type: ignore[arg-type]
    heard.clear()

    disposing.carry_out(disposal=made, actor=office, now=LATE)

    assert not EntryVersion.objects.filter(kind="talks", entry_id=talk.pk).exists()
    assert not SearchLine.objects.filter(kind="talks", entry_id=talk.pk).exists()
    assert [(one.branch.pk, one.kind.slug, one.how) for one in heard] == [
        (people.own.pk, "talks", "withdrawn")
    ]
    line = JournalLine.objects.get(verb="ledgers.carry_out_disposal")
    assert line.detail["removed_rows"] == {row_hashes.VERSIONS: [version], "talks": [talk.pk]}
    assert reconciled.compare() == reconciled.Compared([], 0)


@pytest.mark.parametrize(
    ("slug", "values", "column"),
    [
        ("dues-payments", {"person": NAMES[0], "month": "2018-01", "amount": "10", "paid_on": "2018-01-10"}, "姓名"),
        ("members", {"name": "示例新", "gender": "女", "birth_on": "1990-05-06", "joined_on": "2017-09-01", "join_reason": "转入"}, "姓名"),
        ("channels", raw("channels"), "渠道名称"),
    ],
)  # fmt: skip
def test_a_record_that_is_there_is_told_at_the_field_that_says_so(
    people: Cast, now: datetime, slug: str, values: dict[str, str], column: str
) -> None:
    clerk, kind = people.actor("clerk"), KINDS[slug]
    save(people.own, clerk, now, slug, **values)

    with pytest.raises(BadInput) as refused:
        actions.record(kind=kind, branch=people.own, values=values, actor=clerk, now=now)

    (problem,) = refused.value.problems
    assert (problem.column, problem.message[:9]) == (column, "台账里已有这条记录")
    assert kind.model.objects.current().filter(branch=people.own, **_own(kind, values)).count() == 1


def _own(kind: LedgerKind, values: dict[str, str]) -> dict[str, str]:
    """How the record is found: by its person, or by its name."""
    name = values.get("person") or values["name"]
    return {"person__name" if "person" in kind.unique else "name": name}


def test_a_long_name_of_a_file_keeps_its_ending(people: Cast, now: datetime) -> None:
    for long, kept in ((145, 149), (146, 150), (147, 150)):
        file = evidence.take_in(
            branch=people.own, name="长" * long + ".png", data=picture(long % 200), kind="", actor=people.actor("clerk"), now=now
        ).file  # fmt: skip
        assert (len(file.name), file.name[-4:]) == (kept, ".png")
    odd = evidence.take_in(
        branch=people.own, name="a." + "长" * 200, data=picture(7), kind="", actor=people.actor("clerk"), now=now
    ).file  # fmt: skip
    assert odd.name == "a." + "长" * 147 + "…"


def test_who_is_on_no_roster_objects_to_nobody(people: Cast, now: datetime) -> None:
    user = people.users["member"]
    user.person = Person.objects.create(name="无名册", name_normalised="无名册")
    user.save()
    assert not Membership.objects.filter(person=user.person).exists()

    with pytest.raises(NotAllowed, match="没有关联到党员花名册"):
        mine.object_to(about="dues", text="不对", actor=people.actor("member"), now=now)


def test_the_day_after_its_term_a_record_is_listed_and_not_on_its_last_day(
    people: Cast, now: datetime
) -> None:
    save(people.own, people.actor("clerk"), now, "talks", **raw("talks") | {"held_on": "2016-11-08"})  # fmt: skip
    first = datetime.fromisoformat("2026-12-31T23:59:00+08:00")

    with pytest.raises(Exception, match="没有保管期满"):
        disposing.propose(actor=people.actor("office"), now=first)

    made = disposing.propose(actor=people.actor("office"), now=first + timedelta(minutes=1))
    assert [line.kept_until for line in made.lines.all()] == [date(2026, 12, 31)]
