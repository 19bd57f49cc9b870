"""The number of a line in the index of the search begins with its day, and behind its words stand
its branch and its ledger; words of one character have an index of their own.

Only for SQLite: PostgreSQL finds day, branch and ledger in the line itself.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import migrations

from taizhang.kernel.writing import grams

BATCH = 2000


def _now(line: tuple[Any, ...]) -> tuple[int, str]:
    key, day, branch, kind, title, text = line
    number = (day.year * 10_000 + day.month * 100 + day.day if day else 0) << 36 | key
    words = (*grams.of_text(f"{title}\n{text}"), f"§b{branch}", f"§k{kind.replace('-', '§')}")
    return number, " ".join(words)


def _before(line: tuple[Any, ...]) -> tuple[int, str]:
    return line[0], " ".join(grams.of_text(f"{line[4]}\n{line[5]}"))


_Stored = Callable[[tuple[Any, ...]], tuple[int, str]]


def _stored_as(apps: Any, schema_editor: Any, options: str, stored: _Stored) -> None:
    if schema_editor.connection.vendor != "sqlite":
        return
    lines = apps.get_model("ledgers", "SearchLine").objects
    schema_editor.execute("DROP TABLE ledgers_searchgrams")
    schema_editor.execute(
        f"CREATE VIRTUAL TABLE ledgers_searchgrams USING fts5({options})"
    )
    keys = list(lines.order_by("day", "pk").values_list("pk", flat=True))

    def rows(some: list[int]) -> Iterator[tuple[Any, ...]]:
        told = lines.filter(pk__in=some)
        yield from told.values_list("pk", "day", "branch_id", "kind", "title", "text")

    with schema_editor.connection.cursor() as cursor:
        for start in range(0, len(keys), BATCH):
            cursor.executemany(
                "INSERT INTO ledgers_searchgrams(rowid, grams) VALUES (%s, %s)",
                sorted(map(stored, rows(keys[start : start + BATCH]))),
            )


def by_day(apps: Any, schema_editor: Any) -> None:
    """The index as it is now."""
    _stored_as(apps, schema_editor, "grams, content='', tokenize='ascii', prefix='1'", _now)


def by_key(apps: Any, schema_editor: Any) -> None:
    """The index as it was."""
    _stored_as(apps, schema_editor, "grams, content='', tokenize='ascii'", _before)


class Migration(migrations.Migration):

    dependencies = [("ledgers", "0022_search_line_of_hit")]

    operations = [
        migrations.RemoveIndex(model_name="searchline", name="search_line_of_hit"),
        migrations.RunPython(by_day, by_key),
    ]
