"""会议台账 (L28–L31): meetings of every kind."""

from __future__ import annotations

from taizhang.kernel.calendar import clock
from taizhang.ledgers.kind import (
    FOR_EVER,
    NOBODY,
    Entering,
    Gives,
    LedgerKind,
    OwnPage,
    PaperForm,
    by_years,
    entry_facts,
    part_facts,
)
from taizhang.ledgers.kinds.meetings import labels, reading, votes
from taizhang.ledgers.kinds.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Resolution,
    Speech,
    Vote,
)
from taizhang.ledgers.part import Part, PartSheet

_OF_MEETING = {
    "on": "meeting__held_on",
    "meeting_kind": "meeting__kind",
    "group_id": "meeting__group_id",
}


def _room_use(entry: Meeting) -> dict[str, str]:
    return {
        "room": entry.place,
        "used_on": f"{entry.held_on}",
        "starts_at": clock(entry.starts_at),
        "ends_at": clock(entry.ends_at),
        "activity": entry.title or entry.theme or entry.get_kind_display(),
        "user_name": entry.recorder_name,
        "people": str(entry.present_count or ""),
    }


def _study(entry: Meeting) -> dict[str, str]:
    there = entry.attendance.filter(state="present").order_by("pk")
    hours = max(1, round((entry.minutes or 60) / 60))
    return {
        "held_on": f"{entry.held_on}",
        "place": entry.place,
        "topic": entry.theme or entry.title,
        "lecturer": entry.lecturer_name,
        "hours": str(hours),
        "attendees": "、".join(row.name for row in there),
    }


def _life(entry: Meeting) -> dict[str, str]:
    year = entry.held_on.year - (entry.held_on.month < 7)
    return {
        "assessment_year": str(year),
        "held_on": f"{entry.held_on}",
        "theme": entry.theme or entry.title,
    }


def _poll(entry: Meeting) -> dict[str, str]:
    year = entry.held_on.year - (entry.held_on.month < 7)
    return {
        "year": str(year),
        "held_on": f"{entry.held_on}",
        "present": str(entry.present_count or ""),
    }


_STUDIES = (Meeting.Kind.LECTURE, Meeting.Kind.THEME_DAY, Meeting.Kind.ASSEMBLY)


_ASKED = (
    "kind", "group", "title", "ordinal", "held_on", "starts_at", "ends_at", "place", "host_name", "recorder_name",
    "expected_count", "present_count", "theme", "lecturer_name", "lecturer_role", "content", "discussion",
    "conclusion", "summary", "online", "has_sign_sheet",
)  # fmt: skip

