"""Labels in a text and what stands under them; sentences such as 由甲任组长 are put into labels first.

Every value stays as it is written: only the words between values are changed.
"""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN
from taizhang.notices.values import half_width

VERBS = (
    "督查|检查|巡察|巡查|考核|督导|调研|指导|评估|验收|走访|抽查|考评|核查|评查|复查|督促检查|包联|联系"
    "|测评|评议|述评|考察|观摩|拉练|暗访|督办|督战|核验|复核|复检|评审|评比|抽检|抽评|审查|审核|审计|排查|访查|互查|互检|互评"
    "|[督巡检查核考评视抽复普联][督检查核考评验导视]"
)
_INSPECTED = (
    rf"(?:被|受|拟)?(?:{VERBS})的?(?:医院|企业|公司|乡镇|镇街|街道|社区|机关|部门|院校|高校|院系|学院|中小学|科室|处室|站所|车间|网点|片区|"
    r"村组|村居?|县(?:[（(]?市[、/]?区[）)]?)?|[市区]县?|乡镇[（(]街道[）)]|镇[（(]街道[）)]|村[（(]社区[）)])"
    rf"|(?:被|受|参|所|拟)?(?:{VERBS}|检|查|负责|分管|包保|述职|迎检)?的?(?:单位|学校|党组织|党支部|支部|对象|园所|范围|幼儿园|点)(?:名单)?"
)
ROLES = {
    "deputy": rf"(?:(?:{VERBS}|工作)组?)?(?:常务)?副\s*(?:组\s*长|领\s*队|队\s*长|召集人)",
    "team": rf"(?:{VERBS}|工作)组(?:成员|人员|组成)?",
    "leader": rf"(?:(?:{VERBS}|工作)组?)?组\s*长|[片线场段]区?\s*长|(?<!副)召集人|带队(?:领导|负责人|人员?)?|领\s*队|队\s*长|"
    r"(?:牵头|包联|分管|责任)(?:领导|人)|负责人",
    "liaison": r"联\s*络\s*员",
    "members": rf"组\s*员|成\s*员|队\s*员|(?:{VERBS}|参加|参与|工作|抽调)人员|人员(?:组成)?",
    "contact": r"联\s*系\s*人|联\s*系\s*(?:电\s*话|方\s*式)|联络电话|电\s*话|手\s*机(?:号码?)?",
    "taking_part": r"(?:参加|参会|参评)(?:单位|学校|支部|党组织)",
    "charged": r"责任(?:单位|部门|科室|股室|处室|站所)",
    "team_units": r"牵头单位|成员单位|组成单位|组长单位|副组长单位|派员单位|(?:参与|配合|协助|协办)(?:单位|部门|科室)|检查方|主查单位",
    "venue": rf"(?:{VERBS}|集中|集合|报到|汇合)?(?:具体)?地\s*点|会\s*场|集中点",
    "when": rf"(?:{VERBS}|集中|报到|进驻|具体)?(?:时 *间(?:地点|、地点|及地点|和地点|安排)?|日 *期|时段|日 *程)",
    "units": rf"{_INSPECTED}|(?<![{HAN}])(?:{VERBS}|负责)(?=\s*[:：])|(?:{VERBS})?(?:路线|线路)(?:安排)?",
}
_ANY = "|".join(f"(?P<{role}>{words})" for role, words in ROLES.items())
_LABEL = re.compile(rf"(?:{_ANY})(?:\s*[（(][^（）()\n]{{0,12}}[）)])?\s*[:：]\s*")
_TEAM_ALONE = re.compile(
    rf"(?<![{HAN}])(?:(?P<deputy>{ROLES['deputy']})|(?P<leader>组\s*长|带队领导|领队|队长)|"
    r"(?P<members>组\s*员|成\s*员|队\s*员)|(?P<liaison>联\s*络\s*员))"
    rf"(?:[ \t\u3000]+(?=[{HAN}])|[，,](?=[{HAN}]{{2,4}}(?:[，,、；;。\s(（]|$))|(?=(?![由为及和与对要应负])"
    rf"[{HAN}]{{2,4}}(?:[，,、；;。\s(（]|$)))"
)
"""`组长 张三`, `组长张三，`: a role without a colon."""

_ALONE_ON_LINE = re.compile(rf"(?:^|(?<=\n)) *(?:{_ANY}) +(?=[{HAN}\d])")
"""`考核支部 某支部`: a label that begins a line and a blank behind it."""

