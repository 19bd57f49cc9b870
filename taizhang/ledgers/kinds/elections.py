"""支部换届（补选）: the requests, the ballots, the result and the papers of one election (L15)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.kind import (
    FOR_EVER,
    NOBODY,
    Gives,
    LedgerKind,
    PaperForm,
    SameEvent,
    entry_facts,
    part_facts,
)
from taizhang.ledgers.model_fields import NameField
from taizhang.ledgers.part import Draft, Part, PartRow, PartSheet, Told, Writing
from taizhang.ledgers.parts.labelled import labelled
from taizhang.ledgers.parts.people import NamedRow
from taizhang.ledgers.parts.rows import columns
from taizhang.ledgers.written import lines, persons
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import CommitteeTerm, person_key


class Election(Entry):
    """One election by the members' assembly."""

    class Kind(models.TextChoices):
        REELECTION = "reelection", "换届"
        BY_ELECTION = "by_election", "补选"
        FIRST = "first", "成立首届"

    class Order(models.TextChoices):
        STROKES = "strokes", "姓氏笔画"
        OTHER = "other", "其他"

    kind = models.CharField("选举类别", max_length=20, choices=Kind)
    held_on = models.DateField("选举大会日期")
    reason = models.CharField("事由", max_length=200, blank=True)
    decided_on = models.DateField("支委会研究日期", null=True, blank=True)
    request_no = models.CharField("召开大会请示文号", max_length=60, blank=True)
    request_on = models.DateField("召开大会请示日期", null=True, blank=True)
    reply_no = models.CharField("召开大会批复文号", max_length=60, blank=True)
    reply_on = models.DateField("召开大会批复日期", null=True, blank=True)
    agenda = models.TextField("大会议程", blank=True, help_text="每行一项，印在召开大会的请示上")
    candidates_request_no = models.CharField("候选人请示文号", max_length=60, blank=True)
    candidates_request_on = models.DateField("候选人请示日期", null=True, blank=True)
    candidates_reply_no = models.CharField("候选人批复文号", max_length=60, blank=True)
    candidates_reply_on = models.DateField("候选人批复日期", null=True, blank=True)
    seats = models.PositiveIntegerField("应选人数")
    secretary_seats = models.PositiveIntegerField("其中书记名额", null=True, blank=True)
    deputy_seats = models.PositiveIntegerField("其中副书记名额", null=True, blank=True)
    candidates_order = models.CharField(
        "候选人排列", max_length=10, choices=Order, blank=True,
        help_text="系统按登记的先后印候选人，选“姓氏笔画”前请先按笔画排好",
    )  # fmt: skip
    method = models.CharField(
        "选举办法", max_length=200, blank=True, help_text="大会通过的选举办法要点"
    )
    host_name = NameField("大会主持人", max_length=40, blank=True)
    report = models.TextField("支委会工作报告", blank=True)
    entitled_expected = models.PositiveIntegerField("应到有选举权人数", null=True, blank=True)
    entitled_present = models.PositiveIntegerField("实到有选举权人数", null=True, blank=True)
    issued = models.PositiveIntegerField("发出选票", null=True, blank=True)
    returned = models.PositiveIntegerField("收回选票", null=True, blank=True)
    valid = models.PositiveIntegerField("有效选票", null=True, blank=True)
    invalid = models.PositiveIntegerField("无效选票", null=True, blank=True)
    first_committee_on = models.DateField("首次支委会日期", null=True, blank=True)
    secretary_name = NameField(
        "当选书记", max_length=40, blank=True,
        help_text="首次支委会选出的书记；不设支委会的，党员大会选出的书记",
    )  # fmt: skip
    deputy_names = models.CharField(
        "当选副书记", max_length=80, blank=True, help_text="选举方式同书记；有多人的用顿号分开"
    )
    posts_request_no = models.CharField("书记任职请示文号", max_length=60, blank=True)
    posts_request_on = models.DateField("书记任职请示日期", null=True, blank=True)
    result_report_no = models.CharField("选举结果报告文号", max_length=60, blank=True)
    result_report_on = models.DateField("选举结果报告日期", null=True, blank=True)
    final_reply_no = models.CharField(
        "结果批复文号", max_length=60, blank=True, help_text="上级同意书记、副书记任职的批复"
    )
    final_reply_on = models.DateField("结果批复日期", null=True, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)

    host = person_key(null=True)
    n_candidates = models.PositiveIntegerField(default=0, editable=False)
    n_elected = models.PositiveIntegerField(default=0, editable=False)
    n_scrutineers = models.PositiveIntegerField(default=0, editable=False)
    total_in_favour = models.PositiveIntegerField(null=True, editable=False)
    most_votes = models.PositiveIntegerField(null=True, editable=False)
    report_length = models.PositiveIntegerField(default=0, editable=False)
    least_candidates = models.PositiveIntegerField(default=0, editable=False)
    seats_parity = models.PositiveIntegerField(default=1, editable=False)

    also_written: ClassVar = {
        "kind": {"换届选举": "换届", "补选委员": "补选", "首届选举": "成立首届"},
    }

    class Meta:
        verbose_name = "支部选举"

    def __str__(self) -> str:
        """Day and kind."""
        return f"{self.held_on}{self.get_kind_display()}"


