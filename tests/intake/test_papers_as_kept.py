"""Papers as schools and branches publish or keep them: what they say becomes fields, what is unsure
stays blank and is told.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import pytest

from taizhang.intake.reading import read
from taizhang.intake.reading.read import Document
from tests.intake import corpus


def _word(*blocks: str | Sequence[Sequence[str]], name: str = "a.docx") -> list[Document]:
    paper = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            paper.add_paragraph(block)
            continue
        table = paper.add_table(len(block), max(map(len, block)))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    data = io.BytesIO()
    paper.save(data)
    return read.documents(name, data.getvalue())


def _one(*blocks: str | Sequence[Sequence[str]]) -> tuple[str, dict[str, str], Document]:
    (found,) = _word(*blocks)
    assert found.kind is not None
    return found.kind.slug, found.records[0].values, found


REPORTS = [
    (
        ("松风小学召开首次党员大会", "信息来源：松风小学  发布时间：2013-10-23  浏览次数：112", "10月21日上午，松风小学召开了本学期首次党员大会。"),
        {"kind": "党员大会", "held_on": "2013-10-21"},
    ),
    (
        ("松风小学举行全体党员大会", "2024年10月18日，松风小学支部委员会举行了全体党员大会，内容为全会决定的学习。"),
        {"kind": "党员大会", "held_on": "2024-10-18"},
    ),
    (
        ("总务党支部召开2020年度组织生活会 开展民主评议党员", "发布时间：2021-04-01 浏览次数：", "根据《关于召开基层党组织生活会的通知》要求，3月19日下午，总务党支部召开组织生活会，支部书记样鹏主持会议。"),
        {"kind": "组织生活会", "held_on": "2021-03-19", "host_name": "样鹏"},
    ),
    (
        ("松风中学党课开讲了", "松风中学 2024-06-28 17:20 样林", "6月27日下午4点，第一党支部全体党员齐聚录播教室，聆听了党支部书记样正则带来的题为“纪律是最好的保护”的专题党课。", "大家交流了体会。"),
        {"kind": "党课", "held_on": "2024-06-27", "starts_at": "16:00", "place": "录播教室", "lecturer_name": "样正则", "theme": "纪律是最好的保护"},
    ),
    (
        ("松风中学召开预备党员转正大会", "12月15日下午，松风中学党支部预备党员转正大会在5号楼207会议室举行，由支部书记样正则主持，支部15名党员参加。", "全体到会有表决权的正式党员一致同意样山按期转正。", "发布时间：2023-12-18 编辑：样东君"),
        {"kind": "党员大会", "held_on": "2023-12-15", "place": "5号楼207会议室", "present_count": "15"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "told"), REPORTS)
def test_a_report_says_what_was_held_whatever_its_headline_names(
    lines: tuple[str, ...], told: dict[str, str]
) -> None:
    slug, values, _ = _one(*lines)

    assert slug == "meetings"
    assert told.items() <= values.items()
    assert "resolutions" not in values


@pytest.mark.parametrize(
    "line",
    [
        "来源:春山教育组 作者:样红霞 加入时间:2016-10-09",
        "（撰稿：样小香 审核：样兰兰 发布：样敏）",
        "2021-05-25 13:58:38　来源：样川在线　编辑：样勇",
        "图文/样晓琴 样晶晶",
        "（后勤党支部 供稿）",
    ],
)
def test_who_published_a_report_is_left_and_is_no_part_of_it(line: str) -> None:
    _, values, found = _one(
        "松风小学召开党员大会", "2021年9月7日下午，松风小学召开党员大会。", "大家学习了文件。", line
    )

    assert line in found.records[0].left
    assert line not in "".join(values.values())


def test_a_line_of_day_hour_and_room_below_minutes_is_theirs_and_nobody_published_it() -> None:
    _, values, _ = _one(
        "支委会记录",
        "2022.11.4　16：00　书记室",
        "到会：样知秋 样霜",
        "一、学习报告第五部分",
        "二、研究大会议程",
        "样霜：建议会上审议工作报告。",
        "样知秋：同意，材料由你准备。",
    )

    assert (values["held_on"], values["starts_at"], values["place"]) == (
        "2022-11-04",
        "16:00",
        "书记室",
    )
    assert values["discussion"].splitlines() == ["一、学习报告第五部分", "二、研究大会议程"]
    assert values["speeches"].startswith("样霜：建议")


def test_a_lecture_that_was_written_out_is_one() -> None:
    slug, values, _ = _one(
        "守住三尺讲台",
        "——在专题党课上的讲稿",
        "样知行",
        "（2022年7月1日）",
        "各位党员同志：",
        "一、讲台就是阵地。要守好课堂。",
    )

    assert slug == "meetings"
    assert (values["kind"], values["theme"], values["lecturer_name"], values["held_on"]) == (
        "党课",
        "守住三尺讲台",
        "样知行",
        "2022-07-01",
    )
    assert values["content"].endswith("要守好课堂。")


SHEET = [
    ["活动主题：缅怀先烈  时间：2022年5月20日14:00  地点：烈士陵园", "", "", "", "", ""],
    ["序号", "姓名", "签到", "序号", "姓名", "签到"],
    ["1", "样知行", "样知行", "3", "样思齐", "请假"],
    ["2", "样若溪", "样若溪", "4", "样怀瑾", ""],
]


def test_a_sheet_of_signatures_is_one_meeting_and_who_did_not_sign_is_told() -> None:
    (found,) = read.documents("签到.xlsx", corpus._sheet(SHEET, "主题党日活动签到表"))

    (record,) = found.records
    assert record.values["present"] == "样知行、样若溪"
    assert record.values["absent"] == "样思齐（请假）"
    assert record.values["held_on"] == "2022-05-20"
    assert "签到表上没有签名：样怀瑾" in record.left


def test_who_came_is_parted_from_who_did_not_and_from_counts() -> None:
    _, values, found = _one(
        "支部党员大会记录",
        "开会时间：2022年6月24日15:30",
        "会议内容：讨论样晓舟同志转正问题",
        "出席：支部共有党员6人。到会正式党员3人：样知行、样若溪、样远帆；预备党员1人：样晓舟；样大暑、样小暑同志外出培训缺席。",
        "主持：样知行",
        "一、请样晓舟同志汇报。",
        "样晓舟：一年来我坚持学习。",
        "二、请介绍人介绍情况。",
        "样远帆：该同志表现良好。",
        "三、表决。15票赞成，0票反对，1票弃权。",
        "大会决议：同意样晓舟同志按期转正。",
    )

    assert values["present"] == "样知行、样若溪、样远帆、样晓舟"
    assert values["absent"] == "样大暑（外出培训）、样小暑（外出培训）"
    assert values["agenda"] == "讨论样晓舟同志转正问题"
    assert "请介绍人" not in values["speeches"]
    assert values["votes"] == "同意样晓舟同志按期转正（赞成：15；反对：0；弃权：1）"
    assert "出席人员：支部共有党员6人" in found.records[0].left


def test_each_count_of_a_vote_goes_to_the_point_above_it() -> None:
    _, values, _ = _one(
        "党员大会会议记录",
        "时间：2022年6月24日",
        "主持：样知行",
        "记录：样清越",
        "一、讨论接收样子衿为预备党员",
        "经投票，赞成16票，反对0票，弃权0票。",
        "二、讨论样晓舟按期转正",
        "经投票，赞成14票，反对1票，弃权1票。",
    )

    assert values["votes"].splitlines() == [
        "讨论接收样子衿为预备党员（赞成：16；反对：0；弃权：0）",
        "讨论样晓舟按期转正（赞成：14；反对：1；弃权：1）",
    ]


def test_two_counts_below_one_point_are_nobodys() -> None:
    _, values, _ = _one(
        "党员大会会议记录",
        "时间：2022年6月24日",
        "主持：样知行",
        "记录：样清越",
        "一、讨论两名同志入党问题",
        "经投票，样子衿赞成16票，反对0票。",
        "经投票，样晓舟赞成14票，反对2票。",
    )

    assert "votes" not in values


def test_a_notice_of_several_people_is_a_record_for_each() -> None:
    (found,) = _word(
        "关于拟确定样子衿等2名同志为发展对象的公示",
        "经支委会研究，拟确定2名同志为发展对象，现公示如下：",
        [["姓名", "性别", "出生年月"], ["样子衿", "女", "1993.08"], ["样悠然", "男", "1995.02"]],
        "公示时间：2022年3月14日至3月18日。",
        "联系电话：0999-8800112。",
    )

    assert found.kind is not None
    assert found.kind.slug == "public-notices"
    assert [one.values["case"] for one in found.records] == ["样子衿", "样悠然"]
    assert {one.values["phone"] for one in found.records} == {"0999-8800112"}
    assert all("conclusion" not in one.values for one in found.records)


def test_the_letters_of_an_election_say_which_they_are() -> None:
    _, asked, _ = _one(
        "样中党〔2021〕3号",
        "关于召开支部党员大会进行换届选举的请示",
        "经支委会2021年4月12日研究，拟于2021年5月20日召开党员大会进行换届选举。",
        "新一届支部委员会拟由3名委员组成。",
        "2021年4月15日",
    )
    _, told, _ = _one(
        "关于增补支部委员选举结果的报告",
        "我支部于2023年9月15日召开党员大会，增补支部委员1名。",
        "大会应到党员22名，其中有选举权的正式党员21名，实到正式党员18名。发出选票18张，收回18张，有效票18张。",
        "样大雪得17票，样二宝得1票。样大雪同志当选。",
        "2023年9月18日",
    )

    assert (asked["request_no"], asked["request_on"]) == ("样中党〔2021〕3号", "2021-04-15")
    assert asked["seats"] == "3"
    assert "held_on" not in asked  # it is still ahead
    assert (told["kind"], told["entitled_expected"]) == ("补选", "21")
    assert told["result_report_on"] == "2023-09-18"


def test_a_column_of_another_ledger_beside_months_is_not_passed_in_silence() -> None:
    rows = [
        ["序号", "姓名", "党费缴纳标准（元/月）", "1月", "2月", "3月"],
        ["1", "样知行", "98", "98", "98", "98"],
    ]

    (found,) = read.documents("党费.xlsx", corpus._sheet(rows, "2022年党费收缴情况公示"))

    assert len(found.records) == 3
    assert any("党费缴纳标准" in one and "党费年度核定" in one for one in found.warnings)


def test_dues_beside_their_base_are_a_list_and_nothing_that_is_there_is_missing() -> None:
    rows = [
        ["收缴日期：2023年4月12日", "", "", "收缴人：样灵均", ""],
        ["姓名", "缴费基数", "应缴党费", "实缴党费", "签名"],
        ["样正则", "7800", "117", "117", "样正则"],
        ["样灵均", "6200", "93", "93", "样灵均"],
    ]

    found = read.documents("党费.xlsx", corpus._sheet(rows, "党费收缴登记表（2023年4月）"))

    paid, assessed = found
    assert paid.records[0].values["month"] == "2023-04"
    assert paid.records[0].values["paid_on"] == "2023-04-12"
    assert not any("月份" in one or "交纳日期" in one for one in paid.warnings)
    assert assessed.records[0].values["base"] == "7800.00"


def test_of_two_columns_for_who_used_a_room_the_one_with_people_is_read_and_the_other_told() -> (
    None
):
    rows = [
        ["日期", "时间", "使用部门", "活动内容", "参加人数", "负责人"],
        ["2023.3.3", "15:30-17:00", "党支部", "党员大会", "20", "样知秋"],
        ["2023.3.17", "14:00-15:00", "第一党小组", "学习", "7", "样霜"],
    ]

    (found,) = read.documents("阵地.xlsx", corpus._sheet(rows, "党员活动室使用情况登记表"))

    assert [one.values["user_name"] for one in found.records] == ["样知秋", "样霜"]
    assert any("使用部门" in one for one in found.warnings)


def test_the_marks_of_a_text_are_no_part_of_it() -> None:
    text = (
        "# 红马甲在行动\n\n**时间**：2023年3月5日 9:00—11:00\n\n**地点**：社区广场\n\n**参加人员**：样正则、"
        "样灵均\n\n**活动主题**：护花苗\n\n**活动内容**：党员教师为儿童义务辅导作业。\n\n**活动效果**：反映很好。\n\n党员志愿服务活动记录 松风中学党支部\n"
    )

    (found,) = read.documents("a.md", text.encode())

    assert found.kind is not None
    assert found.kind.slug == "activities"
    values = found.records[0].values
    assert (values["theme"], values["held_on"]) == ("护花苗", "2023-03-05")
    assert "*" not in "".join(values.values())


def test_money_told_with_its_parts_and_the_summary_of_a_life_meeting() -> None:
    _, funds, _ = _one(
        "松风小学党支部2022年度党建经费收支情况公示",
        "一、上年结余1250.50元。",
        "二、本年收入：上级拨付8000.00元。",
        "三、本年支出：7315.20元。其中：购买学习资料2100元；主题党日活动5215.20元。",
        "四、年末结余1935.30元。",
    )
    _, life, _ = _one(
        "松风小学党支部2022年度组织生活会情况报告",
        "我支部于2023年2月24日召开了2022年度组织生活会。",
        "一、会前准备情况。2月17日组织党员集中学习了党章；征求意见建议6条，主要反映活动形式单一。",
        "二、会议召开情况。支部书记代表支委会作对照检查，查摆出学习不深入等问题3个。",
        "2023年2月28日",
    )

    assert (funds["income"], funds["expense"]) == ("8000.00", "7315.20")
    assert life["study_on"] == "2023-02-17"
    assert life["opinions"] == "征求意见建议6条，主要反映活动形式单一"
    assert life["self_examination"].endswith("查摆出学习不深入等问题3个")


def test_members_who_called_on_others_are_named_without_their_posts() -> None:
    slug, values, _ = _one(
        "松风中学党支部走访慰问困难党员",
        "1月24日，党支部书记样克平、组织委员样霆走访慰问了样大山、样小河两位困难党员，送去祝福。",
        "来源：松风中学  时间：2019-01-25",
    )

    assert slug == "visits"
    assert values["visitors"] == "样克平、样霆"
    assert (values["object_name"], values["held_on"]) == (
        "样大山、样小河两位困难党员",
        "2019-01-24",
    )


def test_steps_that_a_table_counts_are_called_by_their_names() -> None:
    _, values, _ = _one(
        "发展党员全程纪实表",
        [["姓名", "样听涛", "性别", "男"], ["学历", "本科", "岗位", "教师"]],
        [
            ["步骤", "工作内容", "完成时间", "责任人"],
            ["1", "递交入党申请书", "2021年3月5日", "样听涛"],
            ["2", "党组织派人谈话", "2021年3月26日", "样清欢"],
        ],
    )

    assert [line.partition("：")[0] for line in values["steps"].splitlines()] == [
        "递交入党申请书",
        "党组织派人谈话",
    ]


def test_a_talk_is_between_the_two_whom_the_sentence_names() -> None:
    slug, values, _ = _one(
        "2023年12月8日，样沧澜书记在接待室与退休党员样海生同志谈心谈话",
        "样沧澜：您身体怎么样？",
        "样海生：眼睛不好，希望能有音频版。",
        "样沧澜：我们安排送学上门。",
    )

    assert slug == "talks"
    assert (values["talker"], values["talked_to"], values["place"]) == (
        "样沧澜",
        "样海生",
        "接待室",
    )
    assert values["content"].startswith("样沧澜：您身体怎么样？")
    assert "topic" not in values


def test_a_plan_of_service_and_rules_of_a_meeting_are_no_service_and_no_meeting() -> None:
    plan, planned, _ = _one(
        "松风小学党支部2024年志愿服务计划",
        "结对单位：松风社区（联系人：样安澜）",
        "一、3月　学雷锋义务劳动",
        "二、10月　重阳节敬老",
        "全年计划开展志愿服务活动2次。",
    )
    rules, told, _ = _one(
        "松风小学党支部主题党日制度",
        "第一条　每月相对固定一天开展主题党日。",
        "第二条　实行签到和请假制度。",
    )

    assert (plan, planned["partner"], planned["contact"]) == ("service-plans", "松风社区", "样安澜")
    assert (rules, told["title"]) == ("documents", "松风小学党支部主题党日制度")


def test_minutes_of_an_election_with_its_candidates_are_the_election() -> None:
    slug, values, _ = _one(
        "松风中学党支部换届选举大会会议记录",
        "时间：2024年6月14日下午4:00",
        "主持人：样博",
        "发出选票24张，收回24张，有效票24张",
        [
            ["候选人", "赞成", "不赞成", "弃权", "备注"],
            ["样广", "24", "0", "0", "当选"],
            ["样秋", "5", "17", "2", "未当选"],
        ],
    )

    assert slug == "elections"
    assert values["candidates"].splitlines() == [
        "样广（赞成：24；反对：0；弃权：0；结果：当选）",
        "样秋（赞成：5；反对：17；弃权：2；结果：落选）",
    ]


def test_everybody_and_some_others_who_took_part_are_no_number_to_be_expected() -> None:
    _, values, found = _one(
        "主题党日活动记录",
        [
            ["活动时间", "2024年3月22日15:30", "活动地点", "会议室"],
            ["参加人员", "全体党员15人，入党积极分子2人", "主持人", "样凤栖"],
            ["活动内容", "学习雷锋同志事迹。", "记录人", "样朝阳"],
        ],
    )

    assert not {"expected_count", "present_count", "present"} & values.keys()
    assert any("全体党员15人" in text for text in found.records[0].left)


def test_the_day_at_the_foot_of_a_report_says_the_year_and_is_named() -> None:
    _, values, found = _one(
        "第一党小组组织学习会议",
        "4月10日，第一党小组在年级办公室召开党小组会，会议由组长样秋实同志主持，应到9人，实到8人，样劲松同志因公出差。",
        "会上集体学习了条例，样劲草作交流发言。",
        "松风中学党支部　2024年4月12日",
    )

    assert values["held_on"] == "2024-04-10"
    assert values["absent"] == "样劲松（因公出差）"
    assert any("松风中学党支部　2024年4月12日" in text for text in found.records[0].warnings)
