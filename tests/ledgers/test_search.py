"""The search finds every record that holds the words, only what may be seen, and nothing that is
hidden.
"""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from taizhang.kernel.writing import grams
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import SearchLine
from taizhang.ledgers.records import actions
from taizhang.ledgers.records.derived import search_index
from taizhang.ledgers.search import page as search
from taizhang.ledgers.search import rebuild as search_rebuild
from taizhang.ledgers.search.hits import Narrowed, hits
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries.seen import Place, Seen
from tests.make import Cast, picture, raw, save


def _titles(people: Cast, words: str, role: str = "clerk") -> list[str]:
    return [hit.title for hit in search.search(words=words, actor=people.actor(role)).hits]


@pytest.fixture
def held(people: Cast, now: datetime) -> Any:
    values = raw("activities") | {
        "theme": "清洁社区",
        "content": "党员教师３５人到光华里小区Ａ区打扫，慰问老党员",
    }
    return save(people.own, people.actor("clerk"), now, "activities", **values)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    "words", ["光华里", "华里", "里", "打扫", "35人", "小区a区", "清洁 慰问", "A 区 清洁社区"]
)
def test_any_part_of_the_text_finds_it(people: Cast, words: str) -> None:
    assert any("清洁社区" in title for title in _titles(people, words))


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("words", ["光里", "华光里", "打扫慰问", "清洁 没有", "", "，", "区区打"])
def test_what_does_not_stand_there_finds_nothing(people: Cast, words: str) -> None:
    assert not any("清洁社区" in title for title in _titles(people, words))


def test_persons_are_found_by_pinyin_and_first_letters(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    save(
        people.own,
        actor,
        now,
        "members",
        name="欧阳示例",
        birth_on="1990-01-01",
        joined_on="2016-01-01",
    )
    assert (
        _titles(people, "ouyangshili")
        == _titles(people, "oysl")
        == _titles(people, "欧阳示例")
        != []
    )


def _line(people: Cast, kind: str) -> None:
    text = "支委会\n5\n5\n2018-01-05\n09:30\n-3\n否\n8000.00\n研究清洁\n23545149"
    search_index.add(search_index.lines_of(kind, 1, people.own.pk, date(2018, 1, 5), "某", text))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("清洁", ("支委会 2018-01-05 09:30 研究", "清洁", "")),
        ("8000.00", ("支委会 2018-01-05 09:30 ", "8000.00", " 研究清洁")),
        ("清洁 23545149", ("支委会 2018-01-05 09:30 研究", "清洁", " 23545149")),
    ],
)
def test_figures_without_their_labels_are_not_shown_beside_the_words(
    people: Cast, words: str, told: tuple[str, str, str]
) -> None:
    _line(people, "meetings")
    hit = search.search(words=words, actor=people.actor("clerk")).hits[0]
    assert (hit.before, hit.words, hit.after) == told


def test_the_text_of_a_file_is_shown_as_it_stands(people: Cast) -> None:
    _line(people, search_index.FILES)
    hit = search.search(words="09:30", actor=people.actor("clerk")).hits[0]
    assert (hit.before, hit.words) == ("支委会 5 5 2018-01-05 ", "09:30")


def test_only_what_may_be_seen(people: Cast, held: Any) -> None:
    assert str(held) in _titles(people, "光华里", "office")
    for role in ("foreign", "member", "nobody"):
        assert _titles(people, "光华里", role) == []


def test_corrected_and_withdrawn_records_leave_the_index(
    people: Cast, held: Any, now: datetime
) -> None:
    actor, kind = people.actor("clerk"), KINDS["activities"]
    held = actions.correct(
        kind=kind, entry=held, values=raw("activities") | {"theme": "植树"}, version=1, reason="改", actor=actor, now=now
    )  # fmt: skip
    assert (_titles(people, "光华里"), len(_titles(people, "植树"))) == ([], 1)

    actions.withdraw(kind=kind, entry=held, reason="误登", actor=actor, now=now)
    assert _titles(people, "植树") == []


def test_what_is_sensitive_is_not_indexed(people: Cast, now: datetime) -> None:
    save(
        people.own,
        people.actor("clerk"),
        now,
        "talks",
        **raw("talks") | {"content": "很私密的一句话"},
    )
    assert _titles(people, "很私密") == []
    assert not SearchLine.objects.filter(text__contains="私密").exists()


def test_files_are_found_by_name(people: Cast, now: datetime) -> None:
    evidence.take_in(
        branch=people.own,
        name="五一签到表.png",
        data=picture(),
        kind="",
        actor=people.actor("clerk"),
        now=now,
    )
    assert _titles(people, "签到") == ["五一签到表.png"]


