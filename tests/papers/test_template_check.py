"""A file of the office is read before it is kept: each fault is told with the paragraph in which it
stands.
"""

from __future__ import annotations

from collections.abc import Callable

import docx
import pytest

from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import brief
from taizhang.papers.word_templates import check as template_check
from taizhang.papers.word_templates import file as template_file
from taizhang.papers.word_templates import kinds as template_kinds
from tests.papers import clerk

LETTER = template_kinds.named("letter")


def _refusal(data: bytes, kind: template_kinds.TemplateKind = LETTER) -> str:
    with pytest.raises(BadInput) as refused:
        _read(data, kind)
    return str(refused.value)


def _read(data: bytes, kind: template_kinds.TemplateKind = LETTER) -> set[str]:
    template_file.must_be_harmless(data)
    return template_check.must_be_readable(kind, data)


def test_fields_in_pieces_in_tables_and_in_the_head_of_a_page_are_read() -> None:
    assert _read(clerk.letter()) == {
        "标题", "主送", "正文.文字", "落款", "日期", "文号", "回执.项目", "回执.内容",
    }  # fmt: skip


@pytest.mark.parametrize("kind", template_kinds.every(), ids=lambda kind: kind.slug)
def test_what_an_office_begins_with_is_read_without_a_fault(kind: template_kinds.TemplateKind) -> None:  # fmt: skip
    assert _read(kind.start(), kind)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{{ 标 题 }}", "看不懂“标 题”"),
        ("{{ 发文号 }}", "没有字段“发文号”。是不是“文号”？"),
        ("{{ 文号", "花括号没有成对"),
        ("{ 文号 }", "两边各两个花括号"),
        ("｛｛ 文号 ｝｝", "花括号和百分号要用半角"),
        ("{{ 正文 }}", "“正文”有多条，要写成循环"),
        ("{{ 文号|upper }}", "不能有运算、函数和筛选"),
        ("{{ 文号.__class__ }}", "“文号”不是循环里的一条"),
        ("{{ ''.__class__.__mro__ }}", "只能写字段名"),
        ("{{ 文号 * 9999 }}", "只能写字段名"),
        ("{{ range(9) }}", "只能写字段名"),
        ("{% set a = 1 %}", "不认识“{% set a = 1 %}”"),
        ("{% include 'x' %}", "不认识“{% include 'x' %}”"),
        ("{%p for 段 in 正文 %}", "没有对应的 {%p endfor %}"),
        ("{%p endfor %}", "前面没有对应的 for"),
        ("{%p if 抄送 %} 抄送：{{ 抄送 }}", "要单独占一段，同段的其他内容会丢失"),
        ("{%tr for 栏 in 回执 %}", "要单独占一行"),
        ("{%pfor 段 in 正文 %}", "不认识"),
        ("{% if 抄送 %}{{ 抄送 }}{%p endif %}", "要单独占一段"),
        ("{%p for 段 in 标题 %}", "“标题”不是多条的字段，不能循环"),
        (
            "{% for 段 in 正文 %}{{ 段.内容 }}{% endfor %}",
            "“段”没有“内容”这一项；可以用段.序号、段.文字、段.层级",
        ),
        ("{% for 段 in 正文 %}{{ 段 }}{% endfor %}", "“段”是循环里的一条，要写出取哪一项"),
        ("{% if 文号 ＝＝ 1 %}{% endif %}", "全角标点"),
        ("{% if 文号.upper() %}{% endif %}", "条件里只能用字段"),
        ("{# 备注 #}", "不认识的标记"),
        (
            "{% for 段 in 正文 %}{% for 栏 in 回执 %}{{ 栏.项目 }}{% endfor %}{% endfor %}",
            "循环里面只能再循环“段”自己的内容",
        ),
        (
            (
                "{% for 部 in 各部分 %}{% for 段 in 部.段落 %}{% for 又 in 部.段落 %}{{ 又.文字 }}{% endfor %}{% "
                "endfor %}{% endfor %}"
            ),
            "循环里面只能再循环“段”自己的内容",
        ),
    ],
)
def test_a_fault_is_told_with_its_paragraph(line: str, told: str) -> None:
    said = _refusal(clerk.letter(line))

    assert told in said
    assert f"“{brief(line.strip(), 40)}”" in said


