"""开局工作簿: organisations, rosters, accounts and duties in one workbook, stored whole or
not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from taizhang.kernel.errors import BadInput, NotAllowed, Problem
from taizhang.kernel.text import folded
from taizhang.ledgers.form_reader import label_names, together
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.office import account_sheets, actions, organisation_sheets
from taizhang.ledgers.office.first_rosters import RosterSheet
from taizhang.ledgers.sheets import excel
from taizhang.ledgers.written import tables
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Role

ACCOUNTS, DUTIES = "账号", "授权"
FIELDS = {
    organisation_sheets.TITLE: organisation_sheets.FIELDS,
    ACCOUNTS: account_sheets.ACCOUNTS,
    DUTIES: account_sheets.DUTIES,
}
ROSTERS = {
    kind.title: kind
    for kind in sorted(KINDS.values(), key=lambda one: one.begins_as)
    if kind.begins_as
}
"""The ledgers that say who is in a branch; each after those whose names it uses."""
TITLES = (organisation_sheets.TITLE, *ROSTERS, ACCOUNTS, DUTIES)
HANDS = {
    Role.OFFICE: (organisation_sheets.TITLE, *ROSTERS),
    Role.SYSTEM: (ACCOUNTS,),
    Role.SECURITY: (DUTIES,),
}
"""Who stores which sheets: the three offices are in three hands, whatever stands in one file."""


@dataclass(frozen=True)
class Stored:
    """What came of one sheet."""

    title: str
    new: int
    same: int
    changed: int = 0
    waits_for: str = ""
    """Whose hand stores it, where that is not the actor's."""


@dataclass
class Done:
    """What came of a workbook."""

    sheets: list[Stored] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    slips: list[tuple[str, str, str]] = field(default_factory=list)


def hand_of(actor: Actor) -> Role:
    """As whom the actor brings a workbook in; raises NotAllowed for all others."""
    for role in HANDS:
        if actor.has(role):
            return role
    raise NotAllowed("开局工作簿由组织科、系统管理员、安全管理员各自导入。")


def bring_in(
    *, data: bytes, file_name: str, actor: Actor, now: datetime, dry_run: bool = False
) -> Done:
    """Store the sheets that are the actor's to store, or nothing; raises BadInput with all that is
    wrong in any sheet.

    The organisation section has the sheets of the others looked through as well, so that everything
    is told in one go.
    """
    hand = hand_of(actor)
    sheets, done, problems = _read(data)
    work = _Work(sheets, actor, now, f"开局工作簿 {file_name}", done)
    with transaction.atomic():
        work.store(hand)
        problems += work.problems
        if problems or dry_run:
            transaction.set_rollback(True)
    if problems:
        raise BadInput(problems)
    return done


def _read(data: bytes) -> tuple[dict[str, excel.Sheet], Done, list[Problem]]:
    """The sheets by their titles; what is left out; what is wrong with their headers."""
    found: dict[str, excel.Sheet] = {}
    done, problems = Done(), list[Problem]()
    titles = {folded(title): title for title in TITLES}
    for name, table in tables.every_sheet(data).items():
        title = titles.get(folded(name))
        if title is None:
            if name not in tables.OWN_SHEETS:
                done.notes.append(f"没有读入工作表“{name}”：不是开局工作簿的表。")
            continue
        try:
            found[title] = _sheet(title, table)
        except BadInput as refusal:
            problems += [replace(problem, sheet=title) for problem in refusal.problems]
    if not found and not problems:
        told = f"没有找到开局工作簿的表（{'、'.join(TITLES)}），请下载空表填写。"
        problems.append(Problem(told))
    for title, sheet in found.items():
        problems += [replace(problem, sheet=title) for problem in sheet.problems]
        done.notes += [f"工作表“{title}”：{note}" for note in sheet.notes]
    return found, done, problems


def _sheet(title: str, table: tables.Table) -> excel.Sheet:
    if title in ROSTERS:
        return excel.read_table(ROSTERS[title], table)
    if title == organisation_sheets.TITLE:
        return organisation_sheets.read(table)
    return excel.read_fields(FIELDS[title], table)


_NOT_FOUND = {
    organisation_sheets.TITLE: re.compile("没有(?:党支部|党组织)“"), "党员花名册": re.compile("花名册上没有"),
    "党小组": re.compile("没有党小组“"), ACCOUNTS: re.compile("没有在用的账号“"),
}  # fmt: skip
"""What is said of a reference to each sheet that leads nowhere."""


