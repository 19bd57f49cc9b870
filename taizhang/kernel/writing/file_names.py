"""The name of a file as it is kept."""

from __future__ import annotations

import re

from taizhang.kernel.errors import BadInput
from taizhang.kernel.writing import columns, secrecy

_ENDING = re.compile(r"\.\w{1,10}$")


def clean(column: columns.Column, name: str, unnamed: str) -> str:
    """Of an uploaded file the last part of its path, without control characters, as long as the
    column holds.
    """
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(char for char in last if char.isprintable()).strip(" .") or unnamed
    if secrecy.in_name(plain):
        raise BadInput("文件名带有密级标志。涉密文件不得上传到本系统。")
    return fitted(column, plain)


def fitted(column: columns.Column, name: str) -> str:
    """The name, shortened before its ending where it is longer than the column holds."""
    ending = found[0] if (found := _ENDING.search(name)) else ""
    return columns.fitted(column, name.removesuffix(ending), end=ending)
