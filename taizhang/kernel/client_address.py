"""Where a request came from, for the journal."""

from __future__ import annotations

from contextvars import ContextVar

ORIGIN: ContextVar[str] = ContextVar("origin", default="")
"""The address of the one who asks; empty for commands."""


def address(remote: str, forwarded: str, proxies: int) -> str:
    """The client's address behind so many proxies of our own; what a client writes itself into the
    header counts for nothing.
    """
    if proxies <= 0:
        return remote[:45]
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    return (hops[-proxies] if len(hops) >= proxies else remote)[:45]
