"""规章制度 (L01–L13): rule documents with their versions and, for duties of the commissioners, their
sections.
"""

from __future__ import annotations

import re

from django.db import models

from taizhang.kernel.text import bare, brief, fingerprint
from taizhang.ledgers.kind import (
    FOR_EVER,
    NOBODY,
    Lasting,
    LedgerKind,
    PaperForm,
    SameEvent,
    entry_facts,
    part_facts,
)
from taizhang.ledgers.part import Draft, Part, PartRow, Told, Writing
from taizhang.ledgers.parts.rows import columns
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Post


class PolicyDocument(Entry):
    """One version of a rule document."""

    class Kind(models.TextChoices):
        BRANCH_DUTIES = "branch_duties", "党支部工作职责"
        SECRETARY_DUTIES = "secretary_duties", "支部书记工作职责"
        MEMBER_DUTIES = "member_duties", "支部委员工作职责"
        GROUP_DUTIES = "group_duties", "党小组及组长工作职责"
        DEVELOPMENT_PROCEDURE = "development_procedure", "发展党员工作流程"
        DUES_RULES = "dues_rules", "党费收缴、使用和管理制度"
        VOLUNTEER_RULES = "volunteer_rules", "党员志愿服务活动制度"
        TRANSFER_PROCEDURE = "transfer_procedure", "党组织关系接转流程"
        ORG_LIFE_PROCEDURE = "org_life_procedure", "民主生活会、组织生活会、民主评议党员流程"
        THREE_MEETINGS_RULES = "three_meetings_rules", "“三会一课”制度"
        ELECTION_RULES = "election_rules", "支部选举制度"
        TALK_RULES = "talk_rules", "谈心谈话制度"
        OPENNESS_RULES = "openness_rules", "党务公开制度"
        SITE_RULES = "site_rules", "党建阵地使用管理制度"

    kind = models.CharField("制度类别", max_length=40, choices=Kind)
    title = models.CharField("标题", max_length=100)
    adopted_on = models.DateField(
        "通过日期", null=True, blank=True, help_text="支委会或党员大会通过之日"
    )
    effective_from = models.DateField("施行日期")
    superseded_on = models.DateField("废止日期", null=True, blank=True)
    reviewed_on = models.DateField(
        "最近复核日期", null=True, blank=True, help_text="换届后应复核一次"
    )
    superior_basis = models.CharField("上级依据", max_length=200, blank=True)
    on_wall = models.BooleanField("已上墙", default=False)
    text = models.TextField("制度正文", blank=True)
    text_length = models.PositiveIntegerField(default=0, editable=False)
    text_mark = models.CharField(max_length=16, default="", editable=False)

    class Meta:
        verbose_name = "规章制度"
        indexes = [models.Index(fields=("branch", "kind"))]

    def __str__(self) -> str:
        """The title."""
        return self.title


class DutySection(models.Model):
    """The duties of one post within a document."""

    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="sections")
    post = models.CharField("职务", max_length=20, choices=Post)
    text = models.TextField("职责")
    length = models.PositiveIntegerField(default=0)
    mark = models.CharField(max_length=16, default="", blank=True)

    class Meta:
        verbose_name = "职责条款"

    def __str__(self) -> str:
        """The post."""
        return self.get_post_display()


_HEADS = {label: code for code, label in Post.choices} | {
    "纪律委员": "discipline", "纪律检查委员": "discipline", "支部书记": "secretary", "支部副书记": "deputy_secretary",
}  # fmt: skip
_HEAD = re.compile(
    r"^\s*(?:[一二三四五六七八九十\d]{1,2}[、.．])?\s*(" + "|".join(sorted(_HEADS, key=len, reverse=True)) + r")(?:工作)?(?:职责)?\s*[：:]\s*(.*)$"
)  # fmt: skip


def _split(text: str) -> list[Told]:
    """`组织委员：……` begins a section; lines without a post go on with it."""
    found: list[Told] = []
    for line in text.splitlines():
        head = _HEAD.match(line)
        if head:
            found.append({"post": head[1], "text": head[2].strip()})
        elif found and line.strip():
            found[-1]["text"] = f"{found[-1]['text']}\n{line.strip()}".strip()
    return found


def _build(told: Told, draft: Draft) -> list[PartRow]:
    post, text = _HEADS.get(told.get("post", "")), told.get("text", "").strip()
    if post is None:
        draft.wrong("各委员职责", f"没有选择“{brief(text, 20)}”是哪个职务的职责。")
        return []
    return [{"post": post, "text": text, "length": len(bare(text)), "mark": fingerprint(text)}]


