"""How the grid of a list stands on the page: what is wrong below its row, what it lacks in front."""

from __future__ import annotations

import io
from typing import Any

import pytest

from taizhang.intake.models import Paper
from tests.intake import corpus
from tests.make import Cast

pytestmark = pytest.mark.django_db


def test_what_a_list_lacks_stands_behind_its_first_column_and_its_faults_below_the_row(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    rows = [["姓名", "性别", "出生日期", "学历"], ["钟一", "女", "1970-03-04", "本科"]]
    upload = io.BytesIO(corpus._sheet([[], *rows], "党员花名册"))
    upload.name = "花名册.xlsx"
    clerk.post("/intake/", {"file": [upload], "branch": people.own.pk})
    page = clerk.get(f"/intake/papers/{Paper.objects.get().pk}/").content.decode()

    heads = [one.split("<")[0] for one in page.split('<th scope="col">')[1:]]
    assert heads[:4] == ["不要", "姓名", "进入支部日期", "性别"]
    assert page.count('class="s-error told-below"') == 1
    assert "进入支部日期：不能为空" in page
