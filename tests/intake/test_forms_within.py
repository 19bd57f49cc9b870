"""Forms as they are printed: rows of a part in the middle of labels, the day of a paper behind its
number, hours under a label of their own, two labels for one field.
"""

from __future__ import annotations

from taizhang.intake.reading import read
from tests.intake.test_binder import made


def _values(title: str, *rows: list[str]) -> dict[str, str]:
    word = [title, {"rows": [list(row) for row in rows], "merged": []}]
    (found,) = read.documents("a.docx", made({"word": word}))
    (record,) = found.records
    return record.values


def test_candidates_in_the_middle_of_a_form_are_rows_and_labels_below_stay_labels() -> None:
    values = _values(
        "某校党支部补选委员情况登记表",
        ["选举类别", "补选", "选举大会日期", "2020年9月18日", ""],
        ["大会主持人", "样峰", "应选人数", "1", ""],
        ["发出选票", "30", "收回选票", "30", ""],
        ["有效选票", "29", "无效选票", "1", ""],
        ["候选人姓名", "赞成票", "反对票", "弃权票", "结果"],
        ["例晓光", "25", "2", "2", "当选"],
        ["样雨晴", "4", "20", "5", "未当选"],
        ["召开大会请示文号", "例实支〔2020〕9号", "请示日期", "2020年9月2日", ""],
        ["召开大会批复文号", "例镇委〔2020〕41号", "批复日期", "2020年9月10日", ""],
    )

    assert values["candidates"] == (
        "例晓光（赞成：25；反对：2；弃权：2；结果：当选）\n"
        "样雨晴（赞成：4；反对：20；弃权：5；结果：落选）"
    )
    assert (values["request_on"], values["reply_on"]) == ("2020-09-02", "2020-09-10")
    assert "final_reply_on" not in values


def test_hours_under_a_label_of_their_own_are_of_the_day() -> None:
    values = _values(
        "党员活动室使用登记表",
        ["活动室名称", "党员之家", "使用日期", "2024年4月26日"],
        ["使用时间", "16:00—17:30", "使用人", "样白芨"],
    )

    assert (values["used_on"], values["starts_at"], values["ends_at"]) == (
        "2024-04-26",
        "16:00",
        "17:30",
    )


def test_of_two_labels_the_ledgers_own_says_the_field() -> None:
    values = _values(
        "入党积极分子培养考察登记表",
        ["姓名", "样辛夷", "培养联系人", "例防风、样白芨"],
        ["考察时间", "2024年上半年", "考察日期", "2024年6月28日"],
        ["考察意见", "继续培养。", "考察人", "例防风"],
    )

    assert values["reviewer"] == "例防风"
