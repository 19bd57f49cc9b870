"""The kinds of ledgers, in the order in which pages list them."""

from __future__ import annotations

from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import (
    charts,
    disclosures,
    divisions,
    documents,
    dues_assessments,
    dues_exemptions,
    dues_payments,
    dues_remittances,
    group_leaders,
    group_members,
    groups,
    lecture_plans,
    meetings,
    members,
    not_counted,
    posts,
    rights_limits,
    stages,
    talks,
    terms,
)

KINDS: dict[str, LedgerKind] = {
    module.KIND.slug: module.KIND
    for module in (
        meetings,
        lecture_plans,
        documents,
        members,
        stages,
        groups,
        group_members,
        group_leaders,
        terms,
        posts,
        divisions,
        charts,
        talks,
        disclosures,
        dues_assessments,
        dues_payments,
        dues_exemptions,
        dues_remittances,
        rights_limits,
        not_counted,
    )
}
