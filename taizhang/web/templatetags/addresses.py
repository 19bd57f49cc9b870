"""`{% url %}` as Django has it, but an address that was found once is not looked for again: each
page has some thirty.
"""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as usual
from django.urls import reverse
from django.utils.html import conditional_escape

register = template.Library()


@lru_cache(maxsize=4096)
def address(name: str, *args: int | str) -> str:
    """Where a page is that keys and words name."""
    return reverse(name, args=args)


class Address(URLNode):
    """The tag, where it only prints an address."""

    def render(self, context: Context) -> str:
        """As Django does; there is one set of addresses, whatever page asks."""
        told = (one.resolve(context) for one in self.args)
        args = [one if isinstance(one, int | str) else str(one) for one in told]
        found = address(self.view_name.resolve(context), *args)
        return str(conditional_escape(found)) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """Django's own tag for what is named by words or kept in a variable."""
    found = usual(parser, token)
    if found.kwargs or found.asvar:
        return found
    return Address(found.view_name, found.args, found.kwargs, found.asvar)
