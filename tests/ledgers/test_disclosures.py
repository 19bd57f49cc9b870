"""Of which year a matter made public is."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.ledgers.kinds.disclosures import about


@pytest.mark.parametrize(
    ("title", "content", "from_on", "year"),
    [
        ("2015年度党费收缴情况", "", date(2016, 1, 8), 2015),
        ("二〇一五年党费收缴情况", "", date(2016, 5, 8), 2015),
        ("党费收缴情况公示", "现将2015年收缴情况公布", date(2016, 5, 8), 2015),
        ("党费收缴情况公示", "", date(2016, 3, 31), 2015),
        ("党费收缴情况公示", "", date(2016, 4, 1), 2016),
        ("党费收缴情况公示", "", date(2016, 12, 30), 2016),
        ("关于2019年的安排", "", date(2016, 12, 30), 2016),
    ],
)
def test_the_year_is_the_one_in_the_words(
    title: str, content: str, from_on: date, year: int
) -> None:
    assert about(title, content, from_on) == date(year, 1, 1)
