"""What a requirement's sentence asks for, as rules that a person may adopt: each with the words
that say so.
"""

from __future__ import annotations

import pytest

from taizhang.catalogue import load
from taizhang.catalogue.matching.lines import Line
from taizhang.catalogue.sentences import adopting, answer
from taizhang.catalogue.sentences.contents import bounds, contains, deadlines
from taizhang.catalogue.sentences.frequency import Proposed, proposed
from taizhang.rules.kinds.periodic import Periodic
from tests.catalogue import tables_of


def _rules(title: str, requirement: str = "", frequency: str = "") -> list[str]:
    found = proposed(Line(no=1, title=title, requirement=requirement, frequency=frequency))
    return [f"{p.ledger} {p.what or '-'} {p.every} {p.at_least} {p.per}" for p in found]


def test_the_rules_of_tables_in_other_hands_are_proposed() -> None:
    _, proposals, wrong = tables_of.scored(tables_of.TABLES)
    assert (proposals.precision >= 0.95, proposals.recall >= 0.85) == (True, True), "\n".join(wrong)


def test_every_rule_quotes_words_of_its_line() -> None:
    for path in tables_of.TABLES:
        for _, asked in zip(*tables_of.of(path), strict=True):
            text = f"{asked.line.title}\n{asked.line.requirement}\n{asked.line.frequency}"
            assert all(p.quote and p.quote in text for p in asked.proposed)


