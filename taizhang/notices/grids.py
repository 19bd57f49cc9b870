"""What a table is about, told by its headers: transposed, repeated and two-row headers are put right here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.documents.blocks import Cell, Table
from taizhang.notices import columns, required
from taizhang.notices.shapes import NamesGroup, across, form, stacked, transposed
from taizhang.notices.values import day_spans, flat, hours
from taizhang.notices.words import labels, persons

SCHEDULE = {
    "area": r"片区|片组|组别|分组|分片|区域|片别|批次|小组$|^组$|^片$|组次|类别组|学区|协作区|^组号$",
    "inspectors": r"^(?:检查|督查|考核|互查|评查|主查|派出|组长|督导|巡察|实施)(?:单位|学校|方|校|园)$|^主查|^查$",
    "lead_unit": r"(?:牵头|组长|片长)(?:学校|单位|部门|科室|处室|支部|校|园)",
    "partners": r"(?:成员|参与|参加|组成)(?:学校|单位|部门|科室|处室|支部|校|园)",
    "units": r"(?:督查|检查|考核|考评|评估|验收|抽查|督导|巡察|受检|被查)(?:医院|企业|公司|乡镇|街道|社区|机关|部门|院校|科室|村居?|派出所|卫生院|园区|网点)|(?:督查|检查|考核|督导|调研|观摩|走访)?(?:路线|线路)$|(?:被|受|参|所)?(?:督查|检查|检|查|考核|督导|巡察|联系|包联)?(?:的)?(?:党组织|单位|学校|支部|对象|园所|幼儿园)|学校名称|单位名称|^(?:村|社区|乡镇|镇街|街道|企业|公司|部门|科室|院系|学院|党?支部|学校)名?称?$|受检|被查|^负责(?!人|同志|情况|内容|事项|时间|单位|部门|科室)[\u4e00-\u9fff]{1,5}$|负责范围|^园所?$|^学校$",
    "date": r"日期|日程|^[月日]$|^星期$|^周[次几]?$",
    "when": r"时间|时段|场次",
    "venue": r"地点|(?<!通信)(?<!通讯)(?<!邮寄)(?<!单位)地址|会场|场所|集中点|督查点|检查点",
    "leader": r"片区?长$|(?<!副)组长(?:姓名)?$|^(?!单位|学校|企业|被|受|参会|出席)[\u4e00-\u9fff]{0,4}领导(?:姓名)?$|带队|领队|牵头人|负责人",
    "deputy": r"副组长|副领队",
    "members": r"组员|成员|人员|队员|专家(?:名单)?$|^(?:检查|督查|督导|考核|评查|巡查|抽查|互查)人$",
    "person": r"^姓名$|^名单$|^人员姓名$",
    "role": r"组内|职责|分工|身份|角色",
    "team": r"(?:督查|检查|督导|考核|考评|评估|验收|抽查|互查|核查|评查|巡查|工作|指导|责任|巡察|调研)组|^(?!领导|党小)[\u4e00-\u9fff]{2}组$",
    "deadline": r"截止|时限|完成时间|报送时间|期限",
    "contact": r"联系(?!村|社区|学校|单位|企业|支部|片|街|镇|乡|网格)|联络|电话|手机",
    "post": r"职务|职称|所在单位|工作单位",
    "note": r"备注|集合时间|(?:乘车|上车|候车|出发|发车|就餐|用餐|住宿|停车)(?:时间|地点|点)?|(?:负责|责任|陪同)人(?:联系)?(?:电话|手机)|(?:单位|学校|支部|党组织|[被受]检|对方|企业|村|社区|校)(?:主要|党政)?(?:负责|责任|陪同|接待|联系)人(?!员)|陪同|接待|对接|讲解|引导|汇报人|(?:书记|支书|校长|园长|院长|主任|厂长|经理)(?:姓名)?$|责任(?:单位|部门|科室)|说明|通信|通讯|邮寄|邮编|邮箱|内容|(?<!联系)方式|数$|人数",
    "no": r"序号|编号|^号$|^No\.?$|^(?:汇报|检查|考核)?顺序$",
}
_HALF = re.compile(r"^(?:[（(]?(?:周|星期).[）)]?)?(?:上午|下午|晚上|全天)")
_TIME_ALONE = re.compile(
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[(（]?(?:周|星期).[)）]?)?(?:[上下]午)?[\d:点时分半—–~～\-至上下午]{0,16}"
)
_BY_DAYS = {**SCHEDULE}
"""The same, where a column headed by a day or half a day holds the units of that time."""
REQUIREMENTS = {
    "requirement": r"台账要求|要求|标准|(?:评|计|扣)分(?:细则|标准|办法)|考核(?:内容及)?(?:标准|办法|方法|细则)|要点|规范$|规定$|说明$|(?:备查|必备|所需|应备)(?:资料|材料)|具体内容|资料清单|佐证|归档(?:内容|资料|材料)|收集(?:内容|资料|材料)|^[看查核听]$|举措|措施|(?:计算|达标|评判|判定|认定)(?:依据|口径|条件)|指标(?:说明|解释|内涵)|应有(?:内容|资料)",
    "frequency": r"频次|频率|频度|周期|次数|更新(?:时间|时限|要求)",
    "score": r"分值|分数|赋分|标准分|权重|满分",
    "level": r"大类|小类|类别|项目|指标|内容|台账(?:名称|目录)?|名称|板块|模块|事项|要素|目录|题名|条目|观测点|任务|制度$|环节$|步骤$|表现$|情形$|问题$|条目|条款",
    "note": r"备注|(?:负责|责任|陪同)人(?:联系)?(?:电话|手机)|得分|扣分|自评|检查情况|评分$|存在问题|佐证材料|责任|方法|方式|^[问访谈测]$",
    "no": r"序号|编号",
}


@dataclass
class Grid:
    """A table with what each column means, and the rows below its headers."""

    table: Table
    columns: dict[int, str]
    headers: dict[int, str]
    rows: list[list[Cell]]
    first: int
    """The number of the first of these rows in the table, counted from 1."""

    def of(self, meaning: str) -> list[int]:
        """The columns of that meaning, from left to right."""
        return [at for at, found in self.columns.items() if found == meaning]

    def where(self, row: int, column: int | None = None) -> str:
        """The place of a row for a person."""
        place = f"{self.table.where} 第{self.first + row}行"
        return f"{place}“{self.headers[column]}”列" if column in self.headers else place


def _headed(table: Table) -> bool:
    """Whether the first row names a place, an hour or a seat: then turned round these would be groups."""
    no_groups = {"venue", "when", "date", "leader", "members", "contact", "note", "deadline"}
    return any(_meaning(cell.text, SCHEDULE) in no_groups for cell in table.rows[0][1:])


_SEATS = {"team", "leader", "deputy", "members", "person", "inspectors"}


def schedule(table: Table, names_a_group: NamesGroup, above: str = "") -> Grid | None:
    """The table as one of areas, if its headers say so; one that only names teams where no way to read it has units."""
    if _to_fill_in(table):
        return None
    table = columns.with_days(table)
    turned = form(table, names_a_group, lambda text: bool(_meaning(text, SCHEDULE)), above)
    turned = turned or across(table, names_a_group)
    ways = (
        [turned] if turned else [stacked(one, names_a_group) for one in (table, transposed(table))]
    )
    read = [
        grid
        for meanings in (SCHEDULE, _BY_DAYS)
        for way in ways
        if not (meanings is _BY_DAYS and way is not ways[0] and _headed(table))
        and (grid := _grid(way, meanings, least=2, heads=1 if turned else _HEADS))
    ]
    read = [
        _with_offices(_doubled(_of_lists(_without_names(grid))))
        for grid in read
        if not _of_stages(grid)
    ]
    return next((g for g in read if _has_units(g)), None) or next(
        (g for g in read if _has_teams(g)), None
    )


def with_areas(grid: Grid, names_a_group: NamesGroup) -> Grid:
    """A column of whatever header whose cells only name groups is one of areas; units must be left for it."""
    unknown = [c for c in grid.headers if c not in grid.columns]
    units = grid.of("units") if len(grid.of("units")) > 1 else []
    if not grid.of("area"):
        for column in [*grid.of("team"), *unknown, *units]:
            texts = [row[column].text for row in grid.rows if row[column].text.strip()]
            if texts and all(names_a_group(text) for text in texts):
                grid.columns[column] = "area"
                break
    return grid


def _to_fill_in(table: Table) -> bool:
    """A form: beside each label of its first row an empty cell, and nowhere a day, an hour or a list."""
    heads = [flat(cell.text) for cell in table.rows[0]] if table.rows else []
    told = [at for at, text in enumerate(heads) if text]
    beside = all(at + 1 < len(heads) and not heads[at + 1] for at in told)
    texts = [cell.text for row in table.rows for cell in row]
    return beside and not any("、" in t or day_spans(t) or hours(t)[0] for t in texts)


def _of_stages(grid: Grid) -> bool:
    """What is done when: a plan of the work, no schedule of visits."""
    return any(re.search(r"阶段|步骤|环节", text) for text in grid.headers.values())


def _without_names(grid: Grid) -> Grid:
    """A column of units that holds only names of persons is none."""
    for column in grid.of("units"):
        texts = [flat(row[column].text) for row in grid.rows if row[column].text.strip()]
        if texts and all(persons.like_person(t) and not columns.like_place(t) for t in texts):
            grid.columns[column] = "note"
    return grid


def _with_offices(grid: Grid) -> Grid:
    """责任股室 beside who leads and the units that are looked at send the team."""
    if grid.of("leader") and grid.of("units") and not grid.of("inspectors"):
        for column, header in grid.headers.items():
            if re.fullmatch(r"责任(?:股室|科室|处室|部门)", header):
                grid.columns[column] = "charged"
    return grid


def _of_lists(grid: Grid) -> Grid:
    """Beside the names of groups and without a column of units, the areas that list units are these."""
    listed = [
        column
        for column in grid.of("area")
        if (texts := [row[column].text for row in grid.rows if row[column].text.strip()])
        and any(re.search("[、：:]", text) for text in texts)
        and all(map(columns.lists_units, texts))
    ]
    if listed and not grid.of("units"):
        grid.columns |= dict.fromkeys(listed, "units")
    return grid


def _doubled(grid: Grid) -> Grid:
    """A column that says units and their times is one of units and, beside it, one of times."""
    times, units = [*grid.of("when"), *grid.of("date"), *grid.of("venue")], grid.of("units")
    if bool(times) == bool(units):
        return grid
    for column in times or units:
        cells = [row[column] for row in grid.rows]
        told = [columns.units_of_times(cell.text) for cell in cells]
        if not any(told) or any(c.text.strip() and not t for c, t in zip(cells, told, strict=True)):
            continue
        width = max(len(row) for row in grid.rows)
        names = [Cell(t, c.spans, c.where) for c, t in zip(cells, told, strict=True)]
        for row, name in zip(grid.rows, names, strict=True):
            row[column:] = [*row[column:], *[Cell("")] * (width - len(row)), name]
        grid.columns |= {column: "when", width: "units"}
        grid.headers[width] = grid.headers.get(column, "")
        return grid
    return grid


def _has_units(grid: Grid) -> bool:
    known = set(grid.columns.values())
    return "units" in known and bool(
        known & {"area", "when", "date", "venue", "deadline", "contact", *_SEATS}
    )


def _has_teams(grid: Grid) -> bool:
    known = set(grid.columns.values())
    return bool(known & _SEATS) and ("area" in known or {"leader", "members"} <= known)


def heads_requirements(text: str) -> bool:
    """Whether a text is a header of a table of requirements."""
    return bool(_meaning(text, REQUIREMENTS))


def requirements(table: Table) -> Grid | None:
    """The table as one of requirements, if its headers say so."""
    long, below = len(table.rows) > len(table.rows[0]), stacked(table, lambda _: False)
    for turned in [below] if long else [below, transposed(table)]:
        grid = _grid(turned, REQUIREMENTS, least=2)
        if grid and required.settled(grid):
            return grid
    return None


def listed(table: Table) -> Grid | None:
    """The table as one of requirements by its shape alone: short names, and beside them what says most.

    For tables whose headers say nothing that is known; the caller must know from elsewhere that it is such a list.
    """
    if table.rows and len(table.rows[0]) == 1:
        return _one_column(table)
    first = _first_of_body(table)
    body = table.rows[first:]
    if len(body) < 2 or len(table.rows[0]) < 2:
        return None
    above = table.rows[first - 1] if first else [Cell("") for _ in table.rows[0]]
    headers = {at: flat(cell.text) for at, cell in enumerate(above)}
    said = {at: sum(len(row[at].text.strip()) for row in body) / len(body) for at in headers}
    most = max(said, key=lambda at: said[at])
    numbers = [at for at in range(most) if all(_NUMBER.match(cell[at].text) for cell in body)]
    levels = [at for at in range(most) if said[at] >= _NAMES and at not in numbers]
    long = bool(levels) and said[levels[-1]] > said[most] * 0.7
    wide = len(headers) > _A_PAIR
    long = long and not (wide and _meaning(headers[levels[-1]], REQUIREMENTS) == "level")
    if said[most] < _NAMES or (long and not required.often([row[most].text for row in body])):
        return None
    marks = {
        at: _meaning(headers[at], REQUIREMENTS) for at in headers if at > most or at in numbers
    }
    columns = {at: m for at, m in marks.items() if m in ("frequency", "score", "note", "no")}
    counted = (at for at in headers if at > most and required.often([row[at].text for row in body]))
    columns |= {at: "frequency" for at in counted if at not in columns}
    grid = Grid(table, columns, headers, body, first + 1)
    own = bool(levels) and required.names_rows(grid, levels[-1])
    told = dict.fromkeys(levels, "level") | {most: "requirement" if own else "level"}
    grid.columns |= told
    if not grid.of("requirement") and (more := required.saying_most(grid)):
        grid.columns[more] = "requirement"
    return grid


def _one_column(table: Table) -> Grid | None:
    """A list in a frame; a first row that is a short name of the others heads it."""
    head = flat(table.rows[0][0].text)
    first = 1 if _meaning(head, REQUIREMENTS) and len(head) <= _TITLE else 0
    body = table.rows[first:]
    return Grid(table, {0: "level"}, {0: head}, body, first + 1) if len(body) > 1 else None


def _first_of_body(table: Table) -> int:
    """The row below the headers; a first row that is numbered or holds a sentence is no header."""
    for at, row in enumerate(table.rows[:4]):
        texts = [flat(cell.text) for cell in row if cell.text.strip()]
        if len({*texts}) > 1:
            data = _NUMBER.match(texts[0]) or any(len(text) > _HEADER for text in texts)
            return at if data else at + 1
    return len(table.rows)


_A_PAIR = 2
_NAMES = 2
"""Names of fewer characters on average are numbers or marks."""
_HEADER = 14
_TITLE = 6
_NUMBER = re.compile(
    r"^\s*(?:第?\d{1,3}(?:[.．-]\d{1,2})*[盒卷]?|[A-Z]-?\d{1,2}|[一二三四五六七八九十]{1,3})?\s*$"
)
_ORDER = (
    "no", "lead_unit", "partners", "inspectors", "note", "contact", "deadline", "deputy",
    "leader", "score", "date", "when", "venue", "person", "members", "role", "post", "team",
    "area", "units", "requirement", "level",
)  # fmt: skip
"""A header that two meanings fit has the first of them."""


def _meaning(text: str, meanings: dict[str, str]) -> str:
    plain = re.sub(r"[（(].*?[）)]", "", flat(text))
    if meanings is _BY_DAYS and _TIME_ALONE.fullmatch(flat(text)):
        return "units"
    if not plain or len(plain) > _HEADER:
        return ""
    if asked := _asked_for(plain, meanings):
        return asked
    if meanings is _BY_DAYS and (day_spans(text) or _HALF.match(plain)):
        return "units"
    known = next((m for m in _ORDER if m in meanings and re.search(meanings[m], plain)), "")
    bracket = re.search(r"[（(](.+?)[）)]", flat(text))
    if not known and bracket and meanings is REQUIREMENTS:  # 数量（要求）
        return _meaning(bracket[1], meanings)
    return known or ("" if meanings is REQUIREMENTS else _labelled(plain))


def _asked_for(plain: str, meanings: dict[str, str]) -> str:
    """The meanings that only a table of requirements has: what is asked, how often, what is noted of it."""
    named = "/" in plain and re.search(r"资料|名称|项目|内容|台账|事项", plain)
    if not named and re.search(meanings.get("frequency", "$^"), plain):
        return "frequency"
    if (
        "requirement" in meanings
        and re.search(meanings["requirement"], plain)
        and "标准分" not in plain
    ):
        return "note" if re.search(meanings["note"], plain) else "requirement"
    return ""


def heads_a_schedule(text: str) -> str:
    """What a header means in a table of areas; "" of what is none."""
    return _meaning(text, SCHEDULE)


def _labelled(plain: str) -> str:
    """What a header says that is a label elsewhere, or names a kind of unit that is looked at."""
    kind = re.fullmatch(rf"(?:被|受|拟)?(?:{labels.VERBS})的?(.+)", plain)
    looked_at = (
        kind
        and (persons.like_unit(kind[1]) or columns.like_place(kind[1]))
        and not re.search(r"[组室办部]$", plain)
    )
    return "units" if looked_at else _SEATED.get(labels.role_of(plain), "")


_SEATED = {
    role: role for role in ("leader", "deputy", "members", "units", "venue", "when", "contact")
}
_SEATED |= {"liaison": "contact", "team_units": "inspectors"}
"""What a label says as the header of a column."""


_HEADS = 4
"""In so many rows at most the headers are looked for."""


def _grid(table: Table, meanings: dict[str, str], least: int, heads: int = _HEADS) -> Grid | None:
    for at, row in enumerate(table.rows[:heads]):
        found = {column: _meaning(cell.text, meanings) for column, cell in enumerate(row)}
        known = {column: meaning for column, meaning in found.items() if meaning}
        filled = [cell for cell in row if cell.text.strip()]
        known = columns.owned(_of_persons(_passive(_led(_sided(known), row), row), row))
        sided = bool({"lead_unit", "partners"} & set(found.values()))
        known = known if sided else _inspected(known, row)
        if meanings is SCHEDULE and len(set(known.values())) > 1:
            known |= columns.by_values(table, at, known)
        levels = meanings is REQUIREMENTS and _of_levels_alone(known, filled)
        asked = meanings is REQUIREMENTS and _asked_alone(row, known)
        few = len(set(known.values())) < least
        if (few and not levels and not asked) or len(known) * 2 < len(filled):
            continue
        grid = _with_second_row(table, at, known, meanings)
        if not sided and not grid.of("units"):
            grid.columns = _inspected(grid.columns, [Cell(h) for h in grid.headers.values()])
        return grid
    return None


def _inspected(known: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """检查单位 are inspected, where nobody else is."""
    if "inspectors" not in known.values() or _has_inspected(known, row):
        return known
    return {c: "units" if m == "inspectors" else m for c, m in known.items()}


def _of_levels_alone(known: dict[int, str], filled: list[Cell]) -> bool:
    """Several levels, or two that are all there is: a name, and what belongs to it."""
    n = list(known.values()).count("level")
    units = any(re.search(r"单位|学校|支部|党组织|姓名", flat(cell.text)) for cell in filled)
    return n > 2 or (n == 2 and len(known) == len(filled) and not units)


def _asked_alone(row: list[Cell], known: dict[int, str]) -> bool:
    """Two columns, of which the last is headed by what is asked and the first by nothing that belongs to a schedule."""
    two = len([cell for cell in row if cell.text.strip()]) == 2 == len(row)
    return two and known == {1: "requirement"} and not _meaning(row[0].text, SCHEDULE)


def _sided(known: dict[int, str]) -> dict[int, str]:
    """牵头学校 inspects where others are named beside it; 成员单位 are inspected where nobody else is."""
    others = "units" if "units" not in known.values() else "inspectors"
    leads = "inspectors" if {"units", "partners"} & set(known.values()) else "units"
    swap = {"partners": others, "lead_unit": leads}
    return {column: swap.get(meaning, meaning) for column, meaning in known.items()}


def _led(known: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """分管领导 beside 组长 does not lead the group."""
    leaders = [c for c, m in known.items() if m == "leader"]
    sure = [c for c in leaders if re.search(r"组长|带队|领队", flat(row[c].text))]
    return {c: m for c, m in known.items() if not sure or c in sure or c not in leaders}


def _passive(known: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """被评支部 beside 评议支部: the latter inspect."""
    units = [c for c, m in known.items() if m == "units"]
    suffers = [c for c in units if re.match(r"[被受]|拟受|对方", flat(row[c].text))]
    acts = [c for c in units if re.match(labels.VERBS, flat(row[c].text))]
    both = len(suffers) == len(acts) == 1 == len(units) - 1
    return known | {acts[0]: "inspectors"} if both else known


def _of_persons(known: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """Beside a column of names, 单位 is where these work."""
    works = [c for c, m in known.items() if m == "units" and flat(row[c].text) in ("单位", "部门")]
    named = "person" in known.values() and len(works) == 1
    known = known | {works[0]: "post"} if named else known
    return known | {c: "post" for c in known if _is_theirs(known, row, c)}


_PEOPLE = ("person", "members", "leader", "deputy")


def _is_theirs(known: dict[int, str], row: list[Cell], column: int) -> bool:
    """专家单位 right behind 核查专家."""
    of = re.fullmatch(r"(.+)(?:单位|部门)(?:及职务)?", flat(row[column].text))
    before = known.get(column - 1) in _PEOPLE and flat(row[column - 1].text)
    return bool(known[column] == "units" and of and before and before.endswith(of[1]))


def _has_inspected(known: dict[int, str], row: list[Cell]) -> bool:
    """检查单位 are those who inspect only where others are named as inspected."""
    return any(
        m == "units" and re.match(r"被|受|所|检查对象|督查对象", flat(row[c].text))
        for c, m in known.items()
    )


def _with_second_row(
    table: Table, at: int, known: dict[int, str], meanings: dict[str, str]
) -> Grid:
    """A second header row says more exactly what stands under a header that spans columns."""
    headers = {column: flat(cell.text) for column, cell in enumerate(table.rows[at])}
    below = table.rows[at + 1] if at + 1 < len(table.rows) else []
    second = {c: _meaning(cell.text, meanings) for c, cell in enumerate(below)}
    more = {
        c: m
        for c, m in second.items()
        if m and flat(below[c].text) != headers.get(c) and _is_shared(c, headers)
    }
    filled = [c for c in below if c.text.strip()]
    same = [
        c
        for c, cell in enumerate(below)
        if flat(cell.text) == headers.get(c, "") and cell.text.strip()
    ]
    others = [c for c, cell in enumerate(below) if cell.text.strip() and c not in same]
    split = bool(same) and all(_is_shared(c, headers) for c in others)
    if more and (split or (len(more) + len(same) == len(filled) and len(more) >= 2)):
        more |= {c: known[c] for c in others if c not in more and c in known}
        headers |= {c: _joined(headers.get(c, ""), flat(below[c].text)) for c in more}
        return Grid(table, known | more, headers, _body(table, at + 2, headers), at + 3)
    return Grid(table, known, headers, _body(table, at + 1, headers), at + 2)


def _is_shared(column: int, headers: dict[int, str]) -> bool:
    """Whether a header stands over several columns, or nothing does: only then a row below can say more."""
    own = headers.get(column, "")
    return not own or own in (headers.get(column - 1), headers.get(column + 1))


def _joined(above: str, below: str) -> str:
    """A day over 上午 and 下午 belongs to both; any other header above says less than the one below."""
    return above + below if day_spans(above) else below


def _body(table: Table, start: int, headers: dict[int, str]) -> list[list[Cell]]:
    """The rows below; a header that is repeated on a new page stays as an empty row, so that numbers keep."""

    def repeated(row: list[Cell]) -> bool:
        texts = [flat(cell.text) for cell in row]
        return any(texts) and all(
            text == headers.get(c, "") for c, text in enumerate(texts) if text
        )

    return [[Cell("") for _ in row] if repeated(row) else row for row in table.rows[start:]]
