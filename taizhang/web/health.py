"""Whether the site can do its work: what a balancer or a monitor asks, and what somebody is told
whose step failed for it.
"""

from __future__ import annotations

import errno

from django.db import DatabaseError, InterfaceError, OperationalError

from taizhang.kernel.db import steps
from taizhang.kernel.storage import store


def faults() -> list[str]:
    """What cannot be used, in words: also a database that is not of this version, during an upgrade
    of two servers.
    """
    try:
        database = steps.fault()
    except DatabaseError:
        database = "数据库不能用"
    return [one for one in (database, store.of("evidence").problem()) if one]


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SHUT = (errno.EROFS, errno.EACCES, errno.EPERM)
_OF_DATABASES = {
    "disk is full": "服务器的存储空间满了",
    "disk full": "服务器的存储空间满了",
    "No space left": "服务器的存储空间满了",
    "disk I/O error": "服务器的磁盘读写出错",
    "readonly database": "服务器的存储目录现在不能写入",
    "unable to open database": "服务器的数据库文件打不开",
    "database is locked": "同时保存的人太多，没有等到",
}
_NOT_STORED = "，这一步没有保存。请退回上一页，稍后再试；仍然不行请告诉系统管理员。"
_PERHAPS = "数据库没有应答，这一步可能没有保存。请稍后回到原页看一看，没有保存的再做一次；仍然不行请告诉系统管理员。"


def told(fault: BaseException | None) -> str:
    """What failed beneath us, for whoever was at it; empty for a defect of our own.

    Only where the database itself gave the act up is it sure that nothing is stored: a connection
    may break after the commit.
    """
    if isinstance(fault, OSError) and fault.errno in (*_FULL, *_SHUT):
        full = fault.errno in _FULL
        return f"服务器的{'存储空间满了' if full else '存储目录现在不能写入'}{_NOT_STORED}"
    if not isinstance(fault, OperationalError | InterfaceError):
        return ""
    known = (words for text, words in _OF_DATABASES.items() if text in str(fault))
    return next((f"{words}{_NOT_STORED}" for words in known), _PERHAPS)
