"""支部班子分工 (L16): who on the committee does what, decided by a committee meeting and made public."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from taizhang.kernel.text import brief
from taizhang.ledgers.kind import (
    NOBODY,
    Lasting,
    LedgerKind,
    PaperForm,
    SameEvent,
    entry_facts,
    part_facts,
)
from taizhang.ledgers.part import Draft, Part, PartRow, PartSheet, Told, Writing
from taizhang.ledgers.parts.rows import UNREAD, columns, must_have
from taizhang.ledgers.written import lines
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Post
from taizhang.orgs.models.people import person_key


class DivisionOfWork(Entry):
    """A division of work among the committee."""

    decided_on = models.DateField("支委会决定日期")
    document_no = models.CharField("决议文号", max_length=60, blank=True)
    published_on = models.DateField("党内公开日期", null=True, blank=True)
    n_rows = models.PositiveIntegerField(default=0, editable=False)
    n_organisation = models.PositiveIntegerField(default=0, editable=False)
    n_publicity = models.PositiveIntegerField(default=0, editable=False)
    published_after = models.IntegerField(null=True, editable=False)

    class Meta:
        verbose_name = "班子分工"

    def __str__(self) -> str:
        """The day."""
        return f"{self.decided_on}班子分工"


class DivisionRow(models.Model):
    """One person's share."""

    division = models.ForeignKey(DivisionOfWork, on_delete=models.CASCADE, related_name="rows")
    person = person_key(null=True)
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=20, choices=Post, blank=True)
    duties = models.TextField("分工")

    class Meta:
        verbose_name = "分工"

    def __str__(self) -> str:
        """Name and duties."""
        return f"{self.name}：{self.duties}"


_POSTS = {label: code for code, label in Post.choices} | {"纪律委员": "discipline"}


def _split(text: str) -> list[Told]:
    """`张三（组织委员）：负责……`, one person a line."""
    return [_row(line) for line in lines.lines(text)]


def _row(line: str) -> Told:
    who, duties = lines.speech(line)
    name, _, rest = who.replace("(", "（").partition("（")
    if not name or not duties:
        return {UNREAD: line}
    return {"name": name, "post": rest.rstrip("）)").strip(), "duties": duties}


def _build(told: Told, draft: Draft) -> list[PartRow]:
    if UNREAD in told:
        draft.wrong("分工", f"“{brief(told[UNREAD], 20)}”应写作“姓名（职务）：分工”。")
        return []
    post = {"post": _POSTS.get(told.get("post", ""), "")}
    rows = must_have(DivisionRow, ("name", "duties"), told, "分工", draft)
    return [{"person": draft.person(row["name"])} | row | post for row in rows]


def _tell(row: DivisionRow) -> Told:
    return {"name": row.name, "post": row.get_post_display(), "duties": row.duties}


def _join(rows: list[Told]) -> str:
    return "\n".join(
        told.get(UNREAD)
        or f"{told.get('name', '')}（{told.get('post', '')}）：{told.get('duties', '')}"
        for told in rows
    )


_WRITING = Writing(
    columns=columns(DivisionRow, ("name", "post", "duties"), people=("name",)),
    split=_split,
    build=_build,
    told=_tell,
    join=_join,
)


def _as_line(head: str, told: Mapping[str, str]) -> str:
    post = f"（{told['职务']}）" if "职务" in told else ""
    return f"{head}{post}：{told.get('分工', '')}"


def _prepare(draft: Draft) -> None:
    rows, values = draft.parts.get("rows", []), draft.values
    values["n_rows"] = len(rows)
    values["n_organisation"] = sum(
        "组织" in r["duties"] or r["post"] == "organisation" for r in rows
    )
    values["n_publicity"] = sum("宣传" in r["duties"] or r["post"] == "publicity" for r in rows)
    published = values["published_on"]
    values["published_after"] = (published - values["decided_on"]).days if published else None


KIND = LedgerKind(
    slug="divisions",
    title="支部班子分工",
    section="班子建设",
    titles=("支部班子分工", "支部班子成员分工", "支委分工", "支部委员分工", "支部委员会委员分工", "支部委员会分工", "支部委员会成员分工", "委员分工", "支委会委员分工", "支委成员分工", "支委会成员分工表"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(
        SameEvent(to="meetings", day="decided_on", where={"kind": "committee_meeting"}),
    ),
    search_names=(),
    lasting=Lasting(replaced=True),
    subject_of=("posts_at_divisions",),
    model=DivisionOfWork,
    asked=("decided_on", "document_no", "published_on"),
    listed=("decided_on", "document_no", "published_on"),
    day="decided_on",
    prepare=_prepare,
    items=("L16",),
    parts=(
        Part(
            name="rows", label="分工", model=DivisionRow, owner="division", writing=_WRITING, is_plan=True, lines=6,
            hint="每人一行：姓名（职务）：分工。如“示例甲（组织委员）：负责发展党员、党费收缴”。",
            sheet=PartSheet(
                heads=("姓名", "成员", "委员姓名", "委员", "支委姓名", "支委", "班子成员", "成员姓名"), columns={"职务": ("职务", "党内职务", "担任职务", "支部职务", "支委职务", "任职", "党内任职"), "分工": ("分工", "分管内容", "负责工作", "职责", "分管事项", "负责事项", "分管工作内容", "具体职责", "分管范围", "分工内容", "工作分工", "具体分工", "职责分工", "主要职责", "分管工作", "工作职责")},
                words={"支部书记": "书记", "党支部书记": "书记", "副书记": "副书记", "支部副书记": "副书记"}, write=_as_line,
            ),
        ),
    ),
    facts=(
        entry_facts(
            "divisions", DivisionOfWork, "decided_on", "published_on", "n_rows", "n_organisation", "n_publicity",
            "published_after",
        ),
        part_facts("division_rows", DivisionRow, "division", "person_id", "name", "post", on="division__decided_on"),
    ),
    also_called={
        "决定日期": "支委会决定日期", "研究日期": "支委会决定日期", "分工日期": "支委会决定日期", "日期": "支委会决定日期", "文号": "决议文号", "公开日期": "党内公开日期", "公布日期": "党内公开日期",
        "支委会日期": "支委会决定日期", "研究决定日期": "支委会决定日期", "支委会研究日期": "支委会决定日期", "会议日期": "支委会决定日期", "通过日期": "支委会决定日期", "支委会会议日期": "支委会决定日期", "发文字号": "决议文号",
        "文件号": "决议文号", "文件文号": "决议文号", "决议编号": "决议文号", "发文号": "决议文号", "党内公布日期": "党内公开日期",
    },
    example={
        "支委会决定日期": "2015-09-22", "决议文号": "示例支〔2015〕3号", "党内公开日期": "2015-09-24",
        "分工": "示例甲（书记）：主持支部全面工作\n示例乙（组织委员）：负责发展党员、党费收缴",
    },
)  # fmt: skip