@pytest.mark.parametrize(
    ("title", "requirement", "rules"),
    [
        ("支委会", "每季度至少一次。", ["meetings committee quarter 1 branch"]),
        ("党课", "每年超过3次。", ["meetings lecture year 4 branch"]),
        ("党课", "每年不少于3次。", ["meetings lecture year 3 branch"]),
        ("党课", "每年4次以上。", ["meetings lecture year 4 branch"]),
        ("党课", "每年不超过3次。", []),
        ("党小组会", "每月一至二次。", ["meetings group month 1 group"]),
        ("组织生活会", "每学期召开一次。", ["meetings life half 1 branch"]),
        ("志愿服务", "每名党员每年参加不少于2次。", ["activities - year 2 member"]),
        ("党员学习", "每年集中学习不少于32学时。", []),
        ("组织生活会", "每年12月底前上报总结。", []),
        ("支委会", "每半年研究一次意识形态工作。", []),
        ("支委会", "每两个月召开一次。", []),
        ("政治生日", "每月过一次政治生日。", []),
        ("学习计划", "台账要体现每年的学习计划。", []),
        ("学习计划", "年初制定学习计划。", []),
        ("支委会", "少一次扣1分，未开不得分。", []),
        ("党员大会", "每少开1次扣2分。", []),
        ("支委会", "每月召开一次，少一次扣1分。", ["meetings committee month 1 branch"]),
        ("党费收缴", "未按月收缴的，每次扣1分。", ["dues-payments - month 1 branch"]),
        ("支委会", "支委会是否每个月都开？", ["meetings committee month 1 branch"]),
        ("党小组会", "是否一月一开？", ["meetings group month 1 group"]),
        ("党课", "一季一课。", ["meetings lecture quarter 1 branch"]),
        ("党费登记簿", "每名党员每月一记。", ["dues-payments - month 1 member"]),
        ("师德教育", "每学期组织一次师德专题学习。", []),
        (
            "组织生活",
            "每年召开1次组织生活会并开展民主评议党员。",
            ["meetings life year 1 branch", "assessments - year 1 branch"],
        ),
        (
            "组织生活",
            "每年组织生活会一次，评议党员一次。",
            ["meetings life year 1 branch", "assessments - year 1 branch"],
        ),
        (
            "党费收缴情况",
            "重点检查核定、按月收缴、公示等记录。",
            ["dues-payments - month 1 branch"],
        ),
        ("党费收缴", "收缴、使用情况每年公布一次。", ["disclosures - year 1 branch"]),
        ("党费收缴情况（每月）", "", ["dues-payments - month 1 branch"]),
        ("党员大会", "季度一次", ["meetings assembly quarter 1 branch"]),
        ("党员大会", "第三季度一次", []),
        ("党费", "月月清", ["dues-payments - month 1 branch"]),
        ("党小组是否每月召开会议", "", ["meetings group month 1 group"]),
        (
            "党费",
            "每年核定党费标准，党员是否按月交纳",
            ["dues-assessments - year 1 branch", "dues-payments - month 1 branch"],
        ),
        ("党费收缴", "按月。", ["dues-payments - month 1 branch"]),
        ("党费", "有没有按月交党费", ["dues-payments - month 1 branch"]),
        ("学习计划", "年度计划", []),
        ("组织生活会", "每年召开1次，会前开展谈心谈话。", ["meetings life year 1 branch"]),
        ("思想汇报", "每半年组织党员汇报1次思想。", ["thought-reports - half 1 branch"]),
        ("党员大会", "季季召开。", ["meetings assembly quarter 1 branch"]),
        ("一个季度内未召开支部党员大会的", "", ["meetings assembly quarter 1 branch"]),
        ("书记一年内没有讲过党课的", "", ["meetings lecture year 1 branch"]),
        ("民主评议党员是否一年一评", "", ["assessments - year 1 branch"]),
        (
            "党课",
            "每年不少于四次，其中书记主讲不少于一次。",
            ["meetings lecture year 4 branch", "meetings lecture year 1 branch"],
        ),
        ("党费", "每年6月、12月各公示一次。", ["disclosures - year 2 branch"]),
        ("党务公开", "3月、9月各公开一次。", ["disclosures - year 2 branch"]),
        ("党费收缴", "未按月收缴扣1分，未公示扣1分。", ["dues-payments - month 1 branch"]),
        ("学习笔记", "党员读书笔记每季一评。", []),
        ("主题党日", "每月第一个星期五。", ["meetings theme_day month 1 branch"]),
        ("支委会", "逢单月召开。", []),
        (
            "每月",
            "召开支委会；每名党员参加志愿服务两次",
            ["meetings committee month 1 branch", "activities - month 2 member"],
        ),
        ("师生谈话", "班主任每学期与学生谈心一次。", []),
        ("党员大会／季度", "记录、签到", ["meetings assembly quarter 1 branch"]),
        (
            "党课",
            "≥4次/年，其中书记≥1次",
            ["meetings lecture year 4 branch", "meetings lecture year 1 branch"],
        ),
        ("志愿服务", "≥2次/年·人", ["activities - year 2 member"]),
        ("党员大会一年开几次？支委会多久开一次？", "", []),
        (
            "党费收支",
            "按月收、按年公示。",
            ["dues-payments - month 1 branch", "disclosures - year 1 branch"],
        ),
        ("支委履职", "分工明确，每月向支委会汇报一次。", []),
        ("党员教育培训每学期不少于2次", "", ["study-sessions - half 2 branch"]),
        ("支部建设", "党员教育培训每学期不少于2次。", ["study-sessions - half 2 branch"]),
        ("公开", "党务每季度公开一次，村务每月公开一次。", ["disclosures - quarter 1 branch"]),
        (
            "党员大会",
            "每季度召开1次（外派分散的支部半年不少于1次）。",
            ["meetings assembly quarter 1 branch"],
        ),
        (
            "三会",
            "党员大会（每季度一次）、支委会（每月一次）记录",
            ["meetings assembly quarter 1 branch", "meetings committee month 1 branch"],
        ),
        (
            "会议",
            "每月召开1次支委会和1次党小组会。",
            ["meetings committee month 1 branch", "meetings group month 1 group"],
        ),
        ("党费", "每月10日前完成党费收缴。", ["dues-payments - month 1 branch"]),
        ("党费", "党费按时上缴，每半年一次。", ["dues-remittances - half 1 branch"]),
        (
            "党费收支",
            "按月收、按季缴、半年公示。",
            [
                "dues-payments - month 1 branch",
                "dues-remittances - quarter 1 branch",
                "disclosures - half 1 branch",
            ],
        ),
        ("党费", "党员党费每季度交纳。", ["dues-payments - quarter 1 branch"]),
        ("集中学习", "每月不少于两个半天。", ["study-sessions - month 2 branch"]),
        (
            "志愿服务",
            "支部每年组织4次，每名党员参加不少于2次。",
            ["activities - year 4 branch", "activities - year 2 member"],
        ),
        ("结对帮扶", "每名党员结对一户，每季度走访一次。", ["visits - quarter 1 member"]),
        ("发展党员", "每年6月和12月对积极分子考察。", ["case-reviews - year 2 branch"]),
        ("组织生活会", "每年11月、12月间召开。", ["meetings life year 1 branch"]),
        ("发展党员", "支委会每半年分析积极分子情况一次。", []),
        ("发展党员", "支委会每半年对积极分子考察一次。", ["case-reviews - half 1 branch"]),
        ("积极分子", "每年集中培训一次。", ["case-trainings - year 1 branch"]),
        (
            "预备党员教育考察",
            "每季度谈话一次，每半年填写考察表。",
            ["case-talks - quarter 1 branch", "case-reviews - half 1 branch"],
        ),
        (
            "积极分子",
            "每季度汇报思想，党小组每月研究一次。",
            ["thought-reports - quarter 1 branch"],
        ),
        ("党委理论学习中心组", "每季度一次。", []),
        ("党建经费", "每年列入预算。", ["budgets - year 1 branch"]),
        ("组织生活会", "①一年一次；②会前谈心谈话。", ["meetings life year 1 branch"]),
        ("党费公示", "每年6月、12月", ["disclosures - year 2 branch"]),
        (
            "会议",
            "党员大会每季度、支委会每月、党小组会每月至少召开1次。",
            [
                "meetings assembly quarter 1 branch",
                "meetings committee month 1 branch",
                "meetings group month 1 group",
            ],
        ),
        (
            "党费制度",
            "每年1月核定党费，按月收缴，每季度上缴。",
            [
                "dues-assessments - year 1 branch",
                "dues-payments - month 1 branch",
                "dues-remittances - quarter 1 branch",
            ],
        ),
        ("1月", "核定党员全年党费标准。", []),
        ("党员管理", "党费每月收缴（4分）。", ["dues-payments - month 1 branch"]),
        ("党员学习笔记每年不少于1万字（3分）", "", []),
        ("党日", "12次/年", ["meetings theme_day year 12 branch"]),
        ("党务公开", "公开栏内容一季一换。", ["disclosures - quarter 1 branch"]),
        ("集中学习", "每月10日、25日为学习日。", ["study-sessions - month 2 branch"]),
        ("集中学习", "每月9日、10日学习。", ["study-sessions - month 1 branch"]),
        (
            "组织生活",
            "党员大会每季度、主题党日每月按时开展。",
            ["meetings assembly quarter 1 branch", "meetings theme_day month 1 branch"],
        ),
        ("支委会记录", "本季度应有3次", ["meetings committee quarter 3 branch"]),
        ("党费收缴明细", "本季度应有3个月", []),
        ("支部换届", "本年度完成。", []),
        ("党费资料", "年度核定表、上缴票据。", []),
        ("党费收缴", "党支部每半年上交党委。", ["dues-remittances - half 1 branch"]),
        ("党课", "每学期由书记或支委讲党课两次。", ["meetings lecture half 2 branch"]),
        ("党课", "书记、支委每年各讲党课1次。", []),
        ("联系群众", "每名党员每学期家访不少于两次。", ["visits - half 2 member"]),
        ("公众号", "每月推送党员教育内容不少于2期。", ["pushes - month 2 branch"]),
        ("学习笔记", "每人每年1本。", ["study-notes - year 1 member"]),
        ("党员大会记录本", "每年一本。", []),
        ("思想汇报", "积极分子每人2篇。", []),
        ("党课", "每季度1次，其中书记讲课不少于2次。", ["meetings lecture quarter 1 branch"]),
        ("书记当年没有讲党课的", "", ["meetings lecture year 1 branch"]),
        ("支部主题党日", "每月确定一天。", ["meetings theme_day month 1 branch"]),
        (
            "党费收缴",
            "每月党员主动交，支部每季汇总上缴。",
            ["dues-payments - month 1 branch", "dues-remittances - quarter 1 branch"],
        ),
        ("组织生活会对照检查材料", "每人每年1份", []),
        ("党费收缴", "每名党员每月按核定标准交纳党费。", ["dues-payments - month 1 member"]),
        ("每季度至少组织一次党课学习。", "", ["meetings lecture quarter 1 branch"]),
        ("支委与每名党员每半年谈话至少1次", "", ["talks - half 1 member"]),
        ("党费", "党费是否按季度上解，有无拖欠", ["dues-remittances - quarter 1 branch"]),
        ("党费收缴", "每月20日前收齐上缴。", ["dues-payments - month 1 branch"]),
        (
            "党费核定准确，每月按时足额交纳，收缴情况每年向党员公布1次。",
            "未按月交纳扣2分；未公布扣1分。",
            ["dues-payments - month 1 branch", "disclosures - year 1 branch"],
        ),
        ("服务职工", "党员每年至少帮扶一名困难职工。", ["activities - year 1 branch"]),
        ("三会一课", "看支部大会、支委会是否按月、按季召开。", []),
        (
            "查党费，看收缴是否按月、上缴是否按季",
            "",
            ["dues-payments - month 1 branch", "dues-remittances - quarter 1 branch"],
        ),
    ],
)
def test_windows_counts_and_what_is_neither(title: str, requirement: str, rules: list[str]) -> None:
    assert _rules(title, requirement) == rules


