"""Sentences for invented minutes: many small pieces, so that no two minutes are alike unless a
fault makes them so.
"""

from __future__ import annotations

import random
from datetime import date

_SUBJECTS = [
    "课堂教学", "青年教师培养", "师德师风", "校园文化", "家校共育", "学困生帮扶", "志愿服务", "党员示范岗", "安全值守", "图书角建设",
    "社区结对", "困难家庭走访", "节能降耗", "食堂管理", "体育锻炼", "艺术展演", "读书分享", "新教师带教", "集体备课", "校史整理",
    "书香年级", "午间看护", "课后服务", "卫生保健", "绿化养护", "学生社团", "心理辅导", "教研联盟", "档案整理", "窗口服务",
]  # fmt: skip
_ACTS = [
    "要先摸清底数再动手", "可以由老党员牵头带一带", "需要把责任落到每个人", "应当每两周碰一次头", "建议先在一个年级试行", "最好邀请家长代表参加",
    "不妨借鉴兄弟部门的做法", "必须赶在期末之前完成", "要留下看得见的成果", "宜由宣传栏及时反映", "还得听一听一线同志的想法", "可同工会活动结合起来",
    "要注意保护学生的隐私", "应把好事办在细处", "需要一份简明的时间表", "可以分三步慢慢推开", "得有人专门盯着进度", "要让年轻同志多挑担子",
    "应当同绩效脱钩以免变味", "建议把经验写成小册子",
]  # fmt: skip
_RESULTS = [
    "大家听后都很受启发", "与会同志补充了三点意见", "会上当场定下了牵头人", "随后围绕细节讨论了十多分钟", "有同志提出经费上的顾虑", "最后达成了一致看法",
    "会后由组织委员汇总", "下次会议再看效果", "这一点得到普遍赞同", "也有同志主张再等一等", "支部将在月底回头检查", "具体办法另行商量",
    "请各组认真准备", "这件事情不能再拖", "相关表格会后发放", "愿意报名的当场签字", "先做起来再逐步完善", "各人按分内事情推进",
]  # fmt: skip
_LINKS = [
    "谈到{s}，{a}；{r}。",
    "{s}方面，{a}，{r}。",
    "关于{s}：{a}。{r}。",
    "就{s}来说，{a}，因此{r}。",
    "针对{s}中的短板，{a}，{r}。",
]
THEMES = [
    (date(2015, 1, 1), "学习党章党规"), (date(2015, 1, 1), "党员先锋作用"), (date(2015, 1, 1), "理想信念教育"), (date(2015, 4, 20), "“三严三实”专题教育"),
    (date(2016, 3, 7), "“两学一做”学习教育"), (date(2016, 11, 20), "党内政治生活若干准则"), (date(2017, 3, 10), "“三大一实干”活动"),
    (date(2017, 11, 6), "学习宣传党的十九大精神"), (date(2018, 4, 2), "解放思想大讨论"),
]  # fmt: skip


def sentence(rng: random.Random) -> str:
    """One sentence of a minute."""
    return rng.choice(_LINKS).format(
        s=rng.choice(_SUBJECTS), a=rng.choice(_ACTS), r=rng.choice(_RESULTS)
    )


def passage(rng: random.Random, n: int) -> str:
    """Several sentences."""
    return "".join(sentence(rng) for _ in range(n))


def theme(rng: random.Random, day: date) -> str:
    """Something that was spoken of by that day."""
    return rng.choice([words for first, words in THEMES if first <= day])


def matter(rng: random.Random) -> str:
    """What an agenda is about."""
    return rng.choice(_SUBJECTS)


def document(kind: str, title: str, school: str, rng: random.Random) -> str:
    """The text of a rule document, with what each kind should say."""
    told = _TOLD.get(kind, "党员应按照本制度办理，支部委员会负责解释。")
    return f"{title}\n为规范{school}支部工作，结合实际制定本办法。\n{told}\n{passage(rng, 5)}\n本办法自通过之日起施行。"


_TOLD = {
    "branch_duties": "党支部担负直接教育党员、管理党员、监督党员和组织群众、宣传群众、凝聚群众、服务群众的职责。",
    "secretary_duties": "书记负责召集支部会议，主持日常工作，每年至少讲一次党课。",
    "member_duties": "各委员按照分工各负其责，相互配合。",
    "group_duties": "党小组组长负责召集小组会议，组织学习，反映意见。",
    "development_procedure": "一、入党申请；二、入党积极分子的确定和培养；三、发展对象的确定和考察；四、预备党员的接收；五、预备党员的教育考察和转正。",
    "dues_rules": "在职党员按月收入分别以0.5%、1%、1.5%、2%的比例交纳；收缴时出具收据，每年公布一次；无正当理由连续6个月不交的按规定处理。",
    "volunteer_rules": "党员每学期至少参加两次志愿服务，由宣传委员登记。",
    "transfer_procedure": "介绍信写明有效期，接收后及时寄回回执。",
    "org_life_procedure": "民主生活会由学校领导班子召开；组织生活会由支部召开；民主评议党员按测评、评定、反馈的顺序进行。",
    "three_meetings_rules": "党员大会每季度召开一次，支委会每月召开一次，党小组会每月召开一次，党课每季度开展一次。",
    "election_rules": "支部委员会每届任期3年；选举时到会有选举权的人数须超过应到会人数的五分之四。",
    "talk_rules": "支委之间、支委与党员之间每年至少谈心一次。",
    "openness_rules": "支部班子分工、党费收缴等事项应在党内公开。",
    "site_rules": "党员活动室由宣传委员管理，使用前登记，使用后整理，活动照片当周归档。",
}
