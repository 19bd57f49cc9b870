"""The rows of a list as HTML. A template takes ten times as long for the same, which is most of
what a list of fifty rows costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from taizhang.web.lists.listing import Listed


def bodies(listed: Listed) -> SafeString:
    """Every section as a body of the table; where there is none, what is said instead."""
    parts: list[str] = []
    for section in listed.sections:
        parts.append("<tbody>")
        if section.title:
            parts.append(
                '<tr class="of-group"><th scope="rowgroup" '
                f'colspan="{listed.breadth}">{_told(section.title)}'
                f' <span class="sub">{section.n} {_told(listed.counted)}</span></th></tr>'
            )
        parts += (_row(one, ticks=listed.ticks, acts=listed.has_acts) for one in section.rows)
        parts.append("</tbody>")
    if not listed.sections:
        parts.append(
            f'<tbody><tr><td colspan="{listed.breadth}">{_told(listed.empty)}</td></tr></tbody>'
        )
    return mark_safe("\n".join(parts))  # noqa: S308  (all that was written by people went through `_told`)


def _row(one: Any, *, ticks: bool, acts: bool) -> str:
    parts = ['<tr class="done">' if one.row.is_struck else "<tr>"]
    if ticks:
        named = " ".join(_told(cell.text) for cell in one.cells[:2])
        parts.append(
            f'<td class="tick"><input type="checkbox" name="key" value="{_told(one.row.key)}"'
            f' form="batch" aria-label="勾选 {named}"></td>'
        )
    parts += map(_cell, one.cells)
    if acts:
        parts.append(f'<td class="nowrap">{"".join(_acts(one.row.acts))}</td>')
    return "".join((*parts, "</tr>"))


def _cell(cell: Any) -> str:
    text = _told(cell.text)
    if cell.url:
        text = f'<a href="{_told(cell.url)}">{text}</a>'
    elif cell.tone:
        text = f'<span class="{cell.tone}">{text}</span>'
    if cell.tag:
        text += f' <span class="sub nowrap">{_told(cell.tag)}</span>'
    kind = "n" if cell.is_number else "nowrap" if cell.is_day else ""
    return f'<td class="{kind}">{text}</td>' if kind else f"<td>{text}</td>"


def _acts(acts: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f'<a href="{_told(url)}">{_told(word)}</a> ' for word, url in acts)


def _told(text: object) -> str:
    return escape(str(text))