def test_every_fault_of_a_file_is_told_at_once() -> None:
    said = _refusal(clerk.letter("{{ 甲 }}", "{{ 乙 }}", "{%p endif %}"))

    assert all(told in said for told in ("“甲”", "“乙”", "endif"))


@pytest.mark.parametrize("name", ["落款", "日期", "标题"])
def test_what_a_letter_cannot_be_without_is_asked_for(name: str) -> None:
    kept = [text for text in ("标题", "落款", "日期") if text != name]
    document = docx.Document()
    for text in (*(f"{{{{ {one} }}}}" for one in kept), *clerk.LOOP):
        document.add_paragraph(text)

    assert f"缺少必需的字段“{name}”" in _refusal(clerk.saved(document))


def test_a_letter_without_its_problems_is_refused() -> None:
    assert "缺少必需的字段“正文.文字”或“各部分.段落.文字”" in _refusal(clerk.letter(body=()))


def test_a_loop_that_ends_in_another_cell_is_refused() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{%p for 段 in 正文 %}", "{%p endfor %}"

    assert "在同一处" in _refusal(clerk.saved(document))


def test_quotation_marks_as_word_makes_them_are_taken() -> None:
    named = ("{%p for 部 in 各部分 %}", "{%p if 部.标题 == “二、存在的主要问题” %}", "{{ 部.标题 }}", "{%p endif %}", "{%p endfor %}")  # fmt: skip

    assert "各部分.标题" in _read(clerk.letter(*named))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件是空的"),
        ("只是文字，改名为 docx".encode(), "不是 Word 文档（改文件名后缀不能转换格式）"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "是旧版 Word（.doc）或加了密码的文档"),
        (b"%PDF-1.7 %%EOF", "是 PDF"),
        (b"PK\x03\x04" + bytes(90), "文件已损坏"),
        (lambda: clerk.with_part("word/vbaProject.bin", b"x"), "文件带有宏"),
        (lambda: clerk.with_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "带宏的格式（.docm）"),
        (
            lambda: clerk.with_type(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
            ),
            ".dotx",
        ),
        (lambda: clerk.with_part("word/embeddings/oleObject1.bin", b"x"), "嵌有其他文件或控件"),
        (clerk.with_link, "引用了外部内容“http://example.invalid/seal.png”"),
        (lambda: clerk.with_field("INCLUDEPICTURE http://example.invalid"), "引用外部内容的域（INCLUDEPICTURE）"),
        (lambda: clerk.with_field("DDEAUTO cmd"), "引用外部内容的域（DDEAUTO）"),
        (lambda: clerk.with_field("RD other.docx"), "引用外部内容的域（RD）"),
        (lambda: clerk.with_related("oleObject", "word/parts/any.bin"), "嵌有其他文件或控件"),
        (lambda: clerk.with_related("aFChunk", "word/parts/any.html"), "嵌有其他文件或控件"),
        (lambda: clerk.with_part("word/media/image1.svg", b"<svg><image href='http://example.invalid'/></svg>"), "图片“image1.svg”不是能用的图片"),
        (lambda: clerk.with_part("word/media/image1.emf", b"\x01\x00\x00\x00" + bytes(90)), "图片“image1.emf”不是能用的图片"),
        (lambda: clerk.with_part("word/media/image1.png", clerk.picture_of(9000, 9000)), "图片“image1.png”有9000×9000点，过大"),
        (clerk.with_false_size, "文件已损坏"),
        (clerk.with_entities, "DOCTYPE"),
        (clerk.bomb, "疑似压缩炸弹"),
        (lambda: clerk.with_part("word/x.xml", bytes(6 * 1024 * 1024)), "疑似压缩炸弹"),
        (clerk.hidden, "字段只能写在普通文字里"),
        (lambda: bytes(3 * 1024 * 1024), "超过2MB的上限"),
    ],
)  # fmt: skip
def test_what_is_no_harmless_word_file_is_refused(
    data: bytes | Callable[[], bytes], told: str
) -> None:
    assert told in _refusal(data if isinstance(data, bytes) else data())


def test_the_head_of_a_page_is_read_whatever_its_part_is_called() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ 甲 }}"
    moved = clerk.renamed(clerk.saved(document), "header1.xml", "top1.xml")

    assert "页眉第1段“{{ 甲 }}”：没有字段“甲”" in _refusal(moved)
