"""What forms and sheets of meetings call their fields: minutes in Word and sheets of other systems say the same things."""

from __future__ import annotations

LABELS = {
    "title": ("会议名称", "名称", "活动名称"), "subject": ("会议主题", "活动主题", "主题", "会议题目"),
    "kind": ("会议类型", "会议类别", "类型", "类别", "会议种类", "活动类型", "活动类别"), "group": ("党小组",),
    "held_on": ("日期", "会议日期", "召开日期", "活动日期"),
    "time": ("时间", "会议时间", "召开时间", "起止时间", "时间起止", "活动时间", "开会时间", "授课时间"),
    "starts_at": ("开始时间",), "ends_at": ("结束时间",), "has_sign_sheet": ("签到表存有纸质原件",),
    "place": ("地点", "会议地点", "召开地点", "活动地点", "开会地点", "授课地点"),
    "host_name": ("主持人", "主持", "会议主持", "会议主持人", "活动主持人"), "recorder_name": ("记录人", "记录", "会议记录人", "记录员"),
    "expected_count": ("应到人数", "应到", "应到会人数", "应参加人数", "应出席人数", "应参会人数", "应到党员", "应到党员数", "应到党员人数", "应听人数"),
    "present_count": (
        "实到人数", "实到", "实到会人数", "实参加人数", "实出席人数", "实参会人数", "实到党员", "实到党员数", "实到党员人数", "出席人数", "参加人数", "参会人数", "实听人数",
    ),
    "both_counts": ("应到/实到", "应到实到", "应到/实到人数", "应到人数/实到人数", "应到、实到人数", "应到实到人数", "应/实到人数", "应到、实到"),
    "count": ("出席情况", "人数", "到会情况", "参会情况", "出席人数情况"), "absent_count": ("缺席人数", "请假人数"), "observer_count": ("列席人数",),
    "present": (
        "出席人员", "出席人员姓名", "参加人员", "参会人员", "到会人员", "出席人", "参加人", "参会人", "与会人员", "出席党员", "参加党员", "参会党员", "到会党员",
        "出席人员名单", "参加人员名单", "参会人员名单", "出席",
    ),
    "absent": (
        "缺席人员及原因", "缺席人员", "缺席人员及缺席原因", "请假人员", "缺席", "缺席及原因", "请假人员及事由", "请假人员及原因", "请假及事由", "请假及原因", "请假情况",
        "缺席情况", "请假", "请假人", "缺席人", "缺席名单", "缺席人员姓名及原因", "缺席人员、原因", "未到人员及原因", "未参加人员及原因", "缺席人员名单", "缺课人员", "缺课人员及原因", "缺课人员及补课情况",
    ),
    "observers": ("列席人员", "列席", "列席人", "列席人员名单"),
    "agenda": ("议程", "会议议程", "议题", "会议议题", "主要议题", "活动议程", "活动流程"),
    "discussion": (
        "讨论事项", "会议内容", "讨论", "主要内容", "会议主要内容", "活动内容", "活动主要内容", "会议记录", "活动记录", "会议情况", "活动情况", "讨论情况", "会议纪要", "内容",
    ),
    "speeches": ("发言要点", "发言", "发言记录", "讨论发言", "发言情况", "党员发言", "交流发言", "发言摘要"), "conclusion": ("结论性意见", "结论", "会议结论"),
    "resolutions": ("决议和通过的事项", "决议", "会议决议", "形成决议", "决议事项", "会议决定", "决定事项", "议定事项", "会议决议事项"),
    "votes": ("表决", "表决情况", "表决结果"),
    "theme": ("党课主题", "党课题目", "授课题目", "授课主题"), "lecturer_name": ("主讲人", "授课人", "主讲"), "lecturer_role": ("主讲人身份",), "content": ("党课内容", "党课内容摘要", "授课内容", "授课内容摘要"), "summary": ("总结讲评",),
}  # fmt: skip
_HEADERS = {"time": "held_on", "subject": "title"}
"""What a sheet of many meetings means by it: a column 时间 is the day, a column 主题 names the meeting."""
_NO_HEADERS = {"count", "both_counts", "absent_count", "observer_count", "group"}


def also_called() -> dict[str, str]:
    """Header → label of the form, for every name that a field goes by; the first of each line is the form's own."""
    own = {headers[0] for headers in LABELS.values()}
    return {
        header: LABELS[_HEADERS.get(name, name)][0]
        for name, headers in LABELS.items()
        if name not in _NO_HEADERS
        for header in headers
        if header not in own or name in _HEADERS
    }
