"""Tables in other shapes, brought to the usual one: a row for each group below one row
of headers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from taizhang.documents.blocks import Block, Cell, Paragraph, Source, Table
from taizhang.kernel.text import HAN
from taizhang.notices.values import flat
from taizhang.notices.words import labels

NamesGroup = Callable[[str], bool]


_IDLE = re.compile(
    r"(?<=[，、；。：（])[ \t\u3000]+|(?<=[\u4e00-\u9fff)）][,;:(])[ \t\u3000]+(?=[\u4e00-\u9fff])"
    r"|[ \t\u3000]+(?=[，、；。：）])"
)
"""Blanks beside a mark, which part nothing."""


def tightened(source: Source) -> Source:
    """The same without blanks beside marks."""
    blocks: list[Block] = []
    words = _words(source)
    for one in source.blocks:
        if isinstance(one, Paragraph):
            blocks.append(replace(one, text=_IDLE.sub("", one.text)))
        elif isinstance(one, Table):
            rows = [
                [replace(cell, text=_IDLE.sub("", _whole(cell.text, words))) for cell in r]
                for r in one.rows
            ]
            blocks.append(replace(one, rows=rows))
        else:
            blocks.append(one)
    return Source(blocks, source.notes, source.aside)


def _words(source: Source) -> set[str]:
    """Every run of characters that stands between marks or blanks."""
    texts = [one.text for one in source.paragraphs()]
    texts += [cell.text for one in source.tables() for row in one.rows for cell in row]
    return {word for text in texts for word in re.split(rf"[^{HAN}·]+", text) if len(word) > 1}


_BROKEN = re.compile(rf"([{HAN}·]+)\n([{HAN}·]+)")


def _whole(text: str, words: set[str]) -> str:
    """A word that a line's end parts and that stands whole elsewhere is put together: `傅某⏎某`."""

    def put(found: re.Match[str]) -> str:
        whole = found[1] + found[2]
        return whole if whole in words and found[2] not in words else found[0]

    return _BROKEN.sub(put, text) if "\n" in text else text


def transposed(table: Table) -> Table:
    """Rows as columns."""
    width = len(table.rows[0]) if table.rows else 0
    rows = [[row[at] for row in table.rows] for at in range(width)]
    return Table(rows, table.where, exact=table.exact)


def stacked(table: Table, names_a_group: NamesGroup) -> Table:
    """Two tables side by side under the same headers, one below the other; above each of them may
    stand its group.
    """
    for at, row in enumerate(table.rows[:6]):
        texts = [flat(cell.text) for cell in row]
        for parts in (2, 3):
            width = len(texts) // parts
            heads = texts[:width]
            if width > 1 and len(set(heads)) > 1 and all(heads) and texts == heads * parts:
                starts = range(0, len(texts), width)
                named = [_named(table.rows[:at], n, width, names_a_group) for n in starts]
                below = [
                    [*line[n : n + width], *above]
                    for n, above in zip(starts, named, strict=True)
                    for line in table.rows[at + 1 :]
                ]
                more = [Cell("组别"), Cell("督查组")] if all(named) else []
                if not more:
                    below = [line[:width] for line in below]
                titles = [] if more else [line[:width] for line in table.rows[:at]]
                return Table([*titles, [*row[:width], *more], *below], table.where, table.exact)
    return table


def _named(
    above: list[list[Cell]], start: int, width: int, names_a_group: NamesGroup
) -> list[Cell]:
    """The group that stands above a part of a table, and below it who belongs to it; empty where
    none does.
    """
    own = [
        [cell for cell in row[start : start + width] if cell.text.strip() and not cell.spans]
        for row in above
    ]
    at = next((n for n, row in enumerate(own) if len(row) == 1 and names_a_group(row[0].text)), -1)
    if at < 0:
        return []
    told = [" ".join(cell.text.strip() for cell in row) for row in own[at + 1 :]]
    return [own[at][0], Cell("\n".join(told), where=own[-1][0].where if own[-1] else "")]


