"""What the kinds of rules, their parameters and the columns of the ledgers are called on a page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from taizhang.checks import fact_tables
from taizhang.checks.catalogue_versions import column_names
from taizhang.checks.reasons.record_links import MADE
from taizhang.ledgers.kinds import KINDS
from taizhang.rules import phrases

KIND_NAMES = {
    "agrees": "两处一致", "belonged_then": "当日在册", "bracket": "分档计算", "burst": "集中登记", "complete": "要素齐全",
    "dated": "日期合理", "document": "现行文本", "each_has": "应有尽有", "headcount": "人数相符", "in_a_row": "连续无异",
    "in_order": "先后有序", "lapse": "连续未办", "long_day": "一日过长", "near_picture": "图片近似", "near_speech": "发言雷同", "never": "不应出现",
    "no_overlap": "时间冲突", "no_repeat": "不得重复", "pattern": "规律异常", "periodic": "按期次数", "ratio": "比例达标",
    "reconcile": "收支相符", "rising": "号码递增", "share": "个人比例", "similar_text": "文字雷同", "standing": "组织设置",
    "tally": "栏目相符", "term": "任期届满", "total": "合计相符", "wording": "用语检查",
}  # fmt: skip
"""What each kind of rule is called, here and in the manual."""
PARAMETERS = {
    "ledger": "台账", "where": "只看", "day": "日期栏目", "end": "截止栏目", "subject": "记录栏目", "given": "有此栏目的才查", "among": "有此台账的支部才查",
    "every": "周期", "at_least": "至少", "at_most": "至多", "per": "按什么计", "grace": "期满后宽限天数", "due_after": "期初后几天应有",
    "made_up": "只查补办的", "fields": "应填栏目", "any_of": "有一项即可", "check": "查什么", "days": "天数", "done": "办结栏目",
    "has": "应有的台账", "has_where": "其中只看", "has_day": "其日期栏目", "match": "对应栏目", "earliest": "最早（天）", "latest": "最晚（天）", "has_end": "其截止栏目",
    "none": "不应有", "while_committee": "设支委会的才查", "other": "另一方栏目", "label": "期间栏目", "together": "合并计算", "settle": "几天后核",
    "left": "左边栏目（相加）", "op": "关系", "right": "右边（栏目或数字）", "or_else": "或者等于", "as_written": "左边只加填写了的", "named": "说明栏目", "column": "栏目", "theirs": "对方栏目",
    "other_ledger": "对照台账", "other_where": "其中只看", "tolerance": "误差", "unless": "除非有台账", "unless_where": "其中只看", "unless_match": "其对应栏目",
    "person": "人员栏目", "name": "姓名栏目", "populations": "应属于", "population": "人数口径", "without": "不含", "at_last": "以最后一天计", "before": "提前天数",
    "document": "制度名称", "mode": "方式", "settling": "宽限天数", "source": "文字来源", "lacks": "应含用语", "too_early": "查超前提法", "minutes": "分钟",
    "part": "部分栏目", "of": "总数栏目", "to": "比较栏目", "least": "起算数", "earlier": "先的栏目", "later": "后的栏目", "least_months": "至少月数", "most_months": "至多月数",
    "least_days": "至少天数", "most_days": "至多天数", "pending": "含未办的", "below": "低于", "within": "天内", "in_one": "同一次会议", "starts": "开始栏目",
    "ends": "结束栏目", "place": "地点栏目", "travel": "路程（分钟）", "told_of": "说明", "columns": "相同的栏目", "apart": "不同的栏目", "told_by": "名称栏目",
    "by": "按栏目", "ever": "不分年度", "same_day": "同一天", "same_month": "同一月", "months": "按月计", "lately": "最近天数", "strict": "不含相等", "series": "同一系列的栏目",
    "base": "计算基数栏目", "brackets": "分档", "most": "最多（分）", "held_by": "由谁办理", "lengths": "任期规定", "up_to": "至多天数",

    "number": "号码栏目", "good": "合格的", "percent": "百分比", "too_good": "查过高的", "length": "最少字数", "sum_of": "合计栏目", "times": "倍数", "bound": "限值（栏目或数字）",
}  # fmt: skip
CHOICES = {
    "month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年", "eq": "等于", "ne": "不等于", "lt": "小于", "le": "不超过", "gt": "大于", "ge": "不少于",
    "branch": "支部", "committee": "支委会（委员）", "group": "党小组（成员）", "member": "党员", "full": "正式党员",
    "leader": "小组长", "secretary": "书记", "spell": "在册期间", "in_month": "当月党员", "lost": "失联党员", "limited": "权利受限的", "units": "所在单位",
    "maybe_full": "可能的正式党员", "not_future": "不在将来", "in_life": "在支部存续期内", "not_holiday": "不在法定节假日", "not_weekend": "不在双休日",
    "not_vacation": "不在寒暑假", "recorded_within": "按时登记", "done_by_then": "到期办结", "in_force": "当时有效", "covers": "覆盖期间", "overdue": "超期", "late": "换届晚",
    "ends_soon": "将届满", "extended": "延期", "rate": "比例", "amount": "金额", "advanced": "提前", "person_id": "人员",
}  # fmt: skip
_OWN = {"branches": "党组织", "phrases": "用语", "texts": "正文", "files": "佐证材料", "institutions": "事业单位", "units": "所在单位", "calendar": "工作日历", "events": "各类活动（合并）"}  # fmt: skip


def choice(code: str) -> str:
    """What a choice is called; what is counted by the records of a ledger bears that ledger's
    title.
    """
    return CHOICES.get(code) or (KINDS[code].title if code in KINDS else code)


@lru_cache(maxsize=1)
def tables() -> list[tuple[str, str]]:
    """(table, title) of every ledger that a rule can be asked of, in the order of the titles'
    tables.
    """
    return [(name, title_of(name)) for name in fact_tables.schema()]


def title_of(table: str) -> str:
    """What a table is called: its ledger, and its part where the ledger has several."""
    if table in _OWN:
        return _OWN[table]
    if table in column_names.MADE_TABLES:
        return column_names.MADE_TABLES[table]
    for kind in KINDS.values():
        names = [one.name for one in kind.facts]
        if table in names:
            return kind.title if table == names[0] else _part(kind.title, table)
    return _part(MADE[table].title, table) if table in MADE else table


def _part(title: str, table: str) -> str:
    return f"{title}（{column_names.PARTS.get(table, table)}）"


@lru_cache(maxsize=256)
def columns(table: str) -> list[tuple[str, str]]:
    """(column, label) of a table; the label is what the form of the ledger calls it."""
    source = fact_tables.sources().get(table)
    found = []
    for name in fact_tables.schema().get(table, {}):
        path = source.columns.get(name, "") if source else ""
        field = fact_tables.field_of(source.model, path) if source and path else None
        label = str(field.verbose_name) if field is not None and path != "id" else ""
        known = column_names.IN_TABLE.get((table, name))
        if known is None and name.endswith("_id"):
            known = column_names.COLUMNS.get(name)
        label = known or (label if not label.isascii() else column_names.name_of(table, name))
        found.append((name, label or name))
    return _apart(found)


def _apart(listed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of columns that are called the same, the later ones are told apart by what else they are
    called, or by a number.
    """
    seen: dict[str, int] = {}
    found = []
    for name, label in listed:
        own = column_names.COLUMNS.get(name, "")
        told = label if label not in seen or not own or own in seen else own
        seen[told] = seen.get(told, 0) + 1
        found.append((name, told if seen[told] == 1 else f"{told}（{seen[told]}）"))
    return found


