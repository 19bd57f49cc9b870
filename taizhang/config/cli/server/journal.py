"""`taizhang journal`: verify, export, head, hash-records, proof-key."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config.cli import files

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


def add(commands: Commands) -> None:
    """The commands."""
    parser = commands.add_parser("journal", help="日志：验证是否被改动、导出给第三方验证")
    acts = parser.add_subparsers(dest="act", required=True)
    checking = acts.add_parser("verify", help="从第一条验证到最后一条")
    checking.add_argument(
        "--anchor", default="", metavar="HASH", help="公文上印的校验码，验证它在不在日志里"
    )
    checking.add_argument("--json", action="store_true")
    checking.set_defaults(run=verify)
    leaving = acts.add_parser(
        "export", help="导出为每行一条的 JSON，可用 tools/verify_journal.py 独立验证"
    )
    leaving.add_argument("out", type=Path)
    leaving.add_argument(
        "--records", type=Path, metavar="FILE", help="同时导出各条记录的正文，供独立比对校验码"
    )
    leaving.set_defaults(run=export)
    keeping = acts.add_parser(
        "head", help="把今天日志末条的校验码记入一个文件，交给档案馆等第二方留存"
    )
    keeping.add_argument("out", type=Path)
    keeping.set_defaults(run=keep_head)
    hashing = acts.add_parser(
        "hash-records", help="给还没有校验码的记录补记校验码（升级之后运行一次）"
    )
    hashing.set_defaults(run=hash_records)
    proving = acts.add_parser(
        "proof-key", help="公文校验二维码的公钥，交给要离线核对公文的人（tools/verify_paper.py）"
    )
    proving.set_defaults(run=proof_key)


def verify(arguments: argparse.Namespace) -> int:
    """0 when the chain holds and the anchor stands in it, else 1 with the first line that does not
    fit.
    """
    files.start_django()
    from taizhang.kernel.actions import journal  # noqa: PLC0415
    from taizhang.kernel.journal import chain  # noqa: PLC0415

    found = chain.verify(journal.lines(), arguments.anchor)
    guarded = journal.is_guarded()
    fine = found.fault is None and found.anchored and guarded
    if arguments.json:
        told = {
            "lines": found.lines,
            "head": found.head,
            "fault": found.fault.text if found.fault else None,
            "anchored": found.anchored,
            "guarded": guarded,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"已验证{found.lines}条，末条校验码 {found.head}\n")
    for wrong in (
        found.fault.text if found.fault else "",
        ""
        if found.anchored
        else "日志里没有这个校验码：公文之后日志被改写过，或者公文不是本系统出的。",
        "" if guarded else "数据库里防止改动日志的触发器不见了。",
    ):
        if wrong:
            sys.stderr.write(f"{wrong}\n")
    return 0 if fine else 1


def export(arguments: argparse.Namespace) -> int:
    """One line of JSON for each line of the journal."""
    files.start_django()
    from taizhang.kernel.actions import journal  # noqa: PLC0415

    n = 0
    with arguments.out.open("w", encoding="utf-8") as out:
        for line in journal.lines():
            n += 1
            told = {
                "seq": line.seq,
                "at": line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "actor": line.actor_id,
                "origin": line.origin,
                "verb": line.verb,
                "subject": line.subject,
                "detail": line.detail,
                "prev": line.prev,
                "hash": line.hash,
            }
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.write(f"已导出{n}条\n")
    if arguments.records:
        sys.stdout.write(f"已导出{_export_records(arguments.records)}条记录的正文\n")
    return 0


def _export_records(file: Path) -> int:
    """The rows as the hashes in the journal are made of; what lies sealed stands there
    as a mark.
    """
    from taizhang.ledgers.records.derived import row_hashes  # noqa: PLC0415

    n = 0
    made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(made, "w", encoding="utf-8") as out:
        for table, key, text in row_hashes.texts():
            n += 1
            told = {"table": table, "key": key, "text": text}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
    return n


def keep_head(arguments: argparse.Namespace) -> int:
    """Add the journal's head to a file that leaves this machine."""
    files.start_django()
    from django.utils.timezone import localdate  # noqa: PLC0415

    from taizhang.kernel.actions import journal  # noqa: PLC0415
    from taizhang.kernel.journal import heads  # noqa: PLC0415

    last = heads.Head(*journal.last())
    heads.add_to(arguments.out, last, localdate())
    sys.stdout.write(f"第{last.lines}条 {last.hash}\n")
    return 0


def hash_records(arguments: argparse.Namespace) -> int:
    """Once after an upgrade from a version that kept no hashes of records."""
    del arguments
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.ledgers.records import actions  # noqa: PLC0415

    sys.stdout.write(f"已补记{actions.hash_records(now=timezone.now())}条\n")
    return 0


def proof_key(arguments: argparse.Namespace) -> int:
    """The key that signs now, then those of before a change of keys, by which older papers are
    verified.
    """
    del arguments
    files.start_django()
    from taizhang.papers.proofs import proof  # noqa: PLC0415

    now, *before = proof.public_keys()
    sys.stdout.write(f"公钥 {now}\n" + "".join(f"以前的公钥 {one}\n" for one in before))
    return 0
