"""What a branch declares counts once the committee has confirmed it, by the button on its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from tests.make import Cast, raw, save


def test_the_office_confirms_once_and_a_correction_asks_again(
    people: Cast, now: datetime, login: Any
) -> None:
    entry = save(people.own, people.actor("clerk"), now, "declarations", **raw("declarations"))
    office, clerk = login(people.users["office"]), login(people.users["clerk"])
    page = reverse("ledgers:entry", args=["declarations", entry.pk])
    button = reverse("ledgers:confirm", args=[entry.pk])

    assert button in office.get(page).content.decode()
    assert button not in clerk.get(page).content.decode()
    assert clerk.post(button).status_code == 403
    assert office.post(button).status_code == 302
    assert office.post(button).status_code == 409
    entry.refresh_from_db()
    assert entry.confirmed_by == people.users["office"]

    changed = raw("declarations") | {"reason": "重新说明", "version": "1"}
    body = {f"f-{name}": text for name, text in changed.items()} | changed
    clerk.post(reverse("ledgers:correct", args=["declarations", entry.pk]), body)
    entry.refresh_from_db()
    assert entry.reason == "重新说明"
    assert entry.confirmed_at is None
    assert button in office.get(page).content.decode()
