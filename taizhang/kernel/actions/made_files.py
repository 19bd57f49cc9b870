"""What takes longer than a page may: asked for, made by a worker, told of when it is there, gone
after a week.

Most of it is a file to be fetched; a result that a page shows is a file of JSON.
"""

from __future__ import annotations

import json
import math
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from taizhang.kernel.actions import messages
from taizhang.kernel.errors import NotFound, Refused
from taizhang.kernel.jobs import queue
from taizhang.kernel.jobs.models import Job, MadeFile
from taizhang.kernel.storage import store as places
from taizhang.kernel.storage.store import Store
from taizhang.kernel.writing import columns, file_names

WORK = "made-file"
KEPT = timedelta(days=7)
Progress = Callable[[int, int], None]
"""So many of so many are done."""


@dataclass(frozen=True)
class Made:
    """A file, its name and its type: the bytes, or where it was written, in `folder`."""

    name: str
    mime: str
    data: bytes = b""
    path: Path | None = None


Maker = Callable[[Any, Mapping[str, Any], Progress], Made]
"""(account, about, progress) → the file; it asks for the rights of the account again."""
MAKERS: dict[str, Maker] = {}
Result = Callable[[Any, Mapping[str, Any], Progress], Mapping[str, Any]]
"""(account, about, progress) → what a page shows; it asks for the rights of the account again."""
PAGES: dict[str, Callable[[MadeFile], str]] = {}
"""Where the results are shown that are not fetched as files."""


def maker(name: str) -> Callable[[Maker], Maker]:
    """Register how files of that name are made; making one again must be harmless."""

    def register(make: Maker) -> Maker:
        MAKERS[name] = make
        return make

    return register


def result(name: str, *, page: Callable[[MadeFile], str]) -> Callable[[Result], Result]:
    """Register how a result of that name is worked out, and the address of the page
    that shows it.
    """

    def register(work_out: Result) -> Result:
        def make(user: Any, about: Mapping[str, Any], progress: Progress) -> Made:
            said = json.dumps(work_out(user, about, progress), ensure_ascii=False)
            return Made(f"{name}.json", "application/json", said.encode())

        MAKERS[name], PAGES[name] = make, page
        return work_out

    return register


def folder() -> Path:
    """Where this machine writes one aside, for its owner alone."""
    found = Path(settings.DATA) / "making"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


@transaction.atomic
def ask(*, maker: str, about: Mapping[str, Any], title: str, by: Any, now: datetime) -> MadeFile:
    """Have a file made; one that is being made already for the same person is that one."""
    same = MadeFile.objects.filter(by=by, maker=maker, about=dict(about), ended_at=None).first()
    if same is not None:
        return same
    made = MadeFile.objects.create(
        by=by,
        maker=maker,
        about=dict(about),
        title=columns.fitted(MadeFile.title, title),
        asked_at=now,
    )
    queue.ask(WORK, {"file": made.pk}, by=by)
    return made


def of(*, key: int, by: Any) -> MadeFile:
    """A file that this account asked for."""
    found = MadeFile.objects.filter(pk=key, by=by).first()
    if found is None:
        raise NotFound("没有这个文件，或者它是别人要的。")
    return found


def latest(*, maker: str, about: Mapping[str, Any], by: Any) -> MadeFile | None:
    """What this account asked for last of just this, unless it is too old to be there."""
    found = MadeFile.objects.filter(by=by, maker=maker, about=dict(about)).first()
    if found is None or found.ended_at is None or found.problem:
        return found
    return found if found.place and store().exists(found.place) else None


def page_of(made: MadeFile) -> str:
    """Where its result is shown, once it is there; empty for a file, which is fetched."""
    queue.learn()
    return PAGES[made.maker](made) if made.place and made.maker in PAGES else ""


def said(made: MadeFile) -> dict[str, Any]:
    """A result as it was worked out. Raises NotFound when it is gone."""
    with opened(made) as file:
        found: dict[str, Any] = json.load(file)
    return found


def store() -> Store:
    """Where they are kept, for every server; not part of a backup."""
    return places.of("made")


def opened(made: MadeFile) -> IO[bytes]:
    """Its bytes. Raises NotFound when they are gone."""
    try:
        if made.place:
            return store().read(made.place)
    except FileNotFoundError:
        pass
    raise NotFound(f"文件只保留{KEPT.days}天，已经删除，请重新生成。")


def _give_up(job: Job) -> None:
    job.refresh_from_db(fields=["said"])
    made = MadeFile.objects.filter(pk=job.about["file"], ended_at=None).first()
    if made is not None:
        _end(made, problem=job.said or "没有生成。")


@queue.work(WORK, give_up=_give_up, kept=False)
def _do(job: Job) -> None:
    made = MadeFile.objects.filter(pk=job.about["file"], ended_at=None).select_related("by").first()
    if made is None:
        return
    if made.maker not in MAKERS:
        raise Refused("本程序不会生成这种文件。")

    file = MAKERS[made.maker](made.by, made.about, _noting(made))
    place = f"{made.pk}-{secrets.token_hex()}"
    try:
        store().put(place, file.data if file.path is None else file.path)
    finally:
        if file.path is not None:
            file.path.unlink(missing_ok=True)
    _end(made, name=file_names.fitted(MadeFile.name, file.name), mime=file.mime, place=place)
    _forget_the_old()


def _noting(made: MadeFile) -> Progress:
    """Notes how far it is, once a second at most."""
    noted_at = -math.inf

    def progress(done: int, total: int) -> None:
        nonlocal noted_at
        if time.monotonic() - noted_at >= 1:
            MadeFile.objects.filter(pk=made.pk).update(done=done, total=total)
            noted_at = time.monotonic()

    return progress


@transaction.atomic
def _end(made: MadeFile, **told: str) -> None:
    now = timezone.now()
    MadeFile.objects.filter(pk=made.pk, ended_at=None).update(ended_at=now, **told)
    shown = made.maker in PAGES
    failed, there = ("没有算完", "已算完，可以查看") if shown else ("没有生成", "已生成，可以下载")
    said = f"{failed if told.get('problem') else there}：{made.title}"
    url = reverse("web:made-file", args=[made.pk])
    messages.tell(to=made.by, text=said, url=url, key=f"file:{made.pk}", now=now)


def _forget_the_old() -> None:
    """What nobody fetched in a week goes, and what a broken-off try left."""
    before = timezone.now() - KEPT
    for made in MadeFile.objects.filter(ended_at__lt=before).exclude(place=""):
        store().delete(made.place)
        MadeFile.objects.filter(pk=made.pk).update(place="")
