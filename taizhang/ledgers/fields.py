"""What a clerk fills in: one description of each field, for the form, the sheet and the
API alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Literal

from django.db import models

from taizhang.kernel.secret import SealedIntegerField, SealedLineField
from taizhang.kernel.text import folded, person_name
from taizhang.kernel.writing import written
from taizhang.ledgers.model_fields import MoneyField, MonthField, NameField, PermilleField
from taizhang.ledgers.written import persons
from taizhang.ledgers.written.lines import is_nothing
from taizhang.orgs.models import Person

FieldKind = Literal[
    "text",
    "long",
    "integer",
    "money",
    "date",
    "month",
    "time",
    "choice",
    "yes",
    "person",
    "record",
    "permille",
]


class Unreadable(ValueError):
    """The value cannot be taken; the message is for the clerk."""


class OnlyMonth(Unreadable):
    """A month stands where a day is asked."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing that is asked."""

    name: str
    label: str
    kind: FieldKind
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    """Other words for a choice, as people write them → its label."""
    longest: int = 0
    unknown: bool = False
    """A yes or no that may be neither."""
    names: bool = False
    """The name of a person who need not be on the roster."""
    hint: str = ""
    mask: Callable[[str], str] | None = None
    """How it is shown to those who have not said why they want to see it (DOMAIN 9.3); none for
    what is not sensitive.
    """
    model: type[models.Model] | None = None
    """Of a reference to another record of the branch, which is written as what it is called."""

    @property
    def sensitive(self) -> bool:
        """Masked in lists, exports and prints, and hidden in the journal."""
        return self.mask is not None


_KINDS: tuple[tuple[type[Any], FieldKind], ...] = (
    (SealedIntegerField, "money"),
    (MoneyField, "money"),
    (MonthField, "month"),
    (models.TimeField, "time"),
    (models.DateField, "date"),
    (models.BooleanField, "yes"),
    (PermilleField, "permille"),
    (models.IntegerField, "integer"),
    (SealedLineField, "text"),
    (models.TextField, "long"),
)


@cache
def of_model(model: type[models.Model], name: str) -> Field:
    """The field that a column of a model asks for."""
    column: Any = model._meta.get_field(name)
    choices = tuple((str(code), str(label)) for code, label in column.choices or ())
    return Field(
        name=name,
        label=str(column.verbose_name),
        kind=_kind(column),
        required=not column.blank and not column.null and not column.has_default(),
        choices=choices,
        longest=column.max_length or 0,
        hint=str(column.help_text),
        names=isinstance(column, NameField),
        unknown=_kind(column) == "yes" and column.null,
        also=tuple(getattr(model, "also_written", {}).get(name, {}).items()),
        mask=getattr(column, "masked", None),
        model=column.related_model if _kind(column) == "record" else None,
    )


def _kind(column: Any) -> FieldKind:
    if column.choices:
        return "choice"
    if column.related_model is Person:
        return "person"
    if column.related_model is not None:
        return "record"
    return next((kind for cls, kind in _KINDS if isinstance(column, cls)), "text")


@dataclass(frozen=True)
class Lookup:
    """How names in one branch become keys."""

    person: Callable[[str], Person]
    record: Callable[[type[models.Model], str], models.Model]


def _nobody(*asked: object) -> Any:
    del asked


NO_NAMES = Lookup(person=_nobody, record=_nobody)
"""For fields that are no names."""


def parse(field: Field, raw: object, lookup: Lookup) -> Any:
    """The value that was written; None for nothing. Raises Unreadable with what is wrong, in
    Chinese.
    """
    about_person = field.kind == "person" or field.names
    if raw is None or not str(raw).strip() or (about_person and is_nothing(str(raw))):
        if field.required:
            raise Unreadable("不能为空。")
        return None if field.unknown else _EMPTY.get(field.kind)
    if about_person and persons.is_everybody(str(raw)):
        raise Unreadable(persons.everybody(str(raw)))
    return _of_kind(field, raw, lookup)


def _of_kind(field: Field, raw: object, lookup: Lookup) -> object:
    if field.kind == "person":
        return lookup.person(str(raw))
    if field.model is not None:
        return lookup.record(field.model, str(raw))
    if field.kind == "choice":
        return _choice(field, str(raw))
    if field.mask and _MASKED.search(str(raw)):
        raise Unreadable("这里是隐去的内容（＊号），不能登记；请填写完整内容。")
    value = person_name(str(raw)) if field.names else _PARSERS[field.kind](raw)
    if field.longest and isinstance(value, str) and len(value) > field.longest:
        raise Unreadable(f"不能超过{field.longest}个字，现有{len(value)}个字。")
    return value


_MASKED = re.compile(r"＊＊＊|\*{4,}")
_EMPTY: dict[str, Any] = {"text": "", "long": "", "choice": "", "yes": False}


def _text(raw: object) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = _whole(raw)
    text = str(raw).replace("\x00", "").strip()
    if re.fullmatch(r"\d(?:\.\d+)?[Ee]\+\d{1,2}", text):
        raise Unreadable(f"“{text}”是 Excel 的科学计数，后面的数字已丢失：{_AS_TEXT}")
    if text.startswith("#") and text.rstrip("!?") in _FORMULA_ERRORS:
        raise Unreadable(f"单元格里是公式错误值“{text}”，请改为数值后再导入。")
    return text


