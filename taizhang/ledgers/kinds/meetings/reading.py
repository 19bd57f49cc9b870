"""How the lists of a meeting are written and read, and what follows from them."""

from __future__ import annotations

import re
from typing import Any

from taizhang.kernel.calendar import minute
from taizhang.kernel.text import bare, brief, chinese_number, fingerprint, folded, person_name
from taizhang.kernel.writing import columns as texts
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import of_model
from taizhang.ledgers.kinds.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Resolution,
    Speech,
    Vote,
)
from taizhang.ledgers.part import Draft, PartRow, Told, Writing
from taizhang.ledgers.parts.labelled import labelled
from taizhang.ledgers.parts.people import name_column
from taizhang.ledgers.parts.rows import columns, must_have
from taizhang.ledgers.written import lines, persons
from taizhang.orgs.queries import roster as queries


def attendance(state: str) -> Writing:
    """`张三、李四（病假）`; names that the roster does not know are kept as written."""
    label = dict(Attendance.State.choices)[state] + "人员"
    absent = state == Attendance.State.ABSENT

    def split(text: str) -> list[Told]:
        return [_named(name, rest, absent=absent) for name, rest in lines.names(text)]

    def build(told: Told, draft: Draft) -> list[PartRow]:
        name, reason = told.get("name", ""), told.get("reason", "")
        found = list(persons.persons(name, draft.known, lambda said: draft.wrong(label, said)))
        rows = [_person_there(state, one, rest, draft) for one, rest in found]
        for row in rows[-1:]:
            row["reason"] = (reason if absent else "") or row["reason"]
        return rows

    def join(rows: list[Told]) -> str:
        return "、".join(
            f"{told.get('name', '')}（{told['reason']}）"
            if told.get("reason")
            else told.get("name", "")
            for told in rows
        )

    asked = (name_column(Attendance), *((of_model(Attendance, "reason"),) if absent else ()))
    return Writing(columns=asked, split=split, build=build, told=_tell_there, join=join)


def _named(name: str, rest: str, *, absent: bool) -> Told:
    """What stands in brackets is why somebody was absent, or the birthday that tells two apart."""
    if absent and not rest[:4].isdigit():
        return {"name": name, "reason": rest} if rest else {"name": name}
    return {"name": f"{name}（{rest}）" if rest else name}


def _person_there(state: str, name: str, rest: str, draft: Draft) -> PartRow:
    born = rest[:4].isdigit()
    return {
        "state": state,
        "person": draft.person(f"{name}（{rest}）" if born else name),
        "name": name,
        "reason": rest if state == Attendance.State.ABSENT and not born else "",
    }


def _tell_there(row: Attendance) -> Told:
    return {"name": row.name, "reason": row.reason} if row.reason else {"name": row.name}


PRESENT, ABSENT, OBSERVERS = (attendance(state) for state in ("present", "absent", "observer"))


def _split_agenda(text: str) -> list[Told]:
    return [{"text": line} for line in lines.lines(text)]


def _build_agenda(told: Told, draft: Draft) -> list[PartRow]:
    text = " ".join(told.get("text", "").splitlines())
    row = {} if lines.is_nothing(text) else {"text": text}
    return must_have(AgendaItem, ("text",), row, "议程", draft) if row else []


def _tell_agenda(row: AgendaItem) -> Told:
    return {"text": row.text}


def _join_agenda(rows: list[Told]) -> str:
    return "\n".join(told.get("text", "") for told in rows)


AGENDA = Writing(
    columns=columns(AgendaItem, ("text",)),
    split=_split_agenda,
    build=_build_agenda,
    told=_tell_agenda,
    join=_join_agenda,
)


_POINT = re.compile(
    r"^[【〔\[(（]?\s*(?:议题|议程)第?\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})项?\s*[】〕\])）]?\s*[:：]?$"
)