KIND = LedgerKind(
    slug="meetings",
    title="会议台账",
    section="党内政治生活",
    titles=(
        "会议记录", "会议记录表", "会议记录簿", "会议台账", "三会一课记录", "三会一课记录表", "三会一课活动记录", "三会一课活动记录表", "三会一课台账",
        "三会一课情况一览表", "三会一课开展情况一览表", "组织生活记录", "党组织生活记录", "组织生活记录本",
    ),
    kept_years=FOR_EVER,
    owner=NOBODY,
    form=PaperForm.MINUTES,
    same_event=(),
    search_names=(),
    subject_of=("committee_before_life",),
    is_event=True,
    titles_by=(
        "kind",
        {
            "members_assembly": ("党员大会会议记录", "党员大会记录", "支部党员大会记录", "支部大会记录", "支部大会会议记录", "换届党员大会会议记录", "党员大会台账"),
            "committee_meeting": ("支委会会议记录", "支委会记录", "支部委员会会议记录", "支部委员会记录", "支委会台账"),
            "group_meeting": ("党小组会会议记录", "党小组会议记录", "党小组会记录", "党小组会台账", "党小组活动记录", "党小组学习记录"),
            "party_lecture": ("党课记录", "党课登记表", "党课教育登记表", "党课记录表", "上党课记录", "党课台账", "书记上党课记录", "党课教育记录", "党课情况登记表"),
            "org_life_meeting": ("组织生活会会议记录", "组织生活会记录", "组织生活会记录表"),
            "theme_day": ("主题党日活动记录", "主题党日记录", "主题党日活动记录表", "主题党日登记", "主题党日登记表", "主题党日活动登记表", "党员活动日活动记录", "党员活动日记录", "党员活动日登记表", "党员统一活动日记录", "党员统一活动日活动记录", "统一活动日活动记录", "党员固定活动日活动记录", "组织生活日活动记录", "党员主题活动日记录"),
        },
    ),
    kept_by=(
        "kind",
        {
            "members_assembly": FOR_EVER, "committee_meeting": 30, "org_life_meeting": 30, "group_meeting": 10, "party_lecture": 10,
            "theme_day": 10, "other": 10,
        },
    ),
    entering=Entering(
        pages=(
            OwnPage(url="ledgers:read-minutes", label="读入会议记录"),
            OwnPage(url="ledgers:group-meetings", label="各党小组会"),
        ),
        ticks_roster=True,
        copied=("starts_at", "ends_at", "place", "host_name", "recorder_name"),
        of_same=("group",),
        asked_for={
            "group": "党小组会", "conclusion": "党小组会", "theme": "党课", "lecturer_name": "党课", "lecturer_role": "党课", "content": "党课",
            "summary": "党课",
        },
        headings={"kind": "基本情况", "has_sign_sheet": "到会", "agenda": "议程、发言和决议"},
        worked_out={
            "minutes": "ends_at", "text_length": "discussion", "text_mark": "discussion", "n_speakers": "speeches", "content_mark": "content",
            "absent_mark": "absent", "n_repeated": "present", "n_present": "present",
        },
    ),
    model=Meeting,
    asked=_ASKED,
    also_called=labels.also_called(),
    listed=("held_on", "kind", "group", "title", "place", "host_name", "expected_count", "present_count"),
    day="held_on",
    prepare=reading.prepare,
    texts=("title", "theme"),
    compared=("content", "discussion"),
    items=("L28", "L29", "L30", "L31", "L32"),
    parts=(
        Part(
            name="present", label="出席人员", model=Attendance, owner="meeting", where={"state": "present"},
            writing=reading.PRESENT, hint="姓名之间用顿号分开",
        ),
        Part(
            name="absent", label="缺席人员及原因", model=Attendance, owner="meeting", where={"state": "absent"},
            writing=reading.ABSENT, hint="如：示例甲（病假）、示例乙（公差）", lines=2,
        ),
        Part(
            name="observers", label="列席人员", model=Attendance, owner="meeting", where={"state": "observer"},
            writing=reading.OBSERVERS, lines=2,
        ),
        Part(
            name="agenda", label="议程", model=AgendaItem, owner="meeting", writing=reading.AGENDA, is_plan=True, hint="每行一项",
        ),
        Part(
            name="speeches", label="发言要点", model=Speech, owner="meeting", writing=reading.SPEECHES, hint="每人一行，如：示例甲：……；有几项议程的，先写“议题1”一行，再写各人发言", lines=5,
        ),
        Part(
            name="resolutions", label="决议和通过的事项", model=Resolution, owner="meeting", writing=reading.RESOLUTIONS, hint="每行一项，末尾可注（负责人：示例甲；期限：2018-10-01；完成：2018-09-20）",
        ),
        Part(
            name="votes", label="表决", model=Vote, owner="meeting", writing=reading.VOTES, propose=votes.proposals,
            rare=("method", "written", "issued", "returned", "valid", "invalid"),
            hint="每行一项，如：接收示例甲为预备党员（类别：接收预备党员；方式：无记名投票；应到：16；实到：15；发出：15；收回：15；"
            "有效：15；赞成：15；反对：0；弃权：0；结果：通过）",
            sheet=PartSheet(
                heads=("表决事项", "事项", "议题"),
                columns={
                    "应到": ("应到", "应到人数"), "实到": ("实到", "实到人数"), "发出": ("发出", "发出票数", "发出选票"), "收回": ("收回", "收回票数", "收回选票"),
                    "有效": ("有效票", "有效"), "赞成": ("赞成", "赞成票", "同意", "同意票"), "反对": ("反对", "反对票", "不同意"), "弃权": ("弃权", "弃权票"),
                    "结果": ("结果", "表决结果"),
                },
            ),
        ),
    ),
    gives=(
        Gives(to="room-uses", values=_room_use, when=lambda entry: bool(entry.place)),
        Gives(to="study-sessions", values=_study, when=lambda entry: entry.kind in _STUDIES),
        Gives(to="life-meetings", values=_life, when=lambda entry: entry.kind == Meeting.Kind.LIFE),
        Gives(to="assessment-polls", values=_poll, when=lambda entry: entry.kind == Meeting.Kind.LIFE),
    ),
    facts=(
        entry_facts(
            "meetings", Meeting, "kind", "group_id", "ordinal", "year", "previous_ordinal", "host_is_recorder", "held_on", "starts", "ends", "minutes", "place", "title",
            "host_name", "recorder_name", "host_id", "recorder_id", "lecturer_id", "expected_count", "present_count",
            "theme", "lecturer_name", "has_sign_sheet",
            "n_files", "host_state", "recorder_state", "lecturer_state", "n_present", "n_absent", "n_repeated",
            "n_agenda", "n_speeches", "n_speakers", "n_resolutions", "n_votes", "text_length", "text_mark",
            "content_mark", "absent_mark", "said_expected", "said_present", "entry_mode", recorded_on="recorded_at",
            recorded_minute="recorded_at__minute", recorded_by_id="recorded_by_id",
            discussion="discussion__length", conclusion="conclusion__length", summary="summary__length",
            content="content__length",
        ),
        by_years(
            part_facts(
                "attendance", Attendance, "meeting", "person_id", "name", "state", "reason",
                starts="meeting__starts", ends="meeting__ends", place="meeting__place", **_OF_MEETING,
            ),
            "on",
        ),
        part_facts("speeches", Speech, "meeting", "name", "like_low", "like_high", **_OF_MEETING),
        part_facts("agenda", AgendaItem, "meeting", "n_speakers", **_OF_MEETING),
        part_facts("resolutions", Resolution, "meeting", "responsible", "due_on", "done_on", **_OF_MEETING),
        part_facts(
            "votes", Vote, "meeting", "matter", "method", "entitled_expected", "entitled_present", "issued", "returned",
            "valid", "invalid", "in_favour", "against", "abstained", "written", "passed",
            meeting_present="meeting__present_count", meeting_expected="meeting__expected_count", **_OF_MEETING,
        ),
    ),
    example={
        "会议类型": "支委会", "会议名称": "2016年3月支委会", "日期": "2016-03-08", "开始时间": "15:30", "结束时间": "16:30",
        "地点": "党员活动室", "主持人": "示例甲", "记录人": "示例乙", "议程": "讨论本月工作", "出席人员": "示例甲、示例乙、示例丙",
        "讨论事项": "……", "发言要点": "示例甲：……\n示例乙：……", "决议和通过的事项": "……（负责人：示例乙；期限：2016-03-31）",
        "签到表存有纸质原件": "是",
    },
    about="支委会、党小组会填写会议名称和发言要点；党小组会填写结论性意见；党课填写主题、主讲人、内容和总结讲评。",
)  # fmt: skip
