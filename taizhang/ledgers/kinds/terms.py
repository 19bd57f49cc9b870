"""支委会届次: the terms of the branch committee, or of a secretary without one."""

from __future__ import annotations

from taizhang.ledgers.kind import (
    FOR_EVER,
    NOBODY,
    Draft,
    Lasting,
    LedgerKind,
    PaperForm,
    entry_facts,
)
from taizhang.orgs.models import CommitteeTerm


def _prepare(draft: Draft) -> None:
    if draft.values["ended_on"] and draft.values["ended_on"] < draft.values["started_on"]:
        draft.wrong("任期结束日期", "早于选举产生日期。")


KIND = LedgerKind(
    slug="terms",
    begins_as=2,
    title="支委会届次",
    section="班子建设",
    titles=("支委会届次", "支部委员会届次", "历届支委会", "历届支部委员会一览表"),
    kept_years=FOR_EVER,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="ended_on"),
    model=CommitteeTerm,
    asked=(
        "ordinal",
        "kind",
        "started_on",
        "ended_on",
        "extended_to",
        "extension_no",
        "extension_reason",
        "extension_work",
    ),
    listed=("ordinal", "kind", "started_on", "ended_on", "extended_to", "extension_no"),
    day="started_on",
    prepare=_prepare,
    items=("L15",),
    unique=("started_on",),
    facts=(
        entry_facts(
            "terms",
            CommitteeTerm,
            "ordinal",
            "kind",
            "started_on",
            "ended_on",
            "extended_to",
            "extension_no",
            extension_work="extension_work__length",
        ),
    ),
    also_called={
        "届别": "届次",
        "届数": "届次",
        "选举时间": "选举产生日期",
        "选举日期": "选举产生日期",
        "产生日期": "选举产生日期",
        "产生时间": "选举产生日期",
        "任期开始": "选举产生日期",
        "任期起始日期": "选举产生日期",
        "任期届满日期": "任期结束日期",
        "届满时间": "任期结束日期",
        "届满日期": "任期结束日期",
        "任期届满时间": "任期结束日期",
        "结束日期": "任期结束日期",
        "批复文号": "延期批复文号",
        "延期批准文号": "延期批复文号",
    },
    example={"届次": "3", "届次类别": "支委会", "选举产生日期": "2015-09-20"},
)
