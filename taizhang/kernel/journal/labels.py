"""What each verb of the journal is called by those who read it. A test holds the list against the
sources.
"""

from __future__ import annotations

from collections.abc import Callable

WORDS: dict[str, str] = {
    "kernel.read_journal": "查看日志", "kernel.verify_journal": "验证日志", "kernel.reseal": "更换密钥、重新加密",
    "orgs.set_up": "首次启用", "orgs.login": "登录", "orgs.login_failed": "登录失败", "orgs.logout": "退出", "orgs.open_account": "建立账号",
    "orgs.renew_password": "重发一次性密码", "orgs.change_password": "修改密码", "orgs.set_active": "停用或恢复账号",
    "orgs.set_address": "改提醒邮箱", "orgs.give_duty": "授权", "orgs.end_duty": "终止职责", "orgs.lend_duty": "随轮次授权",
    "orgs.end_duties": "随轮次收回", "orgs.stand_in": "交给代理", "orgs.end_stand_in": "收回代理", "orgs.end_session": "结束登录会话",
    "orgs.end_sessions": "结束其他登录会话", "orgs.enrol_second_factor": "启用动态口令", "orgs.give_up_second_factor": "停用动态口令",
    "orgs.reset_second_factor": "重置动态口令", "orgs.use_spare_code": "使用备用码", "orgs.set_login_rules": "修改登录规则",
    "orgs.make_token": "建立接口令牌", "orgs.end_token": "作废接口令牌", "orgs.found_organisation": "新建党组织",
    "orgs.change_organisation": "修改党组织", "orgs.dissolve": "撤销党组织", "orgs.place_under": "改上级党组织", "orgs.tie_person": "关联人员", "orgs.hand_over": "移交职责", "orgs.link_sign_on": "关联统一身份认证", "orgs.sign_on_failed": "统一身份认证登录未放行", "orgs.end_from_there": "统一身份认证结束登录会话", "orgs.end_refused": "统一身份认证退出通知未采信", "orgs.found_unit": "新建单位", "orgs.assign_area": "调整片区", "orgs.set_calendar_year": "修改工作日历", "orgs.set_heads": "设定公文格式", "orgs.save_filter": "存下筛选", "orgs.drop_filter": "删除存下的筛选",
    "ledgers.record": "登记", "ledgers.record_many": "批量登记", "ledgers.correct": "更正", "ledgers.withdraw": "撤回", "ledgers.hash_records": "补记校验码", "ledgers.put_back": "恢复已撤回的记录",
    "ledgers.reveal": "查看完整内容", "ledgers.export": "导出台账", "ledgers.link": "关联记录", "ledgers.unlink": "取消关联",
    "ledgers.take_in_file": "上传材料", "ledgers.attach_file": "附上材料", "ledgers.detach_file": "取下材料", "ledgers.replace_file": "更换材料", "ledgers.throw_away_file": "移除材料",
    "ledgers.take_back_file": "取回已移除的材料", "orgs.let_in_again": "在服务器上重发一次性密码",
    "ledgers.confirm_declaration": "确认申报", "ledgers.object": "提出本人异议", "ledgers.answer_objection": "答复本人异议",
    "ledgers.propose_disposal": "编制销毁清册", "ledgers.keep_from_disposal": "从清册留存", "ledgers.drop_disposal": "取消销毁清册",
    "ledgers.approve_disposal": "登记销毁批准", "ledgers.carry_out_disposal": "按清册销毁",
    "checks.set_scope": "修改核查范围", "checks.check_all": "全部核查", "checks.stop_run": "停止核查", "checks.dismiss": "排除疑点", "checks.restore": "取消排除", "checks.explain": "写疑点说明", "checks.take_back_explanation": "撤回疑点说明",
    "checks.publish_rules": "发布规则新版", "checks.remind": "发送提醒", "papers.print": "打印、导出文书", "papers.upload_template": "上传文书模板", "papers.try_template": "试印文书模板",
    "papers.use_template": "启用或停用文书模板",
    "intake.take_in": "收件", "intake.take_for": "改定文件所属台账", "intake.enter": "收件入账", "intake.enter_certain": "收件批量入账", "intake.enter_right": "收件各表入账", "intake.put_aside": "收件不入账", "intake.remember": "说明表里的列", "intake.forget": "忘记表里的列",
    "intake.undo": "撤销收件",
    "inspection.take_in": "导入通知", "inspection.open_round": "由通知建立轮次", "inspection.open_blank": "新建轮次", "inspection.delete_round": "删除草稿",
    "inspection.delete_notice": "删除没有核对完的通知", "inspection.found_units": "从通知建立党组织", "inspection.match_units": "改单位对应",
    "inspection.follow_up": "发起回头看", "inspection.change_plan": "修改安排", "inspection.replace_member": "督查组换人", "inspection.change_head": "修改轮次信息",
    "inspection.change_text": "修改通知文字", "inspection.change_items": "修改督查内容", "inspection.choose_catalogue": "选择要求模板", "inspection.match_lines": "确认要求对应", "inspection.decide_rules": "决定规则", "inspection.propose": "自动编排", "inspection.share_out": "按大类分工", "inspection.ask": "提问",
    "inspection.answer": "答疑", "inspection.confirm_preparation": "确认会场准备", "inspection.write_consultation": "写会商记录",
    "inspection.sign_for_team": "督查组确认会商", "inspection.sign_for_branch": "支部确认会商", "inspection.reopen_consultation": "退回会商",
    "inspection.add_finding": "补记问题", "inspection.second_finding": "复核问题", "inspection.promote": "推荐亮点", "inspection.issue": "反馈", "inspection.order_rectification": "出具整改通知书", "inspection.sign_letter": "签收反馈", "inspection.write_lasting": "写长效机制", "inspection.set_scored": "设定是否计分",
    "inspection.score_oneself": "自评分", "inspection.set_round_head": "设定本轮公文要素", "inspection.issue_circular": "印发情况通报", "inspection.export_round": "导出轮次档案", "inspection.bring_round_in": "读入轮次档案",
}  # fmt: skip
STEPS: dict[str, dict[str, str]] = {
    "inspection.round": {
        "publish": "发布轮次", "withdraw": "收回发布", "self_check": "开始自查", "begin": "开始督查", "consult": "进入会商", "resume": "退回督查中",
        "feed_back": "反馈完毕", "rectify": "进入整改", "verify": "进入复核", "return": "退回整改", "close": "轮次办结", "archive": "轮次归档",
    },
    "inspection.site": {
        "start": "开始查阅", "end": "查阅完毕", "present": "登记到场人员", "answer": "登记检查情况", "accept_rest": "其余按系统核验通过",
        "finding": "草拟问题", "drop_finding": "撤销草拟问题", "highlight": "记录亮点", "drop_highlight": "撤销亮点", "look_back": "复查上轮问题", "photo": "现场拍照",
    },
    "inspection.finding": {
        "drop": "撤销草拟问题", "restore": "恢复草拟问题", "confirm": "组内确认问题", "reconsider": "退回草拟", "issue": "反馈问题",
        "acknowledge": "签收问题", "dispute": "申诉问题", "uphold": "维持问题", "cancel": "撤销问题", "plan": "提交整改方案", "submit": "申请销号",
        "close": "同意销号", "send_back": "退回整改", "keep_on": "转长期坚持", "reopen": "认定反弹", "reword": "修改问题", "change_plan": "修改整改方案",
        "report": "报告整改进展", "add_file": "附整改材料", "extend": "改整改时限",
    },
}  # fmt: skip
"""Of verbs that carry the step of a flow, or the kind of an entry, as their last part."""


