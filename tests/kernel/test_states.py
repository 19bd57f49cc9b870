"""What modules of tests begin with: made once, copied for each, gone after, and nothing of it done
in earnest.
"""

from __future__ import annotations

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from taizhang.orgs.models import Unit
from tests.conftest import NOW
from tests.make import organisation
from tests.modules import States


def test_a_state_is_made_once_and_gone_after(
    states: States, django_db_blocker: DjangoDbBlocker
) -> None:
    made: list[str] = []

    def make() -> str:
        transaction.on_commit(lambda: made.append("done in earnest"))
        made.append("made")
        return str(organisation("只在这里", None, NOW, "party_committee"))

    for _ in range(2):
        with states.entered("only here", make) as name, django_db_blocker.unblock():
            assert "只在这里" in name
            assert Unit.objects.filter(name="只在这里学校").exists()
        with django_db_blocker.unblock():
            assert not Unit.objects.exists()
            connection.close()

    assert made == ["made"] * (1 if connection.vendor == "sqlite" else 2)
