"""Papers that are issued at the same moment; in a module of its own, for nothing here is rolled
back to a cast.
"""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest
from django.db import connections, transaction

from taizhang.orgs.actions.heads import give_number
from taizhang.orgs.models import Organisation, PaperKind
from tests.make import organisation

DAY, ISSUERS = date(2018, 10, 25), 4


@pytest.mark.django_db(transaction=True)
def test_papers_issued_at_once_get_numbers_of_their_own(now: datetime) -> None:
    committee = organisation("局党委", None, now, "party_committee")
    at_once, given = threading.Barrier(ISSUERS), list[str]()

    def issue(n: int) -> None:
        try:
            found = Organisation.objects.get(pk=committee.pk)
            at_once.wait(10)
            with transaction.atomic():
                number = give_number(
                    organisation=found, kind=PaperKind.ORDER, on=DAY, paper=f"visit:{n}", now=now
                )
            given.append(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=issue, args=(n,)) for n in range(ISSUERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)

    assert sorted(given) == [f"督改〔2018〕{n}号" for n in range(1, ISSUERS + 1)]
