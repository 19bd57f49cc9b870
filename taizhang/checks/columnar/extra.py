"""What looks at all branches at once is an extra, which a school or a bureau does
without (ADR 68).
"""

from __future__ import annotations

from importlib.util import find_spec

from taizhang.kernel.errors import Refused

HOW = (
    "这一步要用 DuckDB，基本安装里没有；请在程序目录运行 make batch"
    "（或 sh tools/install.sh requirements-batch.lock）后再试。核查一个区不需要它：用默认的 --engine reference。"
)


def must_be_installed() -> None:
    """Says in a sentence how to get it."""
    if any(find_spec(name) is None for name in ("duckdb", "ibis", "pyarrow")):
        raise Refused(HOW)
