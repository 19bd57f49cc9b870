"""What anybody can do with ledgers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from taizhang.ledgers.batch import actions as batch
from taizhang.ledgers.disposal import actions as disposing
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.links import actions as links
from taizhang.ledgers.mine import actions as objections
from taizhang.ledgers.models import Disposal
from taizhang.ledgers.office import actions as declarations
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.records import read_rows
from taizhang.ledgers.withdrawal import actions as withdrawal
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Membership
from tests.architecture.acts.act import Do, World, act
from tests.make import organisation, picture, raw, save


@act(
    "ledgers.records.record", "ledgers.record", "clerk", "nobody", "foreign", "office", "inspector"
)
def _record(w: World) -> Do:
    return lambda actor: save(w.people.own, actor, w.now, "channels", **raw("channels"))


@act(
    "ledgers.records.record_together", "ledgers.record", "clerk", "nobody", "foreign", "office", "inspector"
)  # fmt: skip
def _record_together(w: World) -> Do:
    each = [read_rows.Named("1", raw("meetings"))]
    return lambda actor: ledgers.record_together(
        kind=KINDS["meetings"], branch=w.people.own, each=each, actor=actor, now=w.now
    )


@act("ledgers.records.correct", "ledgers.correct", "clerk", "nobody", "foreign", "office")
def _correct(w: World) -> Do:
    entry = w.saved("channels")
    return lambda actor: ledgers.correct(
        kind=KINDS["channels"], entry=entry, values=raw("channels") | {"name": "另一个"}, version=1, reason="核对",
        actor=actor, now=w.now,
    )  # fmt: skip


@act("ledgers.records.withdraw", "ledgers.withdraw", "clerk", "nobody", "foreign", "office")
def _withdraw(w: World) -> Do:
    entry = w.saved("channels")
    return lambda actor: ledgers.withdraw(
        kind=KINDS["channels"], entry=entry, reason="重复", actor=actor, now=w.now
    )


@act("ledgers.withdrawal.put_back", "ledgers.put_back", "clerk", "nobody", "foreign", "office")
def _put_back(w: World) -> Do:
    entry, clerk = w.saved("channels"), w.people.actor("clerk")
    ledgers.withdraw(kind=KINDS["channels"], entry=entry, reason="重复", actor=clerk, now=w.now)
    return lambda actor: withdrawal.put_back(
        kind=KINDS["channels"], entry=entry, reason="不重复", actor=actor, now=w.now
    )


@act("ledgers.records.record_many", "ledgers.record_many", "clerk", "nobody", "foreign", "office")
def _many(w: World) -> Do:
    rows = [read_rows.Row(2, w.people.own, raw("channels"))]
    return lambda actor: ledgers.record_many(
        kind=KINDS["channels"], rows=rows, actor=actor, now=w.now
    )


@act("ledgers.records.reveal", "ledgers.reveal", "clerk", "nobody", "foreign", "office")
def _reveal(w: World) -> Do:
    entry = w.saved("talks")
    return lambda actor: ledgers.reveal(
        kind=KINDS["talks"], entry=entry, reason="核对", actor=actor, now=w.now
    )


@act("ledgers.records.note_export", "ledgers.export", "clerk", own=True)
def _export(w: World) -> Do:
    return lambda actor: ledgers.note_export(
        subject="channels", actor=actor, now=w.now, detail={"query": ""}
    )


@act("ledgers.office.confirm", "ledgers.confirm_declaration", "office", "nobody", "clerk")
def _confirm(w: World) -> Do:
    entry = w.saved("declarations")
    return lambda actor: declarations.confirm(entry=entry, actor=actor, now=w.now)


def _listed(w: World, state: str = Disposal.State.DRAFT) -> Disposal:
    made: Disposal = Disposal.objects.create(
        made_at=w.now, made_by=w.people.users["clerk"], state=state
    )
    entry = w.saved("channels")
    made.lines.create(
        branch=w.people.own, kind="channels", entry_id=entry.pk, title="x", day=date(2000, 1, 1), kept_until=date(2010, 1, 1),
        n_files=0,
    )  # fmt: skip
    return made


@act("ledgers.disposal.propose", "ledgers.propose_disposal", "office", "nobody", "clerk")
def _propose(w: World) -> Do:
    w.saved("visits", visited_on="2014-03-01")
    w = World(w.people, w.now.replace(year=2030))
    return lambda actor: disposing.propose(actor=actor, now=w.now)


@act("ledgers.disposal.keep", "ledgers.keep_from_disposal", "office", "nobody", "clerk")
def _keep(w: World) -> Do:
    made = _listed(w)
    return lambda actor: disposing.keep(
        disposal=made, keys=[made.lines.get().pk], actor=actor, now=w.now
    )


@act("ledgers.disposal.drop", "ledgers.drop_disposal", "office", "nobody", "clerk")
def _drop(w: World) -> Do:
    made = _listed(w)
    return lambda actor: disposing.drop(disposal=made, actor=actor, now=w.now)


@act("ledgers.disposal.approve", "ledgers.approve_disposal", "office", "nobody", "clerk")
def _approve(w: World) -> Do:
    made = _listed(w)
    return lambda actor: disposing.approve(disposal=made, number="示批1号", actor=actor, now=w.now)


@act("ledgers.disposal.carry_out", "ledgers.carry_out_disposal", "office", "nobody", "clerk")
def _carry_out(w: World) -> Do:
    made = _listed(w, Disposal.State.APPROVED)
    return lambda actor: disposing.carry_out(disposal=made, actor=actor, now=w.now)


@act("ledgers.evidence.take_in", "ledgers.take_in_file", "clerk", "nobody", "foreign", "office")
def _take_in(w: World) -> Do:
    return lambda actor: evidence.take_in(
        branch=w.people.own, name="照片.png", data=picture(), kind="", actor=actor, now=w.now
    )


@act("ledgers.evidence.attach", "ledgers.attach_file", "clerk", "nobody", "foreign", "office")
def _attach(w: World) -> Do:
    entry, file = w.saved("channels"), w.file()
    return lambda actor: evidence.attach(
        file=file, kind=KINDS["channels"], entry=entry, actor=actor, now=w.now
    )


@act("ledgers.evidence.detach", "ledgers.detach_file", "clerk", "nobody", "foreign", "office")
def _detach(w: World) -> Do:
    entry, kind = w.saved("channels"), KINDS["channels"]
    link = evidence.attach(
        file=w.file(), kind=kind, entry=entry, actor=w.people.actor("clerk"), now=w.now
    )
    return lambda actor: evidence.detach(link=link, kind=kind, entry=entry, actor=actor, now=w.now)


@act("ledgers.evidence.replace", "ledgers.replace_file", "clerk", "nobody", "foreign", "office")
def _replace(w: World) -> Do:
    entry, kind = w.saved("channels"), KINDS["channels"]
    link = evidence.attach(
        file=w.file(), kind=kind, entry=entry, actor=w.people.actor("clerk"), now=w.now
    )
    return lambda actor: evidence.replace(
        link=link, file=("新.pdf", b"%PDF-1.4 %%EOF"), reason="补盖章", kind=kind, entry=entry, actor=actor, now=w.now
    )  # fmt: skip


@act(
    "ledgers.evidence.throw_away", "ledgers.throw_away_file", "clerk", "nobody", "foreign", "office"
)
def _throw(w: World) -> Do:
    file = w.file()
    return lambda actor: evidence.throw_away(file=file, actor=actor, now=w.now)


@act("ledgers.links.derive", "ledgers.link", "clerk", "nobody", "foreign", "office")
def _derive(w: World) -> Do:
    kind = KINDS["meetings"]
    entry = w.saved("meetings", kind="组织生活会")
    gives = next(g for g in kind.gives if g.to == "life-meetings")
    return lambda actor: links.derive(kind=kind, entry=entry, gives=gives, actor=actor, now=w.now)


@act("ledgers.links.end_spell", "ledgers.correct", "clerk", "nobody", "foreign", "office")
def _end_spell(w: World) -> Do:
    kind = KINDS["transfers"]
    entry = w.saved("transfers", direction="转出", letter_no="示0099")
    return lambda actor: links.end_spell(kind=kind, entry=entry, actor=actor, now=w.now)


def _two(w: World) -> Callable[[Actor], Any]:
    entry, made = w.saved("declarations"), w.saved("channels")
    return lambda actor: links.link(
        kind=KINDS["declarations"], entry=entry, to=KINDS["channels"], made=made, actor=actor, now=w.now
    )  # fmt: skip


@act("ledgers.links.link", "ledgers.link", "clerk", "nobody", "foreign", "office")
def _link(w: World) -> Do:
    return _two(w)


@act("ledgers.links.unlink", "ledgers.unlink", "clerk", "nobody", "foreign", "office")
def _unlink(w: World) -> Do:
    made = _two(w)(w.people.actor("clerk"))
    kind = KINDS["declarations"]
    entry = kind.model.objects.get(pk=made.from_id)
    return lambda actor: links.unlink(kind=kind, entry=entry, link=made, actor=actor, now=w.now)


def _member(w: World) -> Actor:
    """The member's account, tied to somebody of the roster."""
    user = w.people.users["member"]
    user.person = Membership.objects.filter(branch=w.people.own)[0].person
    user.save()
    return w.people.actor("member")


