"""Versions of a catalogue: the one that comes with the system, and those that the organisation
section published from it.

A version is named after its content (`tianning-2018+3f9a…`), so that a name always means the same
rules and a round that was judged by it can be judged again to the same result.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from taizhang.catalogue import load, sources
from taizhang.catalogue.model import Catalogue, code_of
from taizhang.checks import fact_tables
from taizhang.checks.models import Edition
from taizhang.kernel.errors import BadInput, NotFound, Problem
from taizhang.rules.base import Rule
from taizhang.rules.kinds import AnyRule

PARAMETERS = {
    "severity": "程度", "at_least": "至少", "at_most": "至多", "below": "低于", "percent": "百分比", "least": "起算数",
    "length": "最少字数", "right": "限值", "bound": "限值", "days": "天数", "up_to": "至多天数", "settle": "几天后核",
    "earliest": "最早（天）", "latest": "最晚（天）", "least_days": "至少天数", "most_days": "至多天数",
    "least_months": "至少月数", "most_months": "至多月数", "travel": "路程（分钟）", "tolerance": "误差", "minutes": "分钟", "lately": "最近天数", "from": "施行起", "until": "施行止",
    "says": "要求", "finding": "疑点文字", "official": "公文文字", "basis": "依据",
}  # fmt: skip
"""What may be changed on the page; columns and conditions only in a file."""
OFF = "off"
_NUMBER = re.compile(
    r"\d|半|(?<![另同第])[一二两三四五六七八九十]+(?:个|天|年|月|小时|分之|次|名|人)"
)
_FILLED = re.compile(r"\{\w+\}")
MOST_LISTED = 5
MOST_HELD = 16
"""So many tried versions a process remembers; what is published can be read again."""
_RULE: TypeAdapter[Rule] = TypeAdapter(AnyRule)
_HELD: dict[str, Catalogue] = {}
Changes = Mapping[str, Mapping[str, str]]
"""Rule id → parameter → its new value as typed."""


@dataclass(frozen=True)
class Parameter:
    """One number, day or word of a rule that may be changed."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Difference:
    """A rule that is not the same in two versions."""

    rule: str
    says: str
    told: str
    unsaid: str = ""
    """The sentence for a suspicion, where a number changed and neither it nor the requirement,
    which name numbers, did.
    """


def base_of(name: str) -> str:
    """The catalogue that a version came from."""
    return name.partition("+")[0]