MOST_CHARACTERS = 5000
"""A longer text is no sentence about a group."""
_LIST = r"[^。；;\n:：]"
_CLAUSE = r"[^，,。；;\n:：]"
_ONES = r"[^，,。；;\n:：由]"
_BEHIND = re.compile(
    rf"([{HAN}·]{{2,12}}|[{HAN}] +[{HAN}]{{1,2}})\s*[(（]\s*({ROLES['deputy']}|"
    rf"{ROLES['leader']}|组员|成员|队员|联络员)\s*[)）]"
)
"""`张三（组长）`; who stands behind it without a role is a member."""

_SOME = r"(?:\d{1,2}|十?[一二两三四五六七八九十])"
_PERSONS = rf"(?:等?{_SOME}(?:[名位个](?:同志|人)?|人))?"
_TAKES = r"(?:同志)?(?:担任|兼任|(?<!主)任|为)"
_MEMBERS_ARE = r"[，,]?(?:小?组)?(?:成员|组员|队员)(?:分别)?(?:由|为|包括|有|是)"
_NEXT = rf"(?=[。；;\n]|[，,](?:负责|时间|地点|{VERBS}|由|对|到|赴)|$)"
_PEOPLE = rf"[{HAN}·]{{2,4}}(?:[、和][{HAN}·]{{2,4}}){{0,9}}"
_NOT_TOLD = (
    rf"(?!{_LIST}{{0,60}}(?:各|有关|相关|等){_LIST}{{0,20}}(?:人员|干部|骨干|教师)(?:共同)?组成)"
)
"""`由组织部、各党组织等从事党务工作的人员组成` names nobody."""
_MARK, _STOP = r"(?:^|[，,；;\n])", r"(?=[，,。；;\n]|$)"
_MEETING = rf"(?:{VERBS}|集中|集合|报到|汇合)?"
_CLOCKED = (
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[（(](?:周|星期).[）)])?(?:上午|下午|晚上)?\s*"
    r"\d{1,2}[:：点时][\d:：点时分半上下午—–\-~～至到\s]{0,16}"
)
"""A day and an hour, in front of what is done then."""
_SENTENCES = [
    (re.compile(pattern), put)
    for pattern, put in (
        (
            rf"[，,]?(副组长|副领队|组长|领队|队长)由({_CLAUSE}{{2,40}}?)(?:同志)?(?:担任|兼任|兼)",
            r"\n\1：\2\n",
        ),
        (rf"[，,]?由?({_ONES}{{2,40}}?){_TAKES}(副组长|副领队)", r"\n副组长：\1\n"),
        (rf"[，,]?由?({_ONES}{{2,40}}?){_TAKES}(组长|领队|队长)", r"\n组长：\1\n"),
        (
            rf"[，,]?由({_ONES}{{2,40}}?)牵头[，,]({_LIST}{{2,80}}?)(?:派员|派人|共同)?(?:参加|参与|配合|协助)",
            r"\n牵头单位：\1\n成员单位：\2\n",
        ),
        (rf"[，,]?由({_CLAUSE}{{2,30}}?)(?:负责)?牵头(?=[，,。；;\n]|$)", r"\n牵头单位：\1\n"),
        (rf"[，,]({_CLAUSE}{{2,30}}?)(?:负责)?牵头(?=[，,。；;\n]|$)", r"\n牵头单位：\1\n"),
        (
            (
                rf"(?<=带队)[，,]({_LIST}{{2,80}}?)(?:等?(?:同志|{_SOME}人))?(?:一同|共同)?(?:参加|参与|配合|协助|随同)"
                r"(?=[，,。；;\n]|$)"
            ),
            r"\n成员：\1\n",
        ),
        (rf"[，,]?由({_CLAUSE}{{2,30}}?)(?:同志)?(?:负责)?(?:带队|任?领队)", r"\n组长：\1\n"),
        (rf"[，,]?由([{HAN}·]{{2,4}})同志负责(?=[，,。；;])", r"\n组长：\1\n"),
        (
            rf"{_MEMBERS_ARE}{_NOT_TOLD}({_LIST}{{2,120}}?){_PERSONS}(?:共同)?组成",
            r"\n成员：\1\n",
        ),
        (rf"{_MEMBERS_ARE}{_NOT_TOLD}({_LIST}{{2,120}}?){_NEXT}", r"\n成员：\1\n"),
        (rf"[，,]?({_LIST}{{2,80}}?)(?:等同志)?{_TAKES}(?:成员|组员)", r"\n成员：\1\n"),
        (rf"[，,]?由{_NOT_TOLD}({_LIST}{{2,80}}?){_PERSONS}(?:共同)?组成", r"\n成员：\1\n"),
        (
            rf"(?:^|[，,；;\n])({_PEOPLE})(?:等?同志)?(?:参加|参与|配合|协助|随同)(?=[，,。；;\n]|$)",
            r"\n成员：\1\n",
        ),
        (rf"{_MARK}于?({_CLOCKED})(?=(?:在|对|到|赴|前往|深入|{VERBS}))", r"\n时间：\1\n"),
        (rf"{_MARK}在({_CLAUSE}{{2,24}}?)(?=对[^，。；]{{2,}}(?:{VERBS}))", r"\n集中地点：\1\n"),
        (
            rf"{_MARK}({_MEETING}地点)(?:设在|定在|安排在|在|为|是)({_CLAUSE}{{2,30}}?){_STOP}",
            r"\n\1：\2\n",
        ),
        (rf"{_MARK}在({_CLAUSE}{{2,24}}?)(?:集中|集合|汇合|碰头){_STOP}", r"\n集中地点：\1\n"),
    )
]
_NO_UNIT = (
    "组|时间|地点|内容|方式|方法|电话|人(?=[:：\\s])|单位|人员|工作|情况|期间|发现|中|后|前|的|是|要|由|结束|结果|反馈|对象|要求|标准|重点|任务"
    r"|日程|安排|报告|和|与|及|、|，|。|：|:|范围|学校|党组织|支部|\s*[:：]|点"
)
"""What stands behind 督查 where it is no verb before units."""
_UNITS = rf"({_LIST}{{2,160}}?)"
_ENDS = r"(?=[。；;\n]|[，,](?:组长|成员|组员|由|时间|地点|联系)|$)"
_ALL_OF_THEM = rf"(?:等?{_SOME}[个所家](?:单位|学校|党组织|党支部|支部|幼儿园))?(?:进行|开展|实施)?(?:现场|实地|集中)?"
_MAINLY = r"[，,]?(?:主要|具体|分别)?"
_VISITS = [
    (re.compile(pattern, re.MULTILINE), r"\n单位：\1\n")
    for pattern in (
        rf"(?:{VERBS})(?:对象|单位|学校|党?支部|党组织)(?:为|是|有|包括)[:：]?{_UNITS}{_ENDS}",
        rf"{_MAINLY}负责(?!人)((?:{_CLAUSE}{{1,10}}?(?:片区?|辖区|区域|线|片组))[:：]{_LIST}{{2,160}}?){_ENDS}",
        (
            rf"{_MAINLY}(?:负责)?(?:对|到|赴|前往|深入){_UNITS}{_ALL_OF_THEM}(?:{VERBS})+(?:工作)?(?=[。；;\n，"
            r",]|\Z)"
        ),
        (
            rf"{_MAINLY}负责(?!人)对?(?:{VERBS})?(?!{_NO_UNIT}){_UNITS}(?:的(?:现场|实地)?(?:{VERBS})+(?:工作)"
            rf"?)?{_ENDS}"
        ),
        rf"(?:^|(?<=[\n，,。；;日午]))(?:{VERBS})(?!{_NO_UNIT}){_UNITS}{_ENDS}",
    )
]


