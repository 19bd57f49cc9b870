"""What is printed from a file of the office: all that the paper says, in the office's own form, and
nothing twice.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest

from taizhang.kernel.errors import BadInput, WrongState
from taizhang.papers.official.paper import Annex, Clause, Official
from taizhang.papers.paper import Paper, Table
from taizhang.papers.word_templates import check as template_check
from taizhang.papers.word_templates import fill as template_word
from taizhang.papers.word_templates import kinds as template_kinds
from taizhang.papers.word_templates import start as template_start
from tests.papers import clerk

LETTER, NOTICE = template_kinds.named("letter"), template_kinds.named("notice")


def _letter(**about: Any) -> Official:
    found = LETTER.sample()
    assert isinstance(found, Official)
    return replace(found, **about)


def _printed(data: bytes, **about: Any) -> str:
    return clerk.text_of(template_word.written(LETTER, data, _letter(**about)))


@pytest.mark.parametrize("kind", template_kinds.every(), ids=lambda kind: kind.slug)
def test_the_built_in_file_prints_the_whole_sample(kind: template_kinds.TemplateKind) -> None:
    text = clerk.text_of(template_word.written(kind, kind.start(), kind.sample()))

    assert "{" not in text
    assert "〓" not in text
    assert all("".join(told.split()) in "".join(text.split()) for told in kind.whole(kind.sample()))


def test_a_letter_of_an_office_has_its_own_words_and_every_clause() -> None:
    text = _printed(clerk.letter())

    assert "示例教育局 示督〔2018〕1号" in text
    assert "本文件由示例教育局组织科印制" in text
    assert [one.text for one in _letter().body if one.text not in text] == []
    assert (
        text.index("一、总体情况") < text.index("二、存在的主要问题") < text.index("三、整改要求")
    )
    assert all(told in text for told in ("签收人", "示例签收人", "签收日期"))


def test_signs_of_xml_and_of_templates_in_a_text_are_only_text() -> None:
    strange = "<w:p>&amp; {{ 标题 }} {% if %} \x08"

    assert "<w:p>&amp; {{ 标题 }} {% if %} " in _printed(clerk.letter(), body=[Clause(strange)])


def test_lines_of_a_text_are_lines() -> None:
    data = template_word.written(LETTER, clerk.letter(), _letter(body=[Clause("第一行\n第二行")]))

    body = docx.Document(io.BytesIO(data)).element.body
    assert next(body.iter(f"{clerk.W}br"), None) is not None


def test_a_condition_prints_what_is_there_and_no_empty_place() -> None:
    wanted = ("{%p if 抄送 %}", "抄送：{{ 抄送 }}。", "{%p else %}", "不抄送", "{%p endif %}")
    data = clerk.letter(*wanted)

    assert "抄送：区委。" in _printed(data, copies="区委")
    assert "不抄送" in _printed(data, copies="")
    assert "抄送：" not in _printed(data, copies="")


def test_parts_and_problems_may_be_gone_through_instead_of_the_body() -> None:
    parts = (
        "{%p for 部 in 各部分 %}", "{%p if 部.标题 %}", "{{ 部.标题 }}", "{%p endif %}", "{%p for 段 in 部.段落 %}", "{{ 段.文字 }}",
        "{%p endfor %}", "{%p endfor %}",
    )  # fmt: skip
    problems = ("问题共列如下", "{%p for 题 in 问题 %}", "★{{ 题.文字 }}", "{%p endfor %}")

    text = _printed(clerk.letter(*problems, body=parts))

    assert text.count("★") == 4
    assert "★1. 样例问题：2018年第二季度没有党课记录" in text


@pytest.mark.parametrize(
    "body",
    [
        ("{%p for 段 in 正文 %}", "{%p if 段.层级 == 1 %}", "{{ 段.文字 }}", "{%p endif %}", "{%p endfor %}"),
        ("{%p if 抄送 %}", *clerk.LOOP, "{%p endif %}"),
        ("{%p for 部 in 各部分 %}", "{%p for 段 in 部.段落 %}", "{{ 段.文字 }}", "{%p endfor %}", "{%p endfor %}"),
    ],
)  # fmt: skip
def test_a_file_that_leaves_out_a_clause_prints_nothing(body: tuple[str, ...]) -> None:
    with pytest.raises(WrongState, match="漏掉了"):
        _printed(clerk.letter(body=body))


def test_a_paper_without_problems_still_makes_a_sound_file() -> None:
    data = template_word.written(LETTER, clerk.letter(), _letter(receipt=[]))

    document = docx.Document(io.BytesIO(data))
    assert len(document.tables) == 1


def test_a_cell_whose_loop_has_nothing_to_go_through_keeps_a_paragraph() -> None:
    document = docx.Document(io.BytesIO(clerk.letter()))
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0].text = "{%p for 附 in 附件 %}"
    cell.add_paragraph("{{ 附.行 }}")
    cell.add_paragraph("{%p endfor %}")

    data = template_word.written(LETTER, clerk.saved(document), _letter())

    cells = list(docx.Document(io.BytesIO(data)).element.body.iter(f"{clerk.W}tc"))
    assert [one for one in cells if one[-1].tag != f"{clerk.W}p"] == []


def test_the_name_is_kept_with_the_end_of_the_text() -> None:
    data = template_word.written(LETTER, LETTER.start(), _letter())

    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    signed = max(n for n, one in enumerate(paragraphs) if one.text == _letter().signed)
    texts = [one for one in paragraphs[:signed] if one.text.strip()]
    assert [one.paragraph_format.keep_with_next for one in texts[-2:]] == [True, True]
    assert all(one.paragraph_format.keep_with_next for one in paragraphs[signed - 2 : signed])


def test_a_letter_with_the_head_of_its_organ_has_the_field_there() -> None:
    made = template_start.of_official(_letter(look="letter", issuer="示例区教育局"))

    printed = template_word.written(LETTER, made, _letter(issuer="某某教育局"))

    heads = [
        docx.Document(io.BytesIO(data)).sections[0].first_page_header for data in (made, printed)
    ]
    assert [one.paragraphs[0].text for one in heads] == ["{{ 发文机关标志 }}", "某某教育局"]


@pytest.mark.parametrize(
    ("issuer", "number"), [("某某教育局文件", "某委〔2018〕1号"), ("", "某委〔2018〕1号"), ("", "")]
)
def test_the_red_head_is_only_printed_where_there_is_one(issuer: str, number: str) -> None:
    paper = replace(_sample(), issuer=issuer, number=number, look="file" if issuer else "plain")

    data = template_word.written(NOTICE, NOTICE.start(), paper)

    heads = [one for one in (issuer, number) if one]
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    before = paragraphs[: next(n for n, one in enumerate(paragraphs) if one.text == paper.title)]
    assert [one.text for one in before if one.text.strip()] == heads
    lined = [one for one in before if one._p.find(f".//{clerk.W}pBdr") is not None]
    assert bool(lined) == bool(issuer)


def test_annexes_come_on_pages_of_their_own_before_the_end() -> None:
    table = Table("", ["片区"], [["城南1"]])
    paper = replace(_sample(), annexes=[Annex("安排表", [table], landscape=True), Annex("要求", [table])])  # fmt: skip

    document = docx.Document(io.BytesIO(template_word.written(NOTICE, NOTICE.start(), paper)))

    text = clerk.text_of(clerk.saved(document))
    assert text.index("附件1") < text.index("安排表") < text.index("抄送：")
    sizes = [one._sectPr.find(f"{clerk.W}pgSz") for one in document.sections]
    assert [one.get(f"{clerk.W}orient") == "landscape" for one in sizes] == [False, True, False]


def test_annexes_come_last_where_the_file_has_no_place_for_them() -> None:
    document = docx.Document()
    for text in ("{{ 标题 }}", *clerk.LOOP, "{{ 落款 }}", "{{ 日期 }}"):
        document.add_paragraph(text)
    data = clerk.saved(document)

    made = docx.Document(io.BytesIO(template_word.written(NOTICE, data, _sample())))

    text = clerk.text_of(clerk.saved(made))
    assert text.rindex("2018年10月30日") < text.index("督查片区安排表")
    styles = {one.get(f"{clerk.W}styleId") for one in made.styles.element.iter(f"{clerk.W}style")}
    asked = {one.get(f"{clerk.W}val") for one in made.element.body.iter(f"{clerk.W}pStyle")}
    assert asked <= styles


def _sample() -> Official:
    found = NOTICE.sample()
    assert isinstance(found, Official)
    return found


def test_a_paper_says_of_itself_what_it_is() -> None:
    data = template_word.written(LETTER, clerk.letter(), _letter(trace="日志校验：第7条"))

    about = docx.Document(io.BytesIO(data)).core_properties
    assert about.title == _letter().title
    assert about.comments == "日志校验：第7条"


def test_a_file_that_cannot_be_printed_is_refused_and_breaks_nothing() -> None:
    broken = clerk.repacked(
        clerk.letter(),
        lambda name, data: data.replace("{{ 主送 }}".encode(), "{{ 没有 }}".encode()) if name == "word/document.xml" else data,
    )  # fmt: skip

    with pytest.raises(BadInput, match="印不出来"):
        _printed(broken)


def test_what_a_file_does_not_use_is_told() -> None:
    used = template_check.must_be_readable(LETTER, clerk.letter(without="主送"))

    assert template_check.unused(LETTER, used) == ["主送"]


def test_the_names_of_the_consultation_are_those_of_its_form() -> None:
    kind = template_kinds.named("consultation")
    paper = kind.sample()
    assert isinstance(paper, Paper)

    held = kind.values(paper)

    assert [one.name for one in kind.fields if not held[one.name]] == []
