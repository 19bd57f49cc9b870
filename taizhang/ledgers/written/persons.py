"""Lists of persons as clerks write them: who is meant, who is nobody, and what is no name of one
person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from taizhang.kernel.text import brief, person_name
from taizhang.ledgers.written import lines

Known = Callable[[str], bool]
Wrong = Callable[[str], None]
_EVERYBODY = re.compile(
    r"(?:全体|全员|全部|所有|大家|其他|其余|部分|在家|在岗|各(?:位|支委|委员|党小组|小组|支部|部门)).*"
    r"|(?:支委会?|党小组|支部)?(?:班子)?(?:全体)?(?:成员|党员|支委|委员|党员同志|支委会?成员)|.*等(?:同志|人|\d+人|[一二三四五六七八九十]+人)?"
    r"|(?:共|计)?(?:\d+|[一二三四五六七八九十]+)[人名](?:党员)?"
)


def is_everybody(text: str) -> bool:
    """Words such as 全体党员, which name no person."""
    return bool(_EVERYBODY.fullmatch(person_name(text)))


def everybody(text: str) -> str:
    """What is said of such words."""
    return f"“{text.strip()}”不是姓名，请逐一写出姓名。"


def persons(text: str, known: Known, wrong: Wrong) -> Iterator[tuple[str, str]]:
    """(name, what stands in brackets behind it) of everybody in a list; `known` tells the names of
    the roster.

    无 and the like are nobody; words for many and blanks that can be read in two ways are told to
    `wrong`.
    """
    for written, rest in lines.names(text):
        if lines.is_nothing(written):
            continue
        if is_everybody(written):
            wrong(everybody(written))
            continue
        if len(written) > 40:
            wrong(f"“{brief(written, 20)}”不像是姓名。")
            continue
        names = apart(written, known)
        if not names:
            wrong(f"“{written}”分不清是几个人，请用顿号把姓名分开。")
        for name in names[:-1]:
            yield person_name(name), ""
        for name in names[-1:]:
            yield person_name(name), rest


def apart(written: str, known: Known) -> list[str]:
    """The names in a piece with blanks: blanks pad a name or part two; none when nobody
    can tell.
    """
    tokens = written.split()
    joined = "".join(tokens)
    if len(tokens) < 2 or known(joined):
        return [joined]
    ways = list(_ways(tokens, known))
    if len(ways) == 1:
        return ways[0]
    if ways:
        return []
    if all(len(token) >= 2 for token in tokens):
        return tokens
    if len(joined) <= 3 or (len(joined) == 4 and len(tokens) == 2):
        return [joined]
    return []


def _ways(tokens: list[str], known: Known) -> Iterator[list[str]]:
    """Every way to read the pieces as names that are known."""
    if not tokens:
        yield []
    for many in range(1, min(len(tokens), 4) + 1):
        name = "".join(tokens[:many])
        if known(name):
            for rest in _ways(tokens[many:], known):
                yield [name, *rest]