_DASHED = re.compile(rf"(?<=[{HAN})）])\s*[—–]{{1,2}}\s*(?=(?:主要)?(?:负责|{VERBS}))")
"""`甲、乙——检查某支部`."""


def in_labels(text: str) -> str:
    """The text with its sentences about people and units put into labels."""
    plain = half_width(text).replace("\u3000", " ").replace(",", "，").replace(";", "；")
    if len(plain) > MOST_CHARACTERS:
        return plain
    plain = _DASHED.sub("，", plain)
    for pattern, put in (*_SENTENCES, *_VISITS):
        plain = pattern.sub(put, plain)
    return _BEHIND.sub(r"\n\2：\1\n成员：", plain)


_STRANGE = re.compile(
    rf"(?:^|(?<=\n))\s*(?:[（(]?\d{{1,2}}[）).．、]\s*)?(?P<strange>[{HAN}]{{2,8}})\s*[:：]"
)
"""A label that is not known ends what stands under the one before."""


def parts(text: str) -> list[tuple[str, str]]:
    """(role, value) in order; the first has the role `""` and holds what stands before
    all labels.
    """
    plain = in_labels(text)
    known = [
        mark
        for way in (_LABEL, _TEAM_ALONE, _ALONE_ON_LINE)
        for mark in way.finditer(plain)
        if not (way is _LABEL and _is_end(plain, mark))
    ]
    first = min((mark.start() for mark in known), default=len(plain))
    heads = {mark.start() for mark in known} | {mark.end() for mark in known}
    strange = [m for m in _STRANGE.finditer(plain) if m.start() > first and not _has(m, heads)]
    strange = [m for m in strange if not (_OFFICE.search(m["strange"]) and _seated(m, known))]
    marks = sorted([*known, *strange], key=lambda mark: mark.start())
    kept = [m for at, m in enumerate(marks) if not at or m.start() >= marks[at - 1].end()]
    found = [("", plain[: kept[0].start()] if kept else plain)]
    for at, mark in enumerate(kept):
        end = kept[at + 1].start() if at + 1 < len(kept) else len(plain)
        role = next(name for name, said in mark.groupdict().items() if said)
        found[-1] = (found[-1][0], found[-1][1][: len(found[-1][1]) - len(_named_by(plain, mark))])
        role = "strange" if _OTHERS.search(_named_by(plain, mark)) else role
        found.append((role, plain[mark.end() : end]))
    return [(role, _balanced(value)) for role, value in found]


