"""Loading the invented district in several goes."""

from __future__ import annotations

import pytest

from taizhang.checks import current
from taizhang.checks.actions import checking
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.demo import seed
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import SearchLine
from taizhang.orgs.models import Organisation, User
from tests.conftest import NOW


@pytest.mark.django_db
def test_what_was_cut_off_is_gone_on_with_and_nothing_comes_twice() -> None:
    with checking.later():
        began = seed.Loading(NOW, 2, lambda line: None, shown=True)
        began.next_branch()
        first = Organisation.objects.branches().get()
        meetings = KINDS["meetings"].model.objects
        kept = meetings.filter(branch=first).count()

        again = seed.Loading(NOW, 2, lambda line: None, shown=True)
        while again.next_branch():
            pass

    assert Organisation.objects.branches().count() == 2
    assert meetings.filter(branch=first).count() == kept > 0
    assert [plan.name for plan in again.plans] == [plan.name for plan in began.plans]
    assert {p.branch for p in began.district.truth} <= {p.branch for p in again.district.truth}
    assert User.objects.get(username="taizhangyuan").check_password(seed.PASSWORD)

    judged = current.judged(first, must_have_scope())
    assert judged is not None
    assert not judged.compared
    assert SearchLine.objects.filter(branch=first).exists()