def _split_speeches(text: str) -> list[Told]:
    """`姓名：要点`; a line without a name goes on with the speaker before; `议题2` opens the speeches to a
    point.
    """
    found: list[Told] = []
    point = ""
    for line in lines.lines(text):
        head = _POINT.match(line)
        if head:
            point = str(chinese_number(head[1]) or "")
            continue
        if lines.is_nothing(line):
            continue
        name, said = lines.speech(line)
        if name or not found or found[-1].get("point", "") != point:
            found.append({n: v for n, v in (("point", point), ("name", name), ("text", said)) if v})
        else:
            found[-1]["text"] += f"\n{said}"
    return found or ([{"text": text.strip()}] if lines.is_nothing(text) else [])


def _build_speech(told: Told, draft: Draft) -> list[PartRow]:
    name, text = person_name(told.get("name", "")), told.get("text", "").strip()
    if not name and lines.is_nothing(text):
        return []
    point = told.get("point", "").strip()
    number = chinese_number(point) if point else None
    if point and number is None:
        draft.wrong("发言要点", f"议题序号“{point}”应为数字，如1。")
    if not text:
        draft.wrong("发言要点", f"没有填写{name}说了什么。")
    for wrong in texts.too_long(Speech.name, name):
        draft.wrong("发言要点", f"发言人“{brief(name, 20)}”{wrong.message}")
    return [{"name": name, "text": text, "point": number}]


def _tell_speech(row: Speech) -> Told:
    found = {"point": str(row.point or ""), "name": row.name, "text": row.text}
    return {name: text for name, text in found.items() if text}


def _join_speeches(rows: list[Told]) -> str:
    """One speaker a line, under the point spoken to."""
    found, point = [], ""
    for told in rows:
        if told.get("point", "") != point:
            point = told.get("point", "")
            found.append(f"议题{point}")
        text, name = told.get("text", ""), told.get("name", "")
        found.append(f"{name}：{text}" if name else text)
    return "\n".join(found)


SPEECHES = Writing(
    columns=columns(Speech, ("point", "name", "text"), people=("name",)),
    split=_split_speeches,
    build=_build_speech,
    told=_tell_speech,
    join=_join_speeches,
)
RESOLUTIONS = labelled(
    Resolution,
    "text",
    {"负责人": "responsible", "期限": "due_on", "完成": "done_on"},
    "决议和通过的事项",
)
VOTES = labelled(
    Vote, "subject",
    {
        "类别": "matter", "方式": "method", "应到": "entitled_expected", "实到": "entitled_present", "书面": "written",
        "发出": "issued", "收回": "returned", "有效": "valid", "无效": "invalid", "赞成": "in_favour", "反对": "against",
        "弃权": "abstained", "结果": "passed",
    },
    "表决", words={"passed": {"通过": True, "未通过": False}},
)  # fmt: skip


SPEECH_FROM = 30
"""Shorter speeches may well be the same."""
_EXPECTED = re.compile(r"应到(?:会)?(?:党员|委员)?(\d{1,4})[人名]")
_PRESENT = re.compile(r"实到(?:会)?(?:党员|委员)?(\d{1,4})[人名]")


_MAY_BE_NONE = ("absent", "observers", "agenda", "resolutions", "votes")


def prepare(draft: Draft) -> None:
    """Columns that follow from what was written."""
    values = draft.values
    everybody = [
        row for name in ("present", "absent", "observers") for row in draft.parts.get(name, ())
    ]
    _times(draft)
    if values["kind"] == Meeting.Kind.GROUP and values["group"] is None:
        draft.wrong("党小组", "党小组会须选择党小组。")
    if values["kind"] != Meeting.Kind.GROUP:
        values["group"] = None
    for role in ("host", "recorder", "lecturer"):
        name = person_name(values[f"{role}_name"])
        values[role] = draft.person(name) if name else None
        states = [row["state"] for row in everybody if row["name"] == name]
        values[f"{role}_state"] = (states or ["missing"])[0] if name else ""
    values["host_is_recorder"] = (
        bool(values["host_name"]) and values["host_name"] == values["recorder_name"]
    )
    values["year"] = values["held_on"].year
    ordinal = values["ordinal"]
    values["previous_ordinal"] = ordinal - 1 if ordinal and ordinal > 1 else None
    _counts(draft, everybody)
    _texts(draft)
    values["said_none"] = " ".join(
        name for name in _MAY_BE_NONE if lines.is_nothing(str(draft.raw.get(name) or "").strip())
    )