@act("ledgers.mine.object_to", "ledgers.object", "member", "nobody", "foreign")
def _object(w: World) -> Do:
    _member(w)
    return lambda actor: objections.object_to(about="dues", text="不对", actor=actor, now=w.now)


@act("ledgers.mine.answer", "ledgers.answer_objection", "clerk", "nobody", "foreign", "office")
def _answer(w: World) -> Do:
    made = objections.object_to(about="dues", text="不对", actor=_member(w), now=w.now)
    return lambda actor: objections.answer(
        objection=made, is_right=True, text="已更正", actor=actor, now=w.now
    )


@act("ledgers.mine.see_oneself", "ledgers.reveal", "member", "nobody", "foreign")
def _see(w: World) -> Do:
    _member(w)
    return lambda actor: objections.see_oneself(actor=actor, now=w.now)


@act("ledgers.evidence.take_in", "ledgers.take_back_file", "clerk", "nobody", "foreign", "office")
def _take_back(w: World) -> Do:
    evidence.throw_away(file=w.file(), actor=w.people.actor("clerk"), now=w.now)
    return _take_in(w)


@act("ledgers.office.enter_first", "ledgers.record_many", "office", "nobody", "clerk", "system")
def _enter_first(w: World) -> Do:
    branch = organisation("丙校", w.people.committee, w.now)
    rows = [read_rows.Row(2, branch, raw("members"))]
    return lambda actor: declarations.enter_first(
        kind=KINDS["members"], rows=rows, actor=actor, now=w.now, source="开局.xlsx"
    )


@act("ledgers.batch.withdraw_many", "ledgers.withdraw", "clerk", "nobody", "foreign", "office")
def _withdraw_many(w: World) -> Do:
    keys = [w.saved("meetings").pk, w.saved("meetings", held_on="2018-03-05").pk]
    return lambda actor: batch.withdraw_many(
        kind=KINDS["meetings"], keys=keys, reason="重复登记", actor=actor, now=w.now
    )
