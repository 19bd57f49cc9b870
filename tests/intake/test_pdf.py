"""The same documents as PDF, made by another program."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace

import pytest

from taizhang.kernel import libreoffice
from tests.intake.corpus import LAYOUTS
from tests.intake.measured import measured

pytestmark = pytest.mark.skipif(
    libreoffice.program() is None and not os.environ.get("CI"), reason="no LibreOffice"
)
FORMS = (0, 1, 3, 5, 10, 11, 12, 13)
"""Layouts of Word: of a sheet's columns a page shows what fits on it."""


def test_what_is_read_of_a_pdf_is_what_stands_in_it() -> None:
    cases = [LAYOUTS[at](100 * at) for at in FORMS]
    made = libreoffice.converted([case.data for case in cases], "docx", "pdf")

    pairs = zip(cases, made, strict=True)
    found = measured(replace(case, name="扫描.pdf", data=data) for case, data in pairs)

    total = sum(found.values(), Counter())
    assert total["ledger"] == total["records"] == len(FORMS)
    assert total["right"] * 100 >= total["fields"] * 97
    assert total["other"] <= 1