def named(table: str, text: str) -> str:
    """The column of a table that a text means: its label or its code; what is neither stays as it
    is.
    """
    known = columns(table)
    plain = text.strip()
    return next((name for name, label in known if plain in (label, name)), plain)


def label_of_column(table: str, name: str) -> str:
    """What a column is called; of rows that follow from ledgers by its name alone."""
    return dict(columns(table)).get(name) or column_names.name_of(table, name) or name


def column_named(text: str) -> str:
    """The column of rows that follow from ledgers that a text means; what is no name of one stays
    as it is.
    """
    plain = text.strip()
    known = {label: name for name, label in column_names.COLUMNS.items()}
    return plain if plain in column_names.COLUMNS else known.get(plain, plain)


@lru_cache(maxsize=1)
def _every_word() -> dict[str, str]:
    """Code → label of every word that a parameter, a condition or a list may hold."""
    every = {
        code: str(label)
        for table in fact_tables.schema()
        for column in fact_tables.schema()[table]
        for code, label in values(table, column)
        if isinstance(code, str)
    }
    every |= {kind.slug: kind.title for kind in KINDS.values()}
    titles = {kind.title for kind in KINDS.values()}
    every |= {
        name: title
        for name in [*fact_tables.schema(), *column_names.MADE_TABLES]
        if (title := title_of(name)) not in titles
    }
    every |= {
        f"{kind.slug}.{field.name}": f"{kind.title}·{field.verbose_name}"
        for kind in KINDS.values()
        for field in kind.model._meta.fields
    }
    documents = {f"about:{code}": f"议题：{label}" for code, label in every.items()}
    known = {one: documents[one] for one in phrases.codes() if one in documents}
    called = {code: f"用语：{name}" for code, name in column_names.PHRASES.items()}
    return every | known | called | column_names.STATES | CHOICES


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """The other way round, where a label means one thing."""
    found: dict[str, str] = {}
    for code, label in _every_word().items():
        found[label] = "" if found.get(label, code) != code else code
    return {label: code for label, code in found.items() if code}