def test_branches_are_found_by_name_and_pinyin(people: Cast) -> None:
    office = people.actor("office")
    for words in ("甲校", "jiaxiao", "jx"):
        assert [b.short_name for b in search.search(words=words, actor=office).branches] == ["甲校"]


def test_what_was_left_out_is_caught_up_and_nothing_twice(people: Cast, now: datetime) -> None:
    search_rebuild.catch_up()
    with search_index.paused():
        for slug in ("activities", "meetings", "cases", "members"):
            save(people.own, people.actor("clerk"), now, slug, **raw(slug))
    before = SearchLine.objects.count()

    done = search_rebuild.catch_up()
    assert done >= 4  # a member brings his stages along
    assert search_rebuild.catch_up() == 0
    assert SearchLine.objects.count() == before + done


def test_both_ways_of_indexing_say_the_same(people: Cast, now: datetime) -> None:
    made = {
        slug: save(people.own, people.actor("clerk"), now, slug, **raw(slug))
        for slug in KINDS
        if KINDS[slug].indexed and not KINDS[slug].parts
    }
    told = {
        (s, e.pk): SearchLine.objects.get(kind=s, entry_id=e.pk).text.split()
        for s, e in made.items()
    }
    for slug, key in told:
        search_index.forget(slug, [key])
    search_rebuild.catch_up()

    for (slug, key), words in told.items():
        again = SearchLine.objects.get(kind=slug, entry_id=key).text.split()
        assert sorted("".join(again)) == sorted("".join(words)), slug


def test_a_bare_yes_or_no_is_no_word_and_a_day_is_told_once(
    people: Cast, held: Any, login: Any
) -> None:
    line = SearchLine.objects.get(kind="activities", entry_id=held.pk)
    assert not {"是", "否"} & set(line.text.split())
    hit = search.search(words="光华里", actor=people.actor("clerk")).hits[0]
    assert hit.title.startswith(str(hit.day))
    page = login(people.users["clerk"]).get("/search/", {"q": "光华里"}).content.decode()
    assert page.count(str(hit.day)) == 1


def test_who_reads_no_ledgers_is_offered_no_search_of_them(people: Cast, login: Any) -> None:
    page = login(people.users["member"]).get("/search/", {"q": "光华里"}).content.decode()
    assert "搜索台账、姓名、文件" not in page
    assert "另在" not in page
    clerk = login(people.users["clerk"]).get("/search/", {"q": "光华里"}).content.decode()
    assert "搜索台账、姓名、文件" in clerk
    assert "另在" in clerk


def test_the_page_shows_hits_with_their_place(
    people: Cast, held: Any, login: Any, django_assert_num_queries: Any
) -> None:
    clerk = login(people.users["clerk"])
    clerk.get("/search/", {"q": "光华里"})
    with django_assert_num_queries(10):
        page = clerk.get("/search/", {"q": "光华里"}).content.decode()
    assert "<mark>光华里</mark>" in page
    assert f"/ledgers/activities/{held.pk}/" in page


_TEXT = st.text(alphabet="党费 学习一二ab1，。\n", max_size=25)


@given(
    texts=st.lists(_TEXT, min_size=1, max_size=6),
    words=st.text(alphabet="党费学习一二ab1", min_size=1, max_size=4),
)
@pytest.mark.django_db
def test_recall_and_precision_are_those_of_a_plain_look(texts: list[str], words: str) -> None:
    branch, _ = Organisation.objects.get_or_create(
        short_name="丙校", defaults={"full_name": "丙校支部", "org_type": "branch", "established_on": "2013-07-01", "path": "1."}
    )  # fmt: skip
    search_index.forget("meetings", range(6))
    search_index.add(
        line
        for at, text in enumerate(texts)
        for line in search_index.lines_of("meetings", at, branch.pk, None, "", text)
    )

    assert _held(words, branch) == {
        at for at, text in enumerate(texts) if any(words in run for run in grams.runs(text))
    }
    search_index.forget("meetings", range(len(texts)))


def _held(words: str, branch: Organisation) -> set[int]:
    """The records of all lines of a branch that are found."""
    seen = Seen([Place(branch.pk, "", keeps_ledgers=True)], set())
    narrowed = Narrowed(branch=branch.pk)
    found = hits(words=words, seen=seen, narrowed=narrowed, start=0, most=1000)
    told = SearchLine.objects.filter(pk__in=found.keys).values_list("entry_id", flat=True)
    assert found.total == len(found.keys)
    return set(told)


_LINE = st.tuples(
    st.sampled_from([0, 1, 2, 3]),
    st.sampled_from(["meetings", "dues-payments", "dues-refunds"]),
    st.sampled_from([None, date(1949, 10, 1), date(2016, 12, 31), date(2017, 1, 1), date(9999, 12, 31)]),
    st.sampled_from(["犇骉", "犇骉 猋麤", "猋麤", "麤"]),
)  # fmt: skip


