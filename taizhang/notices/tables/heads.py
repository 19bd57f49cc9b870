"""What the headers of a table mean: of a schedule of visits, or of what is asked for."""

from __future__ import annotations

import re

from taizhang.notices.tables import columns
from taizhang.notices.values import day_spans, flat
from taizhang.notices.words import labels, persons

SCHEDULE = {
    "area": r"片区|片组|组别|分组|分片|区域|片别|批次|小组$|^组$|^片$|组次|类别组|学区|协作区|^组号$",
    "inspectors": r"^(?:检查|督查|考核|互查|评查|主查|派出|组长|督导|巡察|实施)(?:单位|学校|方|校|园)$|^主查|^查$",
    "lead_unit": r"(?:牵头|组长|片长)(?:学校|单位|部门|科室|处室|支部|校|园)",
    "partners": r"(?:成员|参与|参加|组成)(?:学校|单位|部门|科室|处室|支部|校|园)",
    "units": r"(?:督查|检查|考核|考评|评估|验收|抽查|督导|巡察|受检|被查)(?:医院|企业|公司|乡镇|街道|社区|机关|部门|院校|科室|村居?|派出所|卫生院|"
    r"园区|网点)|(?:督查|检查|考核|督导|调研|观摩|走访)?(?:路线|线路)$|(?:被|受|参|所)?(?:督查|检查|检|查|考核|督导|巡察|联系|包联)?(?:的)"
    r"?(?:党组织|单位|学校|支部|对象|园所|幼儿园)|学校名称|单位名称|^(?:村|社区|乡镇|镇街|街道|企业|公司|部门|科室|院系|学院|党?支部|学校)名?称?$|"
    r"受检|被查|^负责(?!人|同志|情况|内容|事项|时间|单位|部门|科室)[\u4e00-\u9fff]{1,5}$|负责范围|^园所?$|^学校$",
    "date": r"日期|日程|^[月日]$|^星期$|^周[次几]?$",
    "when": r"时间|时段|场次",
    "venue": r"地点|(?<!通信)(?<!通讯)(?<!邮寄)(?<!单位)地址|会场|场所|集中点|督查点|检查点",
    "leader": r"片区?长$|(?<!副)组长(?:姓名)?$|^(?!单位|学校|企业|被|受|参会|出席)[\u4e00-\u9fff]{0,4}领导(?:姓名)?$|带队|"
    r"领队|牵头人|负责人",
    "deputy": r"副组长|副领队",
    "members": r"组员|成员|人员|队员|专家(?:名单)?$|^(?:检查|督查|督导|考核|评查|巡查|抽查|互查)人$",
    "person": r"^姓名$|^名单$|^人员姓名$",
    "role": r"组内|职责|分工|身份|角色",
    "team": r"(?:督查|检查|督导|考核|考评|评估|验收|抽查|互查|核查|评查|巡查|工作|指导|责任|巡察|调研)组|^(?!领导|党小)"
    r"[\u4e00-\u9fff]{2}组$",
    "deadline": r"截止|时限|完成时间|报送时间|期限",
    "contact": r"联系(?!村|社区|学校|单位|企业|支部|片|街|镇|乡|网格)|联络|电话|手机",
    "post": r"职务|职称|(?:所在|工作|任职|派出|所属)(?:单位|部门|科室|处室|支部|学校)|^身份$",
    "note": r"备注|集合时间|(?:乘车|上车|候车|出发|发车|就餐|用餐|住宿|停车)(?:时间|地点|点)?|(?:负责|责任|陪同)人(?:联系)?(?:电话|手机)|"
    r"(?:单位|学校|支部|党组织|[被受]检|对方|企业|村|社区|校)(?:主要|党政)?(?:负责|责任|陪同|接待|联系)人(?!员)|陪同|接待|对接|讲解|引导|汇报人|"
    r"(?:书记|支书|校长|园长|院长|主任|厂长|经理)(?:姓名)?$|责任(?:单位|部门|科室)|说明|通信|通讯|邮寄|邮编|邮箱|内容|(?<!联系)方式|数$|人数",
    "no": r"序号|编号|^号$|^No\.?$|^(?:汇报|检查|考核)?顺序$",
}
_HALF = re.compile(r"^(?:[（(]?(?:周|星期).[）)]?)?(?:上午|下午|晚上|全天)")
_TIME_ALONE = re.compile(
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[(（]?(?:周|星期).[)）]?)?(?:[上下]午)?[\d:点时分半—–~～\-至上下午]{0,16}"
)
BY_DAYS = {**SCHEDULE}
"""The same, where a column headed by a day or half a day holds the units of that time."""
REQUIREMENTS = {
    "requirement": r"台账要求|要求|标准|(?:评|计|扣)分(?:细则|标准|办法)|考核(?:内容及)?(?:标准|办法|方法|细则)|要点|规范$|规定$|说明$|"
    r"(?:备查|必备|所需|应备)(?:资料|材料)|具体内容|资料清单|佐证|归档(?:内容|资料|材料)|收集(?:内容|资料|材料)|^[看查核听]$|举措|措施|(?:计算|"
    r"达标|评判|判定|认定)(?:依据|口径|条件)|指标(?:说明|解释|内涵)|应有(?:内容|资料)",
    "frequency": r"频次|频率|频度|周期|次数|更新(?:时间|时限|要求)|^(?:每个?|[按逐])(?:月|季度?|半年度?|学期|学?年度?|周|星期|日|天)$",
    "score": r"分值|分数|赋分|标准分|权重|满分",
    "level": r"大类|小类|类别|项目|指标|内容|台账(?:名称|目录)?|名称|板块|模块|事项|要素|目录|题名|条目|观测点|任务|制度$|环节$|步骤$|表现$|情形$|"
    r"问题$|条目|条款",
    "note": r"备注|(?:负责|责任|陪同)人(?:联系)?(?:电话|手机)|得分|扣分|自评|检查情况|评分$|存在问题|佐证材料|责任|方法|方式|^[问访谈测]$|"
    r"(?<!党)(?:人|人员|领导|部门|单位|科室)$",
    "no": r"序号|编号",
}