def test_a_number_alone_is_said_of_what_its_header_says() -> None:
    assert _rules("支委会", "", "每年应开次数\n12") == ["meetings committee year 12 branch"]
    assert _rules("支委会", "", "应开次数\n12") == []
    both = ["meetings lecture quarter 1 branch", "meetings lecture year 4 branch"]
    assert _rules("党课", "", "每季度\n1次\n每年\n≥4") == both
    assert _rules("组织生活会", "", "年度\n1—2次") == ["meetings life year 1 branch"]
    assert _rules("谈心谈话", "", "每名党员每年\n2") == ["talks - year 2 member"]
    assert _rules("党课", "", "每年（不超过）\n4") == []
    assert _rules("党课", "", "次数(不超过)\n每年\n4") == []
    assert _rules("支委会、党员大会", "", "每月\n每季度") == []
    assert _rules("支委会", "", "每周\n1") == []


def test_a_column_of_its_own_says_how_often() -> None:
    assert _rules("支委会", "记录完整", "1次/月") == ["meetings committee month 1 branch"]
    assert _rules("党员大会", "", "每季") == ["meetings assembly quarter 1 branch"]
    assert _rules("党员大会", "", "及时") == []
    assert _rules("党员大会", "", "每季度末") == ["meetings assembly quarter 1 branch"]
    assert _rules("民主评议党员", "", "每年12月") == ["assessments - year 1 branch"]
    assert _rules("党员大会", "", "季末前") == []
    of_one_work = "学习计划、学习记录、心得体会"
    assert _rules("学习教育盒", of_one_work, "每月两次") == ["study-sessions - month 2 branch"]


