"""A paper as PDF, by typst and with fonts of our own: the same on every machine."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from taizhang.kernel.errors import BadInput
from taizhang.papers.official import Official, in_full, indents, issuer_size
from taizhang.papers.paper import Paper

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"


def written(paper: Paper | Official) -> bytes:
    """The PDF. A character that no font has is an error that names it, never a blank."""
    told, layout = asdict(paper), "paper.typ"
    if isinstance(paper, Official):
        layout = "official.typ"
        told["dated"] = in_full(paper.dated) if paper.dated else ""
        told["issuer_size"] = issuer_size(paper.issuer)
        told["name_indent"], told["day_indent"] = indents(paper.signed, told["dated"])
    data = json.dumps(told, ensure_ascii=False)
    _must_be_printable(data)
    made: Any = _compiler(layout).compile(sys_inputs={"data": data}, format="pdf")
    return bytes(made)


def own_fonts() -> Path | None:
    """The folder of the bureau's own fonts, which TAIZHANG_FONTS names."""
    named = os.environ.get("TAIZHANG_FONTS", "")
    return Path(named) if named else None


@lru_cache(maxsize=2)
def _compiler(layout: str) -> Any:
    import typst  # noqa: PLC0415  (some 40 MB that only papers need)

    folders = [str(FONTS), *([str(own_fonts())] if own_fonts() else [])]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
    return typst.Compiler(str(_HERE / layout), root=str(_HERE), font_paths=fonts)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset((FONTS / "characters.txt").read_text("utf-8")) | {
        "\n",
        "\r",
        "\t",
        "\u3000",
        "\u200b",
    }


def _must_be_printable(text: str) -> None:
    if own_fonts() is not None:
        return
    missing = sorted(set(text) - _known())
    if missing:
        shown = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing[:10])
        raise BadInput(
            f"自带字库里没有{shown}，不能生成 PDF。请改用 Word 格式，或请管理员用环境变量 TAIZHANG_FONTS 指定字体文件夹。"
        )
