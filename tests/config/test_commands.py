"""The commands as a contract: exit codes, JSON alone on stdout, one clear sentence on stderr."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from taizhang.config.cli.main import main
from taizhang.config.cli.server import service
from taizhang.inspection.models import Round, RoundUnit
from taizhang.kernel.errors import Refused
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import SearchLine
from taizhang.ledgers.sheets import excel
from tests.make import Cast
from tests.notices.papers import SAMPLE

Capture = pytest.CaptureFixture[str]


def test_a_notice_is_read_without_a_database(capsys: Capture) -> None:
    assert main(["notice", "read", str(SAMPLE), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document)[:4] == ["title", "number", "issuer", "addressees"]
    assert document["period"] == {"from": "2015-01-01", "to": "2018-12-31"}
    assert document["contact"] == {"office": "局组织科", "person": "王舟", "phone": "00000000"}
    assert document["areas"][0]["team"]["leader"] == "方静远"


def test_the_same_for_people(capsys: Capture) -> None:
    assert main(["notice", "read", str(SAMPLE)]) == 0
    assert "城南1：10个单位　2018-10-25 09:00-11:30 丽华三小" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data"), [("gone.txt", None), ("empty.txt", b""), ("broken.docx", b"PK\x03\x04")]
)
def test_a_bad_file_is_one_sentence_and_exit_code_1(
    tmp_path: Path, capsys: Capture, name: str, data: bytes | None
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert main(["notice", "read", str(path), "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert name in told.err
    assert len(told.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["check", "--on", "2018-02-30"],
        ["notice", "read"],
        ["ledger", "template", "unknown", "x.xlsx"],
    ],
)
def test_wrong_usage_is_exit_code_2(words: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert capsys.readouterr().err


def test_a_notice_is_imported_as_a_draft(people: Cast, capsys: Capture) -> None:
    assert main(["notice", "import", str(SAMPLE)]) == 0
    opened = Round.objects.get()
    assert (opened.standing, opened.catalogue, opened.items.count()) == (
        "draft",
        "tianning-2018",
        39,
    )
    assert RoundUnit.objects.filter(area__round=opened).count() == 40
    assert "已建立督查轮次草稿" in capsys.readouterr().out


def test_template_import_and_export(people: Cast, tmp_path: Path, capsys: Capture) -> None:
    out, filled = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    assert main(["ledger", "template", "charts", str(out)]) == 0
    filled.write_bytes(
        excel.written("x", ["党支部", "启用日期"], [["甲校", "2016-01-02"], ["乙校", "2016-01-02"]])
    )
    assert main(["ledger", "import", "charts", str(filled), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "read": 2,
        "stored": 0,
        "problems": [],
        "notes": [],
    }
    assert main(["ledger", "import", "charts", str(filled)]) == 0
    assert KINDS["charts"].model.objects.count() == 2
    assert main(["ledger", "export", "charts", str(out)]) == 0
    assert [row["valid_from"] for _, row in excel.rows(KINDS["charts"], out.read_bytes())] == [
        "2016-01-02",
        "2016-01-02",
    ]


def test_a_wrong_sheet_names_row_and_column(people: Cast, tmp_path: Path, capsys: Capture) -> None:
    filled = tmp_path / "f.xlsx"
    filled.write_bytes(excel.written("x", ["启用日期"], [["2016-01-02"], ["2016-02-30"]]))
    assert main(["ledger", "import", "charts", str(filled), "--branch", "甲校", "--json"]) == 1
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert document["problems"] == [
        {"row": 3, "column": "启用日期", "message": "没有“2016-02-30”这一天。"}
    ]
    assert main(["ledger", "import", "charts", str(filled), "--branch", "丙校"]) == 1
    assert "没有党支部“丙校”" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_database_made_by_these_migrations_may_be_served_and_one_from_later_may_not() -> None:
    for app, name in (("orgs", "0004_reminder_address"), ("ledgers", "0007_search")):
        MigrationRecorder(connection).record_applied(app, name)  # as the first version recorded
    service.must_be_migrated()

    MigrationRecorder(connection).record_applied("orgs", "9999_from_later")
    with pytest.raises(Refused, match="更新的版本"):
        service.must_be_migrated()


@pytest.mark.django_db
def test_a_database_that_stopped_among_steps_that_are_gone_is_told_the_way() -> None:
    for app in ("orgs", "ledgers"):
        MigrationRecorder(connection).migration_qs.filter(
            app=app, name__endswith="_all_at_once"
        ).delete()
    MigrationRecorder(connection).migration_qs.filter(app="orgs", name="0010_names").delete()

    for refused in (service.must_be_migrated, lambda: call_command("migrate", verbosity=0)):
        with pytest.raises(Refused, match=r"先用0\.7的程序升级"):
            refused()


@pytest.mark.django_db
def test_a_database_of_the_last_version_with_these_steps_goes_on() -> None:
    MigrationRecorder(connection).migration_qs.filter(name__endswith="_all_at_once").delete()

    call_command("migrate", verbosity=0)

    service.must_be_migrated()


def test_what_the_search_lacks_is_indexed(people: Cast, capsys: Capture) -> None:
    SearchLine.objects.all().delete()
    assert people.own.pk
    assert main(["reindex"]) == 0
    assert SearchLine.objects.filter(kind="members").count() == 16
    assert "建立搜索索引" in capsys.readouterr().out
    main(["reindex"])
    assert "已为0条" in capsys.readouterr().out


def test_a_check_of_named_days_needs_no_scope(people: Cast, capsys: Capture) -> None:
    assert main(["check", "--on", "2018-10-25"]) == 1
    assert "轮次发布之后" in capsys.readouterr().err

    days = ["--from", "2018-01-01", "--to", "2018-12-31", "--on", "2018-10-25"]
    assert main(["check", *days, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["from"], document["on"]) == ("2018-01-01", "2018-10-25")
    assert document["catalogue"] == "tianning-2018"
    assert main(["check", *days, "--catalogue", "unknown"]) == 1
    assert "tianning-2018" in capsys.readouterr().err
