"""The record of a discussion from a table (CSV), as spreadsheets and platforms export it.

Nothing by which an author could be reached is kept: the address that a table may have goes into the key and no
further. What was taken back does not come back with the next table.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from casebuilder.model import Contribution, instant
from casebuilder.readers.discussion import read_discussion
from casebuilder.text import did_you_mean, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

    from casebuilder.problems import Problem

#: Columns that a table may have: fields of the record, and where an author is found on the platform.
COLUMNS = ("id", "channel", "author", "address", "author_key", "posted", "text", "kind", "in_reply_to", "question",
           "country", "role", "url")  # fmt: skip
_NEEDED = ("author", "posted", "text")
_WRITTEN = tuple(name for name in COLUMNS if name != "address")
_DELIMITERS = ",;\t"
_KEY_LETTERS = 16


class TranscriptError(Exception):
    """The table is none, or keys cannot be made; `option` is what on the command line to look at."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True)
class Table:
    """A table of contributions.

    Attributes:
        text: the CSV, with a row of names first.
        name: its file, for the problems.
        zone: of times without an offset.
        channel: for rows that name none.
        secret: what author keys are made with, where the table has none.
    """

    text: str
    name: str
    zone: ZoneInfo
    channel: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record with what a table adds to it.

    Attributes:
        text: the record, whole.
        added: how many contributions are new.
        known: how many it held already, those that were taken back among them.
        problems: what is wrong with rows, each at its line of the table.
    """

    text: str
    added: int
    known: int
    problems: tuple[Problem, ...]


def gather(record: str, table: Table) -> Gathered:
    """A record, which may be empty, together with the contributions of a table that it does not hold yet.

    Raises:
        TranscriptError: columns are missing or not known, or keys cannot be made.
    """
    known, _ = read_discussion(record, table.name) if record.strip() else ((), [])
    ids = {item.id for item in known}
    lines: list[str] = []
    rows: list[int] = []
    repeated = 0
    for number, row in _rows(table.text):
        filled = _filled(row, table)
        if any(_is_same(item, filled) for item in known):
            repeated += 1
            continue
        if not filled["id"]:
            filled["id"] = next(name for name in (f"c{n:02}" for n in count(1)) if name not in ids)
        ids.add(filled["id"])
        rows.append(number)
        lines.append(json.dumps({name: filled[name] for name in _WRITTEN if filled[name]}, ensure_ascii=False))
    made, found = read_discussion("\n".join(lines), table.name) if lines else ((), [])
    head = f"{record.rstrip()}\n" if record.strip() else ""
    problems = tuple(replace(problem, line=rows[problem.line - 1], column=1) for problem in found)
    return Gathered(head + "".join(f"{line}\n" for line in lines), len(made), repeated, problems)


def _rows(table: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by the names of its columns, and the line of the table on which it begins."""
    first = table.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(table), delimiter=max(_DELIMITERS, key=first.count))
    names = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
    for name in names:
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS) or f"the names are {', '.join(COLUMNS)}"
            raise TranscriptError("FILE", f'the first row has the unknown name "{name}"; {hint}')
    if missing := [name for name in _NEEDED if name not in names]:
        raise TranscriptError("FILE", f"the first row must name the columns; missing: {', '.join(missing)}")
    before = reader.line_num
    for cells in reader:
        if any(cell.strip() for cell in cells):
            given = dict(zip(names, map(str.strip, cells), strict=False))
            yield before + 1, dict.fromkeys(COLUMNS, "") | given
        before = reader.line_num


def _filled(row: Mapping[str, str], table: Table) -> dict[str, str]:
    """A row with its channel, its author's key, and its time with an offset."""
    filled = {**row, "channel": row["channel"] or table.channel, "posted": _timed(row["posted"], table.zone)}
    if not filled["channel"]:
        raise TranscriptError("--channel", "the table has rows without a channel: name it, such as --channel mastodon")
    if not row["author_key"]:
        if not table.secret:
            message = "the table has rows without an author_key, which is made with a secret that only the editors know"
            raise TranscriptError("CASEBUILDER_SECRET", f"{message}: set it to a long word, the same each time")
        who = f"{filled['channel']}\n{(row['address'] or row['author']).casefold()}"
        made = hmac.new(table.secret.encode(), who.encode(), hashlib.sha256)
        filled["author_key"] = made.hexdigest()[:_KEY_LETTERS]
    return filled


def _timed(written: str, zone: ZoneInfo) -> str:
    """A time with its offset; one that cannot be read is left as it is, for the reader to refuse."""
    try:
        return instant(datetime.fromisoformat(written), zone).isoformat()
    except ValueError:
        return written


def _is_same(item: Contribution, row: Mapping[str, str]) -> bool:
    """Whether a contribution of the record is that of a row; of one taken back only a fingerprint is left."""
    if item.id == row["id"]:
        return True
    if item.fingerprint and holds(row["text"], item.fingerprint):
        return True
    wanted = (row["channel"], row["author_key"], row["posted"])
    same = (item.channel, item.author_key, item.posted.isoformat()) == wanted
    return same and (item.text == row["text"] or item.withdrawn is not None)
