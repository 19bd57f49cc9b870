"""The manual's page of papers: each with its first page, when it is printed, and as what."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from taizhang.inspection.papers import by_name as papers
from taizhang.ledgers.kinds import KINDS

MANUAL = Path(__file__).parents[2] / "docs" / "manual"
FOLDER = MANUAL / "papers"
_BREADTH = 420
LARGEST = 60_000
"""A picture has at most so many bytes."""
_GROUPS = (
    ("round-", "一轮督查的文书", "轮次页"),
    ("visit-", "一个单位的文书", "这个单位的会商、问题、整改、评分各页"),
    ("elections-", "选举的文书", "换届选举台账的记录页"),
    ("record-", "一条记录", "各种台账的记录页"),
    ("blank-", "空白表", "台账目录页"),
    ("book", "台账册", "支部台账页“打印台账”"),
)
_WHEN = {
    "round-notice": "轮次安排好以后", "round-sessions": "发布以后，供到场签名", "round-findings": "反馈以后",
    "round-closing-ledger": "整改期间和销号以后", "round-circular": "反馈以后", "round-circular-anonymous": "反馈以后",
    "visit-checklist": "检查以后", "visit-checklist-before": "检查以前，供手写", "visit-consultation": "会商以后", "visit-checklist-team": "开始督查以后，只供督查组",
    "visit-closing-request": "申请销号以后",
    "visit-letter": "反馈以后", "visit-findings": "反馈以后", "visit-rectification-notice": "出具整改通知书以后",
    "visit-order": "出具整改通知书以后，按文号", "visit-plan": "报送整改方案以后", "visit-report": "整改以后",
    "visit-scores": "计分的轮次，检查以后", "blank-sign-sheet": "登记会议时，开会以前",
}  # fmt: skip
_WHENS = {"elections-": "登记选举以后，没有登记的留空", "record-": "登记以后", "blank-": "随时，供手写", "book": "随时，按起止日期"}  # fmt: skip
_TITLES = {"visit-checklist-before": "检查表（检查前）", "visit-order": "整改通知书（按文号）", "blank-sign-sheet": "签到表", "book": "台账册"}  # fmt: skip


def _title(name: str) -> str:
    if name in _TITLES:
        return _TITLES[name]
    kind, _, rest = name.partition("-")
    if kind == "round":
        return papers.OF_ROUND[rest][0]
    if kind == "visit":
        return papers.OF_VISIT[rest][0]
    if kind in KINDS and KINDS[kind].papers:
        return dict(KINDS[kind].papers + KINDS[kind].office_papers)[rest]
    return KINDS[rest].title


def page(formats: dict[str, str]) -> str:
    """The page; `formats` is what each paper is printed as."""
    lines = ["# 文书样张", "", "本页由程序生成，每种文书给出第一页。单位和姓名都是虚构的。", ""]
    for prefix, heading, where in _GROUPS:
        lines += [f"## {heading}", "", f"在{where}打印。", "", "| 文书 | 什么时候 | 格式 | 样张 |", "|---|---|---|---|"]  # fmt: skip
        for name, forms in formats.items():
            if name.startswith(prefix):
                when = _WHEN.get(name) or _WHENS.get(prefix, "")
                title = _title(name)
                lines.append(f"| {title} | {when} | {forms} | ![{title}](papers/{name}.png) |")  # fmt: skip
        lines.append("")
    return "\n".join(lines)


def shown(names: Iterable[str]) -> list[str]:
    """The papers that the manual shows: not those that only the tests have."""
    groups = tuple(prefix for prefix, _, _ in _GROUPS)
    return [name for name in names if name.startswith(groups)]


def picture(file: Path, into: Path) -> None:
    """The first page of a PDF in sixteen greys."""
    command = ["pdftoppm", "-f", "1", "-l", "1", "-singlefile", "-gray", "-png"]
    scale = ["-scale-to-x", f"{_BREADTH}", "-scale-to-y", "-1"]
    made = subprocess.run([*command, *scale, f"{file}"], capture_output=True, check=True).stdout  # noqa: S603
    into.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(made)).convert("L").quantize(16).save(into, optimize=True)
