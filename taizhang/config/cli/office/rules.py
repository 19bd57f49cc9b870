"""`taizhang rules`: list the rules, try an edited catalogue on the ledgers as they are, publish it
as a version.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taizhang.config.cli import files
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from taizhang.catalogue.model import Catalogue, Item
    from taizhang.checks.catalogue_versions.what_if import Trial
    from taizhang.config.cli.commands import Commands
    from taizhang.rules.base import Rule


def add(commands: Commands) -> None:
    """The commands."""
    group = commands.add_parser("rules", help="列出规则和依据，试算、发布修改过的要求模板")
    verbs = group.add_subparsers(title="操作", dest="verb", required=True, metavar="操作")
    showing = verbs.add_parser("show", help="现行版本和各版次")
    showing.add_argument("--json", action="store_true", help="输出 JSON")
    showing.set_defaults(run=show)
    listing = verbs.add_parser("list", help="现行版本的每条规则和它的依据")
    listing.add_argument("--catalogue", metavar="NAME", help="要求模板，默认是现行的")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=every)
    mapping = verbs.add_parser("map", help="两个要求模板逐项对照：相同、有变化、新增、取消")
    mapping.add_argument("old", metavar="OLD")
    mapping.add_argument("new", metavar="NEW")
    mapping.add_argument("--json", action="store_true", help="输出 JSON")
    mapping.set_defaults(run=mapped)
    trying = verbs.add_parser("try", help="用修改过的模板文件核查现有台账，看哪些结论会变；不保存")
    trying.add_argument("file", metavar="FILE.yaml")
    trying.add_argument("--publish", metavar="NOTE", help="发布为新版，并写明为什么修改")
    trying.add_argument("--json", action="store_true", help="输出 JSON")
    trying.set_defaults(run=attempt)


def show(arguments: argparse.Namespace) -> int:
    """Every version, and which is in force."""
    files.start_django()
    from taizhang.checks import editions  # noqa: PLC0415
    from taizhang.checks.reasons import queries  # noqa: PLC0415

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


def every(arguments: argparse.Namespace) -> int:
    """Every rule of a version, else of the one in force or of the one that comes with the system,
    with what it rests on.
    """
    files.start_django()
    from taizhang.checks import engine  # noqa: PLC0415

    catalogue = named(arguments.catalogue) if arguments.catalogue else engine.catalogue(_in_force())
    rules = [(item, rule) for item in catalogue.items for rule in item.rules]
    if arguments.json:
        files.as_json([_rule(item, rule) for item, rule in rules])
        return 0
    for item, rule in rules:
        head = f"{rule.id}　{_GRAVE[rule.severity]}　{item.name}　{rule.says}"
        sys.stdout.write(f"{head}\n    {rule.rests_on().told}\n")
    return 0


def mapped(arguments: argparse.Namespace) -> int:
    """What became of the items of one catalogue in another."""
    files.start_django()
    from taizhang.catalogue.mapping import mapping  # noqa: PLC0415

    found = mapping(named(arguments.old), named(arguments.new))
    if arguments.json:
        files.as_json(
            [
                {
                    "old": m.old or None,
                    "new": m.new or None,
                    "title": m.title,
                    "state": m.state,
                    "told": list(m.told),
                }
                for m in found
            ]
        )
        return 0
    for one in found:
        sys.stdout.write(f"{one.old or '—'} → {one.new or '—'}　{one.label}　{one.title}\n")
        sys.stdout.writelines(f"    {told}\n" for told in one.told)
    return 0


def named(name: str) -> Catalogue:
    """A catalogue or a version by its name; an unknown name is told with those there are."""
    from taizhang.catalogue import load  # noqa: PLC0415
    from taizhang.checks import engine  # noqa: PLC0415

    known = [path.stem for path in sorted(load.DATA.glob("*.yaml"))]
    if "+" not in name and name not in known:
        raise BadInput(f"没有要求模板“{name}”，现有：{'、'.join(known)}。")
    return engine.catalogue(name)


def _in_force() -> str:
    """The version in force; before the first set-up the one that comes with the system."""
    from django.db import OperationalError  # noqa: PLC0415

    from taizhang.catalogue import load  # noqa: PLC0415
    from taizhang.checks.reasons import queries  # noqa: PLC0415

    try:
        scope = queries.current_scope()
    except OperationalError:
        scope = None
    return scope.catalogue if scope else min(path.stem for path in load.DATA.glob("*.yaml"))


_GRAVE = {"error": "错误", "warn": "提醒", "info": "提示"}


def _rule(item: Item, rule: Rule) -> dict[str, Any]:
    rests = rule.rests_on()
    told = rests.model_dump(mode="json", by_alias=True, exclude={"listed", "doubtful"})
    told["gist"] += "（待核实）" if rests.doubtful else ""
    return {
        "id": rule.id,
        "item": item.id,
        "kind": rule.kind,
        "severity": rule.severity,
        "says": rule.says,
        "finding": rule.finding,
        "official": rule.letter,
        "remedy": rule.to_do,
        "basis": told,
    }


def attempt(arguments: argparse.Namespace) -> int:
    """What an edited catalogue would change."""
    path = Path(arguments.file)
    files.read(arguments.file)
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.catalogue import load  # noqa: PLC0415
    from taizhang.checks import editions, fact_tables  # noqa: PLC0415
    from taizhang.checks.actions import checking  # noqa: PLC0415
    from taizhang.checks.catalogue_versions import actions as publishing  # noqa: PLC0415
    from taizhang.checks.catalogue_versions import what_if  # noqa: PLC0415
    from taizhang.checks.reasons.queries import must_have_scope  # noqa: PLC0415
    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.orgs.queries import organisations  # noqa: PLC0415

    try:
        catalogue = load.read(path, fact_tables.schema(), fact_tables.words())
    except load.BadCatalogue as wrong:
        raise BadInput(str(wrong)) from wrong
    scope, actor, now = must_have_scope(), office(), timezone.now()
    if catalogue.catalogue != editions.base_of(scope.catalogue):
        raise BadInput(
            f"文件中的模板是“{catalogue.catalogue}”，现行的是“{editions.base_of(scope.catalogue)}”。"
        )
    name = editions.keep(catalogue)
    found = what_if.run(name, scope, list(organisations.branches(actor)), timezone.localdate(now))
    _tell(found, as_json=arguments.json)
    if arguments.publish is not None:
        with checking.later():
            made = publishing.publish(name=name, note=arguments.publish, actor=actor, now=now)
        checking.check_all(name="reference", actor=actor, now=now)
        sys.stderr.write(f"已发布第{made.number}版。\n")
    return 0


def _tell(found: Trial, *, as_json: bool) -> None:
    rules = [
        {
            "rule": t.difference.rule,
            "says": t.difference.says,
            "change": t.difference.told,
            "before": t.before,
            "after": t.after,
        }
        for t in found.rules
    ]
    flips = [
        {"branch": f.branch.full_name, "item": f.item, "before": f.before, "after": f.after}
        for f in found.flips
    ]
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
    for flip in flips:
        sys.stdout.write(
            f"    {flip['branch']} {flip['item']} {flip['before']} → {flip['after']}\n"
        )
