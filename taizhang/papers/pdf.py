"""A paper as PDF, by typst and with fonts of our own: the same on every machine."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from taizhang.kernel.errors import BadInput
from taizhang.papers.paper import Paper

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"


def written(paper: Paper) -> bytes:
    """The PDF. A character that no font has is an error that names it, never a blank."""
    data = json.dumps(asdict(paper), ensure_ascii=False)
    _must_be_printable(data)
    made: Any = _compiler().compile(sys_inputs={"data": data}, format="pdf")
    return bytes(made)


def own_fonts() -> Path | None:
    """The folder of the bureau's own fonts, which TAIZHANG_FONTS names."""
    named = os.environ.get("TAIZHANG_FONTS", "")
    return Path(named) if named else None


@lru_cache(maxsize=1)
def _compiler() -> Any:
    import typst  # noqa: PLC0415  (some 40 MB that only papers need)

    folders = [str(FONTS), *([str(own_fonts())] if own_fonts() else [])]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
    return typst.Compiler(str(_HERE / "paper.typ"), root=str(_HERE), font_paths=fonts)


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