def _tell(row: DutySection) -> Told:
    return {"post": row.get_post_display(), "text": row.text}


def _join(rows: list[Told]) -> str:
    return "\n".join(f"{told.get('post', '')}：{told.get('text', '')}" for told in rows)


_WRITING = Writing(
    columns=columns(DutySection, ("post", "text")),
    split=_split,
    build=_build,
    told=_tell,
    join=_join,
)


def _prepare(draft: Draft) -> None:
    values = draft.values
    if values["superseded_on"] and values["superseded_on"] <= values["effective_from"]:
        draft.wrong("废止日期", "应晚于施行日期。")
    sections = "".join(row["text"] for row in draft.parts.get("sections", ()))
    values["text_length"] = len(bare(values["text"] + sections))
    values["text_mark"] = fingerprint(values["text"] + sections)


_ITEMS = (*(f"L{n:02d}" for n in range(1, 14)), "L34")

_MADE_AS = (
    "制度", "规定", "办法", "细则", "实施办法", "实施细则", "管理制度", "管理规定", "管理办法", "工作制度", "规则", "规程", "流程", "流程图", "工作流程", "工作规则", "须知", "暂行规定", "暂行办法", "试行办法",
)  # fmt: skip
"""What rules call themselves."""
_OF = {
    "development_procedure": ("发展党员", "发展党员工作", "党员发展", "党员发展工作"),
    "dues_rules": (
        "党费", "党费收缴", "党费收缴使用", "党费收缴管理", "党费收缴使用和管理", "党费收缴使用管理", "党费收缴管理使用", "党费收缴管理和使用", "党费使用管理", "党费收缴和使用", "党费收缴使用与管理", "党费交纳",
    ),
    "volunteer_rules": ("党员志愿服务", "志愿服务", "党员志愿服务活动", "党员志愿者服务", "志愿服务活动", "党员志愿者活动", "党员志愿服务工作"),
    "transfer_procedure": ("组织关系接转", "组织关系转接", "党员组织关系接转", "党员组织关系转接", "党组织关系接转", "党组织关系转接", "党员组织关系", "组织关系转移", "党员组织关系转移"),
    "org_life_procedure": (
        "组织生活会", "民主评议党员", "民主生活会", "民主评议", "党员民主评议", "组织生活会和民主评议党员", "组织生活", "组织生活会与民主评议党员", "党的组织生活", "支部组织生活会", "专题组织生活会",
    ),
    "three_meetings_rules": ("三会一课", "支部三会一课", "党支部三会一课"),
    "election_rules": ("支部选举", "党支部选举", "换届选举", "支部换届选举", "党支部换届选举", "支部换届", "支部委员会选举", "党支部委员会选举", "党内选举"),
    "talk_rules": ("谈心谈话", "党员谈心谈话", "谈心", "党员谈心", "支部谈心谈话"),
    "openness_rules": ("党务公开", "支部党务公开", "党支部党务公开"),
    "site_rules": (
        "党建阵地", "党建阵地使用", "党员活动室", "党员活动室使用", "党员活动阵地", "党员之家", "党建阵地建设", "党员活动室使用和管理", "党建阵地管理使用", "党员活动室学习", "党建活动室", "党建阵地使用和", "党群活动室",
    ),
}  # fmt: skip
"""Of what the rules of each sort are."""
_NAMED = {
    sort: tuple(f"{stem}{end}" for stem in stems for end in _MADE_AS) for sort, stems in _OF.items()
}


