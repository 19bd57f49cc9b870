"""Verifies an exported journal with Python's own library alone: `python3 verify_journal.py JOURNAL.jsonl [ANCHOR]`.

It shares no code with the program that wrote the journal. Exit code 0: the chain holds; 1: it does not, and the first
line that does not fit is named; 2: the file cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import sys


def main(arguments: list[str]) -> int:
    """Read line by line; each carries the hash of what it says and of the hash before."""
    if not arguments:
        print(__doc__)
        return 2
    anchor = arguments[1].strip().lower().rpartition(":")[2] if len(arguments) > 1 else ""
    before, number, seen = "0", 0, not anchor
    try:
        with open(arguments[0], encoding="utf-8") as lines:  # noqa: PTH123
            for text in lines:
                line = json.loads(text)
                wrong = fault(line, number, before)
                if wrong:
                    print(wrong)
                    return 1
                before, number = line["hash"], line["seq"]
                seen = seen or (len(anchor) >= 16 and before.partition(":")[2].startswith(anchor))
    except (OSError, ValueError, KeyError) as broken:
        print(f"读不懂第{number + 1}条：{broken}")
        return 2
    print(f"已验证{number}条，末条校验码 {before}")
    if not seen:
        print("日志里没有这个校验码。")
    return 0 if seen else 1


def fault(line: dict, number: int, before: str) -> str:
    """What is wrong with a line, in words; empty when nothing is."""
    if line["seq"] != number + 1:
        return f"第{number + 1}条不见了，后面直接是第{line['seq']}条"
    if line["prev"] != before:
        return f"第{line['seq']}条与前一条接不上"
    parts = [
        line[key] for key in ("seq", "at", "actor", "origin", "verb", "subject", "detail", "prev")
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    name = line["hash"].partition(":")[0]
    if (
        name not in ("sha256", "sm3")
        or f"{name}:{hashlib.new(name, text.encode()).hexdigest()}" != line["hash"]
    ):
        return f"第{line['seq']}条的内容被改动过"
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
