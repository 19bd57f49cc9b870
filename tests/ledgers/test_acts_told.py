"""Who may not is told so first; whoever listens hears of each act; what an act leaves behind is
whole.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.kernel.jobs import worker
from taizhang.kernel.models import JournalLine
from taizhang.ledgers import changes
from taizhang.ledgers.batch import actions as batch
from taizhang.ledgers.disposal import actions as disposing
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.links import actions as links
from taizhang.ledgers.models import EvidenceLink, RecordLink, SearchLine, TextPhrase, TextSketch
from taizhang.ledgers.office import actions as office
from taizhang.ledgers.records import actions, read_rows, reconciled
from taizhang.ledgers.records.derived import row_hashes
from taizhang.ledgers.records.queries import as_written
from taizhang.ledgers.withdrawal import actions as withdrawal
from tests.ledgers.test_disposals import LATE, second
from tests.ledgers.test_evidence import PDF
from tests.ledgers.test_file_versions import _word
from tests.make import NAMES, Cast, picture, raw, save

__all__ = ["second"]
TALKS, MEETINGS, CHANNELS = KINDS["talks"], KINDS["meetings"], KINDS["channels"]


@pytest.fixture
def told(people: Cast, now: datetime) -> dict[str, Any]:
    return {"actor": people.actor("clerk"), "now": now}


@pytest.fixture
def stranger(people: Cast, now: datetime) -> dict[str, Any]:
    """Somebody who may read everything and keeps nothing."""
    return {"actor": people.actor("office"), "now": now}


@pytest.fixture
def talk(people: Cast, now: datetime) -> Any:
    return save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))


def _file(people: Cast, told: dict[str, Any], data: bytes = PDF, name: str = "琥珀.pdf") -> Any:
    return evidence.take_in(branch=people.own, name=name, data=data, kind="", **told).file


def test_who_may_not_is_told_so_before_anything_else(
    people: Cast, told: dict[str, Any], stranger: dict[str, Any], talk: Any
) -> None:
    """Without a reason, with nothing to do, or where nothing follows: a stranger learns only that
    he may not.
    """
    link = evidence.attach(file=_file(people, told), kind=TALKS, entry=talk, **told)
    of: dict[str, Any] = {"kind": TALKS, "entry": talk}
    with pytest.raises(NotAllowed):
        batch.withdraw_many(kind=TALKS, keys=[talk.pk], reason=" ", **stranger)
    with pytest.raises(NotAllowed):
        evidence.replace(link=link, file=("a.pdf", PDF), reason=" ", **of, **stranger)
    with pytest.raises(NotAllowed):
        actions.record_together(kind=TALKS, branch=people.own, each=[], **stranger)
    transfer = save(people.own, told["actor"], told["now"], "transfers", **raw("transfers"))
    with pytest.raises(NotAllowed):
        links.end_spell(kind=KINDS["transfers"], entry=transfer, **stranger)
    rows = [read_rows.Row(2, people.own, raw("members"))]
    with pytest.raises(NotAllowed):
        office.enter_first(kind=KINDS["members"], rows=rows, source="开局.xlsx", **told)


def test_of_ticked_records_the_one_that_is_withdrawn_is_named(
    people: Cast, told: dict[str, Any], talk: Any
) -> None:
    actions.withdraw(kind=TALKS, entry=talk, reason="重复", **told)
    with pytest.raises(BadInput, match=f"“{talk}”等1条已经撤回"):
        batch.withdraw_many(kind=TALKS, keys=[talk.pk], reason="重复", **told)


def test_whoever_listens_hears_of_every_act_on_a_record(
    people: Cast, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(changes, "LISTENERS", [lambda one, _: heard.append(one.how)])
    talk = actions.record(kind=TALKS, branch=people.own, values=raw("talks"), **told)
    of: dict[str, Any] = {"kind": TALKS, "entry": talk}
    talk = actions.correct(
        values=raw("talks") | {"topic": "改"}, version=1, reason="x", **of, **told
    )
    evidence.attach(file=_file(people, told), **of, **told)
    evidence.attach(file=_file(people, told), **of, **told)
    actions.withdraw(reason="x", **of, **told)
    withdrawal.put_back(reason="x", **of, **told)
    assert heard == ["recorded", "corrected", "files", "withdrawn", "put_back"]

    declared = save(people.own, told["actor"], told["now"], "declarations", **raw("declarations"))
    heard.clear()
    boss: dict[str, Any] = told | {"actor": people.actor("office")}
    office.confirm(entry=declared, **boss)
    assert heard == ["corrected"]
    actions.withdraw(kind=KINDS["declarations"], entry=declared, reason="x", **told)
    declared.refresh_from_db()
    declared.confirmed_at = None
    with pytest.raises(WrongState, match="已经撤回或已确认"):
        office.confirm(entry=declared, **boss)


def _words(slug: str) -> list[Any]:
    phrases = TextPhrase.objects.filter(kind=slug).values_list("code", "words")
    sketches = TextSketch.objects.filter(kind=slug).values_list("length")
    lines = SearchLine.objects.filter(kind=slug).values_list("title")
    return [*phrases, *sketches, *lines]


def test_a_corrected_record_is_found_by_its_new_words_once(
    people: Cast, told: dict[str, Any]
) -> None:
    kind = KINDS["activities"]
    values = raw("activities") | {"content": "向延陵小学学习。" + "学习文件并逐条讨论，" * 30}
    entry = actions.record(kind=kind, branch=people.own, values=values, **told)
    before = _words("activities")
    assert TextSketch.objects.exists()
    actions.correct(kind=kind, entry=entry, values=values, version=1, reason="x", **told)
    assert _words("activities") == before


def test_what_is_withdrawn_has_its_files_no_more_in_force(
    people: Cast, told: dict[str, Any], talk: Any
) -> None:
    link = evidence.attach(file=_file(people, told), kind=TALKS, entry=talk, **told)
    assert (link.on, link.is_active) == (talk.held_on, True)
    actions.withdraw(kind=TALKS, entry=talk, reason="x", **told)
    assert not EvidenceLink.objects.get().is_active
    talk.refresh_from_db()
    with pytest.raises(WrongState, match="不能再附材料"):
        evidence.replace(link=link, file=("新.docx", _word("银杏")), reason="x", kind=TALKS, entry=talk, **told)  # fmt: skip


def test_no_record_is_corrected_into_another(people: Cast, told: dict[str, Any]) -> None:
    _, entry = (
        actions.record(
            kind=CHANNELS, branch=people.own, values=raw("channels") | {"name": name}, **told
        )
        for name in ("甲群", "乙群")
    )
    with pytest.raises(BadInput, match="台账里已有这条记录"):
        actions.correct(
            kind=CHANNELS, entry=entry, values=as_written(CHANNELS, entry) | {"name": "甲群"}, version=1, reason="x", **told
        )  # fmt: skip


def test_of_several_records_all_that_is_wrong_is_told_by_their_names(
    people: Cast, told: dict[str, Any]
) -> None:
    named = [
        read_rows.Named("好", raw("channels") | {"name": "甲群"}),
        read_rows.Named("空", {}, [Problem("没有填写。")]),
        read_rows.Named("坏", raw("channels") | {"opened_on": "昨天"}),
    ]
    with pytest.raises(read_rows.SomeRefused) as refused:
        actions.record_together(kind=CHANNELS, branch=people.own, each=named, **told)
    assert list(refused.value.of) == ["空", "坏"]
    assert len(refused.value.problems) == 2
    assert "没有填写" in str(refused.value)
    assert not CHANNELS.model.objects.exists()
    made = actions.record_together(kind=CHANNELS, branch=people.own, each=named[:1], **told)
    assert made == list(CHANNELS.model.objects.all())


def test_the_journal_says_that_something_sensitive_changed_and_not_what(
    people: Cast, told: dict[str, Any]
) -> None:
    kind = KINDS["dues-assessments"]
    entry = actions.record(kind=kind, branch=people.own, values=raw(kind.slug), **told)
    values = as_written(kind, entry) | {"base": "6000", "basis": "上年月均"}
    actions.correct(kind=kind, entry=entry, values=values, version=1, reason="x", **told)
    changed = JournalLine.objects.get(verb="ledgers.correct").detail["changed"]
    labels = {field.name: field.label for field in kind.fields()}
    assert changed[labels["base"]] == ["＊＊＊", "＊＊＊"]
    assert changed[labels["basis"]] == ["某月工资", "上年月均"]


def _dues(people: Cast, months: int, start: int = 1) -> list[read_rows.Row]:
    return [
        read_rows.Row(n, people.own, {"person": NAMES[0], "month": f"2018-0{n}", "amount": "10", "paid_on": f"2018-0{n}-10"})
        for n in range(start, start + months)
    ]  # fmt: skip


def test_an_import_says_how_far_it_is_and_claims_before_it_stores(
    people: Cast, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_rows, "BATCH", 2)
    far, stored = list[int](), list[int]()
    kind = KINDS["dues-payments"]
    actions.record_many(
        kind=kind, rows=_dues(people, 5), progress=far.append, claim=lambda: stored.append(kind.model.objects.count()), **told
    )  # fmt: skip
    assert (far, stored, kind.model.objects.count()) == ([2, 4, 5], [0], 5)
    far.clear()
    actions.record_many(kind=kind, rows=[], progress=far.append, **told)
    assert far == [0]


def test_an_import_stops_at_so_many_problems(
    people: Cast, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_rows, "_MOST_PROBLEMS", 2)
    seen: list[int] = []

    def rows() -> Any:
        for row in _dues(people, 5):
            seen.append(row.number)
            yield read_rows.Row(
                row.number, row.branch, dict(row.values) | {"amount": f"x{row.number}"}
            )

    with pytest.raises(BadInput):
        actions.record_many(kind=KINDS["dues-payments"], rows=rows(), **told)
    assert seen == [1, 2]


def test_rows_without_hashes_get_them_batch_by_batch_and_empty_tables_their_line(
    people: Cast, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    keys = {
        name: list(range(1, n + 1)) for name, n in (("talks", 0), ("meetings", 3), ("channels", 2))
    }
    monkeypatch.setattr(reconciled, "unhashed", lambda: keys)
    monkeypatch.setattr(row_hashes, "only", lambda _, part: {str(key): "x" for key in part})

    assert actions.hash_records(now=told["now"]) == 5

    lines = JournalLine.objects.filter(verb=reconciled.ALL_HASHED).order_by("seq")
    assert [
        (line.subject, next(iter(line.detail["hashes"].values())).keys()) for line in lines
    ] == [
        ("rows:talks", {}.keys()),
        ("rows:meetings", {"1": 0, "2": 0}.keys()),
        ("rows:meetings", {"3": 0}.keys()),
        ("rows:channels", {"1": 0, "2": 0}.keys()),
    ]
    assert [line.detail["n"] for line in lines] == [0, 2, 1, 2]


def test_a_file_that_was_thrown_away_comes_back_with_its_words(
    people: Cast, told: dict[str, Any], talk: Any
) -> None:
    data = _word("银杏叶")
    file = _file(people, told, data, "琥珀.docx")
    worker.work_off()
    for back in (
        lambda: _file(people, told, data),
        lambda: evidence.attach(file=file, kind=TALKS, entry=talk, **told),
    ):
        file.refresh_from_db()
        evidence.throw_away(file=file, **told)
        assert not SearchLine.objects.filter(kind="files").exists()
        file.refresh_from_db()
        back()
        assert SearchLine.objects.filter(kind="files", title__contains="琥珀").exists()
        worker.work_off()
        assert SearchLine.objects.filter(kind="files", text__contains="银杏叶").exists()
        EvidenceLink.objects.all().delete()


@pytest.mark.parametrize(("behind", "whole"), [(2048 - 5, True), (2048 - 4, False)])
def test_a_pdf_ends_within_its_last_two_thousand_bytes(
    people: Cast, told: dict[str, Any], behind: int, whole: bool
) -> None:
    data = b"%PDF-1.4\n" + b"x" * 4000 + b"%%EOF" + b" " * behind
    if whole:
        assert _file(people, told, data).size == len(data)
        return
    with pytest.raises(BadInput, match="不完整"):
        _file(people, told, data)


def test_pictures_are_counted_anew_when_a_file_is_replaced(
    people: Cast, told: dict[str, Any], talk: Any
) -> None:
    link = evidence.attach(file=_file(people, told), kind=TALKS, entry=talk, **told)
    evidence.replace(link=link, file=("新.png", picture()), reason="x", kind=TALKS, entry=talk, **told)  # fmt: skip
    talk.refresh_from_db()
    assert (talk.n_files, talk.n_pictures) == (1, 1)


def test_the_roster_line_that_a_record_ended_is_linked_with_it(
    people: Cast, told: dict[str, Any]
) -> None:
    entry = save(people.own, told["actor"], told["now"], "transfers",
                 **raw("transfers") | {"direction": "转出", "letter_no": "示0099", "issued_on": "2018-09-03", "received_on": "2018-09-12", "dues_paid_through": "2018-09"})  # fmt: skip
    member = links.end_spell(kind=KINDS["transfers"], entry=entry, **told)
    link = RecordLink.objects.get()
    assert (link.from_kind, link.from_id, link.to_id) == ("transfers", entry.pk, member.pk)
    assert member.left_on == date(2018, 9, 12)


def test_what_is_destroyed_leaves_no_link_and_no_name_of_a_file(
    people: Cast, told: dict[str, Any], talk: Any, second: Any
) -> None:
    evidence.attach(file=_file(people, told), kind=TALKS, entry=talk, **told)
    room = save(people.own, told["actor"], told["now"], "rooms", **raw("rooms"))
    links.link(kind=TALKS, entry=talk, to=KINDS["rooms"], made=room, **told)
    links.link(kind=KINDS["rooms"], entry=room, to=TALKS, made=talk, **told)
    EvidenceLink.objects.filter(kind="rooms").delete()
    assert SearchLine.objects.filter(kind="files").exists()
    late: dict[str, Any] = {"actor": people.actor("office"), "now": LATE}
    made = disposing.propose(**late)
    made.lines.exclude(kind="talks").delete()
    disposing.approve(disposal=made, number="1号", actor=second, now=LATE)

    disposing.carry_out(disposal=made, **late)

    assert not RecordLink.objects.exists()
    assert not SearchLine.objects.filter(kind="files").exists()