class Candidate(models.Model):
    """One candidate, or somebody written in, with his votes."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="candidates")
    person = person_key(null=True)
    name = models.CharField("姓名", max_length=40)
    in_favour = models.PositiveIntegerField("赞成", null=True)
    against = models.PositiveIntegerField("反对", null=True)
    abstained = models.PositiveIntegerField("弃权", null=True)
    is_elected = models.BooleanField("结果", default=False)
    written_in = models.BooleanField("另选人", default=False)

    class Meta:
        verbose_name = "候选人得票"

    def __str__(self) -> str:
        """The name."""
        return self.name


class Scrutineer(NamedRow):
    """Somebody who watched or counted the votes."""

    class Role(models.TextChoices):
        CHIEF = "chief", "总监票人"
        WATCHER = "watcher", "监票人"
        COUNTER = "counter", "计票人"

    role = models.CharField("分工", max_length=10, choices=Role, blank=True)
    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="scrutineers")

    class Meta:
        verbose_name = "监票人、计票人"


_CANDIDATES = labelled(
    Candidate, "name",
    {"赞成": "in_favour", "反对": "against", "弃权": "abstained", "结果": "is_elected", "另选人": "written_in"},
    "候选人得票", person="person", words={"is_elected": {"当选": True, "落选": False}},
)  # fmt: skip


_ROLES = {str(label): str(code) for code, label in Scrutineer.Role.choices}
_SCRUTINEERS = "监票人和计票人"


def _split_scrutineers(text: str) -> list[Told]:
    """`示例己（总监票人）、示例庚（计票人）`; who does which may be left out."""
    return [{"name": who, "role": role} for who, role in lines.names(text)]


def _build_scrutineer(told: Told, draft: Draft) -> list[PartRow]:
    role, found = told.get("role", ""), []
    for name, said in persons.persons(
        told.get("name", ""), draft.known, lambda said: draft.wrong(_SCRUTINEERS, said)
    ):
        does = role or said
        if does and does not in _ROLES:
            draft.wrong(_SCRUTINEERS, f"“{name}（{does}）”应写：{'、'.join(_ROLES)}。")
        found.append({"person": draft.person(name), "name": name, "role": _ROLES.get(does, "")})
    return found


def _tell_scrutineer(row: Scrutineer) -> Told:
    return {"name": row.name, "role": row.get_role_display() if row.role else ""}


def _join_scrutineers(rows: list[Told]) -> str:
    return "、".join(
        f"{told.get('name', '')}（{told['role']}）" if told.get("role") else told.get("name", "")
        for told in rows
    )


_SCRUTINY = Writing(
    columns=columns(Scrutineer, ("name", "role"), people=("name",)),
    split=_split_scrutineers,
    build=_build_scrutineer,
    told=_tell_scrutineer,
    join=_join_scrutineers,
)


def _prepare(draft: Draft) -> None:
    values, rows = draft.values, draft.parts.get("candidates", [])
    values["host"] = draft.person(values["host_name"]) if values["host_name"] else None
    listed = [row for row in rows if not row.get("written_in")]
    votes = [row["in_favour"] for row in rows if row.get("in_favour") is not None]
    values["n_candidates"] = len(listed)
    values["n_elected"] = sum(bool(row.get("is_elected")) for row in rows)
    values["n_scrutineers"] = len(draft.parts.get("scrutineers", ()))
    values["total_in_favour"] = sum(votes) if votes else None
    valid = values["valid"]
    values["most_votes"] = values["seats"] * valid if valid is not None else None
    values["report_length"] = len(values["report"])
    seats = values["seats"]
    if (values["secretary_seats"] or 0) + (values["deputy_seats"] or 0) > seats:
        draft.wrong("其中书记名额", f"书记、副书记名额之和多于应选人数{seats}。")
    values["seats_parity"] = seats % 2 if of_committee(seats) else 1
    values["least_candidates"] = (seats * 12 + 9) // 10 if of_committee(seats) else seats


def of_committee(seats: int) -> bool:
    """Whether a committee is elected: without one, a secretary, and a deputy where need be, are
    elected by as many candidates.
    """
    return seats > 2


def _term(entry: Election) -> dict[str, str]:
    kind = (
        CommitteeTerm.Kind.COMMITTEE if of_committee(entry.seats) else CommitteeTerm.Kind.SECRETARY
    )
    return {"started_on": f"{entry.held_on}", "kind": str(kind.label)}


KIND = LedgerKind(
    slug="elections",
    title="支部换届（补选）",
    section="班子建设",
    titles=(
        "补选委员", "补选支委", "支委补选", "增补委员", "补选支部委员会议",
        "补选支部委员", "支部委员补选", "补选支部委员的情况报告", "换届选举工作报告", "换届选举情况汇报",
        "支部换届（补选）",
        "支部换届台账",
        "党支部换届选举材料",
        "支部换届选举登记表",
        "选举结果报告单",
        "计票结果报告单",
        "得票情况统计表",
        "选票及得票情况统计表",
        "换届选举情况报告", "换届选举结果报告", "补选结果报告", "选举情况报告", "选举结果报告", "换届选举登记表", "选举大会记录", "换届选举大会记录", "补选支部委员大会记录",
    ),
    kept_years=FOR_EVER,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(
        SameEvent(to="meetings", day="held_on", where={"kind": "members_assembly"}),
        SameEvent(to="meetings", day="first_committee_on", where={"kind": "committee_meeting"}),
    ),
    search_names=(),
    model=Election,
    asked=(
        "kind", "held_on", "reason", "decided_on", "request_no", "request_on", "reply_no", "reply_on",
        "agenda", "candidates_request_no", "candidates_request_on", "candidates_reply_no", "candidates_reply_on", "seats",
        "secretary_seats", "deputy_seats", "candidates_order", "method", "host_name", "report", "entitled_expected",
        "entitled_present", "issued", "returned", "valid", "invalid", "first_committee_on", "secretary_name",
        "deputy_names", "result_report_no", "result_report_on", "posts_request_no", "posts_request_on", "final_reply_no",
        "final_reply_on", "published_on",
    ),
    listed=("held_on", "kind", "seats", "entitled_expected", "entitled_present", "final_reply_on"),
    day="held_on",
    prepare=_prepare,
    items=("L15", "L28"),
    unique=("held_on",),
    parts=(
        Part(
            name="candidates", label="候选人得票", model=Candidate, owner="election", writing=_CANDIDATES, lines=6,
            hint="每人一行，如：示例甲（赞成：20；反对：0；弃权：1；结果：当选）；另选人写“另选人：是”",
            sheet=PartSheet(
                heads=("候选人姓名", "候选人", "姓名", "被选举人"),
                columns={
                    "赞成": ("赞成票", "赞成", "同意", "同意票", "得票数", "得赞成票", "赞成票数", "得票", "同意票数", "赞成数", "获赞成票", "得同意票"), "反对": ("反对票", "反对", "不同意", "不赞成票", "不赞成", "反对(票)", "不同意票", "反对票数", "反对数", "不赞成票数", "不同意票数"),
                    "弃权": ("弃权票", "弃权", "弃权票数", "弃权数"), "结果": ("结果", "选举结果", "是否当选", "当选情况", "当选与否", "选举情况"),
                },
                words={"未当选": "落选", "是": "当选", "否": "落选", "不当选": "落选"},
            ),
        ),
        Part(
            name="scrutineers", label=_SCRUTINEERS, model=Scrutineer, owner="election", writing=_SCRUTINY, hint="如：示例己（总监票人）、示例庚（监票人）、示例辛（计票人）", lines=2,
            sheet=PartSheet(roles=("总监票人", "监票人", "总计票人", "计票人", "唱票人", "监票员", "计票员", "唱票员")),
        ),
    ),
    papers=(
        ("assembly-request", "召开大会请示"), ("candidates-request", "候选人请示"), ("ballot", "选票"), ("tally", "计票结果报告单"),
        ("result-report", "选举结果报告"), ("posts-request", "书记任职请示"),
    ),
    office_papers=(
        ("assembly-reply", "同意召开大会的批复"), ("candidates-reply", "同意候选人的批复"), ("posts-reply", "同意书记任职的批复"),
    ),
    gives=(Gives(to="terms", values=_term, when=lambda entry: entry.kind != Election.Kind.BY_ELECTION),),
    facts=(
        entry_facts(
            "elections", Election, "kind", "held_on", "decided_on", "request_on", "reply_on", "candidates_request_on",
            "candidates_reply_on", "seats", "host_id", "host_name", "entitled_expected", "entitled_present", "issued",
            "returned", "valid", "invalid", "first_committee_on", "result_report_on", "final_reply_on", "published_on",
            "n_candidates", "n_elected", "n_scrutineers", "total_in_favour", "most_votes", "report_length",
            "least_candidates", "seats_parity", "request_no", "reply_no", "result_report_no", "final_reply_no",
        ),
        part_facts(
            "candidates", Candidate, "election", "person_id", "name", "in_favour", "against", "abstained", "is_elected",
            "written_in", on="election__held_on", valid="election__valid", entitled_present="election__entitled_present",
        ),
        part_facts("scrutineers", Scrutineer, "election", "person_id", "name", on="election__held_on"),
    ),
    also_called={
        "选举日期": "选举大会日期", "大会日期": "选举大会日期", "会议日期": "选举大会日期", "选举大会召开日期": "选举大会日期", "换届日期": "选举大会日期", "召开日期": "选举大会日期", "类别": "选举类别", "选举类型": "选举类别",
        "选举形式": "选举类别", "应到会党员": "应到有选举权人数", "应到会人数": "应到有选举权人数", "应到人数": "应到有选举权人数", "应到会有选举权党员": "应到有选举权人数", "应到有选举权党员": "应到有选举权人数",
        "应到会有选举权人数": "应到有选举权人数", "应到会党员数": "应到有选举权人数", "应到党员": "应到有选举权人数", "有选举权的党员": "应到有选举权人数", "实到会党员": "实到有选举权人数", "实到会人数": "实到有选举权人数",
        "实到人数": "实到有选举权人数", "实到会有选举权党员": "实到有选举权人数", "实到有选举权党员": "实到有选举权人数", "实到会有选举权人数": "实到有选举权人数", "实到会党员数": "实到有选举权人数", "实到党员": "实到有选举权人数",
        "实到会": "实到有选举权人数", "发出选票数": "发出选票", "发出票数": "发出选票", "发放选票": "发出选票", "发票数": "发出选票", "发票": "发出选票", "收回选票数": "收回选票", "收回票数": "收回选票",
        "回收选票": "收回选票", "收回": "收回选票", "收回票": "收回选票", "共收回": "收回选票", "共收回选票": "收回选票", "发出": "发出选票", "共发出选票": "发出选票", "其中有效票": "有效选票", "收票数": "收回选票", "收票": "收回选票", "有效票": "有效选票", "有效票数": "有效选票", "有效选票数": "有效选票", "无效票": "无效选票", "无效票数": "无效选票", "废票": "无效选票",
        "无效选票数": "无效选票", "应选名额": "应选人数", "应选委员人数": "应选人数", "应选委员名额": "应选人数", "应选委员": "应选人数", "应选委员数": "应选人数", "主持人": "大会主持人", "主持": "大会主持人",
        "会议主持人": "大会主持人", "监计票人": "监票人和计票人", "得票情况": "候选人得票", "候选人得票情况": "候选人得票", "选举结果": "候选人得票", "换届事由": "事由", "换届原因": "事由", "补选原因": "事由",
        "选举事由": "事由", "选举方式": "选举办法", "议程": "大会议程", "会议议程": "大会议程", "支委会研究时间": "支委会研究日期", "公布日期": "公开日期",
        "大会召开日期": "选举大会日期", "换届选举日期": "选举大会日期", "换届大会日期": "选举大会日期", "补选日期": "选举大会日期", "党员大会日期": "选举大会日期", "选举会议日期": "选举大会日期", "选举原因": "事由", "换届理由": "事由",
        "选举缘由": "事由", "应选支委数": "应选人数", "委员名额": "应选人数", "应选支委人数": "应选人数", "应选支委": "应选人数", "应选名额数": "应选人数", "候选人排序": "候选人排列", "排列方式": "候选人排列",
        "候选人排列方式": "候选人排列", "排序方式": "候选人排列", "候选人排列顺序": "候选人排列", "投票方式": "选举办法", "选举方法": "选举办法", "表决方式": "选举办法", "投票办法": "选举办法", "应到会正式党员": "应到有选举权人数",
        "应到正式党员": "应到有选举权人数", "有选举权党员": "应到有选举权人数", "有选举权人数": "应到有选举权人数", "有选举权党员数": "应到有选举权人数", "应参加选举人数": "应到有选举权人数", "应参加选举党员": "应到有选举权人数",
        "应到有选举权的党员": "应到有选举权人数", "应到有选举权党员数": "应到有选举权人数", "应到会有选举权的党员": "应到有选举权人数", "应到党员人数": "应到有选举权人数", "应到会有选举权党员数": "应到有选举权人数", "应到党员数": "应到有选举权人数",
        "应到": "应到有选举权人数", "到会有选举权党员": "实到有选举权人数", "参加选举人数": "实到有选举权人数", "实参加选举人数": "实到有选举权人数", "实际参加选举人数": "实到有选举权人数", "参加选举党员": "实到有选举权人数",
        "实到有选举权的党员": "实到有选举权人数", "实到正式党员": "实到有选举权人数", "实到有选举权党员数": "实到有选举权人数", "实到会有选举权的党员": "实到有选举权人数", "实到党员人数": "实到有选举权人数", "实际到会有选举权党员": "实到有选举权人数",
        "实到会有选举权党员数": "实到有选举权人数", "实到党员数": "实到有选举权人数", "实到": "实到有选举权人数", "实到会正式党员": "实到有选举权人数", "发放票数": "发出选票", "发出票": "发出选票", "共发选票": "发出选票",
        "发放选票数": "发出选票", "发选票": "发出选票", "发出选票总数": "发出选票", "回收选票数": "收回选票", "回收票数": "收回选票", "收回选票总数": "收回选票", "共收回选票数": "收回选票", "回收票": "收回选票", "有效": "有效选票",
        "有效票张数": "有效选票", "无效": "无效选票", "废票数": "无效选票", "作废票": "无效选票", "无效票张数": "无效选票", "第一次支委会日期": "首次支委会日期", "第一次支委会召开日期": "首次支委会日期", "首次支委会召开日期": "首次支委会日期",
        "新一届支委会第一次会议日期": "首次支委会日期", "支委会第一次会议日期": "首次支委会日期", "第一次支委会会议日期": "首次支委会日期", "书记人选": "当选书记", "当选支部书记": "当选书记", "书记当选人": "当选书记", "新任书记": "当选书记",
        "选举产生的书记": "当选书记", "新一届书记": "当选书记", "书记": "当选书记", "副书记当选人": "当选副书记", "当选支部副书记": "当选副书记", "新任副书记": "当选副书记", "副书记": "当选副书记", "主持者": "大会主持人",
        "大会主持": "大会主持人", "选举大会主持人": "大会主持人", "召集人": "大会主持人", "大会主要议程": "大会议程", "选举议程": "大会议程", "大会程序": "大会议程", "会议程序": "大会议程", "结果报告文号": "选举结果报告文号",
        "选举结果上报文号": "选举结果报告文号", "结果报告日期": "选举结果报告日期", "选举结果上报日期": "选举结果报告日期", "选举结果批复文号": "结果批复文号", "上级批复文号": "结果批复文号", "批复文号": "结果批复文号",
        "选举结果批复日期": "结果批复日期", "上级批复日期": "结果批复日期", "批复日期": "结果批复日期",
    },
    example={
        "选举类别": "换届", "选举大会日期": "2015-09-20", "召开大会请示文号": "示例支〔2015〕1号", "召开大会请示日期": "2015-08-15",
        "召开大会批复日期": "2015-08-20", "应选人数": "5", "应到有选举权人数": "30", "实到有选举权人数": "28", "发出选票": "28",
        "收回选票": "28", "有效选票": "28", "无效选票": "0", "候选人得票": "示例甲（赞成：27；反对：0；弃权：1；结果：当选）",
        "监票人和计票人": "示例己（总监票人）、示例庚（计票人）",
    },
    about="请示、批复、工作报告、选票样张和计票单的扫描件附在这条记录上；大会记录登记在会议台账，日期相同即视为同一次大会。",
)  # fmt: skip
