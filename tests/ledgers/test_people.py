"""Names as people have them, and lists of them as clerks write them: nobody is invented, nobody is
lost.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import looks_like_person, person_name
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Attendance, Meeting
from taizhang.ledgers.written.persons import persons
from taizhang.notices.groups.teams import team
from taizhang.notices.model import Notice
from tests.make import NAMES, Cast, raw, save


@pytest.mark.parametrize(
    "name",
    ["王𬭎", "李䶮", "赵㛃", "孙𠅤", "陈〇", "钱𰻝", "张  三丰", "欧阳 修远", "阿不都热依木·买买提", "阿依古丽.艾合买提", "古丽•艾力"],
)  # fmt: skip
def test_every_han_character_may_be_in_a_name(people: Cast, now: datetime, name: str) -> None:
    assert looks_like_person(name)
    entry = save(
        people.own, people.actor("clerk"), now, "members", name=name, joined_on="2016-09-01"
    )
    assert entry.person.name == person_name(name)


@pytest.mark.parametrize(
    "name", ["周（大）", "Li Na", "陈a", "吴·", "·吴", "王", "甲乙丙丁戊己庚辛壬", "王1"]
)
def test_what_is_no_name_is_refused(people: Cast, now: datetime, name: str) -> None:
    with pytest.raises(BadInput, match="不像是姓名"):
        save(people.own, people.actor("clerk"), now, "members", name=name, joined_on="2016-09-01")


def test_a_team_with_rare_characters_is_read() -> None:
    found = team("组长：王𬭎 组员：李䶮、阿不都热依木·买买提", Notice(), "")
    assert found is not None
    assert (found.leader, found.members) == ("王𬭎", ["李䶮", "阿不都热依木·买买提"])
    behind = team("陈〇（组长）、赵㛃（组员）", Notice(), "")
    assert behind is not None
    assert (behind.leader, behind.members) == ("陈〇", ["赵㛃"])


ROSTER = {"示例甲", "示例乙", "杨示四", "欧阳修远", "曹样辛"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("杨示四、谢范千，曹样辛 张例三", ["杨示四", "谢范千", "曹样辛", "张例三"]), ("示例甲 示例乙", ["示例甲", "示例乙"]), ("杨 示 四", ["杨示四"]),
        ("张 三、李 四", ["张三", "李四"]), ("欧阳 修远", ["欧阳修远"]), ("示 例 甲 示 例 乙", ["示例甲", "示例乙"]), ("无", []), ("没有", []),
        ("/", []), ("—", []), ("无。", []), ("示例甲/示例乙", ["示例甲", "示例乙"]), ("示例甲\n示例乙", ["示例甲", "示例乙"]), ("无缺席人员", []),
    ],
)  # fmt: skip
def test_a_list_of_names_is_read(text: str, names: list[str]) -> None:
    told: list[str] = []
    assert [name for name, _ in persons(text, ROSTER.__contains__, told.append)] == names
    assert told == []


@pytest.mark.parametrize(
    "text",
    ["全体", "全体党员", "各支委", "其他党员", "所有人员", "党员", "支委会成员", "李四等5人", "5人", "全体支委", "支委会全体成员"],
)  # fmt: skip
def test_words_for_many_are_no_person(text: str) -> None:
    told: list[str] = []
    assert list(persons(f"示例甲、{text}", ROSTER.__contains__, told.append)) == [("示例甲", "")]
    assert "不是姓名" in told[0]


def test_blanks_with_two_readings_are_asked() -> None:
    told: list[str] = []
    assert list(persons("甲 乙 丙 丁", ROSTER.__contains__, told.append)) == []
    assert "用顿号把姓名分开" in told[0]


def test_the_reason_stays_with_the_last_of_a_piece() -> None:
    told: list[str] = []
    found = list(persons("示例甲 示例乙（公差、开会）", ROSTER.__contains__, told.append))
    assert found == [("示例甲", ""), ("示例乙", "公差、开会")]


def test_everybody_in_a_meeting_is_refused_and_nobody_is_none(people: Cast, now: datetime) -> None:
    actor, values = people.actor("clerk"), raw("meetings")
    with pytest.raises(BadInput, match="全体"):
        save(people.own, actor, now, "meetings", **values | {"present": "全体"})
    with pytest.raises(BadInput, match="全体党员"):
        save(people.own, actor, now, "meetings", **values | {"host_name": "全体党员"})

    entry = save(
        people.own, actor, now, "meetings",
        **values | {"absent": "没有", "observers": "/", "votes": "无", "resolutions": "无", "host_name": "示 例 甲", "recorder_name": "无"},
    )  # fmt: skip

    assert (entry.n_absent, entry.n_votes, entry.n_resolutions) == (0, 0, 0)
    assert (entry.host_name, entry.host, entry.recorder_name) == (NAMES[0], entry.host, "")
    assert entry.host.name == NAMES[0]
    assert Attendance.objects.filter(meeting=entry).count() == 2


@pytest.mark.parametrize(
    ("slug", "part"), [("violation-surveys", "rows"), ("activities", "participants"), ("elections", "candidates")]
)  # fmt: skip
def test_nobody_is_listed_nowhere(people: Cast, now: datetime, slug: str, part: str) -> None:
    kind = KINDS[slug]
    names = [p.name for p in kind.parts]
    part = part if part in names else names[0]
    entry = save(people.own, people.actor("clerk"), now, slug, **raw(slug) | {part: "无"})
    own = next(p for p in kind.parts if p.name == part)
    assert not own.model._default_manager.filter(**{own.owner: entry}).exists()


def test_a_name_that_is_ticked_and_written_counts_once(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    pk = 1
    said = {
        **raw("meetings"), "roster": "1", "roster-checked": "1", f"name-{pk}": NAMES[0], f"tick-{pk}": "1",
        "present": f"{NAMES[0]} {NAMES[1]}", "absent": f"{NAMES[0]}（病假）",
    }  # fmt: skip
    clerk.post("/ledgers/meetings/new/", said)
    meeting = Meeting.objects.get()
    assert (meeting.n_present, meeting.n_absent, meeting.n_repeated) == (2, 0, 0)
