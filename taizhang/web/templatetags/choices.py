"""The lines of a `<select>` made in one go: to walk through a hundred of them in a template takes
longer than the search behind the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def options(choices: Iterable[tuple[int | str, str]], chosen: int | str | None) -> SafeString:
    """An `<option>` for each value and its words."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _SELECTED if value == chosen else "", told) for value, told in choices),
    )


_SELECTED = SafeString(" selected")