@given(
    lines=st.lists(_LINE, max_size=12),
    words=st.sampled_from(["犇骉", "犇", "猋麤", "麤"]),
    own=st.sets(st.sampled_from([0, 1, 2, 3])),
    kind=st.sampled_from(["", "dues-payments", "meetings"]),
    at=st.sampled_from([None, 0, 3]),
    year=st.sampled_from([None, 1949, 2016, 2017, 2018, 9999]),
    start=st.sampled_from([0, 2]),
)
@pytest.mark.django_db
def test_hits_are_those_that_somebody_sees_of_all_branches_kinds_and_days(
    lines: list[tuple[int, str, date | None, str]],
    words: str,
    own: set[int],
    kind: str,
    at: int | None,
    year: int | None,
    start: int,
) -> None:
    about = {"full_name": "", "org_type": "branch", "established_on": "2013-07-01"}
    pks = [
        Organisation.objects.get_or_create(
            short_name=f"样{n}校", defaults=about | {"full_name": f"样{n}", "path": f"{n}."}
        )[0].pk
        for n in range(4)
    ]
    seen = Seen(
        [Place(pks[n], "", keeps_ledgers=True) for n in sorted(own)],
        {pks[n] for n in range(4) if n not in own},
    )
    search_index.add(
        line
        for n, (branch, slug, day, text) in enumerate(lines)
        for line in search_index.lines_of(slug, n, pks[branch], day, "", text)
    )
    narrowed = Narrowed(kind, None if at is None else pks[at], year)

    found = hits(words=words, seen=seen, narrowed=narrowed, start=start, most=2)

    wanted = [
        (str(day or ""), n)
        for n, (branch, slug, day, text) in enumerate(lines)
        if words in text
        and branch in own
        and (not kind or slug == kind)
        and (at is None or branch == at)
    ]
    years = {int(day[:4]) for day, _ in wanted if day}
    held = sorted((one for one in wanted if year in (None, int(one[0][:4] or 0))), reverse=True)
    entries = dict(SearchLine.objects.filter(pk__in=found.keys).values_list("pk", "entry_id"))
    assert (found.total, found.years) == (len(held), sorted(years, reverse=True))
    assert [entries[key] for key in found.keys] == [n for _, n in held[start : start + 2]]
    for slug in {slug for _, slug, _, _ in lines}:
        search_index.forget(slug, range(len(lines)))
    assert hits(words=words, seen=seen, narrowed=Narrowed(), start=0, most=1).total == 0


@pytest.mark.parametrize("words", ["§b1", "kmeetings", "k", "b", "meetings", "payments"])
def test_what_the_index_notes_of_a_line_is_not_found_as_words(people: Cast, words: str) -> None:
    search_index.add(
        search_index.lines_of("dues-payments", 1, people.own.pk, people.day, "", "学习")
    )
    found = search.search(words=words, actor=people.actor("office"))
    assert not [hit for hit in found.hits if hit.ledger == KINDS["dues-payments"].title]


def test_a_text_of_any_length_is_found_to_its_end(people: Cast, now: datetime) -> None:
    content = "长文" * 20_000 + "结尾处的词"
    save(
        people.own,
        people.actor("clerk"),
        now,
        "activities",
        **raw("activities") | {"content": content, "theme": "长文"},
    )
    assert "长文" in _titles(people, "结尾处的词")[0]


def test_all_hits_are_counted_and_narrowed_by_year_and_branch(people: Cast, now: datetime) -> None:
    for branch, who, years in (
        (people.own, "clerk", (2015, 2016, 2016)),
        (people.other, "foreign", (2016,)),
    ):
        for n, year in enumerate(years):
            held = raw("meetings", "二" if who == "foreign" else "")
            about = held | {"held_on": f"{year}-0{n + 3}-08", "title": f"研究统一战线{n}"}
            save(branch, people.actor(who), now, "meetings", **about)
    office = people.actor("office")

    whole = search.search(words="统一战线", actor=office)
    narrowed = Narrowed("meetings", people.own.pk, 2016)
    part = search.search(words="统一战线", actor=office, narrowed=narrowed)

    assert (whole.total, whole.years) == (4, [2016, 2015])
    assert (part.total, {f"{hit.day:%Y}" for hit in part.hits}) == (2, {"2016"})
    assert search.search(words="统一战线", actor=people.actor("clerk")).total == 3


