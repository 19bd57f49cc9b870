"""Which organisation a name in a notice means: proposals that a person confirms, never a silent
merge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from taizhang.kernel.text import folded
from taizhang.kernel.writing import pinyin
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations
from taizhang.web.lists.offered import Offered

_NUMERALS = str.maketrans("一二三四五六七八九〇", "1234567890")
_LEFT_OUT = re.compile(r"^(?:中共)?|(?:党支部|支部委员会|党总支|总支部|党委|支部)$")


@dataclass(frozen=True)
class Proposal:
    """An organisation that a name may mean, and why."""

    organisation: Organisation
    why: str
    sure: bool
    confidence: float


@dataclass
class AddressBook:
    """The names by which the actor's organisations are known."""

    by_key: dict[int, Organisation] = field(default_factory=dict)
    names: list[tuple[str, Organisation, str]] = field(default_factory=list)
    """(name, organisation, what kind of name)"""

    @classmethod
    def of(cls, actor: Actor) -> AddressBook:
        """Load names, aliases and units."""
        book = cls()
        for org in organisations.inspectable(actor).prefetch_related(
            "aliases", "units", "former_names", "inheritances__predecessor"
        ):
            book.by_key[org.pk] = org
            book.names += [(org.short_name, org, "简称"), (org.full_name, org, "全称")]
            book.names += [(alias.name, org, "别名") for alias in org.aliases.all()]
            for former in org.former_names.all():
                book.names += [
                    (former.short_name, org, "曾用名"),
                    (former.full_name, org, "曾用名"),
                ]
            for one in org.inheritances.all():
                before = one.predecessor
                book.names += [
                    (before.short_name, org, "并入的党组织"),
                    (before.full_name, org, "并入的党组织"),
                ]
            book.names += [(unit.name, org, "单位名称") for unit in org.units.all()]
        return book

    @cached_property
    def offered(self) -> Offered:
        """The organisations as a field names them."""
        known = ((one.pk, one.short_name, one.full_name) for one in self.by_key.values())
        return Offered.of("党组织", known)

    def exactly(self, name: str) -> Organisation | None:
        """The one organisation that bears this name as its own or as an alias."""
        found = {org.pk: org for known, org, _ in self.names if folded(known) == folded(name)}
        return next(iter(found.values())) if len(found) == 1 else None

    def surely(self, name: str) -> int | None:
        """The key of the one organisation that a name means without doubt: its own, an alias, or
        only written otherwise.
        """
        exact = self.exactly(name)
        if exact is not None:
            return exact.pk
        sure = [one.organisation.pk for one in self.proposals(name) if one.sure] if name else []
        return sure[0] if len(sure) == 1 else None

    def proposals(self, name: str) -> list[Proposal]:
        """Whom the name may mean, the surest first."""
        found: dict[int, Proposal] = {}
        for test, sure, confidence in _TESTS:
            for known, org, kind in self.names:
                if org.pk not in found and (why := test(name, known)):
                    found[org.pk] = Proposal(org, f"{kind}“{known}”{why}", sure, confidence)
        return list(found.values())[:5]


def _same(name: str, known: str) -> str:
    return "相同" if folded(name) == folded(known) else ""


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """A name without what notices leave out: 党支部, 第, 常州市; numerals as digits."""
    plain = _LEFT_OUT.sub("", folded(name))
    plain = re.sub(r"^[\u4e00-\u9fff]{2}(?:市|区)", "", plain)
    plain = re.sub(r"第(?=[一二三四五六七八九十\d])", "", plain)
    plain = re.sub(r"([一二三四五六七八九])?十([一二三四五六七八九])?", _tens, plain)
    return plain.translate(_NUMERALS)


def _tens(found: re.Match[str]) -> str:
    tens = (found[1] or "一").translate(_NUMERALS)
    return tens + (found[2].translate(_NUMERALS) if found[2] else "0")


def _normal(name: str, known: str) -> str:
    return "写法不同" if normal(name) == normal(known) and normal(name) else ""


def _pinyin(name: str) -> str:
    return "".join(pinyin.syllables(normal(name)))


def _sound(name: str, known: str) -> str:
    return "读音相同" if len(name) > 1 and _pinyin(name) == _pinyin(known) else ""


def _part(name: str, known: str) -> str:
    """All characters of the shorter stand in the longer, in order: 局小 in 局前街小学."""
    short, long = sorted((normal(name), normal(known)), key=len)
    if len(short) < 2 or short[0] != long[0]:
        return ""
    rest: Iterable[str] = iter(long)
    return "可能是简称" if all(char in rest for char in short) else ""


_TESTS = ((_same, True, 1.0), (_normal, True, 0.95), (_sound, False, 0.7), (_part, False, 0.5))
"""What makes a name mean an organisation: whether that is without doubt, and how sure it is."""