def with_teams_below(table: Table, heading_in: Callable[[str], tuple[str, str] | None]) -> Table:
    """`检查一组（组长：某某）` as a header: the name above, and who belongs to it in a row below the table."""
    for at, row in enumerate(table.rows[:4]):
        heads = [heading_in(cell.text) for cell in row]
        told = [head for head in heads if head and head[1] and _says_a_seat(head[1])]
        if len(told) > 1 and len({head[0] for head in told}) == len(told):
            named = [
                Cell(h[0], c.spans, c.where) if h in told and h else c
                for h, c in zip(heads, row, strict=True)
            ]
            last = [
                Cell(h[1], where=c.where) if h in told and h else Cell("")
                for h, c in zip(heads, row, strict=True)
            ]
            last[0] = Cell("督查组") if not heads[0] else last[0]
            return Table(
                [*table.rows[:at], named, *table.rows[at + 1 :], last], table.where, table.exact
            )
    return table


def _says_a_seat(text: str) -> bool:
    return any(role in ("leader", "deputy", "members") for role, _ in labels.parts(text)[1:])


def across(table: Table, names_a_group: NamesGroup) -> Table | None:
    """A table with its groups across the top: labels to their left, or a label and a value below
    each of them.
    """
    for at, row in enumerate(table.rows[:4]):
        columns = _columns_of_groups(row, names_a_group)
        if len(columns) > 1 and all(_is_title(above) for above in table.rows[:at]):
            return _turned(table, at, columns)
    return None


def _is_title(row: list[Cell]) -> bool:
    return len({flat(cell.text) for cell in row if cell.text.strip()}) <= 1


def _columns_of_groups(row: list[Cell], names_a_group: NamesGroup) -> list[tuple[Cell, list[int]]]:
    """Each group with the columns below its name; none where something else stands
    between groups.
    """
    found: list[tuple[Cell, list[int]]] = []
    for column, cell in enumerate(row):
        text = flat(cell.text)
        if text and names_a_group(text) and not (found and flat(found[-1][0].text) == text):
            found.append((cell, [column]))
        elif found and text in ("", flat(found[-1][0].text)):
            found[-1][1].append(column)
        elif found:
            return []
    return found


def _turned(table: Table, at: int, columns: list[tuple[Cell, list[int]]]) -> Table | None:
    """One row for each group, one column for each label; a row without a label goes on with the one
    above.
    """
    first = columns[0][1][0]
    wanted = 1 if first else 2
    if first and all(len(held) == len(columns[0][1]) > 1 for _, held in columns):
        return _turned_in_parts(table, at, columns)
    if any(len(held) != wanted for _, held in columns):
        return None
    labelled = [
        (name, list(_labelled(table, at + 1, range(first) if first else held[:1], held[-1])))
        for name, held in columns
    ]
    labels: dict[tuple[str, int], Cell] = {}
    for _, values in labelled:
        for key, label, _ in values:
            labels.setdefault(key, label)
    rows = [[Cell("组别"), *labels.values()]]
    for name, values in labelled:
        own = {key: value for key, _, value in values}
        rows.append([name, *(own.get(key, Cell("")) for key in labels)])
    return Table(rows, table.where, exact=True)


def _turned_in_parts(table: Table, at: int, columns: list[tuple[Cell, list[int]]]) -> Table | None:
    """Groups across the top with the same headers below each of them: what stands under one of
    these has its name.
    """
    below = table.rows[at + 1 :]
    heads = [[flat(below[0][c].text) for c in held] for _, held in columns] if below else []
    if not heads or any(one != heads[0] for one in heads) or len(set(heads[0])) < len(heads[0]):
        return None
    if _TIMES.search(flat(table.rows[at][0].text)):
        return _stacked_in_parts(table, at, columns)
    labels: list[Cell] = [Cell("组别")]
    rows: list[list[Cell]] = [[name] for name, _ in columns]
    for row in below[1:]:
        label = row[columns[0][1][0] - 1]
        merged = all(len({flat(row[c].text) for c in held} - {""}) <= 1 for _, held in columns)
        parts = 1 if merged else len(heads[0])
        labels += [label] if merged else [below[0][c] for c in columns[0][1]]
        for own, (_, held) in zip(rows, columns, strict=True):
            own += [row[c] for c in held[:parts]]
    return Table([labels, *rows], table.where, exact=True)


_TIMES = re.compile(r"日期|时间|日程")


def _stacked_in_parts(table: Table, at: int, columns: list[tuple[Cell, list[int]]]) -> Table:
    """Days downwards and groups across, each with several columns: a row for every day of every
    group.
    """
    first = columns[0][1][0]
    heads = [Cell("组别"), *table.rows[at][:first], *(table.rows[at + 1][c] for c in columns[0][1])]
    rows = [
        [name, *row[:first], *(row[c] for c in held)]
        for name, held in columns
        for row in table.rows[at + 2 :]
    ]
    return Table([heads, *rows], table.where, exact=True)


