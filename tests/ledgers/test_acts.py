"""What acts on ledgers tell others, and what they leave behind."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.ledgers import changes
from taizhang.ledgers.disposal import actions as disposing
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.mine import actions as mine
from taizhang.ledgers.models import EntryVersion, SearchLine
from taizhang.ledgers.records import actions
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
        actions.Row(n, people.own, {"person": NAMES[0], "month": f"2018-0{n}", "amount": "10", "paid_on": f"2018-0{n}-10"})
        for n in (1, 2)
    ]  # fmt: skip

    assert actions.record_many(kind=DUES, rows=rows, actor=people.actor("clerk"), now=now) == 2

    assert DUES.model.objects.filter(branch=people.own).count() == 2
    assert [(one.branch.pk, one.kind.slug, one.record, one.how) for one in heard] == [
        (people.own.pk, "dues-payments", None, "imported")
    ]


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
    made = disposing.propose(actor=office, now=LATE)
    disposing.approve(disposal=made, number="1号", actor=second, now=LATE)  # type: ignore[arg-type]
    heard.clear()

    disposing.carry_out(disposal=made, actor=office, now=LATE)

    assert not EntryVersion.objects.filter(kind="talks", entry_id=talk.pk).exists()
    assert not SearchLine.objects.filter(kind="talks", entry_id=talk.pk).exists()
    assert [(one.branch.pk, one.kind.slug, one.how) for one in heard] == [
        (people.own.pk, "talks", "withdrawn")
    ]


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
    for long, kept in ((145, 149), (146, 150), (147, 150), (300, 150)):
        file = evidence.take_in(
            branch=people.own, name="长" * long + ".png", data=picture(long % 200), kind="", actor=people.actor("clerk"), now=now
        ).file  # fmt: skip
        assert (len(file.name), file.name[-4:]) == (kept, ".png")
    odd = evidence.take_in(
        branch=people.own, name="a." + "长" * 200, data=picture(7), kind="", actor=people.actor("clerk"), now=now
    ).file  # fmt: skip
    assert odd.name == "." + "长" * 149


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