def word(code: str) -> str:
    """What a code is called; one whose label another bears too stays as it is."""
    label = _every_word().get(code, code)
    return label if _codes().get(label) == code else code


def code_of_word(text: str) -> str:
    """The code that a label stands for; what is no label stays as it is."""
    plain = text.strip()
    return plain if plain in _every_word() else _codes().get(plain, plain)


def day_of(table: str) -> str:
    """The column by whose day a row is told: that of the ledger, else the first day that it has."""
    days = [name for name, sort in fact_tables.schema().get(table, {}).items() if sort == "date"]
    own = {kind.day for kind in KINDS.values() for one in kind.facts if one.name == table}
    return next((name for name in days if name == "on" or name in own), days[0] if days else "on")


def values(table: str, column: str) -> list[tuple[Any, str]]:
    """(value, label) of a column that holds a choice."""
    source = fact_tables.sources().get(table)
    path = source.columns.get(column, "") if source else ""
    field = fact_tables.field_of(source.model, path) if source and path else None
    return [
        (value, str(label))
        for value, label in (field.flatchoices if field is not None and field.choices else ())
    ]


class NoSuchValue(ValueError):
    """A word that a column never holds; the message says which."""


def value_of(table: str, column: str, text: str) -> str | int | None:
    """A value as it was typed: a choice by its label or its code, a number, `空` for nothing."""
    plain = text.strip()
    if plain in ("", "空"):
        return "" if fact_tables.schema().get(table, {}).get(column) == "string" else None
    for value, label in values(table, column):
        if plain in (label, str(value)):
            return value  # type: ignore[no-any-return]
    if values(table, column):
        known = "、".join(label for _, label in values(table, column))
        raise NoSuchValue(f"没有“{plain}”这个值，可填：{known}。")
    if fact_tables.schema().get(table, {}).get(column) == "int64":
        return int(plain)
    return code_of_word(plain) if _holds_codes(table, column) else plain


def _holds_codes(table: str, column: str) -> bool:
    """Whether a column holds words of a closed list, and no text that somebody wrote."""
    known = column in fact_tables.words().get(table, {}) or column in column_names.OF_CODES
    return known or table not in fact_tables.schema()


def label_of(table: str, column: str, value: object) -> str:
    """A value as it is read."""
    if value in ("", None):
        return "空"
    own = dict(values(table, column))
    if value in own:
        return str(own[value])
    return word(str(value)) if _holds_codes(table, column) else str(value)