def test_older_hits_are_reached_page_by_page(people: Cast, now: datetime, monkeypatch: Any) -> None:
    monkeypatch.setattr(search, "PER_PAGE", 2)
    for month in range(1, 6):
        about = raw("meetings") | {"held_on": f"2016-{month:02d}-08", "title": "研究统一战线"}
        save(people.own, people.actor("clerk"), now, "meetings", **about)
    found = [
        search.search(words="统一战线", actor=people.actor("clerk"), page=n) for n in (1, 2, 3)
    ]
    assert [(one.total, one.pages, len(one.hits)) for one in found] == [
        (5, 3, 2),
        (5, 3, 2),
        (5, 3, 1),
    ]
    assert str(found[-1].hits[0].day) == "2016-01-08"


def test_a_few_characters_lead_to_pages_ledgers_units_and_people(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    page = clerk.get("/go/", {"q": "会议"}, headers={"HX-Request": "true"}).content.decode()
    assert "<h1" not in page
    assert '<a href="/ledgers/meetings/">会议台账</a>' in page
    assert '<a href="/ledgers/meetings/new/">登记会议台账</a>' in page
    assert f'/branches/{people.own.pk}/"' in clerk.get("/go/", {"q": "jx"}).content.decode()
    assert "待办</a>" in clerk.get("/go/").content.decode()
    assert "登记" not in login(people.users["office"]).get("/go/", {"q": "hytz"}).content.decode()
    assert "会议台账" in login(people.users["office"]).get("/go/", {"q": "hytz"}).content.decode()


def test_nobody_is_led_to_what_he_may_not_see(people: Cast, now: datetime, login: Any) -> None:
    values = raw("meetings") | {"title": "只在甲校"}
    save(people.own, people.actor("clerk"), now, "meetings", **values)
    own = login(people.users["clerk"]).get("/go/", {"q": "只在甲校"}).content.decode()
    other = login(people.users["foreign"]).get("/go/", {"q": "只在甲校"}).content.decode()
    assert 'href="/ledgers/meetings/' in own
    assert 'href="/ledgers/meetings/' not in other


def test_who_reads_no_ledger_is_led_to_his_pages_and_accounts(people: Cast, login: Any) -> None:
    for who, told in ("system", "页面、账号"), ("security", "页面、账号"), ("member", "页面"):
        client = login(people.users[who])
        page = client.get("/go/", {"q": "h"}).content.decode()
        assert f'placeholder="{told}"' in page
        assert "/ledgers/meetings/" not in page
        assert "/search/" not in page
        assert "搜索台账" not in page
        looked = client.get("/search/", {"q": "会议"}).content.decode()
        assert "去哪里" in looked
        assert "会议台账" not in looked
    clerk = people.users["clerk"]
    for who, found in ("system", True), ("audit", False), ("office", False):
        page = login(people.users[who]).get("/go/", {"q": clerk.username}).content.decode()
        assert (f'href="/accounts/{clerk.pk}/"' in page) == found


def test_a_tick_is_no_word_of_a_hit(people: Cast, now: datetime) -> None:
    tried = [
        slug
        for slug, kind in KINDS.items()
        if kind.indexed and any(f.kind == "yes" for f in kind.fields())
    ]
    assert len(tried) > 3
    for slug in tried:
        save(people.own, people.actor("clerk"), now, slug, **raw(slug))
        lines = SearchLine.objects.filter(kind=slug)
        assert lines.exists(), slug
        for line in lines:
            assert not {"是", "否"} & set(line.text.split("\n")), slug


def test_a_page_asks_the_same_however_much_is_found(
    people: Cast, login: Any, django_assert_num_queries: Any
) -> None:
    office = login(people.users["office"])
    for lot in range(2):
        search_index.add(
            line
            for at in range(60)
            for line in search_index.lines_of(
                "meetings", lot * 60 + at, people.own.pk, people.day, "", "学习" * 9
            )
        )
        office.get("/search/", {"q": "学习"})
        with django_assert_num_queries(10):
            page = office.get("/search/", {"q": "学习"}).content.decode()
        with django_assert_num_queries(9):
            office.get("/search/", {"q": "xuexi"})
        with django_assert_num_queries(7):
            office.get("/search/", {"q": "学习", "page": 2}, headers={"HX-Request": "true"})
        assert f"共 {60 * lot + 60} 条" in page


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only there the index was of another form"
)
def test_an_index_of_before_is_made_anew_and_back(people: Cast) -> None:
    about = ("meetings", 1, people.own.pk, date(2016, 3, 4), "", "学习")
    search_index.add(search_index.lines_of(*about))
    step = import_module("taizhang.ledgers.migrations.0023_search_by_day")

    def found() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM ledgers_searchgrams WHERE grams MATCH '学习'")
            return [key for (key,) in cursor.fetchall()]

    now = found()
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        step.by_key(apps, editor)
        before = found()
        step.by_day(apps, editor)
    assert (before, found()) == ([SearchLine.objects.get(entry_id=1, kind="meetings").pk], now)
    search_index.forget("meetings", [1])
    assert found() == []