def _whole(number: float) -> int:
    if abs(number) >= 10**15:
        raise Unreadable(
            f"Excel 只保留15位数字，这个{len(str(int(number)))}位的号码末尾已变成0：{_AS_TEXT}"
        )
    return int(number)


_AS_TEXT = "请把这一列设为文本格式，重新填写后再导入。"
_FORMULA_ERRORS = {"#REF", "#VALUE", "#NAME", "#DIV/0", "#N/A", "#NUM", "#NULL"}


def _integer(raw: object) -> int:
    if isinstance(raw, bool):
        raise Unreadable("应为整数。")
    if isinstance(raw, float):
        if not raw.is_integer():
            raise Unreadable(f"“{raw}”不是整数。")
        raw = int(raw)
    text = folded(_text(raw))
    if not re.fullmatch(r"\d{1,9}", text):
        raise Unreadable(f"“{text}”不是整数。")
    return int(text)


def _permille(raw: object) -> int:
    """Thousandths: `15`, `15‰`, `1.5%`, and the 0.015 that a cell of Excel shown as 1.5% holds."""
    if isinstance(raw, float) and 0 < raw < 1:
        return _integer(round(raw * 1000, 6))
    text = folded(_text(raw))
    percent = re.fullmatch(r"(\d{1,2}(?:\.\d)?)%", text)
    return _integer(round(float(percent[1]) * 10, 6) if percent else text.removesuffix("‰"))


def _money(raw: object) -> int:
    text = folded(_text(f"{raw:.4f}".rstrip("0").rstrip(".") if isinstance(raw, float) else raw))
    text = text.replace(",", "").removeprefix("¥").removeprefix("￥").removesuffix("元")
    if found := re.fullmatch(r"(\d{1,5})(?:\.(\d{1,6}))?万", text):
        return int(found[1] + (found[2] or "").ljust(6, "0"))
    found = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,2}))?", text)
    if not found:
        raise Unreadable(f"“{text}”不是金额，应为元，最多两位小数。")
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def _date(raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return written.day(raw if isinstance(raw, float) else _text(raw))
    except written.OnlyMonth as only:
        raise OnlyMonth(str(only)) from only
    except written.NotReadable as refusal:
        raise Unreadable(str(refusal)) from refusal


def _month(raw: object) -> date:
    if isinstance(raw, date):
        return date(raw.year, raw.month, 1)
    try:
        return written.month(raw if isinstance(raw, float) else _text(raw))
    except written.NotReadable as refusal:
        raise Unreadable(str(refusal)) from refusal


def _time(raw: object) -> time:
    if isinstance(raw, datetime):
        return raw.time()
    if isinstance(raw, time):
        return raw
    if isinstance(raw, float) and 0 <= raw < 1:
        minutes = round(raw * 1440)
        return time(minutes // 60 % 24, minutes % 60)
    try:
        return written.clock(_text(raw))
    except written.NotReadable as refusal:
        raise Unreadable(str(refusal)) from refusal


def _choice(field: Field, raw: str) -> str:
    wanted = folded(dict(field.also).get(folded(raw), raw))
    for code, label in field.choices:
        if wanted in (code, folded(label)):
            return code
    raise Unreadable(
        f"“{raw.strip()}”不在可选范围内，可填：{'、'.join(label for _, label in field.choices)}。"
    )


_YES = {"是", "有", "√", "1", "true", "on", "yes", "对"}
_NO = {"否", "无", "×", "0", "false", "no", ""}


def _yes(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    text = folded(_text(raw)).lower()
    if text not in _YES | _NO:
        raise Unreadable(f"“{text}”应填“是”或“否”。")
    return text in _YES


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "long": _text,
    "integer": _integer,
    "permille": _permille,
    "money": _money,
    "date": _date,
    "month": _month,
    "time": _time,
    "yes": _yes,
}


def render(field: Field, value: Any) -> str:
    """The value as people write it; what `parse` reads back."""
    if value is None or value == "":
        return ""
    if field.kind == "choice":
        return dict(field.choices).get(str(value), str(value))
    if field.kind == "person":
        return str(value.name)
    return _RENDERERS.get(field.kind, str)(value)


def yuan(fen: int) -> str:
    """An amount in fen as yuan with two decimals."""
    return f"{fen // 100}.{fen % 100:02d}"


_RENDERERS: dict[str, Callable[[Any], str]] = {
    "money": yuan,
    "date": lambda value: value.isoformat(),
    "month": lambda value: f"{value:%Y-%m}",
    "time": lambda value: f"{value:%H:%M}",
    "yes": lambda value: "是" if value else "否",
}


def masked(field: Field, value: object) -> str:
    """As `render`, but what is sensitive is masked."""
    text = render(field, value)
    return field.mask(text) if field.mask else text


def labels(fields: Iterable[Field]) -> list[str]:
    """What people call them."""
    return [field.label for field in fields]
