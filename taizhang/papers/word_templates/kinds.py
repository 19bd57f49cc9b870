"""The kinds of paper that the office may have in a Word file of its own; apps enter theirs when
they are ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from taizhang.kernel.errors import NotFound
from taizhang.orgs.actor import Actor
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Paper

Printed = Paper | Official


@dataclass(frozen=True)
class Field:
    """A name that may stand in the file. With `of` it is a list, and these are the names of each of
    its entries.
    """

    name: str
    meaning: str
    of: tuple[Field, ...] = ()
    again: bool = False
    """It says in another order what other fields say, so that nothing lacks where it is
    not used.
    """


@dataclass(frozen=True)
class Real:
    """A paper that is there, for trying a file on it."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class TemplateKind:
    """What the product knows of a kind of paper that the office lays out itself."""

    slug: str
    title: str
    fields: tuple[Field, ...]
    needed: tuple[tuple[str, ...], ...]
    """Of each group one must stand in the file, as `正文.文字`; a file without it is refused."""
    values: Callable[[Any], dict[str, Any]]
    """What each field holds in a paper."""
    whole: Callable[[Any], list[str]]
    """The texts of a paper that every print of it must show."""
    sample: Callable[[], Printed]
    """An invented paper with every element."""
    start: Callable[[], bytes]
    """The built-in form as Word, with the fields in their places."""
    reals: Callable[[Actor], list[Real]]
    """Papers of this kind that the actor may print, the latest first."""
    paper: Callable[[str, Actor], Printed]
    """The paper of a key; refuses what the actor may not print."""


_KINDS: dict[str, TemplateKind] = {}


def enter(kind: TemplateKind) -> None:
    """Make a kind known."""
    _KINDS[kind.slug] = kind


def every() -> list[TemplateKind]:
    """All kinds, in the order in which they are listed."""
    return list(_KINDS.values())


def named(slug: str) -> TemplateKind:
    """A kind by its name."""
    if slug not in _KINDS:
        raise NotFound("没有这种文书模板。")
    return _KINDS[slug]
