"""Names are read as the whole table of idioms reads them, without its weight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from taizhang.kernel.writing import pinyin

WHOLE = """
import json, sys
from pypinyin import lazy_pinyin, phrases_dict, pinyin_dict
from pypinyin.contrib.tone_convert import to_normal
first = {chr(k): to_normal(v.split(",")[0]) for k, v in pinyin_dict.pinyin_dict.items()}
table = []
for words, read in sorted(phrases_dict.phrases_dict.items()):
    said = [to_normal(one[0]) for one in read]
    if 2 <= len(words) == len(said) <= 4 and said != [first.get(one) for one in words]:
        table.append(f"{words} {' '.join(said)}")
json.dump([table, [lazy_pinyin(name) for name in json.loads(sys.argv[1])]], sys.stdout)
"""
NAMES = (
    "重庆路学校", "曾长乐", "长安中学", "乐山路幼儿园", "第三中学", "示例甲", "音乐学校", "行知小学", "银行家园", "单一民",
    "都江堰路学校", "会计学校", "A座2号",
)  # fmt: skip


def _whole() -> Any:
    told = {name: value for name, value in os.environ.items() if not name.startswith("PYPINYIN")}
    words = [sys.executable, "-c", WHOLE, json.dumps(NAMES)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=told)  # noqa: S603
    return json.loads(done.stdout)


def test_the_table_and_the_names_are_those_of_the_library() -> None:
    table, names = _whole()
    if os.environ.get("TAIZHANG_ACCEPT"):
        pinyin.TABLE.write_text("\n".join(table) + "\n", "utf-8")
    assert pinyin.TABLE.read_text("utf-8").splitlines() == table
    assert [list(pinyin.syllables(name)) for name in NAMES] == names


def test_a_surname_is_no_part_of_a_common_word_that_has_no_reading_of_its_own() -> None:
    # The library takes 王朝 for a word.
    assert pinyin.syllables("王朝阳") == ("wang", "zhao", "yang")


def test_the_idioms_stay_on_the_disk() -> None:
    asked = (
        "from taizhang.kernel.writing import pinyin; pinyin.syllables('重庆'); import "
        "pypinyin.constants as c; print(len(c.PHRASES_DICT))"
    )
    words = [sys.executable, "-c", asked]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "0"