def test_how_often_may_be_divided_between_two_columns() -> None:
    assert _rules("结对共建", "与社区开展活动2次以上", "每年") == ["activities - year 2 branch"]
    assert _rules("党员大会", "不少于2次", "每半年") == ["meetings assembly half 2 branch"]
    assert _rules("党员大会", "第一次讨论计划", "每季度") == ["meetings assembly quarter 1 branch"]
    assert _rules("党课", "不超过3次", "每年") == ["meetings lecture year 1 branch"]
    assert _rules("党课", "书记讲2次，委员讲3次", "每年") == ["meetings lecture year 1 branch"]


def test_a_book_or_paper_of_each_beside_how_often_is_one_of_each_member() -> None:
    assert _rules("学习笔记", "每人一本", "每年") == ["study-notes - year 1 member"]
    assert _rules("思想汇报", "每人2篇", "每季度") == ["thought-reports - quarter 2 member"]
    assert _rules("支委会记录", "每年一本") == []
    (each,) = bounds("党员学习笔记每人一本。")
    assert (each.op, each.value, each.unit, each.quote) == ("ge", "一", "本", "每人一本")


def test_what_a_column_of_frequency_is_said_of_stands_beside_it() -> None:
    assert _rules("党费上缴", "向上级上缴", "每季度1次") == ["dues-remittances - quarter 1 branch"]
    assert _rules("积极分子培养", "对其考察", "每半年1次") == ["case-reviews - half 1 branch"]
    assert _rules("党费公示", "", "每年") == ["disclosures - year 1 branch"]


