"""The papers of a round that the office may have in a Word file of its own (ADR 0037), and which
version a paper is made from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from taizhang.inspection import queries
from taizhang.inspection.models import Round, Visit
from taizhang.inspection.papers import issued, letters, of_visit
from taizhang.orgs.actor import Actor
from taizhang.papers.models import PaperTemplate
from taizhang.papers.official.paper import Annex, Clause, Official
from taizhang.papers.paper import Form, Line, Paper, Table
from taizhang.papers.word_templates import fields as template_fields
from taizhang.papers.word_templates import queries as template_queries
from taizhang.papers.word_templates import start as template_start
from taizhang.papers.word_templates.kinds import Field, Printed, Real, TemplateKind
from taizhang.web.params import key_of

LETTER, ORDER, NOTICE, CIRCULAR, CONSULTATION = (
    "letter", "rectification-notice", "notice", "circular", "consultation",
)  # fmt: skip
_BODY = (("标题",), ("正文.文字", "各部分.段落.文字"), ("落款",), ("日期",))
_ORGAN, _UNIT = "中共示例区教育局委员会", "中共示例区示例小学支部委员会"


def _clauses(*told: tuple[int, str]) -> list[Clause]:
    return [Clause(text, level) for level, text in told]  # type: ignore[arg-type]


def _letter_sample() -> Official:
    body = _clauses(
        (
            0,
            "根据督查工作安排，2018年10月25日，中共示例区教育局委员会督查组对你支部进行了督查。现将有关情况反馈如下：",
        ),
        (1, "一、总体情况"),
        (0, "这是样例：总体判断由督查组填写。"),
        (1, "二、存在的主要问题"),
        (2, "（一）党内政治生活"),
        (3, "1. 样例问题：2018年第二季度没有党课记录。整改时限：2018年11月6日前。"),
        (2, "（二）党费"),
        (
            3,
            "2. 样例问题：2018年3月党费上缴与留存合计和收缴金额不一致。整改时限：2018年11月6日前。",
        ),
        (1, "三、整改要求"),
        (0, "请于2018年11月13日前报送整改方案，2018年11月20日前报送整改报告及佐证材料。"),
    )
    return _official(
        f"关于对{_UNIT}基层党建工作督查情况的反馈意见",
        f"{_UNIT}：",
        body,
        number="示督〔2018〕1号",
        receipt=[Line("签收人", "示例签收人"), Line("签收日期", "2018年10月31日")],
    )


def _order_sample() -> Official:
    body = _clauses(
        (0, "经督查，发现你支部存在下列问题："),
        (3, "1. 样例问题：2018年第二季度没有党课记录。"),
        (3, "2. 样例问题：2018年3月党费上缴与留存合计和收缴金额不一致。"),
        (0, "请认真整改，于2018年11月20日前整改完毕。"),
    )
    receipt = [Line(label, "") for label in ("签收人", "签收日期", "联系电话", "单位（盖章）")]
    return _official(
        "整改通知书",
        f"{_UNIT}：",
        body,
        number="督改〔2018〕1号",
        receipt=receipt,
        contact="联系人：示例联系人，电话：0000-0000000",
    )


def _notice_sample() -> Official:
    body = _clauses(
        (0, "为全面了解基层党建工作情况，决定开展督查。具体通知如下："),
        (1, "一、督查时间及对象"),
        (0, "2018年10月25日至26日，对2个基层党组织集中督查，具体安排见附件1。"),
        (1, "二、工作要求"),
        (3, "1. 样例要求：带齐台账资料。"),
    )
    annexes = [
        Annex(
            "督查片区安排表",
            [Table("", ["片区", "被督查党组织"], [["示例片区", _UNIT]])],
            landscape=True,
        ),
        Annex("督查台账要求", [Table("", ["序号", "内容"], [["1", "样例内容"]])], landscape=True),
    ]
    return _official(
        "关于开展样例督查的通知",
        "局属各基层党组织：",
        body,
        number="示委〔2018〕1号",
        look="file",
        issuer=f"{_ORGAN}文件",
        attachments=[one.title for one in annexes],
        annexes=annexes,
        contact="联系人：示例联系人，电话：0000-0000000",
        copies="示例区委组织部",
        printed_by="示例区教育局组织科",
    )


def _circular_sample() -> Official:
    body = _clauses(
        (0, "现将有关情况通报如下："),
        (1, "一、总体情况"),
        (0, "这是样例：本次督查共查阅2个党组织的台账，反馈问题2个。"),
        (1, "二、存在问题"),
        (2, "（一）党课台账"),
        (3, "1. 示例小学样例问题：2018年第二季度没有党课记录。"),
        (0, "特此通报。"),
    )
    return _official(
        "关于样例督查情况的通报",
        "局属各基层党组织：",
        body,
        number="示委〔2018〕2号",
        look="file",
        issuer=f"{_ORGAN}文件",
        copies="示例区委组织部",
        printed_by="示例区教育局组织科",
    )


def _official(title: str, to: str, body: list[Clause], **more: Any) -> Official:
    return Official(title, to, body, _ORGAN, date(2018, 10, 30), seal=True, **more)


_LINES = (
    "时间", "地点", "主持人", "记录人", "督查组", "被督查党组织", "总体评价", "肯定的成绩和经验", "特色亮点", "存在的问题", "意见建议和改进措施",
    "被督查党组织意见", "未查阅的情况", "督查组确认", "被督查党组织确认",
)  # fmt: skip
_CONSULTED = (*(Field(name, f"“{name}”一栏") for name in _LINES), template_fields.LINES)
_NUMBERED = {
    "肯定的成绩和经验": "一", "特色亮点": "二", "存在的问题": "三", "意见建议和改进措施": "四", "被督查党组织意见": "五",
    "未查阅的情况": "六",
}  # fmt: skip
_NARROW = ("时间", "地点", "主持人", "记录人")
_SIGNS = ["督查组组长签名", "日期", "被督查单位负责人签名", "日期", "记录人签名", "日期"]


def _consultation_sample() -> Paper:
    lines = [
        Line(
            f"{_NUMBERED[name]}、{name}" if name in _NUMBERED else name,
            f"样例：{name}",
            wide=name not in _NARROW,
        )
        for name in _LINES
    ]
    return Paper("", blocks=[Form("会商记录", lines, _SIGNS)])


def _rounds(actor: Actor) -> list[Real]:
    found = queries.rounds(actor).exclude(standing=Round.Standing.DRAFT)
    return [Real(str(one.pk), one.title) for one in found[:5]]


def _visits(actor: Actor, **about: object) -> list[Real]:
    found = queries.visits(actor).filter(**about).order_by("-pk")
    return [Real(str(one.pk), one.unit.name) for one in found[:5]]


def _of_round(make: Callable[[Round], Printed], key: str, actor: Actor) -> Printed:
    return make(queries.round_of(key_of(key), actor=actor))


def _of_visit(make: Callable[[Visit], Printed], key: str, actor: Actor) -> Printed:
    return make(queries.visit(key_of(key), actor=actor))


def _kind(
    slug: str,
    title: str,
    sample: Callable[[], Official],
    reals: Callable[[Actor], list[Real]],
    paper: Callable[[str, Actor], Printed],
) -> TemplateKind:
    return TemplateKind(
        slug=slug,
        title=title,
        fields=template_fields.OFFICIAL,
        needed=_BODY,
        values=template_fields.of_official,
        whole=template_fields.whole_official,
        sample=sample,
        start=lambda: template_start.of_official(sample()),
        reals=reals,
        paper=paper,
    )


_ISSUED = partial(_visits, letter__isnull=False)
_ORDERED = partial(_visits, notices__isnull=False)
KINDS = (
    _kind(NOTICE, "督查通知", _notice_sample, _rounds, partial(_of_round, issued.paper("notice"))),
    _kind(LETTER, "反馈意见", _letter_sample, _ISSUED, partial(_of_visit, letters.letter)),
    _kind(ORDER, "整改通知书", _order_sample, _ORDERED, partial(_of_visit, letters.notice_of)),
    _kind(CIRCULAR, "情况通报", _circular_sample, _rounds, partial(_of_round, issued.paper("circular"))),
    TemplateKind(
        slug=CONSULTATION, title="会商记录", fields=_CONSULTED,
        needed=(("存在的问题", "各栏.内容"), ("督查组确认", "各栏.内容"), ("被督查党组织确认", "各栏.内容")),
        values=partial(template_fields.of_form, fields=_CONSULTED), whole=template_fields.whole_form,
        sample=_consultation_sample, start=lambda: template_start.of_form(_consultation_sample(), "会商记录模板", ("未查阅的情况",)),
        reals=_visits, paper=partial(_of_visit, of_visit.consultation),
    ),
)  # fmt: skip


def of_round_paper(opened: Round, paper: str) -> PaperTemplate | None:
    """The version for a paper of a round: one that was issued keeps its own."""
    if paper not in issued.KINDS:
        return None
    found = issued.kept(opened, paper)
    return _kept(found.paper) if found else template_queries.in_use(_OF_ROUND[paper])


def of_visit_paper(visit: Visit, paper: str) -> PaperTemplate | None:
    """The version for a paper of a unit: what was issued keeps its own, and a consultation that
    both have signed the one of that moment.
    """
    if paper == "letter":
        found = getattr(visit, "letter", None)
        return _kept(found.frozen.get("paper", {})) if found else None
    if paper == "consultation":
        return template_queries.in_use(CONSULTATION, visit.branch_signed_at)
    if paper.startswith("rectification-notice"):
        ordered = [one for one in visit.notices.all() if paper in (ORDER, one.slug)]
        return _kept(ordered[-1].paper) if ordered else None
    return None


_OF_ROUND = {"notice": NOTICE, "circular": CIRCULAR, "circular-anonymous": CIRCULAR}


def issued_with(slug: str, paper: dict[str, Any]) -> dict[str, Any]:
    """A paper that is being issued, as it is kept: with the version that is in use for its kind
    now.
    """
    found = template_queries.in_use(slug)
    return {**paper, "template": found.pk if found else None}


def _kept(paper: dict[str, Any]) -> PaperTemplate | None:
    """The version with which a paper was issued; those from before there were versions
    have none.
    """
    return template_queries.kept(paper.get("template"))
