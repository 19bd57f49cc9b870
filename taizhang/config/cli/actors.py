"""On whose behalf a command acts: whoever may run commands on the server is trusted as far as the
role he names.
"""

from __future__ import annotations

from django.utils import timezone

from taizhang.kernel.errors import Refused
from taizhang.orgs.actor import Actor, Grant, actor_of
from taizhang.orgs.models import Duty, Organisation, Role


def office() -> Actor:
    """The organisation section's first account."""
    duty = Duty.objects.filter(role=Role.OFFICE).select_related("user").order_by("pk").first()
    if duty is None:
        raise Refused("还没有组织科账号：首次启用之后用 taizhang office 用户名 姓名 建立。")
    return actor_of(duty.user, on=timezone.localdate())


def keeper() -> Actor:
    """The section's account with the right to keep every branch's ledgers, for imports on the
    server.
    """
    actor = office()
    tops = Organisation.objects.filter(parent__isnull=True)
    grants = tuple(Grant(Role.CLERK, top.path, top) for top in tops)
    return Actor(actor.user, (*actor.grants, *grants))
