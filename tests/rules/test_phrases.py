"""What is found in a record's words: days that cannot be right, and what a paper does not say."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.rules import phrases

HELD = date(2017, 3, 22)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("2017年3月党员大会", set()),
        ("2016年3月党员大会", {"other_year"}),
        ("2016年12月党员大会", {"other_year"}),
        ("2017年9月党员大会", set()),
        ("学习2016年10月全会精神", set()),
        ("2016年度组织生活会", set()),
        ("2014年度组织生活会", {"other_year"}),
        ("2017年3月22日党员大会", set()),
        ("2017年3月21日党员大会", {"other_day"}),
    ],
)
def test_a_heading_that_was_taken_over_is_seen(title: str, found: set[str]) -> None:
    assert {hit.code for hit in phrases.days_in(title, "", HELD)} == found


def test_the_months_around_a_new_year_are_near() -> None:
    assert not list(phrases.days_in("2016年12月支委会", "", date(2017, 1, 5)))


@pytest.mark.parametrize("comma", ["、", "，"])
def test_a_title_says_nothing_of_what_the_paper_holds(comma: str) -> None:
    title = f"民主生活会{comma}组织生活会{comma}民主评议党员流程"
    parts = {"life:democratic", "life:organisation", "life:assessment"}

    alone = {hit.code for hit in phrases.find(f"{title}\n{title}\n为规范工作制定。")}
    told = {hit.code for hit in phrases.find(f"{title}\n民主生活会由班子召开；组织生活会由支部召开；民主评议党员按顺序进行。")}  # fmt: skip

    assert not alone & parts
    assert parts <= told
