"""The styles of Word files, named as Word in Chinese shows them; whoever goes on writing changes a
style, not a thousand cells.
"""

from __future__ import annotations

from typing import Any

from taizhang.papers.writers import layout
from taizhang.papers.writers.typefaces import FANG as SERIF
from taizhang.papers.writers.typefaces import HEI as SANS
from taizhang.papers.writers.wordml.docx_base import NAMES


def style(  # noqa: PLR0913  (a style has as many sides)
    key: str,
    name: str,
    *,
    size: float,
    line: float = 0,
    font: str = "",
    middle: bool = False,
    about: str = "",
    based: str = "Normal",
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> str:
    """A style of paragraphs; sizes and spaces are in points, a line without a pitch is
    1.3 sizes.
    """
    own = "" if name in _BUILT_IN else ' w:customStyle="1"'
    pitch = round((line or size * layout.PITCH) * 20)
    outline = "<w:keepNext/>" if keep else ""
    spacing = (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{pitch}" w:lineRule="exact"/>'
    )
    jc = '<w:jc w:val="center"/>' if middle else ""
    named = f' w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"' if font else ""
    look = f'<w:rFonts w:hint="eastAsia"{named}/>{"<w:b/>" if bold else ""}'
    based_on = f'<w:basedOn w:val="{based}"/>' if based and key != based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"{own}><w:name '
        f'w:val="{name}"/>{based_on}<w:qFormat/>'
        f"<w:pPr>{outline}{_before_spacing(about)}{spacing}{_after_spacing(about)}{jc}"
        f"{_outline(about)}</w:pPr>"
        f'<w:rPr>{look}<w:sz w:val="{round(size * 2)}"/><w:szCs '
        f'w:val="{round(size * 2)}"/></w:rPr></w:style>'
    )


def _before_spacing(about: str) -> str:
    """XML wants its elements in order: tabs, the gap between scripts and the grid stand before the
    spacing.
    """
    right = (
        f'<w:tabs><w:tab w:val="right" w:leader="{"dot" if "dots" in about else "none"}" '
        f'w:pos="{round(layout.UPRIGHT.breadth * 20)}"/></w:tabs>'
    )
    even = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' if "even" in about else ""
    return (right if "right" in about else "") + even + '<w:snapToGrid w:val="0"/>'


def _after_spacing(about: str) -> str:
    return '<w:ind w:left="210"/>' if "inner" in about else ""


def _outline(about: str) -> str:
    return next((f'<w:outlineLvl w:val="{n - 1}"/>' for n in (1, 2) if f"level{n}" in about), "")


_BUILT_IN = ("Normal", "Title", "Subtitle", "heading 1", "heading 2", "toc 1", "toc 2", "footer")
_SIZED = ("", "（小）", "（密）")


def text_style(area: layout.Area, size: float, *, head: bool = False) -> str:
    """The style of a table's cells in letters of this size."""
    at = [one for one, _ in area.sizes].index(size)
    return f"{'TableHead' if head else 'TableText'}{at + 1}"


def of_tables(area: layout.Area) -> list[str]:
    """The styles of tables and forms; both kinds of papers have them, each in its own sizes."""
    title = 12 if area == layout.OFFICIAL else 11
    found = [
        style(
            "TableTitle", "表题", size=title, font=SANS, middle=True, before=8, after=4, keep=True
        ),
        style("TableNote", "表注", size=9),
        style("TableEnd", "表后", size=1, line=4),
        style("FormLabel", "栏目", size=layout.LABEL_SIZE, font=SANS, middle=True),
        style("FormText", "栏文", size=layout.FORM_SIZE, about="even"),
        style("FormSign", "签名", size=layout.FORM_SIZE, before=7.5, after=7.5),
    ]
    for (size, _), more in zip(area.sizes, _SIZED, strict=False):
        found.append(style(text_style(area, size), f"表文{more}", size=size, about="even"))
        found.append(
            style(
                text_style(area, size, head=True),
                f"表头{more}",
                size=size,
                font=SANS,
                middle=True,
                keep=True,
            )
        )
    return found


_DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="zh-CN" w:eastAsia="zh-CN" '
    'w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
)


def _of_working_papers() -> list[str]:
    return [
        _DEFAULTS,
        style("Normal", "Normal", size=10.5, line=16.8, font=SERIF).replace(
            'styleId="Normal"', 'styleId="Normal" w:default="1"'
        ),
        style("Title", "Title", size=16, line=24, font=SANS, middle=True, keep=True),
        style("Subtitle", "Subtitle", size=10.5, line=16.8, middle=True, after=4, keep=True),
        style("Heading1", "heading 1", size=15, line=17, font=SANS, about="level1", keep=True),
        style(
            "Heading2",
            "heading 2",
            size=12,
            line=20,
            font=SANS,
            about="level2",
            before=8,
            after=4,
            keep=True,
        ),
        style("TOC1", "toc 1", size=10.5, line=16.8, font=SANS, about="right dots"),
        style("TOC2", "toc 2", size=10.5, line=16.8, about="right dots inner"),
        style("Footer", "footer", size=8, line=12),
        style(
            "CoverTitle", "封面标题", size=30, line=40, font=SANS, middle=True, before=170, after=28
        ),
        style("CoverName", "封面单位", size=16, line=26, middle=True, after=200),
        style("CoverLine", "封面文字", size=13, line=24, middle=True),
        style("ContentsTitle", "目录题", size=16, line=28, font=SANS, middle=True, after=8),
        style("Asked", "台账要求", size=9, after=3, keep=True),
        _TABLES,
    ]


def add_table_styles(document: Any, area: layout.Area) -> None:
    """What the tables of a document need, beside the styles that it has."""
    from docx.oxml import parse_xml  # noqa: PLC0415  (only papers need it)

    for xml in of_tables(area):
        document.styles.element.append(parse_xml(xml.replace("<w:style ", f"<w:style {NAMES} ", 1)))


def set_styles(document: Any) -> None:
    """The styles of a working paper, and none besides."""
    from docx.oxml import parse_xml  # noqa: PLC0415  (only papers need it)

    whole: Any = parse_xml(f"<w:styles {NAMES}>{''.join(_of_working_papers())}</w:styles>")
    held = document.styles.element
    for old in list(held):
        held.remove(old)
    for new in list(whole):
        held.append(new)
    add_table_styles(document, layout.UPRIGHT)
