"""How much of the corpus is read right; run by hand for the figures, layout by layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from taizhang.intake.reading import read
from tests.intake.corpus import Case


def measured(cases: Iterable[Case]) -> dict[str, Counter[str]]:
    """By layout: documents, ledgers right, fields that the source has, fields right, values beside
    the truth.
    """
    found: dict[str, Counter[str]] = {}
    for case in cases:
        counts = found.setdefault(case.layout, Counter())
        documents = read.documents(case.name, case.data)
        right = [one for one in documents if one.kind is not None and one.kind.slug == case.kind]
        records = [record for one in right for record in one.records]
        counts["documents"] += 1
        counts["ledger"] += len(right) == len(documents)
        counts["records"] += len(records) == len(case.records)
        for wanted, record in zip(case.records, records, strict=False):
            counts["right"] += sum(record.values.get(n) == v for n, v in wanted.items())
            counts["other"] += sum(
                n in record.values and record.values[n] != v for n, v in wanted.items()
            )
        counts["fields"] += sum(map(len, case.records))
    return found