_BEFORE = re.compile(rf"(?:^|(?<=[\n；;，,。])) *(?P<word>[{HAN}]{{2,4}})\Z")
_OF_SEATS = {"leader", "deputy", "members", "when", "venue"}
_OTHERS = re.compile("出发|乘车|上车|发车|候车|就餐|用餐|住宿|停车|报名|截止|自查|报送|党小")
"""Before 时间, 地点 and 组长: those of something or somebody else."""


def _named_by(plain: str, mark: re.Match[str]) -> str:
    """The word that belongs to a label which no list knows whole: `会审` before 组长."""
    if not any(mark.groupdict().get(role) for role in _OF_SEATS):
        return ""
    found = _BEFORE.search(plain[: mark.start()])
    return found["word"] if found else ""


def _balanced(value: str) -> str:
    """Without the half of a bracket that a label stands in: `甲支部（`, `甲楼）`."""
    depth = 0
    for at, sign in enumerate(value):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            behind = value[at + 1 :]
            return f"{value[:at]}，{behind}" if behind.strip() else value[:at]
    if depth > 0:
        return re.sub(r"\s*\(\s*$", "", value)
    return value


_OFFICE = re.compile(
    r"^(?!联系|责任|牵头|配合|主管)[\u4e00-\u9fff]+(?:[部办科处室局委会院校]|中心)$"
)
_OF_PEOPLE = ("team", "leader", "deputy", "members")


def _seated(mark: re.Match[str], known: list[re.Match[str]]) -> bool:
    """Whether people are listed there: an office before a name is where that person works."""
    before = max((one for one in known if one.start() < mark.start()), key=lambda one: one.start())
    return any(before[role] for role in _OF_PEOPLE if role in before.groupdict())


_WORD = re.compile(
    rf"(?:^|(?<=[\n，,。；;、:：)）\s]))(?:[\d.．（(]{{1,3}})?(?P<first>[{HAN}]{{1,4}})\Z"
)
"""What stands before a label without a mark between them, back to the last mark."""
_TELLS_UNITS = re.compile(
    r"(?:[组片队线区]|下列|以下|涉及|涵盖|具体|包括|抽取|抽中|确定|所属|所辖|下属|下辖|覆盖|重点|主要|其他|其余|各)$"
)
"""Before 单位 and the like: these are still those that are looked at. Before them any other word
means something else.
"""


def _is_end(plain: str, mark: re.Match[str]) -> bool:
    """Whether a label is only the end of a longer word that means something else: `责任单位：`."""
    before = _WORD.search(plain[: mark.start()])
    return bool(before and mark["units"] and not _TELLS_UNITS.search(before["first"]))


def role_of(text: str) -> str:
    """What a header or a seat that stands alone says: leader, deputy, members, liaison, units …, or
    nothing.
    """
    plain = re.sub(r"\s+|[（(][^（）()]*[）)]", "", half_width(text))
    found = _ALONE.fullmatch(plain)
    return next((name for name, said in found.groupdict().items() if said), "") if found else ""


_ALONE = re.compile(_ANY)


def _has(mark: re.Match[str], heads: set[int]) -> bool:
    """Whether a known label begins or ends inside."""
    return any(mark.start() < at <= mark.end() or at == mark.start("strange") for at in heads)


def says_something(text: str) -> bool:
    """Whether a line holds a label, or a sentence that stands for one."""
    return len(parts(text)) > 1