def _together(
    one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {
        sort: tuple(dict.fromkeys((*titles, *one.get(sort, ())))) for sort, titles in other.items()
    }


KIND = LedgerKind(
    slug="documents",
    title="规章制度",
    section="制度体系",
    titles=("规章制度", "制度汇编", "党支部制度汇编"),
    kept_years=FOR_EVER,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(
        SameEvent(to="meetings", day="adopted_on", where={"kind__in": ["committee_meeting", "members_assembly"]}),
    ),
    search_names=(),
    lasting=Lasting(until="superseded_on", replaced=True, sort="kind"),
    titles_by=(
        "kind",
        _together(_NAMED, {
            "branch_duties": ("党支部工作职责", "支部工作职责", "党支部职责", "党支部的工作职责", "党支部主要职责", "党支部基本任务", "党支部职责任务", "支部职责"),
            "secretary_duties": ("支部书记岗位职责", "支部书记职责", "党支部书记岗位职责", "支部书记主要职责", "支部书记工作职责", "党支部书记工作职责", "党支部书记职责"),
            "member_duties": ("支委职责", "支委会委员职责", "党支部委员职责", "党支部委员工作职责", "支部各委员职责", "支部委员岗位职责", "支委会成员工作职责", "支部委员工作职责", "支委工作职责", "支部委员职责"),
            "group_duties": ("党小组职责", "党小组组长职责", "党小组及党小组长职责", "党小组和党小组长工作职责", "党小组及组长职责", "党小组及组长工作职责", "党小组工作职责", "党小组组长工作职责", "党小组长职责", "党小组工作制度", "党小组长工作职责"),
            "development_procedure": ("发展党员工作流程", "发展党员工作流程图", "发展党员工作制度", "发展党员制度", "发展党员工作规程"),
            "dues_rules": ("党费收缴、使用和管理制度", "党费收缴管理制度", "党费管理制度", "党费收缴使用管理制度", "党费收缴使用和管理制度", "党费收缴管理使用制度", "党费收缴、管理、使用制度", "党费收缴、使用、管理制度", "党费收缴制度", "党费收缴管理规定", "党费收缴、管理和使用制度", "党费收缴管理办法"),
            "volunteer_rules": ("党员志愿服务活动制度", "党员志愿服务制度", "志愿服务制度", "党员志愿服务管理制度", "党员志愿者服务制度"),
            "transfer_procedure": ("党组织关系接转流程", "党员组织关系接转流程", "组织关系转接流程", "党员组织关系转接流程", "组织关系接转流程", "党员组织关系管理制度", "组织关系转接制度", "组织关系接转制度", "党员组织关系接转制度", "党员组织关系转接制度"),
            "org_life_procedure": (
                "民主生活会、组织生活会、民主评议党员流程", "组织生活会和民主评议党员流程", "组织生活会制度", "民主评议党员制度", "组织生活制度", "民主评议制度", "民主生活会制度", "组织生活会和民主评议党员制度", "党员民主评议制度"),
            "three_meetings_rules": ("“三会一课”制度", "三会一课制度", "三会一课实施办法"),
            "election_rules": ("支部选举制度", "党支部选举制度", "党支部换届选举制度", "支部换届选举制度", "党支部选举办法"),
            "talk_rules": ("谈心谈话制度", "谈心制度", "谈心谈话工作制度", "党员谈心谈话制度"),
            "openness_rules": ("党务公开制度", "党务公开工作制度", "党务公开实施办法", "党务公开实施制度"),
            "site_rules": ("党建阵地使用管理制度", "党建阵地管理制度", "党员活动室管理制度", "党员活动室使用制度", "党员活动室使用管理制度", "党员活动阵地管理制度", "党员之家管理制度", "党员活动室制度", "党建活动阵地管理制度", "党员活动室管理使用制度"),
        }),
    ),
    model=PolicyDocument,
    asked=(
        "kind", "title", "adopted_on", "effective_from", "superseded_on", "reviewed_on", "superior_basis", "on_wall",
        "text",
    ),
    listed=("kind", "title", "adopted_on", "effective_from", "superseded_on", "on_wall"),
    day="effective_from",
    prepare=_prepare,
    texts=("title", "text"),
    items=_ITEMS,
    unique=("kind", "effective_from"),
    parts=(
        Part(
            name="sections", label="各委员职责", model=DutySection, owner="document", writing=_WRITING, is_plan=True, lines=6,
            hint="支部委员工作职责填写：每个职务另起一行，如“组织委员：负责……”。",
        ),
    ),
    facts=(
        entry_facts(
            "documents", PolicyDocument, "kind", "adopted_on", "effective_from", "superseded_on", "reviewed_on",
            "text_length", "text_mark",
        ),
        part_facts(
            "sections", DutySection, "document", "post", "length", "mark",
            on="document__effective_from", superseded_on="document__superseded_on", doc_kind="document__kind",
        ),
    ),
    also_called={
        "制度名称": "标题", "文件名称": "标题", "名称": "标题", "制定日期": "通过日期", "制定时间": "通过日期", "审议通过时间": "通过日期", "实施日期": "施行日期", "执行日期": "施行日期", "执行时间": "施行日期",
        "实施时间": "施行日期", "生效日期": "施行日期", "制定依据": "上级依据", "依据": "上级依据", "制度内容": "制度正文", "内容": "制度正文", "正文": "制度正文", "类别": "制度类别",
    },
    example={
        "制度类别": "“三会一课”制度", "标题": "“三会一课”制度", "通过日期": "2015-01-12", "施行日期": "2015-01-12",
        "制度正文": "党员大会每季度召开一次；支委会每月召开一次；党小组会每月召开一次；党课每季度开展一次……",
    },
)  # fmt: skip