def _times(draft: Draft) -> None:
    values = draft.values
    if values["starts_at"] is None:
        values["starts_at"] = written.hour_behind(draft.raw.get("held_on"))
    values["starts"], values["ends"] = minute(values["starts_at"]), minute(values["ends_at"])
    both = values["starts"] is not None and values["ends"] is not None
    values["minutes"] = values["ends"] - values["starts"] if both else None
    if both and values["minutes"] <= 0:
        draft.wrong("结束时间", "应晚于开始时间。")


def _counts(draft: Draft, everybody: list[PartRow]) -> None:
    values, parts = draft.values, draft.parts
    values["n_present"] = len(parts.get("present", ()))
    values["n_absent"] = len(parts.get("absent", ()))
    absent = sorted(row["name"] for row in parts.get("absent", ()))
    values["absent_mark"] = fingerprint(" ".join(absent)) if absent else None
    values["n_repeated"] = len(everybody) - len({(r["name"], r["person"]) for r in everybody})
    values["n_agenda"] = len(parts.get("agenda", ()))
    spoken = parts.get("speeches", [])
    values["n_speeches"], values["n_speakers"] = (
        len(spoken),
        len({r["name"] for r in spoken if r["name"]}),
    )
    _speakers_to_each_point(parts.get("agenda", []), spoken)
    values["n_resolutions"] = len(parts.get("resolutions", ()))
    values["n_votes"] = len(parts.get("votes", ()))
    if values["present_count"] is None and values["n_present"]:
        values["present_count"] = values["n_present"]
    if values["expected_count"] is None and values["held_on"]:
        roster = queries.expected(values["kind"], draft.branch, values["group"], values["held_on"])
        values["expected_count"] = roster.count() or None


def _speakers_to_each_point(points: list[PartRow], spoken: list[PartRow]) -> None:
    """Known where the speeches stand under their points, or where there is only one point."""
    told = any(row["point"] for row in spoken)
    for number, row in enumerate(points, start=1):
        to = [s for s in spoken if s["point"] == number or (len(points) == 1 and not s["point"])]
        known = spoken and (told or len(points) == 1)
        row["n_speakers"] = len({s["name"] for s in to if s["name"]}) if known else None


def _texts(draft: Draft) -> None:
    values = draft.values
    text = minutes_text(values, draft.parts)
    values["text_length"], values["text_mark"] = len(bare(text)), fingerprint(text)
    values["content_mark"] = fingerprint(values["content"])
    for name, said in (("said_expected", _EXPECTED), ("said_present", _PRESENT)):
        numbers = {int(number) for number in said.findall(folded(text))}
        values[name] = numbers.pop() if len(numbers) == 1 else None
    for row in draft.parts.get("speeches", ()):
        long = len(bare(row["text"])) >= SPEECH_FROM
        row["like_low"], row["like_high"] = _likeness(row["text"]) if long else (None, None)


def _likeness(text: str) -> tuple[int, int]:
    from taizhang.rules import sketch  # noqa: PLC0415  (numpy loads when the first text is saved)

    return sketch.nibbles(sketch.sketch(text))


def minutes_text(values: dict[str, Any], parts: dict[str, list[PartRow]]) -> str:
    """All that was written of what was said and decided."""
    pieces = [values["discussion"], values["conclusion"], values["content"], values["summary"]]
    pieces += [row["text"] for name in ("speeches", "resolutions") for row in parts.get(name, ())]
    return "\n".join(piece for piece in pieces if piece)
