"""What the columns are called that no form has: counts, days that follow from others, keys."""

from __future__ import annotations

import re

from taizhang.ledgers.kinds.cases import STEPS

COLUMNS = {
    "id": "记录", "branch_id": "党支部", "about": "说的是什么", "about_on": "公开事项的日期", "absent_mark": "缺席名单特征", "accepted_month": "接收为预备党员的月份",
    "accepted_on": "接收为预备党员的日期", "activity_id": "所属活动", "applied_on": "申请入党日期", "assessment": "考核方式的字数", "available": "年初结余与收入合计",
    "budget_id": "所属预算", "case_id": "所属的人", "code": "用语类别", "conclusion": "结论性意见的字数", "content": "内容的字数", "content_mark": "内容特征",
    "days": "天数", "days_after": "入账晚于凭证的天数", "days_before": "入账早于凭证的天数", "days_early": "提前交纳的天数", "days_late": "迟交的天数",
    "design": "设计方案的字数", "discussion": "讨论事项的字数", "division_id": "所属分工", "document_id": "所属制度", "eighteen_on": "满18周岁的日期",
    "election_id": "所属选举", "ends": "结束的分钟数", "excellent_thrice": "优秀人数的三倍", "extension_work": "延期期间工作的字数", "first_on": "用语最早可用的日期",
    "full_process": "须全程纪实", "half": "半数", "host_is_recorder": "主持人兼记录人", "host_state": "主持人到会情况", "in_life": "推送时渠道在用",
    "is_enough": "学时达到要求", "items_total": "预算各项合计", "joint": "联合开展", "last_due_on": "最后一项整改期限", "last_month": "最后一个月份",
    "last_step": "已到第几步", "last_year_report": "上年整改报告的字数", "latest_on": "最近一步的日期", "least_candidates": "最少候选人数",
    "lecturer_state": "主讲人到会情况", "length": "字数", "letter_number": "介绍信号码", "letter_series": "介绍信字头", "like_high": "文字特征（高位）",
    "like_low": "文字特征（低位）", "mark": "内容特征", "mark_mirrored": "图片特征（左右翻转）", "meeting_id": "所属会议", "minutes": "会议分钟数", "month": "月份",
    "most_votes": "应选人数与有效票的乘积", "moved_on": "组织关系转移日期", "n_absent": "缺席名单人数", "n_agenda": "议程项数", "n_attendees": "参加名单人数",
    "n_candidates": "候选人数", "n_criticisms": "相互批评条数", "n_culture": "文化素养项数", "n_elected": "当选人数", "n_ideals": "理想信念项数",
    "n_introducers": "介绍人数", "n_items": "项数", "n_listed": "名单人数", "n_mentors": "培养联系人数", "n_milestones": "节点个数", "n_opinions": "意见条数",
    "n_organisation": "组织委员人数", "n_participants": "参加名单人数", "n_present": "出席名单人数", "n_publicity": "宣传委员人数", "n_repeated": "名单重复人次",
    "n_resolutions": "决议条数", "n_rows": "分工人数", "n_scrutineers": "监票计票人数", "n_skills": "业务能力项数", "n_speakers": "发言人数", "n_speeches": "发言条数",
    "n_steps": "已记环节数", "n_tasks": "整改事项数", "n_visitors": "走访名单人数", "n_votes": "表决项数", "n_with_form": "写明形式的项数", "n_with_time": "写明时间的项数",
    "named_on": "文件名中的日期", "on": "当天日期", "opinions": "意见建议的字数", "other_id": "另一方", "person_id": "人员", "place": "地点", "plan": "推进计划的字数",
    "plan_id": "所属计划", "plan_length": "排查计划的字数", "planned_on": "计划日期", "previous_ordinal": "上一次的次序", "probation_ends_on": "预备期满日期",
    "progress": "进度的字数", "project_id": "所属站点", "published_after": "公开晚于会议的天数", "receipt_due_on": "回执期限", "receipt_number": "收据号码",
    "receipt_series": "收据字头", "recorder_state": "记录人到会情况", "relation": "双方关系", "report_length": "报告的字数", "requirement": "学习要求的字数",
    "results": "阶段性成果的字数", "role": "身份", "said_expected": "写明的应到人数", "said_present": "写明的实到人数", "same_hands": "经办人与审批人相同",
    "same_person": "谈话双方是同一人", "season_from": "当年度起日", "season_to": "当年度止日", "seats_parity": "应选人数的奇偶", "self_length": "对照检查的字数",
    "session_id": "所属学习", "settled_on": "办结日期", "sha256": "文件校验码", "source": "来自哪种台账", "source_id": "来自哪条记录", "starts": "开始的分钟数",
    "summary": "总结讲评的字数", "summary_length": "总结的字数", "survey_id": "所属排查", "text_length": "正文字数", "text_mark": "正文特征", "took_days": "接转所用天数",
    "total": "票数合计", "total_in_favour": "赞成票合计", "unit_id": "单位", "until": "止日", "visit_id": "所属走访", "window": "所属期间", "words": "字数",
    "workdays": "工作日数", "year": "年度", "year_on": "年度首日", "meeting_present": "会议实到人数", "meeting_expected": "会议应到人数",
    "host_id": "主持人本人", "recorder_id": "记录人本人", "lecturer_id": "主讲人本人", "label": "期间", "post": "职务",
}  # fmt: skip
IN_TABLE = {
    ("phrases", "words"): "用语", ("meetings", "content"): "党课内容的字数", ("personal_plans", "content"): "学习内容的字数",
    ("files", "mark"): "图片特征", ("budgets", "n_items"): "预算项数", ("study_plans", "n_items"): "学习项数", ("meetings", "recorded_on"): "登记日期",
    ("lost_members", "until"): "查找截止日", ("relation_surveys", "n_tasks"): "推进事项数", ("agenda", "n_speakers"): "本议题发言人数",
    ("units", "branch_id"): "党支部", ("visits", "n_opinions"): "收集意见条数",
}  # fmt: skip
"""Of one table alone."""
PARTS = {
    "attendance": "到会名单", "speeches": "发言要点", "agenda": "议程", "resolutions": "决议", "votes": "表决", "life_tasks": "整改事项", "sections": "章节",
    "stages": "入党和转正", "candidates": "候选人", "scrutineers": "监票计票人", "division_rows": "各人分工", "case_steps": "各步日期", "case_people": "联系人和介绍人",
    "study_items": "学习安排", "study_attendance": "参加名单", "survey_tasks": "推进事项", "violation_cases": "排查名册", "exempt_months": "各月减免",
    "participants": "参加名单", "visitors": "走访人员", "opinions": "意见建议", "milestones": "推进节点", "budget_items": "预算各项", "talk_pairs": "两人一组",
    "dues_settled": "已交清的月份",
}  # fmt: skip
"""What the parts of a ledger are called beside its title."""
MADE_TABLES = {
    "case_halves": "积极分子培养的各半年", "case_quarters": "积极分子培养的各季度", "probation_halves": "预备期的各半年", "committee_before_life": "组织生活会前的支委",
    "committee_changes": "支委变动", "structure_changes": "班子或党小组变动", "full_year_committee": "全年任支委的", "full_year_members": "全年在册的党员",
    "graded_at_polls": "民主评议应评的党员", "held_posts": "所任职务", "posts_at_divisions": "分工时的支委", "lost_years": "失联党员的各年度",
    "member_months": "党员各月", "member_years": "党员各年度", "missed_sessions": "缺课的党员", "sessions_under_plan": "计划内的学习",
}  # fmt: skip
"""Rows that follow from ledgers."""
PHRASES = {
    "placeholder": "占位符", "other_unit": "其他单位名称", "other_day": "别的日期", "other_year": "别的年度", "wrong_weekday": "星期不符", "too_early": "当时还没有的提法",
    "business": "业务工作", "cites:admission_2014": "引用2014年发展党员细则", "cites:election_rules_1990": "引用1990年选举条例", "dues:publish": "党费公布",
    "dues:rate_1": "党费比例第一档", "dues:rate_2": "党费比例第二档", "dues:rate_3": "党费比例第三档", "dues:rate_4": "党费比例第四档", "dues:receipt": "党费收据",
    "dues:six_months": "六个月不交党费", "election:quorum": "选举到会人数", "election:term": "任期", "election:term_2012": "旧任期", "freq:assembly": "党员大会的次数",
    "freq:committee": "支委会的次数", "freq:group": "党小组会的次数", "freq:lecture": "党课的次数", "life:assessment": "民主评议党员", "life:democratic": "民主生活会",
    "life:organisation": "组织生活会", "obsolete:dues_before_2008": "2008年以前的党费规定", "secretary:call": "书记召集会议", "secretary:chair": "书记主持工作",
    "secretary:lecture": "书记讲党课", "stage:accept": "接收预备党员", "stage:activist": "入党积极分子", "stage:apply": "申请入党", "stage:convert": "转正",
    "stage:target": "发展对象", "tasks:educate": "教育党员", "tasks:manage": "管理党员", "tasks:organise": "组织群众", "tasks:publicise": "宣传群众",
    "tasks:serve": "服务群众", "tasks:supervise": "监督党员", "tasks:unite": "凝聚群众", "transfer:receipt": "介绍信回执", "transfer:validity": "介绍信有效期",
    "about:division": "议题：支委分工",
}  # fmt: skip
"""What the phrases that are looked for in texts are called."""
STATES = {
    "absent": "缺席",
    "observer": "列席",
    "missing": "不在名单",
    "present": "到会",
    "within_committee": "支委之间",
    "to_member": "支委与党员",
}
"""How somebody who is named in minutes stands on their lists; between whom a talk was."""
OF_CODES = frozenset(
    {"code", "about", "source", "host_state", "recorder_state", "lecturer_state", "relation"}
)
"""Columns that hold words of ours, and no text that somebody wrote."""
_STEP, _MARK = re.compile(r"s(\d{1,2})"), re.compile(r"[sb]\d{1,2}")


def name_of(table: str, column: str) -> str:
    """What a column is called that has no field of a form; empty where nobody gave it a name."""
    if table == "cases" and (step := _STEP.fullmatch(column)):
        return f"第{step[1]}步（{STEPS[int(step[1]) - 1]}）日期"
    if _MARK.fullmatch(column):
        return f"文字特征 {column.upper()}"
    return IN_TABLE.get((table, column)) or COLUMNS.get(column, "")