@dataclass
class _Work:
    """The sheets on their way, in the order in which one needs the other."""

    sheets: Mapping[str, excel.Sheet]
    actor: Actor
    now: datetime
    source: str
    done: Done
    problems: list[Problem] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    """Names that stand on rows which are wrong: who refers to them is not wrong as well."""
    nameless: set[str] = field(default_factory=set)
    """Sheets with a wrong row that lacks its name: which name it is that others refer to nobody can
    tell.
    """

    def store(self, hand: Role) -> None:
        """Store what is the hand's; the organisation section's look goes over all."""
        if hand == Role.OFFICE:
            self._organisations()
            for title in ROSTERS:
                self._roster(title)
        if hand in (Role.OFFICE, Role.SYSTEM):
            self._accounts(mine=hand == Role.SYSTEM)
        if hand in (Role.OFFICE, Role.SECURITY):
            self._duties(mine=hand == Role.SECURITY)

    def _organisations(self) -> None:
        title = organisation_sheets.TITLE
        sheet = self.sheets.get(title)
        if sheet is None:
            return
        came, problems = organisation_sheets.enter(sheet, self.actor, self.now)
        self._tell(title, problems, ("full_name", "short_name"))
        self.done.sheets.append(Stored(title, came.new, came.same, came.changed))

    def _roster(self, title: str) -> None:
        sheet, kind = self.sheets.get(title), ROSTERS[title]
        if sheet is None or not sheet.rows:
            return
        found = RosterSheet(kind, sheet, self.actor, self.pending)
        found.read()
        self._tell(title, together(found.problems), ("name",))
        if found.new:
            actions.enter_first(
                kind=kind, rows=found.new, actor=self.actor, now=self.now, source=self.source
            )
        self.done.sheets.append(Stored(title, len(found.new), found.same))

    def _accounts(self, *, mine: bool) -> None:
        sheet = self.sheets.get(ACCOUNTS)
        if sheet is None or not sheet.rows:
            return
        if mine:
            came, problems = account_sheets.open_all(sheet, self.actor, self.now)
            self.done.slips = came.slips
            new, same = came.new, came.same
        else:
            people, same, problems = account_sheets.people_of(sheet)
            new = len(people)
        self._tell(ACCOUNTS, problems, ("username",))
        waits = "" if mine else str(Role.SYSTEM.label)
        self.done.sheets.append(Stored(ACCOUNTS, new, same, waits_for=waits))

    def _duties(self, *, mine: bool) -> None:
        sheet = self.sheets.get(DUTIES)
        if sheet is None or not sheet.rows:
            return
        if mine:
            came, problems = account_sheets.give_all(sheet, self.actor, self.now)
            new, same = came.new, came.same
        else:
            rows = self.sheets[ACCOUNTS].rows if ACCOUNTS in self.sheets else []
            coming = [str(cells.get("username") or "").strip() for _, cells in rows]
            duties, same, problems = account_sheets.duties_of(sheet, coming=coming)
            new = len(duties)
        self._tell(DUTIES, problems, ())
        waits = "" if mine else str(Role.SECURITY.label)
        self.done.sheets.append(Stored(DUTIES, new, same, waits_for=waits))

    def _tell(self, title: str, problems: Iterable[Problem], names: Iterable[str]) -> None:
        """What is wrong, each with its sheet and its cell."""
        sheet, found = self.sheets[title], list(problems)
        told = [one for one in found if not self._follows(one, sheet)]
        wrong = {one.row for one in (*found, *sheet.problems)}
        labels = (
            label_names(ROSTERS[title]) | {excel.BRANCH: excel.BRANCH}
            if title in ROSTERS
            else {one.label: one.name for one in FIELDS[title]}
        )
        for problem in told:
            letter = sheet.letters.get(labels.get(problem.column, ""), "")
            cell = f"（{letter}{problem.row}）" if letter and problem.row else ""
            self.problems.append(replace(problem, sheet=title, column=f"{problem.column}{cell}"))
        named = {one.column for one in found if labels.get(one.column) in {*names}}
        self.nameless |= {title} if named else set()
        for number, cells in sheet.rows:
            if number in wrong:
                said = {str(cells.get(n) or "").strip() for n in names}
                self.pending |= said - {""}
                self.nameless |= {title} if "" in said else set()

    def _follows(self, problem: Problem, sheet: excel.Sheet) -> bool:
        """Whether it only says that what stands on a wrong row of another sheet is not there."""
        if any(f"“{name}”" in problem.message for name in self.pending):
            return True
        about = next(
            (title for title, words in _NOT_FOUND.items() if words.search(problem.message)), ""
        )
        own = dict(sheet.rows).get(problem.row or 0, {})
        return bool(about) and (
            about in self.nameless or str(own.get("name") or "").strip() in self.pending
        )
