"""The picture of a 党总支: those of its branches in one, each thing with the branch that
it is about.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from taizhang.checks.models import Outcome
from taizhang.orgs.models import Organisation

WORST_FIRST = (
    Outcome.MISSING, Outcome.DEFECTIVE, Outcome.UNCHECKED, Outcome.TO_JUDGE, Outcome.OK, Outcome.NOT_DUE,
    Outcome.NOT_APPLICABLE,
)  # fmt: skip
"""A requirement is met by a 党总支 when each of its branches meets it; what nobody checked is never
covered by what is in order.
"""
Pack = dict[str, Any]


def joined(place: Organisation, packs: list[tuple[Organisation, Pack]]) -> Pack:
    """One pack of several."""
    numbers = packs[0][1]["items"]
    return {
        "items": {
            no: _item(place, [(b, pack["items"][no]) for b, pack in packs]) for no in numbers
        },
        "seed": "；".join(pack["seed"] for _, pack in packs),
        "sample": [
            one | {"what": f"{branch.short_name}：{one['what']}"}
            for branch, pack in packs
            for one in pack["sample"]
        ],
        "sampling": {
            "population": sum(pack["sampling"]["population"] for _, pack in packs),
            "size": sum(pack["sampling"]["size"] for _, pack in packs),
            "seed": "；".join(pack["sampling"]["seed"] for _, pack in packs),
            "method": f"对下属{len(packs)}个支部分别抽取：{packs[0][1]['sampling']['method']}"
            if len(packs) == 1
            else "".join(f"{b.short_name}：{pack['sampling']['method']}" for b, pack in packs),
        },
    }


def _item(place: Organisation, told: list[tuple[Organisation, Pack]]) -> Pack:
    worst = min((item["outcome"] for _, item in told), key=WORST_FIRST.index)
    return {
        "outcome": worst,
        "warns": sum(item["warns"] for _, item in told),
        "why": "；".join(
            f"{branch.short_name}：{item['why']}" for branch, item in told if item["why"]
        ),
        "records": sum(item["records"] for _, item in told),
        "reasons": [_reason(branch, one) for branch, item in told for one in item["reasons"]],
        "more": sum(item["more"] for _, item in told),
        "url": reverse("checks:branch", args=[place.pk]),
    }


def _reason(branch: Organisation, one: Pack) -> Pack:
    named = {key: f"{branch.short_name}：{one[key]}" for key in ("text", "official")}
    return one | named | {"members": [f"{branch.short_name}：{text}" for text in one["members"]]}
