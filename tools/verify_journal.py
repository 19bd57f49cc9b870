"""Verifies an exported journal with Python's own library alone.

`python3 verify_journal.py JOURNAL.jsonl [ANCHOR] [--records RECORDS.jsonl] [--heads HEADS.jsonl]
[--second KEY] [--paper FILE]`

It shares no code with the program that wrote the journal. The chain is followed from the first line
to the last; ANCHOR is the hash that a paper bears. RECORDS holds the text of every record: each is
hashed again and held against the last line that names it, so that records that were changed,
removed or added are named. HEADS is what a second party kept of the ends of days; with --second
each line must be signed by that public key (countersign.py lies beside). FILE is a paper as it left
the program: the line that noted it is told, and the first head that covers it. Exit code 0: all of
it holds; 1: it does not, and what does not fit is named; 2: a file cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Read the journal line by line, then what is to be held against it."""
    words, options = [], {"--records": "", "--heads": "", "--second": "", "--paper": ""}
    given = iter(arguments)
    for word in given:
        if word in options:
            options[word] = next(given, "")
        else:
            words.append(word)
    if not words:
        print(__doc__)
        return 2
    try:
        journal = Journal(words[0])
        wrong = [*journal.wrong]
        if not wrong and len(words) > 1 and not journal.has(words[1]):
            wrong.append("日志里没有这个校验码。")
        wrong = wrong or journal.against(options)
    except (OSError, ValueError, KeyError, TypeError) as broken:
        print(f"读不懂：{broken}")
        return 2
    print("\n".join(wrong) or f"已验证{journal.lines}条，末条校验码 {journal.head}")
    return 1 if wrong else 0


class Journal:
    """The chain, and what it says of rows: table → key → (line, algorithm, hash) of the last line
    that names the row.
    """

    def __init__(self, path: str) -> None:
        self.head, self.lines, self.wrong, self.hashes = "0", 0, [], []
        self.rows: dict = {}
        self.papers: dict = {}
        self.altered: list = []
        for told in read(path):
            found = fault(told, self.lines, self.head)
            if found:
                self.wrong.append(found)
                return
            self.head, self.lines = told["hash"], told["seq"]
            self.hashes.append(told["hash"])
            self.take(told)
            if told["verb"] == "papers.print":
                self.papers.setdefault(told["detail"].get("digest"), told)

    def take(self, line: dict) -> None:
        """What a line says of rows: what they were, what they are, which are gone."""
        detail = line["detail"] if isinstance(line["detail"], dict) else {}
        algorithm = line["hash"].partition(":")[0]
        for table, rows in detail.get("were", {}).items():
            for key, was in rows.items():
                last = self.rows.get(table, {}).get(int(key))
                if last and last[1] == algorithm and last[2] != was:
                    self.altered.append(f"{table}#{key} 在第{line['seq']}条之前被改动过")
        for table, rows in detail.get("hashes", {}).items():
            for key, text in rows.items():
                self.rows.setdefault(table, {})[int(key)] = (line["seq"], algorithm, text)
        for table, keys in detail.get("removed_rows", {}).items():
            for key in keys:
                self.rows.get(table, {}).pop(key, None)

    def has(self, anchor: str) -> bool:
        """Whether a hash stands in the chain, perhaps given without its name or its end."""
        plain = anchor.strip().lower().rpartition(":")[2]
        return len(plain) >= 16 and any(
            one.partition(":")[2].startswith(plain) for one in self.hashes
        )

    def against(self, options: dict) -> list:
        """What does not agree with what others keep."""
        wrong = []
        if options["--heads"]:
            wrong += self.against_heads(options["--heads"], options["--second"])
        if not wrong and options["--paper"]:
            wrong += self.against_paper(options["--paper"], options["--heads"])
        if not wrong and options["--records"]:
            wrong += self.against_records(options["--records"])
        return wrong

    def against_paper(self, path: str, heads: str) -> list:
        """Whether a file left the program as it is, and which kept head covers the line that says
        so.
        """
        with Path(path).open("rb") as file:
            line = self.papers.get(hashlib.file_digest(file, "sha256").hexdigest())
        if line is None:
            return [f"日志里没有出过这个文件，或者它被改动过：{path}"]
        title = line["detail"].get("title", "")
        print(f"{path}：第{line['seq']}条，{line['at']} 出具《{title}》")
        cover = [one for one in read(heads) if one["lines"] >= line["seq"]] if heads else []
        if cover:
            print(f"在 {cover[0]['day']} 留存的第{cover[0]['lines']}条之前")
        return []

    def against_heads(self, path: str, key: str) -> list:
        """The heads that the journal does not have, or that the second party did not sign."""
        wrong = []
        for told in read(path):
            if key and not signed(told, key):
                wrong.append(
                    f"{told['day']} 留存的第{told['lines']}条没有第二方的签名，或者签名不对"
                )
            at = told["lines"]
            if at and (at > self.lines or self.hashes[at - 1] != told["hash"]):
                wrong.append(f"{told['day']} 留存的第{at}条与日志不符")
        return wrong

    def against_records(self, path: str) -> list:
        """The rows that were changed, added or removed; a row that no line has a hash of is only
        counted.
        """
        wrong, without = list(self.altered), 0
        for told in read(path):
            last = self.rows.get(told["table"], {}).pop(told["key"], None)
            if last is None:
                without += 1
            elif told["text"] is None or short(last[1], told["text"]) != last[2]:
                wrong.append(f"{told['table']}#{told['key']} 与第{last[0]}条的校验码不同")
        wrong += [
            f"{table}#{key} 不见了（第{last[0]}条有它）"
            for table, rows in self.rows.items()
            for key, last in rows.items()
        ]
        if without:
            print(
                f"{without}条记录在日志里没有校验码（启用之前登记，或者不是由系统登记；doctor 能分清）"
            )
        return wrong


def read(path: str) -> list:
    """The lines of a file, one after another."""
    with Path(path).open(encoding="utf-8") as lines:
        for text in lines:
            yield json.loads(text)


def signed(told: dict, key: str) -> bool:
    """Whether the second party signed a head."""
    import countersign  # noqa: PLC0415  (lies beside)

    return countersign.is_signed(told, key)


def short(algorithm: str, text: str) -> str:
    """What a line keeps of a record's text."""
    return hashlib.new(algorithm, text.encode()).hexdigest()[:32]


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