NAMES: dict[str, Callable[[set[int]], dict[int, str]]] = {}
"""What the things of a kind are called, by their keys; rooms above enter theirs."""


DETAILS: dict[str, str] = {
    "query": "筛选条件", "unit": "本单位共用",
    "compared": "与导出方告知的校验码核对过", "subject": "统一身份认证账号",
    "about": "关于", "add": "增加", "after": "之后", "area": "片区", "areas": "片区数", "attendee": "参加人员", "substitute": "代会人", "successors": "承接的党组织", "excuse": "缺席原因", "basis": "依据", "before": "之前", "branches": "党支部数",
    "catalogue": "要求模板", "kind": "台账", "rules": "规则",
    "changes": "改动", "cipher": "算法", "confirmed": "核实确认", "days": "天数", "digest": "摘要", "duty": "职责", "earlier": "上轮问题", "end": "止", "engine": "核查方式", "facts": "具体表现", "fault": "改动处",
    "fields": "字段", "file": "材料", "finding": "问题", "findings": "问题数", "form": "文书", "from": "起", "full_name": "全称", "highlight": "亮点",
    "how": "方式", "item": "项", "items": "项", "key": "标识", "keys": "标识", "left": "剩余", "left_out": "没有纳入的单位", "founded": "新建党组织", "matched": "对应", "lines": "条", "link": "关联", "made_at": "时间",
    "manner": "整改类型", "minutes": "分钟", "mode": "登记方式", "n": "条数", "name": "名称", "newer": "新材料", "note": "备注", "number": "文号", "on": "日期",
    "on_the_spot": "现场询问", "organisation": "党组织", "origin": "来源地址", "percent": "进度%", "places": "党组织", "present": "到场",
    "previous": "上一轮", "q": "查询", "reason": "原因", "record": "记录", "removed": "移除", "repeat_of": "上轮同类问题", "right": "属实",
    "role": "角色", "rows": "行数", "rule": "规则", "said": "说明", "session": "登录会话", "severity": "严重程度", "sha256": "SHA-256",
    "source": "来源", "stage": "阶段", "start": "起", "state": "结果", "suggestion": "整改建议", "template": "模板", "text": "内容", "times": "连续次数", "title": "标题",
    "hashes": "校验码", "were": "原校验码", "removed_rows": "销毁的记录", "to": "止", "token": "令牌", "unseen": "未查阅", "topic": "主题", "username": "用户名", "users": "账号", "verdict": "检查情况", "who": "操作人", "why": "理由",
    "window": "期间", "words": "文字校验码",
}  # fmt: skip
"""What the details of a line are called; names that are Chinese already are not listed."""
KEYS: dict[str, str] = {
    "attendee": "attendee", "earlier": "finding", "file": "file", "finding": "finding", "highlight": "highlight",
    "newer": "file", "previous": "round", "repeat_of": "finding", "duty": "", "session": "", "token": "",
}  # fmt: skip
"""Details that are the keys of things, and the kind of these by which NAMES knows them; what has no
name, or none any more, is left out.
"""
SUBJECTS: dict[str, str] = {
    "user": "账号", "organisation": "党组织", "branch": "党支部", "unit": "单位", "area": "片区", "calendar": "工作日历", "duties": "职责",
    "file": "材料", "disposal": "销毁清册", "objection": "本人异议", "person": "人员", "notice": "通知", "round": "轮次", "visit": "被督查单位",
    "finding": "问题", "question": "提问", "preparation": "会场准备", "scope": "核查范围", "run": "全部核查", "edition": "规则版本", "journal": "日志",
    "keys": "密钥", "template": "文书模板", "rows": "数据表", "brought": "读入的轮次档案",
    "batch": "收件批次", "paper": "收到的文件", "filter": "存下的筛选", "kind": "台账种类",
}  # fmt: skip
"""What the objects of lines are called; apps add theirs (the kinds of ledgers) when
they are ready.
"""


def in_words(verb: str) -> str:
    """The verb as it is read; what nobody named is shown as it is."""
    stem, _, step = verb.rpartition(".")
    return WORDS.get(verb) or STEPS.get(stem, {}).get(step) or verb


def meant(words: str) -> list[str]:
    """The verbs that are called so, wholly or in part."""
    found = [verb for verb, told in WORDS.items() if words in told]
    return found + [
        f"{stem}.{step}"
        for stem, steps in STEPS.items()
        for step, told in steps.items()
        if words in told
    ]
