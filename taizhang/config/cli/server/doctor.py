"""`taizhang doctor`: what is not well, one line for each thing looked at."""

from __future__ import annotations

import argparse
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config.cli import files

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands
    from taizhang.kernel.storage.store import Lying, Store

LEAST_FREE = 1024**3
"""A gigabyte: below it the doctor warns."""
MOST_TOLD = 20
KEYS = ("field.key", "session.key")
_SQLITE = ("", "-wal", "-shm")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Told:
    """What is wrong, which fails the command, and what is only worth knowing."""

    wrong: list[str] = field(default_factory=list)
    worth_knowing: list[str] = field(default_factory=list)


def add(commands: Commands) -> None:
    """The command."""
    looking = commands.add_parser("doctor", help="检查数据库、密钥、佐证材料、日志和磁盘")
    looking.add_argument(
        "--remove-unnamed", action="store_true", help="删除没有登记的文件（上传中断留下的）"
    )
    looking.add_argument(
        "--older-than", type=int, default=24, metavar="小时", help="只删除早于这么多小时的，默认24"
    )
    looking.add_argument(
        "--heads", type=Path, metavar="FILE", help="与外部留存的日志末条校验码（journal head）比对"
    )
    looking.add_argument(
        "--second",
        default="",
        metavar="KEY",
        help="留存的每一条须有第二方这个公钥的签名（tools/countersign.py）",
    )
    looking.set_defaults(run=doctor)


def doctor(arguments: argparse.Namespace) -> int:
    """Exit code 1 when anything is not well."""
    files.start_django()
    well = True
    for name, told in _looked_at(arguments.heads, arguments.second):
        well = well and not told.wrong
        sys.stdout.write(f"{'✗' if told.wrong else '✓'} {name}{_listed(told.wrong)}\n")
        for line in told.worth_knowing[:MOST_TOLD]:
            sys.stdout.write(f"· {line}\n")
    if arguments.remove_unnamed and well:
        sys.stdout.write(f"已删除{_remove(arguments.older_than)}个没有登记的文件\n")
    elif arguments.remove_unnamed:
        sys.stderr.write("上面有问题，没有删除任何文件。\n")
    if well:
        from taizhang.kernel.actions import journal  # noqa: PLC0415

        journal.keep_head()
    return 0 if well else 1


def _listed(wrong: list[str]) -> str:
    more = f"；共{len(wrong)}处" if len(wrong) > MOST_TOLD else ""
    return f"：{'；'.join(wrong[:MOST_TOLD])}{more}" if wrong else ""


def _looked_at(kept_outside: Path | None = None, second: str = "") -> Iterator[tuple[str, Told]]:
    """Each thing by itself: one that cannot be looked at hides no other."""
    from django.db import DatabaseError  # noqa: PLC0415

    from taizhang.kernel.errors import Refused  # noqa: PLC0415

    looks: tuple[tuple[str, Callable[[], Told]], ...] = (
        ("数据库结构", _migrated),
        ("数据库完整", _sound),
        ("密钥", _keys_open),
        ("文件权限", _private),
        ("佐证材料", _evidence),
        ("文书模板", _templates),
        ("日志", _journal),
        ("登记与日志", _recorded),
        ("后台任务", _jobs),
        ("时钟", _clock),
        ("磁盘空间", _space),
    )
    if kept_outside is not None:
        looks = (*looks, ("外部留存的校验码", lambda: _heads(kept_outside, second)))
    for name, look in looks:
        try:
            told = look()
        except (DatabaseError, OSError, Refused) as broken:
            told = Told([f"不能检查：{str(broken).strip()}"])
        yield name, told
        if look is _migrated and told.worth_knowing:
            return


def _migrated() -> Told:
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        return Told()
    return Told([f"有{waiting}步升级没有做"], ["请运行 taizhang migrate，再做其他检查"])


def _jobs() -> Told:
    """What waits although it may be begun, which means that no worker runs; what was not sent; and
    what was given up.
    """
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from taizhang.kernel.jobs import sending  # noqa: PLC0415
    from taizhang.kernel.jobs.models import Job  # noqa: PLC0415

    waits = Job.objects.filter(
        state=Job.State.WAITING, begins_at__lt=timezone.now() - timedelta(minutes=10)
    )
    said = f"有{waits.count()}件任务等了十分钟以上，请确认 taizhang serve 或 taizhang worker 在运行"
    failed = [
        f"{job.work} {timezone.localtime(job.asked_at):%Y-%m-%d %H:%M}：{job.said}"
        for job in Job.objects.filter(state=Job.State.FAILED)
    ]
    return Told([*([said] if waits.exists() else []), *sending.delayed()], failed)