def _labelled(
    table: Table, start: int, labels: range | list[int], column: int
) -> Iterator[tuple[tuple[str, int], Cell, Cell]]:
    """((label, how many times it came before), its cell, the value) of one group, downwards."""
    label, seen = Cell(""), dict[str, int]()
    for row in table.rows[start:]:
        texts = list(dict.fromkeys(flat(row[c].text) for c in labels if row[c].text.strip()))
        if texts:
            label = Cell("".join(texts), where=row[labels[0]].where)
        if label.text:
            n = seen.get(label.text, 0)
            seen[label.text] = n + 1
            yield (label.text, n), label, row[column]


def form(
    table: Table, names_a_group: NamesGroup, is_label: Callable[[str], bool], above: str = ""
) -> Table | None:
    """Labels and values in turn below the name of each group, of which the first may stand above
    the table.
    """
    named_inside = flat(table.rows[0][0].text) in _NAMES_IT if table.rows else False
    groups: list[tuple[Cell, dict[str, Cell]]] = []
    groups += [(Cell(above), {})] if above and not named_inside else []
    alone = False
    for row in table.rows:
        cells = [cell for n, cell in enumerate(row) if not (n and _goes_on(row, n))]
        texts = [flat(cell.text) for cell in cells]
        pairs = list(zip(cells[::2], cells[1::2], strict=False))
        if names_a_group(texts[0]) and not any(texts[1:]):
            groups.append((cells[0], {}))
        elif texts[0] in _NAMES_IT and _names_it(texts, pairs, names_a_group, is_label):
            groups.append((cells[1], {flat(label.text): value for label, value in pairs[1:]}))
            alone = len(pairs) > 1
        elif groups and len(cells) % 2 == 0 and all(is_label(label.text) for label, _ in pairs):
            groups[-1][1].update({flat(label.text): value for label, value in pairs})
        elif groups or len({*texts} - {""}) > 1:
            return None
    labels = list(dict.fromkeys(label for _, own in groups for label in own))
    if len(groups) < (1 if alone else 2) or len(labels) < (2 if alone else 1):
        return None
    rows = [[name, *(own.get(label, Cell("")) for label in labels)] for name, own in groups]
    return Table([[Cell("组别"), *map(Cell, labels)], *rows], table.where, exact=True)


def cards(tables: list[Table], is_label: Callable[[str], bool]) -> tuple[list[Table], list[Table]]:
    """Labels and values downwards, again for each item: as tables with the labels across the top;
    and those that are none.
    """
    turned, left = [], []
    for _, run in itertools.groupby(tables, key=_labels_down):
        own = list(run)
        made = _of_cards(own, is_label)
        turned += [made] if made else []
        left += [] if made else own
    return turned, left


def _labels_down(table: Table) -> tuple[str, ...]:
    two = all(len(row) == 2 for row in table.rows)
    return tuple(flat(row[0].text) for row in table.rows) if two else ()


def _of_cards(tables: list[Table], is_label: Callable[[str], bool]) -> Table | None:
    labels = [label for table in tables for label in _labels_down(table)]
    cards = labels.count(labels[0]) if labels else 0
    height = len(labels) // cards if cards else 0
    if cards < 2 or height < 2 or labels != labels[:height] * cards:
        return None
    if len({*labels}) < height or not all(map(is_label, labels)):
        return None
    rows = [row for table in tables for row in table.rows]
    first = tables[0]
    values = [[row[1] for row in rows[at : at + height]] for at in range(0, len(rows), height)]
    return Table([[row[0] for row in rows[:height]], *values], first.where, first.exact)


_NAMES_IT = ("组别", "分组", "片区")


def _names_it(
    texts: list[str],
    pairs: list[tuple[Cell, Cell]],
    names_a_group: NamesGroup,
    is_label: Callable[[str], bool],
) -> bool:
    """`组别|核验一组|组长|某某`: the name of a group, and behind it labels with what they say."""
    if len(pairs) == 1:
        return bool(texts[1])
    told = all(is_label(label.text) and not is_label(value.text) for label, value in pairs[1:])
    return len(texts) % 2 == 0 and names_a_group(texts[1]) and told


def _goes_on(row: list[Cell], at: int) -> bool:
    """Whether a cell is the rest of a merged one to its left."""
    return row[at].spans and flat(row[at].text) == flat(row[at - 1].text)
