"""How the fields of a ledger take what stands in a document; what none takes is left, with the
reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from taizhang.documents.blocks import Block
from taizhang.intake import forms
from taizhang.intake.reading import choices
from taizhang.intake.records.record import Places, Record, hours, is_cut, locate, short
from taizhang.kernel.text import HAN, chinese_number, folded
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import NO_NAMES, Field, OnlyMonth, Unreadable, parse, render
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import lines


def checked(kind: LedgerKind, read: forms.Read, blocks: list[Block]) -> Record:
    """Only what stands in the source is kept."""
    known, places = {one.name: one for one in kind.fields()}, Places(blocks)
    for name, value in list(read.values.items()):
        where = read.sources.get(name) or locate(value, known.get(name), places)
        one = known.get(name)
        if where is None:
            del read.values[name]
            read.left.append(value)
        elif one is not None and _is_told(one) and is_cut(value, places):
            del read.values[name]
            read.left.append(f"{one.label}：{value}")
            read.warnings.append(_HALF_A_SENTENCE.format(one.label))
        else:
            read.sources[name] = f"{where}：{short(value)}"
    return Taking(kind).readable(read)


_HALF_A_SENTENCE = "“{}”没有读入：只找到半句话，请对照原文填写。"


def _is_told(one: Field) -> bool:
    """Whether a field takes sentences, which end where the source ends them."""
    told = one.kind == "long" or (one.kind == "text" and _CONCLUDES.search(one.label))
    return bool(told) and not one.names and "名单" not in one.label


_CONCLUDES = re.compile(r"(?:结论|意见)$")


class Taking:
    """How a ledger takes what stands in many rows; what a field took before is not read again."""

    def __init__(self, kind: LedgerKind) -> None:
        """Of one ledger."""
        self._known = {one.name: one for one in kind.fields()}
        self._as_they_are = {
            name
            for name, one in self._known.items()
            if one.kind in ("person", "record") or one.names
        }
        self._taken: dict[tuple[str, str], str] = {}

    def readable(self, read: forms.Read, asks: Iterable[str] = ()) -> Record:
        """The values as the form writes them; what a field cannot take is left, with the reason.

        `asks` is to be decided of months that stand together: they are kept as they are written.
        """
        record = Record(left=list(read.left), warnings=list(read.warnings))
        for name, said in read.values.items():
            one, where = self._known.get(name), read.sources[name]
            value = said if one is None else _without_post(record, one, said, where, self._known)
            if one is None or name in self._as_they_are:
                record.values[name], record.sources[name] = value, where
                continue
            try:
                record.values[name], record.sources[name] = self._take(one, value), where
            except OnlyMonth:
                record.values[name] = f"{written.month(value):%Y-%m}"
                record.sources[name] = where
                record.warnings.append(f"“{one.label}”只写到月份，请补齐到日。")
            except (Unreadable, written.NotReadable) as refusal:
                if asks and one.kind == "month":
                    record.values[name], record.sources[name] = value, where
                    record.warnings += asks
                else:
                    self._otherwise(record, one, value, where, refusal)
        _add_hours(record, read.values, self._known)
        _add_year_of_half(record, read.values, self._known)
        _add_named(record, self._known)
        _without_nobody(record, self._known)
        return record

    def takes(self, name: str, said: str) -> bool:
        """Whether a field can be written so."""
        one = self._known[name]
        try:
            return name in self._as_they_are or bool(self._take(one, said))
        except (Unreadable, written.NotReadable, ValueError):
            return False

    def _take(self, one: Field, value: str) -> str:
        key = one.name, value
        if key not in self._taken:
            self._taken[key] = render(one, parse(one, as_field(one, value), NO_NAMES))
        return self._taken[key]

    def _otherwise(
        self, record: Record, one: Field, value: str, where: str, refusal: ValueError
    ) -> None:
        """What a field does not take: two days or hours, the choice of another field, or a day with
        more beside it.
        """
        if one.name == "for_quarter" and (told := _QUARTER.fullmatch(folded(value))):
            record.values |= {"for_year": told[1], one.name: str(chinese_number(told[2]))}
            record.sources |= {"for_year": where, one.name: where}
            return
        if one.kind == "choice" and (said := choices.of(one, value)):
            record.values[one.name], record.sources[one.name] = said, where
            if len(folded(value)) > len(said) + _FEW:
                record.left.append(f"{one.label}：{value}")
            return
        if one.kind == "yes" and (said := choices.yes_or_no(one, value)):
            record.values[one.name], record.sources[one.name] = said, where
            record.left.append(f"{one.label}：{value}")
            return
        if one.kind == "money" and (sum_ := _one_sum(value)):
            record.values[one.name], record.sources[one.name] = self._take(one, sum_), where
            record.left.append(f"{one.label}：{value}")
            return
        if _of_two(record, one, value, where, self._known) or _of_another(
            record, one, value, where, self._known
        ):
            return
        day = _only_day(value) if one.kind == "date" else None
        record.left.append(f"{one.label}：{value}")
        if day is not None:
            record.values[one.name], record.sources[one.name] = day, where
        else:
            record.warnings.append(f"“{one.label}”没有读入：{refusal}")


_HALF = re.compile(r"((?:19|20)\d{2})年度?(?=[上下]半年)")


def _add_year_of_half(
    record: Record, values: Mapping[str, str], known: Mapping[str, Field]
) -> None:
    """考察时间段 │ 2024年上半年: the half-year is said with its year."""
    said = _HALF.match(folded(values.get("half", "")))
    if said and "half" in record.values and "year" in known and "year" not in record.values:
        record.values["year"], record.sources["year"] = said[1], record.sources["half"]


def _add_named(record: Record, known: Mapping[str, Field]) -> None:
    """What a record must say of its sort, where another of its texts is nothing but the name of
    one: 公开项目 │ 民主评议结果.
    """
    for one in known.values():
        if one.kind != "choice" or not one.required or one.name in record.values:
            continue
        labels = {folded(label): label for _, label in one.choices if len(label) > _SHORTEST}
        said = [
            (labels[folded(text)], name)
            for name, text in record.values.items()
            if folded(text) in labels and known.get(name) is not None and not known[name].choices
        ]
        if len(said) == 1:
            record.values[one.name], record.sources[one.name] = (
                said[0][0],
                record.sources[said[0][1]],
            )


_QUARTER = re.compile(r"((?:19|20)\d{2})年度?第?([一二三四1-4])季度")


_SHORTEST = 3


_NOBODYS = re.compile(
    rf"(?:[{HAN}]{{0,14}}支部)?全体[{HAN}、]{{2,12}}(?:[（(]?共?\d{{0,3}}[人名]?[)）]?)"
)


def _without_nobody(record: Record, known: Mapping[str, Field]) -> None:
    """`全体党员29人` names nobody, and 无 among opinions is none."""
    for name in ("absent", "observers"):
        if lines.is_nothing(record.values.get(name, "x")):
            del record.values[name], record.sources[name]
    for name in ("attendees", "participants", "visitors"):
        text = record.values.get(name, "")
        if text and _NOBODYS.fullmatch(folded(text)):
            label = known[name].label if name in known else "参加人员"
            record.left.append(f"{label}：{record.values.pop(name)}")
            del record.sources[name]
    if "no_opinions" in known and lines.is_nothing(record.values.get("opinions", "")):
        if record.values.pop("opinions", "") and "no_opinions" not in record.values:
            record.values["no_opinions"] = "是"
            record.sources["no_opinions"] = record.sources["opinions"]
        record.sources.pop("opinions", None)


_SUM = re.compile(r"\d[\d,，]*(?:\.\d{1,2})?(?=元)")


def _one_sum(value: str) -> str:
    """The one sum that a text says, before it says of what it is made up."""
    found = _SUM.findall(re.split(r"其中|包括|明细", folded(value))[0])
    return found[0] if len(found) == 1 else ""


_FEW = 4


_BEHIND = re.compile(r"([^（）()、，,]{2,12})[（(]([^（）()\d]{2,20})[)）]")


_POST_BEHIND = re.compile(
    rf"([{HAN}]{{2,4}})[ \t\u3000]+([{HAN}]{{0,10}}(?:书记|委员|[校园院]长|主任|组长|教师|老师))"
)
"""`甲 支部书记`: the post behind a blank."""


def _without_post(
    record: Record, one: Field, text: str, where: str, known: Mapping[str, Field]
) -> str:
    """The name before a post in brackets; the post is a field of its own, or left."""
    of_person = one.names or one.kind == "person" or one.name in ("case", "lecturer_name")
    found = (_BEHIND.fullmatch(text) or _POST_BEHIND.fullmatch(text)) if of_person else None
    if found is None:
        return text
    role = known.get(one.name.replace("_name", "_role"))
    said = as_field(role, found[2]) if role is not None and role.kind == "choice" else ""
    said = dict(role.also).get(said, said) if role is not None else said
    if role is not None and said in {label for _, label in role.choices}:
        record.values.setdefault(role.name, said)
        record.sources.setdefault(role.name, where)
    else:
        record.left.append(f"{found[1]}：{found[2]}")
    return found[1].strip()


_UNIT = re.compile(
    r"(?:第|约|共|计|总计|全年|每年|计划|预计|不少于|至少)*(\d{1,6}|[一二三四五六七八九十]{1,3})(?:余)?(?:人次|人|名|票|份|张|天|日|"
    r"个小时|小时|个学时|学时|课时|次|平方米|平米|㎡|m2|元|个|届|季度)(?:左右)?"
)


_NUMBER_ENDED = re.compile(r"[\w\-—－()（）〔〕+/]*\d[\w\-—－()（）〔〕+/]*[。；; 　]+")
"""A telephone or the number of a paper at the end of a sentence."""


_OF_TEN_THOUSANDS = re.compile(r"\d[\d,]*(?:\.\d{1,6})?万元?")


def in_yuan(sum_: str) -> str:
    """A sum as it is written, `1,250.5` or `1.8万`, in yuan: `1250.5`, `18000`."""
    number = sum_.replace(",", "")
    if not number.endswith("万"):
        return number
    yuan = (Decimal(number.removesuffix("万")) * 10_000).normalize()
    return f"{yuan:f}"


_WHOSE = re.compile(r"(?:中共|党总支|党支部|支部|本支部|党|现任|拟任|党员|(?:19|20)\d{2}年度?)*")


def as_field(one: Field, value: str) -> str:
    """What is written, without a unit or a word before it that the field does not write: 30天 is 30,
    支部书记 is 书记.
    """
    plain = folded(value)
    if one.kind == "text" and _NUMBER_ENDED.fullmatch(value):
        return value.rstrip("。；; 　")
    if one.kind == "money" and _OF_TEN_THOUSANDS.fullmatch(plain):
        return in_yuan(plain.rstrip("元"))
    if one.kind == "integer":
        plain = plain.rstrip("。;")
    if one.kind == "integer" and (year := re.fullmatch(r"((?:19|20)\d{2})年度?", plain)):
        return year[1]
    if one.kind == "integer" and (found := _UNIT.fullmatch(plain)):
        number = chinese_number(found[1])
        return value if number is None else str(number)
    if one.kind != "choice":
        return value
    labels = [folded(label) for _, label in one.choices] + [folded(word) for word, _ in one.also]
    ends = (one for one in sorted(labels, key=len, reverse=True) if plain.endswith(one))
    return next((end for end in ends if _WHOSE.fullmatch(plain.removesuffix(end))), value)


def _in_full(digits: str) -> str:
    """`2018年4月9日至13日` with the year and month that the second day shares with the first, and
    `2018.4.9-4.13`.
    """
    digits = _DOTTED.sub(r"\1\2\3\1\4", digits)
    return _RUN.sub(lambda m: f"{m[1]}{m[2]}{m[3]}{m[4]}{m[1]}{m[5] or m[2]}{m[6]}", digits)


_DOTTED = re.compile(
    rf"((?:19|20)\d{{2}}[./-])(\d{{1,2}}[./]\d{{1,2}})( ?{written.DASH} ?)"
    rf"(\d{{1,2}}[./]\d{{1,2}})(?![\d./])"
)


_RUN = re.compile(
    rf"((?:19|20)\d{{2}}年)(\d{{1,2}}月)(\d{{1,2}}日?)( ?{written.DASH}+ ?)(\d{{1,2}}月)?(\d{{1,2}}日)"
)


_UNTIL = {
    "from_on": "to_on",
    "valid_from": "valid_to",
    "starts_at": "ends_at",
    "from_month": "to_month",
    "started_on": "ended_on",
}


_MONTHS = re.compile(
    rf"((?:19|20)\d{{2}})(?:年|[./-])(\d{{1,2}})月? ?{written.DASH} ?(?:((?:19|20)\d{{2}})(?:年|"
    rf"[./-]))?(\d{{1,2}})月?"
)


_FROM = re.compile(r"^[自从]|(?<=月)(?:份?起|止)")


def _two_months(digits: str) -> list[str]:
    """`2018年1月至2018年12月`, `自2018年1月起至2018年12月止` and `2018年1-12月`."""
    said = _FROM.sub("", digits.replace(" ", ""))
    found = _MONTHS.fullmatch(said)
    if found is None or not all(1 <= int(one) <= 12 for one in (found[2], found[4])):
        return []
    return [f"{found[1]}-{int(found[2]):02d}", f"{found[3] or found[1]}-{int(found[4]):02d}"]


def _of_two(record: Record, one: Field, value: str, where: str, known: Mapping[str, Field]) -> bool:
    """Keep two days or hours that stand in one cell, where the field has another for the end; or
    hours under a day.
    """
    digits = written.in_digits(written.plain(value))
    days = [f"{day}" for day, _, _ in written.days_in(_in_full(digits))]
    clocks = [f"{clock:%H:%M}" for clock in hours(digits)]
    if one.kind in ("month", "date") and one.name in _UNTIL and len(_two_months(digits)) == 2:
        told = dict(zip((one.name, _UNTIL[one.name]), _two_months(digits), strict=True))
        if one.kind == "date":
            record.warnings.append(f"“{one.label}”只写到月份，请补齐到日。")
    elif one.kind == "time" and len(clocks) == 2:
        told = dict(zip((one.name, _UNTIL.get(one.name, "")), clocks, strict=True))
    elif one.kind == "date" and len(days) == 2 and one.name in _UNTIL:
        told = dict(zip((one.name, _UNTIL[one.name]), days, strict=True))
    elif (
        one.kind == "date"
        and not days
        and clocks
        and re.fullmatch(r"[\d:点时分半\-—–~～至到 上下午晚中]+", digits)
    ):
        told = dict(zip(("starts_at", "ends_at"), clocks, strict=False))
    else:
        return False
    for name, text in told.items():
        if name in known and name not in record.values:
            record.values[name], record.sources[name] = text, where
    return True


def _of_another(
    record: Record, one: Field, value: str, where: str, known: Mapping[str, Field]
) -> bool:
    """Keep a choice that only another field has, where a word such as 类别 says no more: 正式 is no way
    of a transfer.
    """
    if one.kind != "choice":
        return False
    fits = {
        other.name: said
        for other in known.values()
        if other.kind == "choice" and other.name != one.name and other.name not in record.values
        for said in [choices.beginning(other, value)]
        if said
    }
    if len(fits) != 1:
        return False
    ((name, said),) = fits.items()
    record.values[name], record.sources[name] = said, where
    return True


def _only_day(value: str) -> str | None:
    """The one whole day in a text that says more; the text is left beside it."""
    days = written.days_in(written.in_digits(written.plain(value)))
    return days[0][0].isoformat() if len({day for day, _, _ in days}) == 1 else None


def _add_hours(record: Record, values: Mapping[str, str], known: Mapping[str, Field]) -> None:
    """A day is often written with its hours."""
    if not known.keys() & {"starts_at", "ends_at"}:
        return
    for name, value in values.items():
        one = known.get(name)
        if one is None or one.kind != "date" or name not in record.values:
            continue
        clocks = hours(written.in_digits(written.plain(value)))
        for hour, clock in zip(("starts_at", "ends_at"), clocks, strict=False):
            if hour in known and hour not in record.values:
                record.values[hour] = f"{clock:%H:%M}"
                record.sources[hour] = record.sources[name]