_PERIOD = re.compile(r"(?:每个?|[按逐])?(?:月|季|半年|学期|学?年|周|星期|日|天)度?|全年")
_UPPER = re.compile(r"超过|多于|至多|最多|上限|以内")


def names_period(text: str) -> bool:
    """`每月` over a column: what stands below it is how often, or a mark that it is so often."""
    return bool(_PERIOD.fullmatch(re.sub(r"[（(].*?[）)]", "", flat(text))))


def may_be_less(text: str) -> bool:
    """`次数（不超过）`: a header over numbers that bounds them from above."""
    return bool(_UPPER.search(flat(text)))


def heads_requirements(text: str) -> bool:
    """Whether a text is a header of a table of requirements."""
    return bool(meaning(text, REQUIREMENTS))


LONGEST = 14
_ORDER = (
    "no", "lead_unit", "partners", "inspectors", "note", "contact", "deadline", "deputy",
    "leader", "score", "date", "when", "venue", "person", "members", "role", "post", "team",
    "area", "units", "requirement", "level",
)  # fmt: skip
"""A header that two meanings fit has the first of them."""


def meaning(text: str, meanings: dict[str, str]) -> str:
    """Which of these meanings a header has; "" of what is not known or too long for a header."""
    plain = re.sub(r"[（(].*?[）)]", "", flat(text))
    if meanings is BY_DAYS and _TIME_ALONE.fullmatch(flat(text)):
        return "units"
    if not plain or len(plain) > LONGEST:
        return ""
    if asked := _asked_for(plain, meanings):
        return asked
    if meanings is BY_DAYS and (day_spans(text) or _HALF.match(plain)):
        return "units"
    known = next((m for m in _ORDER if m in meanings and re.search(meanings[m], plain)), "")
    bracket = re.search(r"[（(](.+?)[）)]", flat(text))
    if not known and bracket and meanings is REQUIREMENTS:  # 数量（要求）
        return meaning(bracket[1], meanings)
    return known or ("" if meanings is REQUIREMENTS else _labelled(plain))


def _asked_for(plain: str, meanings: dict[str, str]) -> str:
    """The meanings that only a table of requirements has: what is asked, how often, what is noted
    of it.
    """
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
    return meaning(text, SCHEDULE)


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
