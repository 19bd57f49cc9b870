"""The cover of a ledger book as a paper that the office lays out itself: a sheet of its own, laid
before the book.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from taizhang.checks.reasons.queries import must_have_scope
from taizhang.orgs.actor import Actor
from taizhang.orgs.queries import organisations as orgs
from taizhang.papers.documents import book
from taizhang.papers.paper import Paper
from taizhang.papers.word_templates import start as template_start
from taizhang.papers.word_templates.fields import cleaned
from taizhang.papers.word_templates.kinds import Field, Real, TemplateKind
from taizhang.web.params import key_of

SLUG = "cover"
_LINE = "文字"


def _values(paper: Paper) -> dict[str, Any]:
    lines = [{"序号": n, _LINE: text} for n, text in enumerate(paper.about, start=1)]
    return cleaned({"标题": paper.title, "党支部": paper.subtitle, "封面各行": lines})


def _sample() -> Paper:
    about = ["起止日期：2018年1月1日—2018年12月31日", "打印日期：2019年1月8日"]
    return Paper("党支部台账", "中共示例区示例小学支部委员会", about)


def _reals(actor: Actor) -> list[Real]:
    return [Real(str(one.pk), one.short_name) for one in orgs.branches(actor)[:5]]


def _paper(key: str, actor: Actor) -> Paper:
    branch = orgs.organisation(key_of(key), actor=actor)
    scope = must_have_scope()
    today: date = timezone.localdate()
    return book.cover(book.Wanted(branch, scope.from_on, scope.to_on, actor), today)


KIND = TemplateKind(
    slug=SLUG,
    title="台账册封面",
    fields=(
        Field("标题", "册子的名称"),
        Field("党支部", "党支部全称"),
        Field(
            "封面各行",
            "起止日期、打印日期，一行一条",
            (Field("序号", "第几个，从1起"), Field(_LINE, "这一行的文字")),
        ),
    ),
    needed=(("党支部",), (f"封面各行.{_LINE}",)),
    values=_values,
    whole=lambda paper: [paper.subtitle, *paper.about],
    sample=_sample,
    start=lambda: template_start.of_cover(_LINE),
    reals=_reals,
    paper=_paper,
)