def _sound() -> Told:
    from django.db import connection  # noqa: PLC0415

    from taizhang.config.backup import snapshot  # noqa: PLC0415

    if connection.vendor != "sqlite":
        return Told()
    said = str(snapshot.ask("PRAGMA quick_check")[0][0])
    return Told() if said == "ok" else Told([said[:200]])


def _keys_open() -> Told:
    from taizhang.kernel.actions import keys  # noqa: PLC0415

    return Told([f"打不开 {column} 里加密的内容" for column in keys.unopenable()])


def _private() -> Told:
    """Production may have its keys from the environment; what lies in files is for its
    owner alone.
    """
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from taizhang.kernel.storage.folder import Folder  # noqa: PLC0415

    data, database = Path(settings.DATA), str(connection.settings_dict["NAME"])
    own = [*(data / name for name in KEYS), *(Path(f"{database}{end}") for end in _SQLITE)]
    if isinstance(store := _store(), Folder):
        own += [Path(store.path(one.name)) for one in (*store.walk(), *store.unfinished())]
    open_ = [path for path in own if path.is_file() and path.stat().st_mode & _OTHERS]
    if not open_:
        return Told()
    more = f"等{len(open_)}个文件" if len(open_) > 1 else ""
    return Told([f"其他用户可以读取 {open_[0]}{more}，请运行 chmod -R go= {data}"])


def _evidence() -> Told:
    from taizhang.config.backup import snapshot, stored  # noqa: PLC0415

    named = snapshot.named()
    found = {name: stored.look_at(_store(), name) for name in named}
    told = [_described(one) for one in stored.unnamed(named, _store())]
    head = (
        [f"{len(told)}个文件没有登记（上传中断留下的，可用 --remove-unnamed 删除）"] if told else []
    )
    return Told(stored.faults(named, found), [*head, *told])


def _templates() -> Told:
    from taizhang.papers.word_templates import queries as template_queries  # noqa: PLC0415

    return Told(template_queries.altered())


def _store() -> Store:
    from taizhang.ledgers.evidence import actions as evidence  # noqa: PLC0415

    return evidence.store()


def _described(one: Lying) -> str:
    from taizhang.config.backup import stored  # noqa: PLC0415

    parts = one.name.split("/")
    there = stored.look_at(_store(), one.name) if parts[0] == "files" else None
    cut = there is not None and there.sha256 != parts[-1]
    return f"没有登记：{one.name}，{one.size}字节{'，不完整' if cut else ''}"


def _remove(hours: int) -> int:
    """Remove what no row names and nobody can still be uploading; asks the database again."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.backup import snapshot, stored  # noqa: PLC0415

    before = timezone.now() - timedelta(hours=hours)
    unnamed = stored.unnamed(snapshot.named(), _store())
    old = [one.name for one in unnamed if one.at < before]
    for name in old:
        _store().delete(name)
    return len(old)


def _journal() -> Told:
    from taizhang.kernel.actions import journal  # noqa: PLC0415
    from taizhang.kernel.journal import chain  # noqa: PLC0415

    fault = chain.verify(journal.lines()).fault
    told = [fault.text] if fault else []
    told += [shortened] if (shortened := journal.shortened()) else []
    return Told(told if journal.is_guarded() else [*told, "防止改动的触发器不见了"])


def _heads(file: Path, second: str) -> Told:
    """The file is what somebody else has kept: that it cannot be read is a fault."""
    from taizhang.kernel.actions import journal  # noqa: PLC0415
    from taizhang.kernel.journal import heads  # noqa: PLC0415

    try:
        kept = heads.of_file(file)
        wrong = heads.unsigned(file, second) if second else []
    except ValueError as broken:
        return Told([str(broken)])
    return Told([*wrong, *journal.against(kept)] if kept else [f"{file} 里没有校验码"])


def _recorded() -> Told:
    from taizhang.kernel.errors import Refused  # noqa: PLC0415
    from taizhang.kernel.secret import CannotOpen  # noqa: PLC0415
    from taizhang.ledgers.records import reconciled  # noqa: PLC0415

    try:
        found = reconciled.compare()
    except CannotOpen as broken:
        raise Refused("没有能打开加密内容的密钥") from broken
    told = f"{found.before}条是启用校验码之前登记的，改动查不出来；运行 taizhang journal hash-records 之后能查出"
    return Told(found.wrong, [told] if found.before else [])


def _clock() -> Told:
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.kernel.actions import journal  # noqa: PLC0415

    now, earlier = journal.behind(timezone.now()), journal.backwards()
    return Told([now] if now else [], [earlier] if earlier else [])


def _space() -> Told:
    from django.conf import settings  # noqa: PLC0415

    free = shutil.disk_usage(settings.DATA).free
    return Told() if free >= LEAST_FREE else Told([f"只剩{free // 1024**2}MB"])
