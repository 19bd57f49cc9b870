"""Facts of a district, a province, a country: the invented branches with their planted faults,
repeated to any number.

A few branches are written into a ledger of their own, by the generators of the demo, which know
nothing of the rules, and read out as facts; a tile of them is then repeated with other keys, other
texts' sketches and other pictures' marks, part by part, so that five million branches need no more
memory than five thousand. `truth.parquet` says what must be found.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.utils import timezone

from lab.faults.dealing import Dealer
from taizhang.checks import fact_tables
from taizhang.checks.batch import parquet
from taizhang.checks.batch.parquet import About
from taizhang.checks.batch.parts import SHARED, part_file
from taizhang.checks.columnar import arrow
from taizhang.demo import seed
from taizhang.demo.faults.planted import Planted
from taizhang.demo.world import LAST
from taizhang.kernel.errors import BadInput
from taizhang.orgs.models import Organisation
from taizhang.rules import sketch
from taizhang.rules.columnar import run
from taizhang.rules.marks import SLOTS

TILE = 40
"""At most so many branches differ in what they hold: as many as the notice lists."""
STEP = 10_000_000
"""Between the keys of one tile and the next."""
MOST_YEARS = 4
_BITS = {"files": 62, "texts": 30}
"""Tables whose numbers are marks that must differ from tile to tile, and how many bits of them."""
_NIBBLES = {("texts", "like_low"), ("texts", "like_high")}
LASTING = {
    "documents": (
        "effective_from", "superseded_on",
        (
            "PD.3", "PD.3w", "PD.5", "PD.6", "PD.7", "L01.1", "L02.1", "L03.1", "L03.1b", "L03.4", "L03.5", "L05.1", "L06.1",
            "L06.1b", "L06.2", "L08.1", "L09.1", "L10.1", "L10.1c", "L10.1g", "L11.1", "L11.2",
        ),
    ),
    "terms": ("started_on", "ended_on", ("L15.2", "L15.2w", "L15.2x", "L15.2y", "L15.3", "L15.3w")),
    "cases": ("applied_on", "closed_on", ("L17.2", "DEV-15", "DEV-15b")),
    "site_projects": ("assigned_on", "finished_on", ("L33.1",)),
}  # fmt: skip
"""What is wrong with a paper as long as it is in force, from whatever year: table → its first day,
its last, the rules.
"""
Progress = Callable[[int, int], None]


def make(
    folder: Path, *, branches: int, years: int, key: int, say: Progress = lambda done, total: None
) -> About:
    """Write the facts of so many branches, of the last `years` of four; the database must be a new
    and empty one.
    """
    if branches < 1 or not 1 <= years <= MOST_YEARS:
        raise BadInput(f"支部数应不少于1，年数应为1至{MOST_YEARS}。")
    parquet.must_be_empty(folder)
    size = max(n for n in range(1, min(branches, TILE) + 1) if branches % n == 0)
    district = seed.load(
        now=timezone.now(), branches=size, key=key, say=lambda line: None, dealer=Dealer(size)
    )
    first = date(LAST.year - years + 1, 1, 1)
    con = _base(first)
    tiles, in_part = branches // size, max(1, parquet.PART // size)
    _salts(con, tiles, key)
    parts = -(-tiles // in_part)

    def repeat(con: Any, part: int) -> int:
        span = (part * in_part, min(tiles, (part + 1) * in_part))
        for table in fact_tables.schema():
            if table not in SHARED:
                _repeat(con, folder, table, part, span)
        return part + 1

    for done in run.each(con, repeat, range(parts)):
        say(done, parts)
    for table in SHARED:
        parquet.write(folder, table, 0, con.table(table).to_arrow_table())
    _truth(con, district, first, folder)
    about = About(
        branches, parts, f"{first}", f"{date(LAST.year, 12, 31)}", f"{LAST}", "tianning-2018"
    )
    parquet.note(folder, about)
    return about


def _base(first: date) -> Any:
    """The tile's own facts; of tables that grow with every month only what lies in the years asked
    for.
    """
    con = duckdb.connect()
    cut = fact_tables.cut()
    for table, given in arrow.tables().items():
        con.register("given", given)
        days = " or ".join(f"\"{column}\" >= date '{first}'" for column in cut.get(table, ()))
        con.execute(f'create table "{table}" as select * from given where {days or "true"}')  # noqa: S608
        con.unregister("given")
    return con


def _salts(con: Any, tiles: int, key: int) -> None:
    """Tile → a number that its marks are mixed with, and what it is to four bits of each; none for
    the first.
    """
    rng = random.Random(key)  # noqa: S311
    con.execute("create table salts (tile bigint, salt bigint, nibbles bigint)")
    salts = [rng.getrandbits(62) if tile else 0 for tile in range(tiles)]
    rows = [(tile, s, sketch.nibbles([s] * (SLOTS // 2))[0]) for tile, s in enumerate(salts)]
    for at in range(0, tiles, 10_000):
        values = ",".join(map(str, rows[at : at + 10_000]))
        con.execute(f"insert into salts values {values}")  # noqa: S608


def _repeat(con: Any, folder: Path, table: str, part: int, span: tuple[int, int]) -> None:
    """One part of a table: the tile's rows once for each tile."""
    if not con.execute(f'select count(*) from "{table}"').fetchone()[0]:  # noqa: S608
        return
    told = ", ".join(
        f'{_cell(table, column)} as "{column}"' for column in fact_tables.schema()[table]
    )
    path = part_file(folder, table, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    by = ", ".join((*parquet.SORTED.get(table, ()), "tile"))
    con.execute(
        f"""copy (select {told} from salts cross join "{table}"
        where tile >= {span[0]} and tile < {span[1]} order by {by})
        to '{path}' (format parquet, compression zstd)"""  # noqa: S608
    )


def _cell(table: str, column: str) -> str:
    """A column as it is in a tile: keys moved, marks mixed, the names of visitors told apart."""
    if column == "id" or column.endswith("_id"):
        return f'case when "{column}" >= 0 then "{column}" + tile * {STEP} else "{column}" end'
    if column == "sha256":
        return f'case when tile > 0 then "{column}" || \'-\' || tile else "{column}" end'
    if (table, column) in _NIBBLES:
        return f'xor("{column}", nibbles)'
    if table in _BITS and fact_tables.schema()[table][column] == "int64" and column != "length":
        return f'xor("{column}", salt % {1 << _BITS[table]})'
    if (table, column) == ("attendance", "name"):
        return "case when state = 'observer' and tile > 0 then name || '·' || tile else name end"
    return f'"{column}"'


def _to_be_found(con: Any, planted: Planted, branch: int, first: date) -> bool:
    """Whether a fault lies in the years asked for, with all that it rests on, or in a paper still
    in force in them.
    """
    days = [day for day in (planted.window, planted.rests_on) if day]
    if all(day[:4] >= str(first.year) for day in days):
        return True
    for table, (begins, ends, codes) in LASTING.items():
        if planted.code in codes:
            row = con.execute(
                f"""select count(*) from {table} where branch_id = ? and {begins} = cast(? as date)
                and coalesce({ends}, date '9999-12-31') > ?""",  # noqa: S608
                [branch, planted.window, first],
            ).fetchone()
            return bool(row[0])
    return False


def _truth(con: Any, district: seed.District, first: date, folder: Path) -> None:
    """What was planted, for every tile: the branch, the item, the rule's name and the window."""
    keys = dict(Organisation.objects.branches().values_list("short_name", "pk"))
    rows = [
        (keys[p.branch], p.item, p.code, p.window)
        for p in district.truth
        if _to_be_found(con, p, keys[p.branch], first)
    ]
    con.execute(
        'create table planted (branch_id bigint, item varchar, code varchar, "window" varchar)'
    )
    if rows:
        con.executemany("insert into planted values (?, ?, ?, ?)", rows)
    con.execute(
        f"""copy (select branch_id + tile * {STEP} as branch_id, item, code, "window"
        from salts cross join planted)
        to '{folder / "truth.parquet"}' (format parquet, compression zstd)"""  # noqa: S608
    )
