"""Facts in files: what is read from them says the same as the database, verdict by verdict, and
what was planted is found.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pytest_django import DjangoDbBlocker

from lab import country
from taizhang.catalogue.model import code_of
from taizhang.checks import engine, facts
from taizhang.checks.batch import cluster, parquet, parts
from taizhang.checks.batch import run as batch
from taizhang.checks.reasons import queries
from taizhang.config.cli.main import main
from taizhang.demo import seed
from taizhang.kernel.errors import BadInput
from taizhang.orgs.models import Organisation
from tests.checks import s3
from tests.modules import transaction_of_module

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BRANCHES = 3
SPARK = (
    pytest.mark.spark,
    pytest.mark.skipif(not shutil.which("java") and not os.environ.get("CI"), reason="没有 Java"),
)


def with_spark(test: Any) -> Any:
    """Marks a test that asks a real Spark."""
    for mark in SPARK:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Any:  # fmt: skip
    """Three tiles of three branches, in a transaction of the module that holds the first tile."""
    folder = tmp_path_factory.mktemp("country") / "facts"
    with transaction_of_module(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(country, "TILE", BRANCHES)
        patch.setattr(parquet, "PART", 2 * BRANCHES)
        patch.setattr(batch, "TOGETHER", 1)
        country.make(folder, branches=3 * BRANCHES, years=2, key=seed.SEED)
        yield folder


def _ran(folder: Path, out: Path) -> batch.Ran:
    about = parquet.about(folder)
    return batch.check(folder, out, about.catalogue, about.period, cache=engine.cache())


@pytest.fixture(scope="module")
def ran(made: Path, tmp_path_factory: pytest.TempPathFactory) -> batch.Ran:
    """What one process says of them, judged once."""
    return _ran(made, tmp_path_factory.mktemp("ran") / "out")


def _rows(query: str) -> list[Any]:
    found: list[Any] = duckdb.sql(query).fetchall()
    return found


@pytest.mark.django_db
def test_what_was_planted_is_found_in_every_tile_and_nothing_else(
    made: Path, ran: batch.Ran
) -> None:
    planted = Counter(
        _rows(f"select branch_id, item, code, \"window\" from '{made}/truth.parquet'")
    )
    said = _rows(
        f"select branch_id, rule, \"window\" from '{ran.out}/suspicions/*.parquet' where "
        "certain = 1"
    )
    assert Counter((b, r.partition(":")[0], code_of(r), w) for b, r, w in said) == planted
    assert len(planted) > 3 * BRANCHES
    assert parquet.about(made).parts == 2
    assert ran.branches == 3 * BRANCHES
    assert sum(ran.outcomes.values()) == 3 * BRANCHES * len(engine.catalogue("tianning-2018").items)


@pytest.mark.django_db
def test_a_bucket_of_s3_is_judged_as_a_folder_is(
    made: Path,
    ran: batch.Ran,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["check", "--engine", "duckdb", "--facts", "s3://facts/facts", "--json"]
    with s3.serving(made.parent, monkeypatch) as paths:
        assert main([*asked, "--out", str(tmp_path / "out")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["suspicions"], told["outcomes"]) == (ran.suspicions, ran.outcomes)
    for table in ("suspicions", "verdicts"):
        said = [
            sorted(_rows(f"from '{out}/{table}/*.parquet'")) for out in (ran.out, tmp_path / "out")
        ]
        assert said[0] == said[1]
    assert "/facts/facts/meetings/part-00001.parquet" in paths


def same_by_spark(here: batch.Ran, place: Path | str, tmp_path: Path, master: str) -> None:
    """Assert that Spark tells cell by cell what one process told."""
    about, told = parquet.about(place), []
    there = cluster.check(
        place, tmp_path / "there", about.catalogue, about.period,
        lambda *done: told.append(done), cache=engine.cache(), master=master,
    )  # fmt: skip
    for table in ("suspicions", "verdicts"):
        said = [
            sorted(_rows(f"from '{out}/{table}/*.parquet'"))
            for out in (here.out, tmp_path / "there")
        ]
        assert said[0] == said[1]
    assert (there.suspicions, there.outcomes, there.branches) == (
        here.suspicions, here.outcomes, here.branches,
    )  # fmt: skip
    assert there.suspicions > 0
    assert told[-1] == ("分片", told[-1][1], told[-1][1])
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == [
        "suspicions",
        "verdicts",
    ]


@with_spark
@pytest.mark.django_db
def test_the_cores_of_this_machine_say_what_one_process_says_of_a_bucket(
    made: Path, ran: batch.Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3.serving(made.parent, monkeypatch):
        same_by_spark(ran, "s3://facts/facts", tmp_path, "local[2]")


def test_spark_wants_a_folder_of_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--engine", "spark"]) == 1
    assert "--facts" in capsys.readouterr().err


@pytest.mark.django_db
def test_verdicts_from_files_are_those_from_the_database(made: Path, tmp_path: Path) -> None:
    branches = list(Organisation.objects.branches())
    period = parquet.about(made).period
    folder = tmp_path / "facts"
    parquet.export(folder, [b.pk for b in branches], period, "tianning-2018")
    _ran(folder, tmp_path / "out")
    wanted = {
        (c.branch, v.item, str(v.outcome), v.records, v.counts["error"], v.counts["warn"], v.counts["info"])
        for c in engine.by_reference(branches, "tianning-2018", period)
        for v in c.verdicts
    }  # fmt: skip
    assert set(_rows(f"select * from '{tmp_path}/out/verdicts/*.parquet'")) == wanted
    assert {outcome for _, _, outcome, *_ in wanted} >= {"ok", "not_applicable", "defective"}


@pytest.mark.django_db
def test_a_missing_table_is_never_a_pass(made: Path, ran: batch.Ran, tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.mkdir()
    for one in made.iterdir():
        if one.name not in ("members", "meetings"):
            (less / one.name).symlink_to(one)
    lacking = _ran(less, tmp_path / "out")
    assert lacking.outcomes["to_judge"] > ran.outcomes.get("to_judge", 0)
    assert lacking.outcomes["ok"] < ran.outcomes["ok"]


@pytest.mark.django_db
def test_the_last_result_stays_until_the_next_is_whole(
    made: Path, ran: batch.Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = ran.out
    before = sorted(p.name for p in out.rglob("*.parquet"))

    def dies(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(parts, "store", dies)
    with pytest.raises(KeyboardInterrupt):
        _ran(made, out)
    assert sorted(p.name for p in out.rglob("*.parquet")) == before


def test_bad_folders_are_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadInput, match="不是事实数据目录"):
        parquet.about(tmp_path)
    (tmp_path / "facts.json").write_text("{")
    with pytest.raises(BadInput, match="不能识别"):
        parquet.about(tmp_path)
    with pytest.raises(BadInput, match="不是空目录"):
        parquet.must_be_empty(tmp_path)
    assert main(["check", "--engine", "duckdb", "--facts", str(tmp_path)]) == 1
    assert main(["check", "--facts", str(tmp_path)]) == 1
    assert "reference" not in capsys.readouterr().out


@pytest.mark.django_db
def test_files_of_another_make_are_refused(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    for one in made.iterdir():
        if one.name != "meetings":
            (folder / one.name).symlink_to(one)
    (folder / "meetings").mkdir()
    duckdb.sql(f"copy (select 1 as id) to '{folder}/meetings/part-00000.parquet' (format parquet)")
    with pytest.raises(BadInput, match="不是这一版的事实数据"):
        _ran(folder, tmp_path / "out")


@pytest.mark.django_db
def test_what_is_exported_reads_back_as_it_was(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    keys = [b.pk for b in Organisation.objects.branches()]
    parquet.export(folder, keys, parquet.about(made).period, queries.must_have_scope().catalogue)
    held = facts.tables()
    for table in ("meetings", "attendance", "dues_payments", "texts", "institutions"):
        assert sorted(map(tuple, held[table]), key=str) == sorted(
            _rows(f"select * from '{folder}/{table}/*.parquet'"), key=str
        )
