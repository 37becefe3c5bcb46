"""The rows of a table as fields of the record: dates with an offset, codes of countries, ids of questions, keys."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import columns, dates, encoding, moments, places, separated, workbook
from casebuilder.editorial.discussion.table import LONGEST_CELL, TranscriptError, words
from casebuilder.problems import Problem
from casebuilder.text import control, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebuilder.editorial.discussion.columns import Columns
    from casebuilder.editorial.discussion.table import Cell, Grid, Table

_KEY_LETTERS = 16
#: What a spreadsheet shows in place of a value that it could not work out.
_ERRORS = {"#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_SHORTENED = re.compile(r"\d[.,]\d+E\+\d+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_KINDS = {
    **dict.fromkeys(("post", "tweet", "comment", "status", "toot"), "original"),
    **dict.fromkeys(("response", "answer"), "reply"),
    **dict.fromkeys(("retweet", "rt", "boost", "share", "reblog"), "repost"),
}
#: Stands in for a date that is a problem already, so that the rest of its row is still checked.
_SOME_TIME = "2000-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file, and its fields as the record has them ("" where there is nothing)."""

    number: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a table says; rows with a problem are among them, so that all problems are reported in one go.

    Attributes:
        rows: in the order of the table.
        problems: each at its row.
        notes: what the editor should know about how the table was read.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read(table: Table, questions: Mapping[str, str]) -> Rows:
    """The rows of a table as fields of the record.

    Args:
        table: the file, and how to read it.
        questions: the titles of the case's questions by their ids, in order.

    Raises:
        TranscriptError: the file is not such a table, or keys cannot be made.
    """
    grid = _grid(table)
    head = [words(cell) for cell in grid.rows[0][1]] if grid.rows else []
    chosen = columns.columns(head, table.named)
    body = [(number, _given(cells, chosen)) for number, cells in grid.rows[1:]]
    posted, problems = dates.dated(((number, given["posted"]) for number, given in body), table)
    names = {field: head[index] for field, index in chosen.places.items()}
    rows: list[Row] = []
    for (number, given), (_, cells) in zip(body, grid.rows[1:], strict=True):
        problems += _wrong(number, given, table.name, names)
        if any(map(words, cells[len(head) :])):
            problems.append(_too_long(number, table.name))
        rows.append(Row(number, _fields(given, posted.get(number, _SOME_TIME), table, questions)))
    return Rows(tuple(rows), (*grid.problems, *problems), (*grid.notes, *_passed(chosen)))


def _grid(table: Table) -> Grid:
    """The cells of a file, whatever its format."""
    if encoding.is_workbook(table.data):
        return workbook.grid(table.data, table.name, table.sheet)
    if table.sheet:
        raise TranscriptError("--sheet", "only a workbook (.xlsx) has sheets")
    decoded = encoding.decode(table.data, table.encoding)
    grid = separated.grid(decoded.text, table.name, columns.known)
    return type(grid)(grid.rows, (*filter(None, (decoded.note,)), *grid.notes), grid.problems)


def _passed(chosen: Columns) -> Iterator[str]:
    """The word about columns that are not imported."""
    if names := list(dict.fromkeys(chosen.passed)):
        yield f"not imported: the column{'s' * (len(names) > 1)} {columns.quoted(names)}"


def _given(cells: Sequence[Cell], chosen: Columns) -> dict[str, Cell]:
    """The cells of a row by their fields; the day and its time of day as one."""
    given: dict[str, Cell] = dict.fromkeys(columns.COLUMNS, "")
    given |= {field: cells[index] for field, index in chosen.places.items() if index < len(cells)}
    if clock := words(given.pop(columns.TIME, "")):
        given["posted"] = moments.joined(words(given["posted"]), clock)
    return given


def _wrong(number: int, given: Mapping[str, Cell], name: str, names: Mapping[str, str]) -> Iterator[Problem]:
    """What can be said of a row before it is a contribution: what is empty, or is not what was typed."""
    empty = [names[field] for field in columns.NEEDED if not words(given[field])]
    if empty:
        message = f"{columns.quoted(empty)} {'is' if len(empty) == 1 else 'are'} empty"
        yield Problem(name, number, 1, "missing-field", message, "fill it in, or delete the row")
    for field in names.keys() - {columns.TIME, "posted"}:
        cell = words(given[field])
        if cell in _ERRORS:
            message = f'"{names[field]}" holds the error {cell} of a spreadsheet in place of its words'
            hint = "what begins with = or - is taken for a formula: type an apostrophe (') before it"
            yield Problem(name, number, 1, "bad-value", message, hint)
        elif field in {"id", "in_reply_to", "address"} and _SHORTENED.fullmatch(cell):
            message = f'"{cell}" has lost digits: the spreadsheet took it for a quantity'
            hint = "give the column the format of a text before the numbers are pasted into it"
            yield Problem(name, number, 1, "bad-value", message, hint)
        elif len(cell) > LONGEST_CELL:
            message = f'"{names[field]}" has {len(cell)} characters; at most {LONGEST_CELL} are read'
            yield Problem(name, number, 1, "wrong-type", message, "shorten it")
        elif found := control(cell):
            message = f'"{names[field]}" holds an invisible character (U+{ord(found):04X})'
            yield Problem(name, number, 1, "control-character", message, "delete it, and type what it stood for")
        elif field == "author" and (mail := _MAIL.search(cell)):
            message = f'"{mail.group()}" is an e-mail address: anyone who can read the repository could read it'
            hint = 'give the column the name "address", and write a name or pseudonym as author'
            yield Problem(name, number, 1, "bad-value", message, hint)


def _too_long(number: int, name: str) -> Problem:
    message = "the row has more cells than the first row has names"
    return Problem(name, number, 1, "wrong-count", message, "put a text that holds a comma into quotation marks")


def _fields(given: Mapping[str, Cell], posted: str, table: Table, questions: Mapping[str, str]) -> dict[str, str]:
    """A row as the record has it.

    Raises:
        TranscriptError: it has no channel, or no key can be made for its author.
    """
    said = {field: words(cell) for field, cell in given.items()}
    said |= {
        "posted": posted,
        "channel": said["channel"] or table.channel,
        "country": places.country(said["country"], table.language),
        "question": _question(said["question"], questions),
        "kind": _KINDS.get(said["kind"].casefold(), said["kind"].casefold()),
    }
    if not said["channel"]:
        raise TranscriptError("--channel", "the table has rows without a channel: name it, such as --channel mastodon")
    if not said["author_key"]:
        said["author_key"] = _key(said, table.secret)
    return said


def _key(said: Mapping[str, str], secret: str) -> str:
    """The key of an author: the same from table to table, and no way back from it."""
    if not secret:
        message = "the table has rows without an author_key, which is made with a secret that only the editors know"
        raise TranscriptError("CASEBUILDER_SECRET", f"{message}: set it to a long word, the same each time")
    who = f"{said['channel']}\n{(said['address'] or said['author']).casefold()}"
    return hmac.new(secret.encode(), who.encode(), hashlib.sha256).hexdigest()[:_KEY_LETTERS]


def _question(written: str, questions: Mapping[str, str]) -> str:
    """The id of a question that is named by its id, its number or its title; else what was written."""
    if written in questions:
        return written
    number = re.fullmatch(r"(?:q(?:uestion)?\.?\s*)?(\d{1,2})", written.casefold())
    if number and 1 <= int(number[1]) <= len(questions):
        return list(questions)[int(number[1]) - 1]
    named = [id_ for id_, title in questions.items() if slug(written) and slug(written) in {slug(title), id_}]
    return named[0] if len(named) == 1 else written
