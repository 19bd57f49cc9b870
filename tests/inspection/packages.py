"""A small package of a round, as another installation would export it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

FILES = {
    "index.html": b"<html></html>",
    "文书/督查通知.pdf": b"%PDF-1.4 notice %%EOF",
    "单位/01甲校/问题.csv": "\ufeff编号,具体表现\n1,没有记录\n".encode(),
    "单位/01甲校/材料/1-照片.jpg": b"\xff\xd8\xff no picture",
}


def write(file: Path, files: dict[str, bytes] | None = None, **told: Any) -> Path:
    """Write it; `told` changes what its list says."""
    held = FILES if files is None else files
    listed = [
        {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for path, data in FILES.items()
    ]  # fmt: skip
    said = {
        "round": "2018年专项督查", "about": {"状态": "已归档"}, "made_at": "2018-10-25T12:00:00+08:00", "by": "组织科",
        "journal": {"lines": 3, "hash": "sha256:0"}, "missing": [], "files": listed, **told,
    }  # fmt: skip
    with zipfile.ZipFile(file, "w") as package:
        for path, data in held.items():
            package.writestr(path, data)
        package.writestr("清单.json", json.dumps(said, ensure_ascii=False))
    return file