def keep(catalogue: Catalogue) -> str:
    """The name of this content; what it names is known to this process from now on."""
    content = catalogue.model_dump_json(by_alias=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    name = f"{base_of(catalogue.catalogue)}+{digest}"
    _HELD[name] = catalogue
    while len(_HELD) > MOST_HELD:
        _HELD.pop(next(iter(_HELD)))
    return name


def read(name: str) -> Catalogue:
    """The catalogue of a name."""
    if "+" not in name:
        return load.read(load.DATA / f"{name}.yaml", fact_tables.schema())
    if name not in _HELD:
        found = Edition.objects.filter(name=name).first()
        if found is None:
            raise NotFound("没有这一版要求模板。")
        kept = Catalogue.model_validate_json(found.content)
        _HELD[name] = sources.of_before(kept if '"official"' in found.content else _worded(kept))
    return _HELD[name]


def _worded(kept: Catalogue) -> Catalogue:
    """A version stored before rules had a sentence for letters, with those of the catalogue that it
    came from.
    """
    base = load.named(base_of(kept.catalogue))
    known = {rule.id: rule for rule in base.rules()}
    headings = {item.id: item.heading for item in base.items}

    def told(rule: Rule) -> Rule:
        own = known.get(rule.id)
        if own is None or own.finding != rule.finding:
            return rule
        return rule.model_copy(update={"official": own.official, "remedy": own.remedy})

    items = tuple(
        item.model_copy(
            update={"rules": tuple(map(told, item.rules)), "heading": headings.get(item.id, "")}
        )
        for item in kept.items
    )
    return kept.model_copy(update={"items": items})


def latest(base: str) -> str:
    """The version published last for everybody, else the one that comes with the system."""
    found = Edition.objects.filter(base=base, made_from="").order_by("-number").first()
    return found.name if found else base


def before(name: str) -> str:
    """What a version that was made for one round was made from; any other is its own."""
    found = Edition.objects.filter(name=name).exclude(made_from="").first()
    return found.made_from if found else name


def _titled(edition: Edition) -> str:
    title = load.named(edition.base).title
    return f"{title}（第{edition.number}版 {edition.note}）"


def called(name: str) -> str:
    """The title of a version as people read it; of none, nothing."""
    edition = Edition.objects.filter(name=name).first()
    if edition is not None:
        return _titled(edition)
    return load.named(name).title if name else ""


def offered() -> list[tuple[str, str]]:
    """(name, title) of every version, for choosing."""
    found = []
    for path in sorted(load.DATA.glob("*.yaml")):
        found.append((path.stem, load.named(path.stem).title))
        for edition in Edition.objects.filter(base=path.stem).order_by("number"):
            found.append((edition.name, _titled(edition)))
    return found


@dataclass(frozen=True)
class Published:
    """A version with what it changed in the one before it."""

    edition: Edition
    changes: list[Difference]


def published(base: str) -> list[Published]:
    """The versions published last, the newest first."""
    rows = Edition.objects.filter(base=base, made_from="").select_related("by").order_by("-number")
    found = list(rows[: MOST_LISTED + 1])
    before = [*(read(edition.name) for edition in found[1:]), read(base)]
    return [
        Published(edition, differences(old, read(edition.name)))
        for edition, old in zip(found[:MOST_LISTED], before, strict=False)
    ]


def parameters(rule: Rule) -> list[Parameter]:
    """What may be changed of a rule, as it is now."""
    said = rule.model_dump(mode="json", by_alias=True)
    return [
        Parameter(name, label, "" if value is None else str(value))
        for name, label in PARAMETERS.items()
        if name in said
        and not isinstance(value := said[name], list)
        and _is_plain(rule, name, value)
    ]


def _is_plain(rule: Rule, name: str, value: object) -> bool:
    """What says nothing is left out, and a bound that names a column is no number to be changed."""
    default = type(rule).model_fields.get({"from": "from_"}.get(name, name))
    if name != "at_least" and default is not None and str(default.default) == str(value):
        return False
    return not (name in ("right", "bound") and isinstance(value, str))


def changed(catalogue: Catalogue, changes: Changes) -> Catalogue:
    """The catalogue with these changes; what no rule can take is told in words."""
    problems: list[Problem] = []
    items = []
    for item in catalogue.items:
        rules = [
            made
            for rule in item.rules
            if (made := _changed(rule, changes.get(rule.id, {}), problems, catalogue.period.from_))
            is not None
        ]
        items.append(item.model_copy(update={"rules": tuple(rules)}))
    if problems:
        raise BadInput(problems)
    return catalogue.model_copy(update={"items": tuple(items)})


def _changed(
    rule: Rule, change: Mapping[str, str], problems: list[Problem], first: date
) -> Rule | None:
    if change.get(OFF):
        return None
    if not change:
        return rule
    said = rule.model_dump(mode="json", by_alias=True)
    known = {parameter.name: parameter.label for parameter in parameters(rule)}
    for name, text in change.items():
        if name in known:
            said[name] = text.strip()
    try:
        made: Rule = _RULE.validate_python(said)
    except ValidationError as wrong:
        for error in wrong.errors():
            name = str(error["loc"][-1]) if error["loc"] else ""
            label = known.get(name, name)
            problems.append(
                Problem(f"不能改成“{change.get(name, '')}”。", column=f"{code_of(rule.id)} {label}")
            )
        return rule
    if made.severity == "error" and not sources.may_be_error(made, first):
        problems.append(Problem(sources.NO_ERROR, column=f"{code_of(rule.id)} 程度"))
    return sources.in_order(made, first)


def differences(old: Catalogue, new: Catalogue) -> list[Difference]:
    """What is not the same, requirement by requirement and rule by rule, in words."""
    before, after = ({r.id: r for r in one.rules()} for one in (old, new))
    found = list(_of_items(old, new))
    found += [
        Difference(key, rule.says, "停用") for key, rule in before.items() if key not in after
    ]
    for key, rule in after.items():
        if key not in before:
            found.append(Difference(key, rule.says, "新增"))
        elif rule != before[key]:
            told = "；".join(_told(before[key], rule))
            found.append(Difference(key, rule.says, told, _unsaid(before[key], rule)))
    return found


_OF_ITEMS = {
    "category": "大类", "subcategory": "小类", "title": "内容", "requirement": "台账要求", "heading": "公文中的归类", "reading": "应读作",
    "applies": "适用", "kept_in": "记录所在台账", "ask": "由人判断的", "examples": "例子",
}  # fmt: skip


def _of_items(old: Catalogue, new: Catalogue) -> Iterable[Difference]:
    was, now = ({item.id: item for item in one.items} for one in (old, new))
    for key, item in was.items():
        if key not in now:
            yield Difference(key, item.name, "去掉这一项要求")
    for key, item in now.items():
        if key not in was:
            yield Difference(key, item.name, "新增这一项要求")
            continue
        told = [
            label
            for name, label in _OF_ITEMS.items()
            if getattr(item, name) != getattr(was[key], name)
        ]
        if told:
            yield Difference(key, item.name, f"改了{'、'.join(told)}")


def _unsaid(old: Rule, new: Rule) -> str:
    """The words that may tell of the old number; the numbers that the system fills in are right by
    themselves.
    """
    if (old.says, old.finding, old.official) != (new.says, new.finding, new.official):
        return ""
    was, now = ({p.name: p.value for p in parameters(rule)} for rule in (old, new))
    changed = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    named = _NUMBER.search(new.says) or _NUMBER.search(_FILLED.sub("", new.finding + new.official))
    return new.finding if named and changed - {"severity", "from", "until"} else ""


def _told(old: Rule, new: Rule) -> Iterable[str]:
    was, now = (rule.model_dump(mode="json", by_alias=True) for rule in (old, new))
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            told = (old.basis, new.basis) if name == "basis" else (was.get(name), now.get(name))
            yield f"{PARAMETERS.get(name, name)} {_word(told[0])} → {_word(told[1])}"


def _word(value: object) -> str:
    if isinstance(value, tuple):
        return "；".join(one.told for one in value)
    words: dict[object, str] = {"error": "错误", "warn": "提醒", "info": "提示", None: "无"}
    return words.get(value, str(value)) if not isinstance(value, list | dict) else str(value)
