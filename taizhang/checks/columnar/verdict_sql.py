"""The verdicts of all branches at once, as `verdicts.derive` says them of one branch; in SQL for
DuckDB.

Dismissals belong to a database and do not count here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from taizhang.catalogue.model import Catalogue, Item
from taizhang.checks.verdicts import ALIVE, LASTING, ROSTER, UNDECLARED, UNKNOWN, WITHOUT, Standing
from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import Period, Where
from taizhang.rules.sql import literal, values


def queries(catalogue: Catalogue, period: Period) -> dict[str, str]:
    """Table → the query that fills it, each from the facts, `suspicions` and those before it; the
    last is `verdicts`.
    """
    severities = [(r.id, r.id.partition(":")[0], r.severity) for r in catalogue.rules()]
    items = [
        (
            i.id,
            int(i.applies.required),
            i.applies.with_ or "",
            int(i.applies.zero_report),
            int(bool(i.rules)),
        )
        for i in catalogue.items
    ]
    flags = {"required": "int64", "condition": "string", "zero_report": "int64", "judged": "int64"}
    return {
        "severities": values(
            {"rule": "string", "item": "string", "severity": "string"}, severities
        ),
        "items": values({"item": "string", **flags}, items),
        "records": _records(catalogue.items, period),
        "meets": _meets(period),
        "declared": _declared(period),
        "verdicts": _VERDICTS.format(
            without=_listed(WITHOUT),
            unknown=_listed(UNKNOWN),
            undeclared=_listed(UNDECLARED),
            roster=literal(ROSTER),
        ),
    }


def standings(
    con: Any, catalogue: Catalogue, branches: Iterable[int], period: Period
) -> dict[int, Standing]:
    """Branch → its standing, counted by DuckDB from the tables of facts that a connection holds."""
    records: dict[int, dict[str, int]] = {}
    for branch, item, n in con.execute(_records(catalogue.items, period)).fetchall():
        records.setdefault(branch, {})[item] = n
    declared: dict[int, dict[str, str]] = {}
    for branch, item, kind in con.execute(_declared(period)).fetchall():
        declared.setdefault(branch, {})[item] = kind
    meets = set(con.execute(_meets(period)).fetchall())
    nothing = dict.fromkeys((item.id for item in catalogue.items), 0)
    return {
        branch: Standing(
            nothing | records.get(branch, {}),
            {one: (branch, one) in meets for one in (*ALIVE, "public_institution")},
            declared.get(branch, {}),
        )
        for branch in branches
    }


def _listed(names: Collection[Any]) -> str:
    return ", ".join(map(literal, names))


def _records(items: Collection[Item], period: Period) -> str:
    """How many records each branch has of each item."""
    return " union all ".join(
        f"""select branch_id, '{item.id}' as item, count(*) as n from "{kept.ledger}"
        where {_matches(kept.where)} and {_in_time(kept.ledger, kept.day, period)}
        group by branch_id"""  # noqa: S608
        for item in items
        if (kept := item.kept_in)
    )


def _in_time(ledger: str, day: str, period: Period) -> str:
    first, last = literal(period.from_on), literal(period.last)
    if ledger in LASTING:
        begins, ends = LASTING[ledger]
        open_end = f"{last} < coalesce({ends}, {literal(FOREVER)})" if ends else "true"
        return f"{begins} <= {last} and {open_end}"
    return f'"{day}" between {first} and {last}'


def _matches(where: Where) -> str:
    """`rules.base.matches` as a condition."""
    parts = ["true"]
    for column, wanted in where.items():
        if isinstance(wanted, list):
            listed = _listed([v for v in wanted if v is not None])
            parts.append(f'"{column}" in ({listed})' if listed else "false")
        else:
            parts.append(
                f'"{column}" is null' if wanted is None else f'"{column}" = {literal(wanted)}'
            )
    return " and ".join(parts)


def _declared(period: Period) -> str:
    """What was declared and confirmed for all days of the period on which there was
    such a branch.
    """
    first, last = literal(period.from_on), literal(period.last)
    return f"""select d.branch_id, item, max(kind) as kind
        from declarations d join branches b on b.branch_id = d.branch_id
        where confirmed_at is not null
        and from_on <= greatest({first}, founded_on) and to_on >= {last}
        group by d.branch_id, item"""  # noqa: S608


def _meets(period: Period) -> str:
    """Which branches meet which condition of an item."""
    first, last = literal(period.from_on), literal(period.last)
    lived = [
        f"""select distinct branch_id, '{condition}' as condition from "{table}"
        where "{begins}" <= {last} and coalesce("{ends}", {literal(FOREVER)}) > {first}"""  # noqa: S608
        for condition, (table, begins, ends) in ALIVE.items()
    ]
    lived.append("select distinct branch_id, 'public_institution' as condition from institutions")
    return " union all ".join(lived)


_VERDICTS = """
with counts as (
    select s.branch_id, v.item,
        count(*) filter (where certain = 1 and severity = 'error') as errors,
        count(*) filter (where certain = 1 and severity = 'warn') as warns,
        count(*) filter (where certain = 1 and severity = 'info') as infos,
        count(*) filter (where certain = 0) as unsure
    from suspicions s join severities v using (rule) group by 1, 2
), known as (
    select b.branch_id, i.*, coalesce(r.n, 0) as records, coalesce(d.kind, '') as declared,
        coalesce(c.errors, 0) as errors, coalesce(c.warns, 0) as warns,
        coalesce(c.infos, 0) as infos, coalesce(c.unsure, 0) as unsure,
        i.condition <> '' and m.branch_id is null as unmet, p.branch_id is not null as roster
    from branches b cross join items i
    left join records r on r.branch_id = b.branch_id and r.item = i.item
    left join declared d on d.branch_id = b.branch_id and d.item = i.item
    left join counts c on c.branch_id = b.branch_id and c.item = i.item
    left join meets m on m.branch_id = b.branch_id and m.condition = i.condition
    left join meets p on p.branch_id = b.branch_id and p.condition = {roster}
)
select branch_id, item, case
    when required = 0 or declared = 'not_applicable' then 'not_applicable'
    when unmet and condition in ({without}) and errors = 0
        then case when condition in ({unknown}) and not roster then 'to_judge'
        else 'not_applicable' end
    when (unmet and condition in ({undeclared})) or (zero_report = 1 and records = 0 and errors = 0)
        then case when declared = 'nothing' then 'ok' else 'to_judge' end
    when judged = 0 then 'to_judge'
    when errors > 0 then case when records > 0 then 'defective' else 'missing' end
    when unsure > 0 then 'to_judge'
    when records > 0 then 'ok'
    when warns + infos > 0 then 'to_judge'
    else 'not_due' end as outcome, records, errors, warns, infos
from known
"""
