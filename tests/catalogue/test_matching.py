"""Whose words a requirement is written in does not matter: each line means the items
that it means.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from taizhang.catalogue import load
from taizhang.catalogue.matching.lines import FIRST, Line, in_company, match
from taizhang.catalogue.matching.plain import Plain
from taizhang.notices import read
from tests.catalogue import tables_of
from tests.catalogue.edits import EDITS, edited
from tests.notices.papers import SAMPLE


def _items(title: str, requirement: str = "", *, subcategory: str = "") -> list[str]:
    line = Line(no=1, title=title, requirement=requirement, subcategory=subcategory)
    return sorted(one.item for one in match(line, load.named(FIRST)))


def test_tables_in_other_hands_are_matched() -> None:
    items, _, wrong = tables_of.scored(tables_of.TABLES)
    assert len(tables_of.TABLES) >= 12
    assert (items.precision >= 0.97, items.recall >= 0.92) == (True, True), "\n".join(wrong)


def test_the_notice_with_twenty_edits_of_wording_is_matched_line_by_line() -> None:
    notice = read.notice(edited().encode())
    found = [
        [
            one.item
            for one in match(
                Line(no=i.no, title=i.title, requirement=i.requirement), load.named(FIRST)
            )
        ]
        for i in notice.items
    ]
    assert len(EDITS) >= 20
    assert all(old in SAMPLE.read_text("utf-8") for old, _ in EDITS)
    assert found == [[item.id] for item in load.named(FIRST).items]


def test_the_words_of_a_line_decide_without_its_title_being_ours() -> None:
    for item in load.named(FIRST).items:
        title = f"{item.title}资料"
        assert _items(title, item.requirement, subcategory=item.subcategory) == [item.id], title


@pytest.mark.parametrize(
    ("title", "requirement"),
    [
        ("安全生产", "支委会每月研究一次安全工作，签订责任书。"),
        ("师德师风建设", "每学期开展师德教育，签订承诺书。"),
        ("财务管理", "报销手续齐全，按月公布。"),
        ("工会换届", "按期换届，程序规范。"),
        ("校园文化建设", "有宣传栏。"),
        ("民主生活会", "每年召开一次，班子成员对照检查。"),
    ],
)
def test_what_is_another_offices_means_nothing(title: str, requirement: str) -> None:
    assert _items(title, requirement) == []


def test_one_line_may_mean_several_and_several_lines_one() -> None:
    assert _items("“三会一课”") == ["L28", "L29", "L30", "L31"]
    assert _items("“三会一课”制度") == ["L10"]
    assert _items("坚持“三会一课”制度情况") == ["L28", "L29", "L30", "L31"]
    assert {*map(tuple, map(_items, ("换届请示及批复", "选票及计票单", "支部补选记录")))} == {
        ("L15",)
    }


@pytest.mark.parametrize(
    ("title", "requirement", "items"),
    [
        ("班子配备", "支部委员会健全，委员分工明确。", ["L16"]),
        ("班子配备", "支部委员会成员分工明确并公布。", ["L16"]),
        ("支部委员会", "研究支部重要工作。", ["L29"]),
        ("制度建设", "建立“三会一课”制度、谈心谈话制度、党务公开制度。", ["L10", "L12", "L13"]),
        ("制度建设", "有选举制度、谈心谈话制度。", ["L11", "L12"]),
        ("入口关", "发展党员程序到位。", ["L17"]),
        ("入口关", "发展党员是否严格执行细则。", ["L17"]),
        ("组织关系", "每年集中排查一次党员组织关系。", ["L22"]),
        ("组织关系", "转入、转出手续齐全。", ["L21"]),
        ("党员组织关系转接流程", "", ["L08"]),
        ("服务群众", "走访群众记录、结对帮扶记录、志愿服务记录", ["L07", "L26", "L27"]),
        ("换届选举", "请示及批复、选举办法、选票、党员大会记录", ["L15"]),
        ("党员管理", "长期不与组织联系的党员底数清楚。", ["L23"]),
        ("失联处置", "每年排查失联党员。", ["L23"]),
        ("活动场所", "有必要的党组织活动场所。", ["L34"]),
        ("（三）召开党小组会", "学习政治理论、谈心谈话。", ["L30"]),
        ("组织关系", "转接介绍信、回执，每半年排查1次。", ["L21", "L22"]),
        ("党员教育", "党员参加集中培训。", ["L18"]),
        ("党内关怀", "走访慰问生活困难党员、老党员。", []),
        ("群众工作", "党员走访慰问困难群众。", ["L27"]),
        ("支部委员会", "委员配备齐全，分工明确。", ["L16"]),
        ("支部委员会", "委员分工明确，每月召开一次。", ["L29"]),
        ("是否每年召开组织生活会，会前是否开展谈心谈话", "", ["L32"]),
        (
            "严肃政治生活",
            "落实“三会一课”、民主评议党员、谈心谈话等制度。",
            ["L12", "L28", "L29", "L30", "L31", "L32"],
        ),
        ("走访", "校领导走访宿舍、家长。", []),
        ("志愿者", "党员志愿者维护家长接送秩序。", ["L07"]),
        ("预备党员转正未经支部大会表决", "", ["L17"]),
        ("制度健全", "“三会一课”、谈心谈话等制度齐全。", ["L10", "L12"]),
        ("支部委员会三年一届，届满前启动换届", "", ["L15"]),
        ("组织关系“空挂”", "", ["L22"]),
        ("密切联系群众", "党员走访群众，意见逐条办理反馈。", ["L27"]),
        ("换届", "董事会任期届满按期换届。", []),
        ("支部换届是否存在超期、程序倒置的问题", "", ["L15"]),
        ("每季度", "召开党员大会、上党课。", ["L28", "L31"]),
        ("经费预算", "党建专项。", ["L35"]),
        ("经费预算", "食堂专项。", []),
        ("党支部、党小组、支委工作职责", "", ["L01", "L03", "L04"]),
        ("发展对象是否经过集中培训", "", ["L17"]),
        ("基本队伍", "党员教育培训每学期不少于2次。", ["L18"]),
        ("基本队伍", "班组学习每周一次。", []),
        ("支部委员职责清楚、分工到人", "", ["L16"]),
        ("支部班子健全，职责明确", "", ["L16"]),
        ("安全岗位职责明确", "", []),
        ("支部委员会是否按要求设置纪检委员", "", []),
        ("组织生活会每年一次，有征求意见、有谈心、有整改", "", ["L32"]),
        ("年度组织生活会、谈心谈话、批评和自我批评等制度", "", ["L09", "L12"]),
        ("公开", "党务每季度公开，村务每月公开。", ["L13"]),
        ("村务", "低保户走访每季度一次。", []),
        ("班子健全", "支部委员会设委员3至5人，出缺及时补选。", ["L15"]),
        ("组织结构", "支委换届选举规范，职责分工明确。", ["L15", "L16"]),
        ("组织结构", "查图。", ["L14"]),
        ("党课制度", "全年党课不少于4课。", ["L31"]),
        ("阵地与经费", "党员活动室登记、党建经费收支明细。", ["L34", "L36"]),
        ("坚持组织生活制度", "支部党员大会每半年召开一次。", ["L28"]),
        ("组织生活制度", "有文本。", ["L10"]),
        ("活动阵地", "党群服务中心按标准建设。", ["L33"]),
        ("违法违纪", "无。", []),
        ("支委会成员是否有明确的职责分工", "", ["L16"]),
        ("支部建设资料", "换届选举的请示、批复，支委会成员名单及分工。", ["L15", "L16"]),
        ("流出党员是否及时接转关系", "", ["L21"]),
        ("党建经费是否专款专用", "", ["L36"]),
        ("党课制度", "制度文本，每年修订一次。", ["L10"]),
        ("党费制度", "按月收缴党费。", ["L25"]),
        ("支部设置", "党小组按班组设置。", ["L14"]),
        ("阵地保障", "列支党建经费，编制预算。", ["L35", "L36"]),
        ("阵地保障", "有党员活动室。", ["L34"]),
        ("校企合作", "每学期走访合作企业一次。", []),
        ("服务职工", "党员帮扶困难职工有记录。", ["L26"]),
        ("班子运行", "是否按期换届；分工是否及时调整公布。", ["L15", "L16"]),
        ("阵地和经费情况", "党建经费列入预算，支出合规。", ["L34", "L35", "L36"]),
        ("党建经费使用不规范", "", ["L36"]),
        ("支委会每季度至少专题研究1次党建工作，有会议记录。", "每少1次扣1分。", []),
        ("支委会年内研究党建工作不少于4次", "每少一次扣1分", []),
        ("支委会每月召开，集体研究支部重要事项。", "", ["L29"]),
        ("支部书记、委员职责清晰，分工合作好。", "", ["L16"]),
        ("党政班子成员分工文件", "历次调整均需提供", []),
        ("党员干部受处分情况", "含处分决定", ["L24"]),
        ("党员受到处分的，每人次扣5分。", "", []),
        ("关系转接", "及时办理党员组织关系转接，每年排查1次。", ["L21", "L22"]),
        ("支部委员是否配齐，分工是否明确", "", ["L16"]),
        ("委员各有分工，书记不在时指定专人负责。", "", ["L16"]),
        ("结对帮扶走访次数", "每年2次", ["L26"]),
        ("网格员每周走访居民不少于10户", "", []),
        ("换届请示、批复，党员大会选举记录，选票", "", ["L15"]),
        ("历次换届选举资料（请示、批复、选举办法、报告单）", "", ["L15"]),
        (
            "支部岗位职责",
            "有党支部、书记、委员、党小组长的岗位职责并上墙。",
            ["L01", "L02", "L03", "L04"],
        ),
        ("支部委员会职责明确，书记、委员工作职责上墙公示。", "", ["L02", "L03", "L16"]),
        ("村党支部委员会3至7名委员，任期5年，届满改选", "", ["L15"]),
        ("党小组每月组织学习一次", "", ["L30"]),
        ("每两年发展1名35岁以下党员", "", ["L17"]),
        ("青年理论学习小组", "一年不少于四次", []),
        ("活动室管理制度健全，使用登记及时", "", ["L34"]),
        ("学生活动室管理", "", []),
        ("支委与每名党员每半年谈话至少1次", "", ["L12"]),
        (
            "制度类",
            "各项制度文本：三会一课、谈心谈话、志愿服务、组织生活会",
            ["L07", "L09", "L10", "L12"],
        ),
        (
            "阵地保障有力",
            "1.党员活动室挂牌；2.使用有登记；3.党群服务站点建设有方案",
            ["L33", "L34"],
        ),
        ("阵地保障有力", "1.党员活动室挂牌；2.使用有登记；3.志愿服务有旗帜", ["L34"]),
        ("党员队伍", "近三年发展的党员档案是否合规", ["L17"]),
        ("阵地建设", "公开栏是否做到一月一更新", ["L13"]),
        ("公开", "村务公开栏每月更新", []),
        ("支部班子", "履行书记职责、委员职责，分工明确。", ["L16"]),
        ("党员联系群众制度", "", []),
        ("落实党员联系群众制度", "每月走访群众，有记录。", ["L27"]),
        ("党小组学习记录", "", ["L30"]),
        ("党组织活动经费", "使用范围合规，手续齐全。", ["L36"]),
        ("团青工作", "团支部每季度召开团员大会，每月召开支委会。", []),
        ("支委会", "每月召开，听取工会、团支部意见。", ["L29"]),
        ("党支部、书记、委员、党小组长职责上墙", "", ["L01", "L02", "L03", "L04"]),
        ("发展党员严格履行程序，档案齐全", "", ["L17"]),
        ("述职", "支部书记每年向上级党委和党员大会述职。", []),
        ("联系群众", "每名党员教师每学期家访不少于两次。", ["L27"]),
        ("家访", "班主任每学期家访一次。", []),
        ("入户走访困难学生家庭", "每学期不少于2次。", ["L27"]),
        ("走访", "教师走访学生家庭每年一次。", []),
    ],
)
def test_words_mean_what_stands_around_them(title: str, requirement: str, items: list[str]) -> None:
    assert _items(title, requirement) == items


def test_what_other_offices_do_too_is_ours_only_in_a_table_that_speaks_of_the_party() -> None:
    lines = [
        Line(no=1, title="走访", requirement="每月走访一次，有记录。"),
        Line(no=2, title="活动阵地", requirement="标识清楚。"),
    ]
    ours = [*lines, Line(no=3, title="党课", requirement="每季度一次。")]
    catalogue = load.named(FIRST)
    assert [match(one, catalogue) for one in in_company(lines, "后勤检查")] == [[], []]
    assert [len(match(one, catalogue)) for one in in_company(ours)] == [1, 1, 1]


def test_what_a_branchs_own_list_names_is_its_own() -> None:
    lines = [
        Line(no=1, title="经费资料", requirement="年度预算、支出凭证、使用情况公示。"),
        Line(no=2, title="党课资料", requirement="讲稿、签到。"),
    ]

    def meant(heading: str) -> list[str]:
        return [one.item for one in match(in_company(lines, heading)[0], load.named(FIRST))]

    assert meant("基层党支部台账资料清单") == ["L35", "L36"]
    assert meant("学校综合检查清单") == []


def test_beside_the_part_of_the_party_what_others_do_too_is_theirs() -> None:
    lines = [
        Line(no=1, category="党建引领（20分）", title="走访", requirement="每月走访群众。"),
        Line(no=2, category="民生保障", title="走访", requirement="每月上门走访。"),
        Line(no=3, category="民生保障", title="走访", requirement="党员每月走访群众。"),
    ]
    catalogue = load.named(FIRST)

    def meant(category: str) -> list[int]:
        told = [replace(one, category=category) if one.no == 1 else one for one in lines]
        return [len(match(one, catalogue)) for one in in_company(told, "党支部考核")]

    assert meant("党建引领（20分）") == [1, 0, 1]
    assert meant("党建阵地") == [1, 1, 1], "a part that is no whole leaves the others"


def test_a_list_of_another_body_asks_nothing_of_a_branch() -> None:
    lines = [
        Line(no=1, title="组织生活", requirement="支部委员会议每月召开一次。"),
        Line(no=2, title="志愿服务", requirement="注册志愿者每年服务20小时。"),
    ]
    of_league = in_company(lines, "关于开展共青团工作检查的通知")
    assert [match(line, load.named(FIRST)) for line in of_league] == [[], []]
    of_branches = in_company(lines, "关于开展党支部工作检查的通知")
    assert [bool(match(line, load.named(FIRST))) for line in of_branches] == [True, True]


def test_a_match_says_how_sure_it_is_and_by_which_words() -> None:
    found = match(Line(no=1, title="开好支委会"), load.named(FIRST))
    assert [(one.item, one.words) for one in found] == [("L29", "支委会")]
    assert 0.8 <= found[0].confidence < 1


def test_a_quotation_is_what_stands_in_the_source() -> None:
    assert Plain.of("①一年一次，50m²").text == "(1)一年一次，50m2"
    plain = Plain.of("每 季 度\n召开（１）次")
    found = re.search("季度.*次", plain.text)
    assert found
    assert plain.quote(*found.span()) in plain.source
