"""The manual's chapters of the ledgers, written from the registry and the catalogue, so that they
cannot go stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taizhang.catalogue.model import Ask, Catalogue, code_of
from taizhang.checks.catalogue_versions import words
from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import SECTIONS, LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.rules.base import Rule

_HOW = {
    "date": "日期", "month": "月份", "time": "时间", "money": "金额（元）", "integer": "整数", "permille": "千分之几", "yes": "勾选", "person": "花名册上的姓名",
    "choice": "选择", "record": "选已登记的记录", "text": "文字", "long": "文字",
}  # fmt: skip

RULE_KINDS = words.KIND_NAMES


def chapters(catalogue: Catalogue) -> str:
    """The whole page, in Markdown."""
    lines = [
        "# 各种台账怎么登记",
        "",
        "本页由程序按台账定义和要求模板生成。每种台账都可以逐条填写、从 Excel 导入、粘贴表格，也可以打印空白表。",
        "",
    ]
    for section in SECTIONS:
        lines += [f"## {section}", ""]
        for kind in KINDS.values():
            if kind.section == section:
                lines += _chapter(kind, catalogue)
    return "\n".join(lines)


def _chapter(kind: LedgerKind, catalogue: Catalogue) -> Iterator[str]:
    serves = "、".join(f"{key} {item.name}" for key in kind.items if (item := catalogue.item(key)))
    yield from (f"### {kind.title}", "")
    if serves:
        yield from (f"对应：{serves}。", "")
    if kind.about:
        yield from (kind.about, "")
    yield from (
        f"![{kind.title}的登记表](ledgers/{kind.slug}.jpg)",
        "",
        "| 栏目 | 必填 | 怎么填 | 示例 |",
        "|---|---|---|---|",
    )
    for field in kind.fields():
        yield _row(
            field.label,
            "是" if field.required else "",
            _how(field),
            kind.example.get(field.label, ""),
        )
    for part in kind.parts:
        yield _row(part.label, "", part.hint, kind.example.get(part.label, ""))
    yield ""
    checks = list(dict.fromkeys(rule.says for rule in _rules(kind, catalogue) if rule.says))
    if checks:
        yield from ("系统核对：", "", *(f"- {says}" for says in checks), "")


def rules(catalogue: Catalogue) -> str:
    """Every rule of the catalogue: what it says, since when, which kind, how grave, and the
    sentence that it drafts.
    """
    lines = [
        "# 系统核对哪些规则",
        "",
        (
            f"本页由程序按要求模板 {catalogue.catalogue} 生成，共 {len(catalogue.items)} 项、"
            f"{len(catalogue.rules())} 条规则；各种方式怎样核对，见[系统怎样核对](kinds.md)。"
            "疑点文字中花括号里的由系统填写：{window} 期间或日期，{person}、{whose} 姓名，{group} 党小组，{other} 另一条的日期，"
            "{found} 查得，{wanted} 应有（带 yuan 的为金额），{apart} 早或晚几天，{detail} 具体内容。"
            "系统的结果只是疑点；疑点由人认定才是问题，也可以由组织科或督查组写明理由排除。"
            "公文文字是记为问题、写入反馈意见等公文时的表述，没有列出的与疑点文字相同；“还能做什么”说明查出的问题是可以补齐、可以更正，还是已经过去、只能举一反三。"
        ),
        "",
    ]
    for item in catalogue.items:
        lines += [f"## {item.id} {item.name}", ""]
        if not item.rules:
            lines += ["系统不核对，现场由人查阅。", ""]
            continue
        lines += [
            "| 规则 | 要求 | 依据 | 施行 | 方式 | 程度 | 疑点文字 | 公文文字 | 还能做什么 |",
            "|---|---|---|---|---|---|---|---|---|",
        ]
        lines += [_rule(rule) for rule in item.rules]
        lines.append("")
        if item.ask:
            lines += ["由人看、由人问的：", ""]
            lines += [f"- {ask.id} {ask.says}（{ask.why}）{_rests(ask)}" for ask in item.ask]
            lines.append("")
    return "\n".join(lines)


def _rests(one: Rule | Ask) -> str:
    return "；".join(basis.told for basis in one.basis)


_GRAVE = {"error": "错误", "warn": "提醒", "info": "提示"}
_TO_DO = {"now": "补齐", "correct": "更正", "past": "举一反三"}


def _rule(rule: Rule) -> str:
    since = "" if rule.from_ == date.min else f"{rule.from_} 起"
    until = "" if rule.until == date.max else f"{rule.until} 前"
    told = (
        code_of(rule.id),
        rule.says,
        _rests(rule),
        f"{since} {until}".strip(),
        f"[{RULE_KINDS[rule.kind]}](kinds.md#{rule.kind})",
        _GRAVE[rule.severity],
        rule.finding,
        rule.official,
        _TO_DO[rule.to_do],
    )
    return _row(*told)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "／").replace("\n", "<br>") for cell in cells) + " |"


def _how(field: Field) -> str:
    choices = "、".join(label for _, label in field.choices)
    return "；".join(
        text
        for text in (
            _HOW[field.kind],
            choices,
            field.hint,
            "打印和导出时以＊＊＊代替" if field.sensitive else "",
        )
        if text
    )


def _rules(kind: LedgerKind, catalogue: Catalogue) -> Iterator[Rule]:
    """What is checked of records of a kind: the rules that look at one of its tables."""
    own = {table.name for table in kind.facts}
    for rule in catalogue.rules():
        named = (getattr(rule, name, "") for name in ("ledger", "has"))
        if any(table in own for table in named if isinstance(table, str)):
            yield rule
