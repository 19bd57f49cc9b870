"""Ledgers written by hand in YAML, brought in as a clerk does: by the Excel import of each kind."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import excel, import_job
from taizhang.orgs.actions import organisations as orgs
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Unit
from taizhang.rules.base import Period

Row = dict[str, str]
HERE = Path(__file__).parent
_BY_TITLE = {kind.title: kind for kind in KINDS.values()}
GROUPS = "小组"


class Book:
    """A branch's ledgers as they stand in a file, and everything that follows from its lists of
    people.
    """

    def __init__(self, *names: str) -> None:
        self.told: dict[str, Any] = {}
        for name in names:
            text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
            self.told |= yaml.load(text, yaml.BaseLoader)  # noqa: S506  (every cell is text)
        self.branch: Row = self.told["支部"]
        self.people = self.listed("党员花名册")
        self.posts = self.listed("支委任职")

    def listed(self, title: str) -> list[Row]:
        """The rows of a ledger that is written as a table."""
        table = self.told.get(title)
        if not table:
            return []
        heads = table["栏目"]
        return [
            dict(zip(heads, row, strict=False)) if isinstance(row, list) else dict(row)
            for row in table["行"]
        ]

    def period(self) -> Period:
        """What is inspected, and on which day."""
        return Period(*(date.fromisoformat(self.branch[key]) for key in ("从", "到", "督查日")))

    def members(self, day: str) -> list[str]:
        """Who was in the branch on a day."""
        return [
            one["姓名"]
            for one in self.people
            if one["进入支部日期"] <= day < (one["离开支部日期"] or "9999")
        ]

    def committee(self, day: str) -> list[str]:
        """Who held a post on a day."""
        held = [
            one["姓名"]
            for one in self.posts
            if one["任职日期"] <= day < (one["免职日期"] or "9999")
        ]
        return list(dict.fromkeys(held))

    def secretary(self, day: str) -> str:
        """Who was secretary on a day, else the deputy."""
        for post in ("书记", "副书记"):
            for one in self.posts:
                if one["职务"] == post and one["任职日期"] <= day < (one["免职日期"] or "9999"):
                    return one["姓名"]
        return ""

    def rows(self) -> Iterator[tuple[str, list[Row]]]:
        """(title of a ledger, its rows) in the order in which they must be brought in."""
        for title in ORDER:
            made, source = _MADE.get(title, ("", ""))
            if title in self.told:
                yield title, self.listed(title)
            elif source in self.told:
                yield title, list(getattr(self, made)())

    def _grouped(self) -> Iterator[Row]:
        spells = {one["姓名"]: one for one in self.people}
        for group, names in self.told.get(GROUPS, {}).items():
            for name in names:
                one = spells[name]
                yield {
                    "党小组": group,
                    "姓名": name,
                    "起始日期": one["进入支部日期"],
                    "截止日期": one["离开支部日期"],
                }

    def _meetings(self) -> Iterator[Row]:
        usual = self.told.get("惯例", {})
        for kind in usual:
            for told in self.told.get(kind, ()):
                yield self._meeting(kind, told if isinstance(told, dict) else _short(told), usual)

    def _meeting(self, kind: str, told: dict[str, Any], usual: dict[str, Any]) -> Row:
        day, hours = told["日"], told["时"].partition("-")
        is_group = kind.endswith("党小组")
        present, absent = self._there(kind, told)
        common = usual[kind]
        host = told.get("主", common["主"])
        month = f"{int(day[5:7])}月"
        title = told.get("名") or (f"{kind}{month}会议" if is_group else f"{month}{kind}")
        lecturer = told.get("主讲", ["", ""])
        return {
            "会议类型": "党小组会" if is_group else kind,
            "党小组": kind if is_group else "",
            "会议名称": title,
            "日期": day,
            "开始时间": hours[0],
            "结束时间": hours[2],
            "地点": told.get("地", common["地"]),
            "主持人": self.secretary(day) if host == "书记" else host,
            "记录人": told.get("记", common["记"]),
            "应到人数": told.get("应") or str(len(present) + len(absent)),
            "实到人数": told.get("实") or str(len(present)),
            "党课主题": told.get("题", ""),
            "主讲人": lecturer[0],
            "主讲人身份": lecturer[1],
            "党课内容": told.get("容", ""),
            "讨论事项": told.get("讨", ""),
            "结论性意见": told.get("论", ""),
            "总结讲评": told.get("总", ""),
            "签到表存有纸质原件": "是",
            "出席人员": "、".join(present),
            "缺席人员及原因": "、".join(absent),
            "列席人员": told.get("列", ""),
            "议程": "\n".join(told.get("议", ())),
            "发言要点": "\n".join(f"{who}：{said}" for who, said in told.get("言", {}).items()),
            "决议和通过的事项": "\n".join(told.get("决", ())),
            "表决": "\n".join(told.get("表决", ())),
        }

    def _there(self, kind: str, told: dict[str, Any]) -> tuple[list[str], list[str]]:
        day = told["日"]
        due = self.committee(day) if kind == "支委会" else self.members(day)
        if kind.endswith("党小组"):
            due = [name for name in self.told[GROUPS][kind] if name in due]
        absent = [piece for piece in told.get("缺", "").split("、") if piece]
        away = {piece.partition("（")[0] for piece in absent}
        away |= set(told.get("列", "").split("、"))
        away |= {told.get("出席去掉", "")}
        more = [name for name in told.get("加", "").split("、") if name]
        return [name for name in due if name not in away] + more, absent

    def _assessed(self) -> Iterator[Row]:
        days = self.told["党费核定日期"]
        for year, people in self.told["党费"].items():
            for name, (category, base, permille, due) in people.items():
                basis = "离退休费" if category == "离退休" else "某月工资"
                approved = days[name] if days.get(name, "")[:4] == year else days[year]
                yield {
                    "姓名": name, "年度": year, "人员类别": category, "核定依据": basis, "计算基数": base,
                    "比例（‰）": permille, "月应交": due, "核定日期": approved,
                }  # fmt: skip

    def _paid(self) -> Iterator[Row]:
        number, numbers = 0, dict[tuple[str, str], str]()
        beside = self.told["党费例外"]
        unpaid = {(name, month) for name, month in beside["未交"]}
        paid = {(name, month): amount for name, month, amount in beside["实交"]}
        as_of = {(name, month): other for name, month, other in beside["收据"]}
        for month, day in self.told["党费交纳日"].items():
            for name, (_, _, _, due) in self.told["党费"][month[:4]].items():
                months = self._months_paid(name, month)
                if not months or (name, month) in unpaid:
                    continue
                number += 1
                numbers[name, month] = f"{self.branch['收据']}{number:06d}"
                known = as_of.get((name, month))
                for one in months:
                    yield {
                        "姓名": name, "月份": one, "金额": paid.get((name, one), due), "交纳日期": day, "方式": "现金",
                        "收缴人": self.branch["收缴人"], "收据号": numbers[known or name, month],
                    }  # fmt: skip

    def _months_paid(self, name: str, month: str) -> list[str]:
        """What a member pays for when dues are collected in a month: that month, or a quarter at
        its end, on one receipt.
        """
        months = [month]
        if name in self.told["党费例外"].get("按季", ()):
            year, last = month[:4], int(month[5:])
            months = [f"{year}-{last - back:02d}" for back in (2, 1, 0)] if last % 3 == 0 else []
        return [one for one in months if self._pays(name, one)]

    def _pays(self, name: str, month: str) -> bool:
        one = next(one for one in self.people if one["姓名"] == name)
        return one["进入支部日期"][:7] <= month and f"{month}-01" < (one["离开支部日期"] or "9999")

    def _remitted(self) -> Iterator[Row]:
        payments = list(self._paid())
        for quarter, day in self.told["党费上缴日"].items():
            year, at = quarter.split("-")
            months = {f"{year}-{month:02d}" for month in range(int(at) * 3 - 2, int(at) * 3 + 1)}
            total = sum(
                round(float(one["金额"]) * 100) for one in payments if one["月份"] in months
            )
            yield {
                "年度": year,
                "季度": at,
                "上缴金额": f"{total / 100:.2f}",
                "上缴日期": day,
                "上缴收据号": f"上{year}{at}",
            }

    def _graded(self) -> Iterator[Row]:
        for year, poll in self.told["民主评议"].items():
            votes = self.told["评议票"][year]
            for name in self.members(poll["测评日期"]):
                full = next(one["转正日期"] for one in self.people if one["姓名"] == name)
                best, well = votes.get(name, ["1", str(int(poll["票"]) - 1)])
                graded = {"姓名": name, "所属年度": year, "反馈本人日期": poll["反馈"]}
                if not full or full > poll["测评日期"]:
                    yield graded | {"评定等次": "不评定等次", "不评定的原因": "预备党员"}
                else:
                    grade = "优秀" if name in poll["优秀"] else "合格"
                    counts = {"优秀票": best, "合格票": well, "基本合格票": "0", "不合格票": "0"}
                    yield graded | counts | {"评定等次": grade}

    def _polls(self) -> Iterator[Row]:
        for year, poll in self.told["民主评议"].items():
            graded = [one for one in self._graded() if one["所属年度"] == year and "优秀票" in one]
            yield {
                "所属年度": year, "测评日期": poll["测评日期"], "到会人数": poll["到会"], "发出测评票": poll["票"],
                "收回测评票": poll["票"], "有效测评票": poll["票"], "评定等次人数": str(len(graded)),
                "评为优秀人数": str(len(poll["优秀"])),
            }  # fmt: skip

    def _praised(self) -> Iterator[Row]:
        for year, poll in self.told["民主评议"].items():
            for name in poll["优秀"]:
                yield {
                    "姓名": name,
                    "荣誉名称": "优秀共产党员",
                    "所属年度": year,
                    "上报日期": poll["上报"],
                }

    def _years(self) -> Iterator[tuple[str, str]]:
        """(year, name) of whoever was there at its beginning or a good part of it."""
        for year in sorted(self.told["党费"]):
            yield from ((year, name) for name in self.told["党费"][year])

    def _plans(self) -> Iterator[Row]:
        without = {(year, name) for year, name in self.told["个人计划例外"]}
        for year, name in self._years():
            book, skill, _ = self.told["个人"][name]
            if (year, name) not in without:
                yield {
                    "姓名": name, "年度": year, "学习内容": f"读《{book}》；练{skill}（{year}年）", "学习时间": "每周三晚",
                    "学习形式": "自学为主", "学习要求": f"围绕{skill}写两篇心得", "制定日期": f"{year}-03-08",
                }  # fmt: skip

    def _notes(self) -> Iterator[Row]:
        for session in self.listed("集中学习记录"):
            day = session["学习日期"]
            for name in session["参加人员"].split("、"):
                book, skill, said = self.told["个人"][name]
                yield _note(
                    name,
                    day,
                    "集中学习",
                    session["学习主题"],
                    f"听{session['学习主题']}，想到{skill}：{said}。{day}",
                )
        for year, name in self._years():
            book, skill, said = self.told["个人"][name]
            day = "03-15" if name in ("韩慕青", "毛世勋") else "10-20"
            if f"{year}-{day}" == "2018-03-15":
                continue
            yield _note(
                name,
                f"{year}-{day}",
                "自学",
                book,
                f"《{book}》读到{year}年十月，记一句：{said}，联系{skill}。",
            )
            yield _note(
                name,
                f"{year}-11-25",
                "学习心得",
                skill,
                f"{year}年练{skill}一年，{said}，还差火候。",
            )


def _note(name: str, day: str, kind: str, topic: str, text: str) -> Row:
    return {"姓名": name, "笔记日期": day, "类别": kind, "主题": topic, "笔记内容": text}


def _short(told: list[Any]) -> dict[str, Any]:
    """A meeting of a group in one line: day, hours, point, speeches, conclusion, and who was away
    or there besides.
    """
    day, hours, point, speeches, conclusion, *more = told
    talked = speeches.pop("其他人", "")
    found = {"日": day, "时": hours, "议": [point], "言": speeches, "讨": talked, "论": conclusion}
    return found | {piece[0]: piece[2:] for piece in more}


_MADE = {
    "党小组成员": ("_grouped", GROUPS), "会议台账": ("_meetings", "惯例"), "党费年度核定": ("_assessed", "党费"),
    "党费收缴台账": ("_paid", "党费交纳日"), "党费上缴登记": ("_remitted", "党费上缴日"), "民主评议党员": ("_graded", "民主评议"),
    "民主评议测评统计": ("_polls", "民主评议"), "优秀共产党员上报": ("_praised", "民主评议"), "党员个人学习计划": ("_plans", "个人"),
    "党员学习笔记": ("_notes", "个人"),
}  # fmt: skip
"""Ledgers whose rows follow from lists: what makes them, and the list that must be there."""
ORDER = (
    "党员花名册", "党小组", "党小组成员", "党小组组长", "支委会届次", "支委任职", "会议台账", "党课计划", "规章制度", "支部班子分工", "组织架构图版本",
    "谈心谈话记录", "党务公开记录", "党费年度核定", "党费收缴台账", "党费减免登记", "党费上缴登记", "支部换届（补选）", "发展党员计划", "发展党员全程纪实",
    "发展党员谈话记录", "积极分子和发展对象培训", "培养考察（半年）", "思想汇报", "发展党员公示", "政治审查结论", "支部学习计划",
    "党员个人学习计划", "集中学习记录", "党员学习笔记", "线上教育渠道", "线上学习推送", "党员组织关系接转", "党员组织关系排查",
    "违法违纪党员排查", "联系服务群众计划", "服务和志愿活动", "大走访记录", "组织生活会材料", "民主评议党员", "民主评议测评统计",
    "优秀共产党员上报", "党员活动室", "阵地使用记录", "党建经费预算", "党建经费支出", "党建经费使用情况", "失联党员名册", "不适用和零报告申报",
)  # fmt: skip
_BESIDE = ("照",)
"""Columns of a book that are no columns of the ledger."""


def found(book: Book, committee: Organisation, now: datetime) -> Organisation:
    """The branch of a book, with the school it is of."""
    name = book.branch["名称"]
    unit = orgs.found_unit(
        name=name, unit_type=Unit.Type.SCHOOL, is_public_institution=True, actor=None, now=now
    )
    values = orgs.OrganisationValues(
        full_name=f"中共{name}支部委员会", short_name=name, org_type="branch",
        established_on=date.fromisoformat(book.branch["成立"]), units=(unit,),
    )  # fmt: skip
    return orgs.found_organisation(parent=committee, values=values, actor=None, now=now)


def bring_in(book: Book, branch: Organisation, actor: Actor, now: datetime) -> None:
    """Every ledger of a book as a sheet, as the clerk brings it in; then the pictures."""
    _attended(book)
    for title, rows in book.rows():
        if not rows:
            continue
        kind = _BY_TITLE[title]
        heads = [
            head for head in dict.fromkeys(h for row in rows for h in row) if head not in _BESIDE
        ]
        data = excel.written(title[:31], heads, ([row.get(h, "") for h in heads] for row in rows))
        import_job.bring_in_waiting(
            sheet=import_job.Sheet(kind, data, f"{title}.xlsx", branch),
            actor=actor,
            now=now,
            progress=lambda done, total: None,
        )
    _show(book, branch, actor, now)


def _attended(book: Book) -> None:
    """Who came to a study session: all members of the day but those named as away."""
    table = book.told.get("集中学习记录")
    if not table or "缺" not in table["栏目"]:
        return
    rows = []
    for row in book.listed("集中学习记录"):
        away = set(row.pop("缺").split("、"))
        names = [name for name in book.members(row["学习日期"]) if name not in away]
        rows.append(row | {"参加人员": "、".join(names)})
    book.told["集中学习记录"] = {"栏目": [], "行": rows}


def _show(book: Book, branch: Organisation, actor: Actor, now: datetime) -> None:
    """A picture for each use of the room and each screenshot, but where the book says that there is
    none.
    """
    wanted = [
        ("room-uses", "used_on", row["使用日期"])
        for row in book.listed("阵地使用记录")
        if row["照"] == "有"
    ]
    wanted += [("pushes", "pushed_on", row["推送日期"]) for row in book.listed("线上学习推送")]
    for at, (slug, column, day) in enumerate(wanted):
        kind = KINDS[slug]
        entry = kind.model.objects.current().get(branch=branch, **{column: day})
        taken = evidence.take_in(
            data=_picture(at + branch.pk * 100),
            name=f"{at}.png",
            kind="photo",
            branch=branch,
            actor=actor,
            now=now,
        )
        evidence.attach(file=taken.file, kind=kind, entry=entry, actor=actor, now=now)


def _picture(at: int) -> bytes:
    """Eight times eight grey fields, other ones for each number: no two branches took the same
    picture.
    """
    image = Image.new("L", (64, 64))
    for x in range(64):
        for y in range(64):
            image.putpixel((x, y), ((x // 8 * 37 + y // 8 * 101 + at * 57) * (at + 3) * 29) % 256)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def matched(
    truth: list[Mapping[str, Any]], told: set[tuple[str, str]]
) -> tuple[list[Any], set[tuple[str, str]]]:
    """(the planted faults that nobody told of, what was told that no fault explains)."""
    explained = {(rule, window) for fault in truth for rule, window in fault["查得"]}
    missed = [fault for fault in truth if not any((r, w) in told for r, w in fault["查得"])]
    return missed, told - explained
