"""The faces that an official paper asks for, by the names that their families go by, and what
stands in for them.
"""

from __future__ import annotations

from collections.abc import Iterable

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
FACES: dict[str, tuple[str, ...]] = {
    SONG: (
        "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S-GBK", "方正小标宋_GBK", "方正小标宋简体",
        "FZXBSJW--GB1-0", "FZXBSK--GBK1-0", "小标宋体", "小标宋",
    ),
    FANG: (
        "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FZFangSong-Z02S", "方正仿宋_GBK", "方正仿宋简体",
        "STFangsong", "华文仿宋", "FandolFang R", "FandolFang",
    ),
    HEI: ("SimHei", "黑体", "FZHei-B01S", "方正黑体_GBK", "方正黑体简体", "STHeiti", "华文黑体"),
    KAI: (
        "KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FZKai-Z03S", "方正楷体_GBK", "方正楷体简体", "STKaiti", "华文楷体",
        "FandolKai",
    ),
}  # fmt: skip
"""方正小标宋简体 and so on, in English and in Chinese, the customary one first."""
_BUILT_IN = {SONG: "Noto Serif CJK SC", FANG: "Noto Serif CJK SC", HEI: "Noto Sans CJK SC"}
_FALLBACKS = {SONG: "宋体,SimSun,Noto Serif CJK SC", FANG: "Noto Serif CJK SC", HEI: "Noto Sans CJK SC", KAI: "Noto Serif CJK SC"}  # fmt: skip


def families(there: Iterable[str]) -> dict[str, list[str]]:
    """For each face the families of `there` that have it, and the built-in one at the end; names
    are compared as typst does.
    """
    known = {name.lower(): name for name in there}
    return {
        face: [
            *(known[name.lower()] for name in names if name.lower() in known),
            _BUILT_IN.get(face, _BUILT_IN[FANG]),
        ]
        for face, names in FACES.items()
    }


def other_names(face: str) -> str:
    """Under which names Word may find the face, or what is to stand in for it, in one list."""
    named = [name for name in FACES[face] if name != face]
    return ",".join([*named[:4], _FALLBACKS[face]])
