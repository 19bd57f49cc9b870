"""A round as one package that is read and verified without the system: papers, records, files, a
list with hashes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from taizhang.inspection import queries
from taizhang.inspection.models import (
    Finding,
    Rectification,
    RectificationFile,
    Round,
    SitePhoto,
    Visit,
)
from taizhang.inspection.papers import by_name as papers
from taizhang.inspection.papers import letters, own_forms
from taizhang.inspection.papers.parts import names
from taizhang.kernel.actions import journal, made_files
from taizhang.kernel.actions.made_files import Made, Progress
from taizhang.kernel.errors import NotFound, Refused
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile, EvidenceLink
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import Organisation, User
from taizhang.papers import actions
from taizhang.papers.official.paper import Official

MAKER = "round-archive"
MANIFEST, INDEX = "清单.json", "index.html"
_PART = 1024 * 1024


@dataclass
class _Package:
    """What was put in so far: path → hash and size, and what could not be."""

    zip: zipfile.ZipFile
    listed: list[dict[str, Any]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def add(self, path: str, data: bytes) -> str:
        """A file; its path."""
        self.zip.writestr(path, data)
        told = {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        self.listed.append(told)
        return path

    def table(self, path: str, headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
        """A table that a spreadsheet opens; its path."""
        out = io.StringIO()
        csv.writer(out).writerows([headings, *rows])
        return self.add(path, out.getvalue().encode("utf-8-sig"))

    def copy(self, path: str, sha256: str, part: str = "files") -> str:
        """A stored file, piece by piece; what is gone is told, not left out silently."""
        try:
            source = evidence.opened(sha256, part)
        except NotFound:
            self.missing.append(f"{path}：文件在服务器上不见了")
            return ""
        size, digest = 0, hashlib.sha256()
        with source, self.zip.open(path, "w", force_zip64=True) as out:
            while piece := source.read(_PART):
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        self.listed.append({"path": path, "sha256": digest.hexdigest(), "size": size})
        if digest.hexdigest() != sha256:
            self.missing.append(f"{path}：文件在服务器上被改动过")
        return path


def export_round(
    *,
    opened: Round,
    into: Path,
    actor: Actor,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> None:
    """Write the package to a file. It holds what the organisation section may see; sensitive
    columns are masked.
    """
    actor.must_run_office()
    visits = queries.visits_of(opened, actor)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        package = _Package(packed)
        of_round = list(_papers(package, "文书", papers.OF_ROUND, opened, actor, now))
        units = []
        for n, visit in enumerate(visits):
            progress(n, len(visits))
            units.append(_unit(package, opened, visit, actor, now))
        head = journal.last()
        page = {
            "round": opened,
            "papers": of_round,
            "units": units,
            "missing": package.missing,
            "made_at": now,
            "by": actor.user.name,
            "head": head,
        }
        package.add(INDEX, render_to_string("inspection/archive.html", page).encode())
        told = {
            "round": opened.title,
            "about": _about(opened),
            "made_at": now.isoformat(),
            "by": actor.user.name,
            "journal": {"lines": head[0], "hash": head[1]},
            "missing": package.missing,
            "files": package.listed,
        }
        packed.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=" "))
    journal.note(
        "inspection.export_round",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        n=len(package.listed),
        digest=_digest(into),
    )


def _about(opened: Round) -> dict[str, str]:
    return {
        "编号": opened.number,
        "状态": opened.get_standing_display(),
        "督查内容": f"{opened.period_from} 至 {opened.period_to}",
        "督查时间": f"{opened.starts_on} 至 {opened.ends_on}",
    }


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


Makers = Mapping[str, tuple[str, Callable[[Any], Any]]]


def _papers(
    package: _Package,
    folder: str,
    makers: Makers,
    about: Round | Visit,
    actor: Actor,
    now: datetime,
) -> Iterator[tuple[str, str]]:
    """(title, path) of each paper that there is; of one that cannot be made yet there is none."""
    for slug, (title, make) in makers.items():
        try:
            paper = make(about)
        except Refused:
            continue
        if isinstance(about, Round):
            template, subject = own_forms.of_round_paper(about, slug), f"round:{about.pk}:{slug}"
        else:
            template, subject = own_forms.of_visit_paper(about, slug), f"visit:{about.pk}:{slug}"
        data = actions.print_paper(
            paper=paper, form="pdf", subject=subject, actor=actor, now=now, template=template
        )
        yield title, package.add(f"{folder}/{title}.pdf", data)


def _unit(
    package: _Package, opened: Round, visit: Visit, actor: Actor, now: datetime
) -> dict[str, Any]:
    folder = f"单位/{visit.unit.order + 1:02d}{names.safe(visit.unit.name)}"
    made = list(_papers(package, f"{folder}/文书", papers.OF_VISIT, visit, actor, now))
    numbered = {
        notice.slug: (f"整改通知书{n}", partial(_notice, notice.slug))
        for n, notice in enumerate(visit.notices.all(), 1)
    }
    made += _papers(package, f"{folder}/文书", numbered, visit, actor, now)
    branch = visit.unit.organisation
    found = list(
        Finding.objects.filter(visit=visit).select_related("item", "rectification").order_by("pk")
    )
    if found:
        package.table(f"{folder}/问题.csv", _FINDINGS, map(_told, found))
    return {
        "name": visit.unit.name,
        "visit": visit,
        "papers": made,
        "findings": found,
        "records": list(_records(package, folder, opened, branch, actor)) if branch else [],
        "files": [*_files(package, folder, opened, visit, branch)],
    }


_FINDINGS = ("编号", "具体表现", "严重程度", "状态", "整改时限", "整改措施", "整改结果", "核查意见")


def _told(one: Finding) -> list[str]:
    """A finding as a row that is read without the system."""
    mending: Rectification | None = getattr(one, "rectification", None)
    done = [mending.measure, mending.result, mending.opinion] if mending else ["", "", ""]
    return [
        one.number,
        one.facts,
        one.get_severity_display(),
        one.get_standing_display(),
        f"{one.deadline or ''}",
        *done,
    ]


def _notice(slug: str, visit: Visit) -> Official:
    return letters.notice_of(visit, slug)


def _records(
    package: _Package, folder: str, opened: Round, branch: Organisation, actor: Actor
) -> Iterator[tuple[str, str, int]]:
    """(title, path, rows) of every ledger that has something in the days inspected."""
    days = ledgers.Filters(branch=branch.pk, from_on=opened.period_from, to_on=opened.period_to)
    for kind in KINDS.values():
        headers, rows = ledgers.export_rows(kind=kind, actor=actor, filters=days)
        found = list(rows)
        if found:
            path = package.table(f"{folder}/台账/{kind.title}.csv", headers, found)
            yield kind.title, path, len(found)


def _files(
    package: _Package, folder: str, opened: Round, visit: Visit, branch: Organisation | None
) -> Iterator[tuple[str, str]]:
    """Photos of the visit, files of its rectifications, and those that serve the branch's records
    of these days.
    """
    for photo in SitePhoto.objects.filter(visit=visit).order_by("pk"):
        path = package.copy(f"{folder}/材料/现场照片{photo.pk}.jpg", photo.sha256, "shown")
        yield f"现场照片{photo.pk}", path
    mended = RectificationFile.objects.filter(finding__visit=visit).values_list("file", flat=True)
    keys = set(mended) | (_of_records(opened, branch) if branch else set())
    for file in EvidenceFile.objects.filter(pk__in=keys, withdrawn_at=None).order_by("pk"):
        path = package.copy(f"{folder}/材料/{file.pk}-{names.safe(file.name)}", file.sha256)
        yield file.name, path


def _of_records(opened: Round, branch: Organisation) -> set[int]:
    found: set[int] = set()
    days = {"gte": opened.period_from, "lte": opened.period_to}
    for kind in KINDS.values():
        asked = {f"{kind.day}__{word}": day for word, day in days.items() if day is not None}
        entries = kind.model.objects.current().filter(branch=branch, n_files__gt=0, **asked)
        links = EvidenceLink.objects.filter(
            kind=kind.slug, entry_id__in=list(entries.values_list("pk", flat=True)), is_active=True
        )
        found.update(links.values_list("file", flat=True))
    return found


@made_files.maker(MAKER)
def _make(user: User, about: Mapping[str, Any], progress: Progress) -> Made:
    actor = actor_of(user, on=timezone.localdate())
    opened = queries.round_of(about["round"], actor=actor)
    into = made_files.folder() / f"{secrets.token_hex()}.partial"
    try:
        export_round(opened=opened, into=into, actor=actor, now=timezone.now(), progress=progress)
    except BaseException:
        into.unlink(missing_ok=True)
        raise
    return Made(f"{names.of_round(opened, '轮次档案')}.zip", "application/zip", path=into)
