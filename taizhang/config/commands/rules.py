"""`taizhang rules`: try an edited catalogue on the ledgers as they are, and publish it as a version."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from taizhang.config.commands import files
from taizhang.kernel.errors import BadInput


def add(commands: Any) -> None:
    """The commands."""
    group = commands.add_parser("rules", help="试算、发布修改过的要求模板")
    verbs = group.add_subparsers(title="操作", dest="verb", required=True, metavar="操作")
    showing = verbs.add_parser("show", help="现行版本和各版次")
    showing.add_argument("--json", action="store_true", help="输出 JSON")
    showing.set_defaults(run=show)
    trying = verbs.add_parser("try", help="用修改过的模板文件核查现有台账，看哪些结论会变；不保存")
    trying.add_argument("file", metavar="FILE.yaml")
    trying.add_argument("--publish", metavar="NOTE", help="发布为新版，并写明为什么修改")
    trying.add_argument("--json", action="store_true", help="输出 JSON")
    trying.set_defaults(run=attempt)


def show(arguments: argparse.Namespace) -> int:
    """Every version, and which is in force."""
    files.start_django()
    from taizhang.checks import editions, queries  # noqa: PLC0415

    scope = queries.current_scope()
    found = [
        {"name": name, "title": title, "current": bool(scope and scope.catalogue == name)}
        for name, title in editions.offered()
    ]
    if arguments.json:
        files.as_json(found)
    else:
        for one in found:
            sys.stdout.write(f"{'*' if one['current'] else ' '} {one['name']}　{one['title']}\n")
    return 0


def attempt(arguments: argparse.Namespace) -> int:
    """What an edited catalogue would change."""
    path = Path(arguments.file)
    files.read(arguments.file)
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.catalogue import load  # noqa: PLC0415
    from taizhang.checks import actions, editions, facts, trial  # noqa: PLC0415
    from taizhang.checks.actions import publishing  # noqa: PLC0415
    from taizhang.checks.queries import must_have_scope  # noqa: PLC0415
    from taizhang.config.commands.actors import office  # noqa: PLC0415
    from taizhang.orgs import queries  # noqa: PLC0415

    try:
        catalogue = load.read(path, facts.schema(), facts.words())
    except load.BadCatalogue as wrong:
        raise BadInput(str(wrong)) from wrong
    scope, actor, now = must_have_scope(), office(), timezone.now()
    if catalogue.catalogue != editions.base_of(scope.catalogue):
        raise BadInput(f"文件中的模板是“{catalogue.catalogue}”，现行的是“{editions.base_of(scope.catalogue)}”。")  # fmt: skip
    name = editions.keep(catalogue)
    found = trial.run(name, scope, list(queries.branches(actor)), timezone.localdate(now))
    _tell(found, as_json=arguments.json)
    if arguments.publish is not None:
        with actions.later():
            made = publishing.publish(name=name, note=arguments.publish, actor=actor, now=now)
        actions.check_all(name="reference", actor=actor, now=now)
        sys.stderr.write(f"已发布第{made.number}版。\n")
    return 0


def _tell(found: Any, *, as_json: bool) -> None:
    rules = [
        {"rule": t.difference.rule, "says": t.difference.says, "change": t.difference.told, "before": t.before, "after": t.after}
        for t in found.rules
    ]  # fmt: skip
    flips = [{"branch": f.branch.full_name, "item": f.item, "before": f.before, "after": f.after} for f in found.flips]  # fmt: skip
    if as_json:
        files.as_json(
            {"name": found.name, "branches": found.branches, "rules": rules, "flips": flips}
        )
        return
    sys.stdout.write(
        f"{found.branches}个支部，{len(rules)}条规则有改动，{len(flips)}个结论会变。\n"
    )
    for one in rules:
        sys.stdout.write(
            f"  {one['rule']} {one['change']}　疑点 {one['before']} → {one['after']}\n"
        )
    for one in flips:
        sys.stdout.write(f"    {one['branch']} {one['item']} {one['before']} → {one['after']}\n")