def test_lectures_of_the_secretary_are_no_number_of_all_lectures() -> None:
    def told(title: str, requirement: str, **more: str) -> list[str]:
        line = Line(no=1, title=title, requirement=requirement, **more)  # type: ignore[arg-type]
        return [answer.told(one, "") for one in proposed(line)]

    both = ["每年至少4次党课", "每年至少1次支部书记上党课"]
    assert told("党课", "每年不少于四次，其中有一次是支部书记上党课。") == both
    assert told("书记讲党课", "每年2次。") == ["每年至少2次支部书记上党课"]
    assert told("讲党课", "每年2次。", category="党支部书记") == ["每年至少2次支部书记上党课"]
    assert told("党课", "每季度一次，书记带头讲。") == ["每季度至少1次党课"]
    assert told("讲党课", "书记、委员讲。", frequency="每季1次") == ["每季度至少1次党课"]
    assert told("党课", "每季度1次；班子成员每年讲党课1次。") == ["每季度至少1次党课"]
    assert told("党课", "全年4次，其中行长、书记至少各讲1次。") == ["每年至少4次党课"]
    own = ["每季度至少1次党课", "每年至少1次支部书记上党课"]
    assert told("党课每季度不少于1次；支部书记每年至少讲1次党课。", "") == own
    assert told("全年党课少于4次的，每少一次扣2分；书记未讲党课的扣3分", "") == ["每年至少4次党课"]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("党费收缴台账", "每月至少1次党费收缴"),
        ("谈心谈话记录", "每月至少1次谈心谈话"),
        ("支部学习计划", "每月至少1份支部学习计划"),
        ("思想汇报", "每月至少1份思想汇报"),
    ],
)
def test_what_is_done_so_often_is_counted_and_no_ledger(title: str, told: str) -> None:
    rule = Proposed("dues-payments", "", "month", 1, "branch", "每月一次")
    assert answer.told(rule, title) == told


def test_a_catalogue_without_a_number_takes_the_secretarys_lectures_as_such() -> None:
    (rule,) = proposed(Line(no=1, title="党课", requirement="书记每年讲党课2次。"))
    today = load.named("zhibu-2026")
    assert adopting.compared(today, "L31", rule).difference == "new"
    adoption = adopting.Adoption("L31", rule)
    item = adopting.adopt(today, [adoption], "《通知》", {}).item("L31")
    assert item
    made = item.rules[0]
    assert isinstance(made, Periodic)
    assert made.held_by is not None
    assert (made.held_by.belongs, made.every, made.at_least) == ("secretary", "year", 2)
    assert made.says == "支部书记上党课每年至少2次"


def test_a_table_without_the_party_proposes_nothing() -> None:
    line = Line(no=1, title="走访", requirement="校领导每月走访一次。", among_ours=False)
    assert proposed(line) == []


def test_what_a_record_must_contain_is_a_list_of_elements() -> None:
    found = contains("会议记录要写明时间、地点、参加人员、主持人、记录人、议题和决议。每年检查。")
    assert [one.fields for one in found] == [
        ("时间", "地点", "参加人员", "主持人", "记录人", "议题", "决议")
    ]
    assert found[0].quote == "时间、地点、参加人员、主持人、记录人、议题和决议"
    assert contains("党课有讲稿、签到表、照片，会议记录、活动方案齐全。") == [], (
        "papers side by side"
    )
    assert contains("每月开展支部主题党日，内容充实，形式多样。时间固定、主题明确。") == []


def test_more_than_is_not_at_least() -> None:
    found = bounds("到会党员超过应到会人数的五分之四，学习不少于32学时，公示不少于5个工作日。")
    assert [(one.op, one.value, one.unit) for one in found] == [
        ("gt", "五分之四", ""), ("ge", "32", "学时"), ("ge", "5", "工作日"),
    ]  # fmt: skip
    (half,) = bounds("须有半数以上委员到会。")
    assert (half.op, half.value, half.quote) == ("ge", "半数", "半数以上")


def test_days_by_which_something_is_done() -> None:
    assert deadlines("每年1月底前制定计划，10个工作日内报备。") == ["每年1月底前", "10个工作日内"]
