"""Verifies the code on an official paper with Python's own library alone; countersign.py lies
beside.

`python3 verify_paper.py CODE --key PUBLIC [--words WORDS.txt] [--journal JOURNAL.jsonl]`

CODE is what a telephone or a scanner reads from the paper (TZP1/…), or a file that holds it. PUBLIC
is the key that the bureau made known (`taizhang journal proof-key`). WORDS is the text of the paper
(校验文字); it is shown, to be laid beside the paper: what is printed otherwise was changed. JOURNAL is
the exported journal (`taizhang journal export`): the line after which the paper was made, and the
one that noted its printing, must stand in it; verify_journal.py verifies its chain. Exit code 0:
all of it holds; 1: it does not, and what does not fit is named; 2: something cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path

import countersign

CODE = re.compile(r"(TZP1/(\d{1,12})/([0-9A-F]{1,32})/([0-9A-F]{32})/(\d{1,8}))/([A-Z2-7]{103})")


def main(arguments: list[str]) -> int:
    """Verify one code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("code")
    parser.add_argument("--key", required=True)
    parser.add_argument("--words", type=Path)
    parser.add_argument("--journal", type=Path)
    told = parser.parse_args(arguments)
    try:
        given = told.code if told.code.startswith("TZP1/") else Path(told.code).read_text("utf-8")
        found = CODE.fullmatch(given.strip())
        wrong = [] if found else ["这不是公文校验码。"]
        if found:
            wrong = signed(found, told.key)
            wrong += against_words(found, told.words) if told.words and not wrong else []
            wrong += against_journal(found, told.journal) if told.journal and not wrong else []
    except (OSError, ValueError, KeyError, TypeError) as broken:
        print(f"读不懂：{broken}")
        return 2
    print("\n".join(wrong) or "校验通过。")
    return 1 if wrong else 0


def signed(found: re.Match, key: str) -> list:
    """Whether the bureau's key signed what the code says."""
    signature = base64.b32decode(found[6] + "=")
    if not countersign.verify(bytes.fromhex(key), found[1].encode(), signature):
        return ["签名不对：校验码不是这个单位的系统印的，或者被改动过。"]
    day = f"{found[5][:4]}-{found[5][4:6]}-{found[5][6:]}" if len(found[5]) == 8 else "没有"
    print(f"签名属实。成文日期：{day}；在日志第{found[2]}条之后出具。")
    return []


def against_words(found: re.Match, path: Path) -> list:
    """Whether the text is that of the paper; the reader compares it with what is printed."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest()[:32].upper() != found[4]:
        return [f"文字与校验码不符：{path}"]
    print(f"文字属实，请与纸上逐句对照：\n{data.decode()}")
    return []


def against_journal(found: re.Match, path: Path) -> list:
    """Whether the journal has the line, and after it the printing of these words."""
    line, head, printed = int(found[2]), "", None
    with path.open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            if told["seq"] == line:
                head = told["hash"].rpartition(":")[2].upper()
            if told["verb"] == "papers.print" and told["seq"] > line and not printed:
                printed = told if told["detail"].get("words") == found[4] else None
    if line and not head.startswith(found[3]):
        return [f"日志第{line}条与校验码不符：日志被改写过，或者是另一个系统的。"]
    if printed is None:
        return ["日志里没有出具这份公文的记录。"]
    print(f"日志第{printed['seq']}条，{printed['at']} 出具《{printed['detail'].get('title', '')}》")
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
