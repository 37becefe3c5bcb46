"""Tables, as spreadsheets, survey forms and platforms export them: CSV or .xlsx with a row of names first."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import authorcontacts
from casebuilder.editorial.discussion.nobodysnames import is_nobodys
from casebuilder.editorial.discussion.post import Harvest, Post, TranscriptError
from casebuilder.editorial.discussion.pseudonyms import is_harmless
from casebuilder.editorial.discussion.source import Importer, Source
from casebuilder.editorial.discussion.table import columns, countries, csvtext, dateorder, datetimes, excelworkbook
from casebuilder.editorial.discussion.table.grid import LONGEST_CELL, MOST_ABOVE, words
from casebuilder.problems import Problem
from casebuilder.slugs import slug
from casebuilder.text import EMAIL, control
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebuilder.editorial.discussion.post import ImportOptions
    from casebuilder.editorial.discussion.table.columns import Columns
    from casebuilder.editorial.discussion.table.grid import Cell, Grid

    _Rows = Sequence[tuple[int, tuple[Cell, ...]]]

#: Error values that a spreadsheet shows instead of a result.
_ERRORS = {"#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_SHORTENED = re.compile(r"\d[.,]\d+E\+\d+")
#: Identifiers that lead to a post and its author: a long number, or an address.
_ADDRESS = re.compile(r"^\d{9,}$|[:/@]")
_KINDS = {
    **dict.fromkeys(("post", "tweet", "comment", "status", "toot"), "original"),
    **dict.fromkeys(("response", "answer"), "reply"),
    **dict.fromkeys(("retweet", "rt", "boost", "share", "reblog"), "repost"),
}


def _recognises(source: Source) -> bool:
    """Return whether a source may be a table; a text whose first line is one cell with an unknown name is no table."""
    if source.is_workbook:
        return True
    text = source.text.lstrip()
    if source.is_xml or source.script or text[:1] in {"{", "["}:
        return False
    return not text or csvtext.may_be_table(text, columns.known)


def _read(source: Source, options: ImportOptions) -> Harvest:
    """Return the rows of a table as posts; rows with a problem are left out and reported.

    Raises:
        TranscriptError: the source is not such a table.
    """
    grid = _read_grid(source, options)
    notes_above, rows = _split_at_header(grid.rows, options.named)
    head = [words(cell) for cell in rows[0][1]] if rows else []
    try:
        chosen_columns = columns.columns(head, options.named, rows[0][0] if rows else 1)
    except TranscriptError as error:
        raise TranscriptError(error.option, "; ".join((f"{source.name}: {error}", *grid.notes))) from None
    body = [(number, _fields(cells, chosen_columns)) for number, cells in rows[1:]]
    column = dateorder.read_column(((number, fields["posted"]) for number, fields in body), source.name, options)
    names = {field: head[index] for field, index in chosen_columns.places.items()}
    problems = [*grid.problems, *column.problems]
    posts: list[Post] = []
    bad = {problem.line for problem in problems}
    for (number, fields), (_, cells) in zip(body, rows[1:], strict=True):
        if number in bad:
            continue
        problems_of_row = list(_cell_problems(number, fields, source.name, names, keep_names=options.keep_names))
        if any(map(words, cells[len(head) :])):
            problems_of_row.append(_too_many_cells(number, source.name))
        problems += problems_of_row
        if not problems_of_row and number in column.posted:
            posts.append(_post(number, fields, column.posted[number], options))
    notes = (*grid.notes, *notes_above, *_note_on_columns(chosen_columns))
    return Harvest(tuple(posts), notes, tuple(problems), stops=column.stops or grid.stops)


def _read_grid(source: Source, options: ImportOptions) -> Grid:
    """Return the cells of a source, whatever its format."""
    if source.is_workbook:
        is_header = partial(columns.has_needed, names_and_fields=options.named)
        return excelworkbook.grid(source.data, source.name, options.sheet, is_header)
    if options.sheet:
        raise TranscriptError("--sheet", "only a workbook (.xlsx) has sheets")
    return csvtext.grid(source.text, source.name, columns.known)


def _split_at_header(rows: _Rows, fields_by_name: Mapping[str, str]) -> tuple[tuple[str, ...], _Rows]:
    """Return the rows from the names of the columns on, and a note if others are above them, such as a title."""
    for index, (number, cells) in enumerate(rows[:MOST_ABOVE]):
        if columns.has_needed([words(cell) for cell in cells], fields_by_name):
            note = f"the names of the columns were found in row {number}; what is above was not read"
            return ((note,) if index else ()), rows[index:]
    return (), rows[_likely_header(rows[:MOST_ABOVE]) :]


def _likely_header(rows: _Rows) -> int:
    """Return which row, from 0, probably names the columns, though not all that are needed: for the message."""
    heads = [[words(cell) for cell in cells] for _, cells in rows]
    fields = [columns.known(head) for head in heads]
    if any(fields):
        return fields.index(max(fields))
    filled = [sum(map(bool, head)) for head in heads]
    is_title = bool(filled) and filled[0] == 1
    return next((index for index, count in enumerate(filled) if count >= len(columns.NEEDED)), 0) if is_title else 0


def _note_on_columns(chosen_columns: Columns) -> Iterator[str]:
    """Yield a note about the columns that are not imported."""
    if names := list(dict.fromkeys(chosen_columns.passed)):
        yield f"not imported: the column{'s' * (len(names) > 1)} {columns.quote_names(names)}"


def _fields(cells: Sequence[Cell], chosen_columns: Columns) -> dict[str, Cell]:
    """Return the cells of a row by their fields; the day and its time of day as one."""
    fields: dict[str, Cell] = dict.fromkeys(columns.COLUMNS, "")
    fields |= {field: cells[index] for field, index in chosen_columns.places.items() if index < len(cells)}
    if clock := words(fields.pop(columns.TIME, "")):
        fields["posted"] = datetimes.join_day_and_time(words(fields["posted"]), clock)
    if chosen_columns.is_form and not words(fields["author"]):
        fields["author"] = recordwords.mark("anonymous")
    return fields


def _cell_problems(
    number: int, fields: Mapping[str, Cell], name: str, names: Mapping[str, str], *, keep_names: bool
) -> Iterator[Problem]:
    """Yield problems of a row's cells: empty fields, and values that the spreadsheet changed."""
    empty = [names[field] for field in columns.NEEDED if not words(fields[field])]
    if empty:
        message = f"{columns.quote_names(empty)} {'is' if len(empty) == 1 else 'are'} empty"
        yield Problem(name, number, 1, "missing-field", message, "fill it in, or delete the row")
    for field in names.keys() - {columns.TIME, "posted"}:
        cell = words(fields[field])
        if recordwords.is_nameless(cell):
            continue
        if cell in _ERRORS:
            message = f'"{names[field]}" holds the error {cell} of a spreadsheet instead of its text'
            hint = "what begins with = or - is taken for a formula: type an apostrophe (') before it"
            yield Problem(name, number, 1, "bad-value", message, hint)
        elif field in {"id", "in_reply_to", "address"} and _SHORTENED.fullmatch(cell):
            message = f'"{cell}" has lost digits: the spreadsheet took it for a quantity'
            hint = "give the column the format of a text before the numbers are pasted into it"
            yield Problem(name, number, 1, "bad-value", message, hint)
        elif len(cell) > LONGEST_CELL:
            message = f'"{names[field]}" has {len(cell)} characters; at most {LONGEST_CELL} are read'
            yield Problem(name, number, 1, "wrong-type", message, "shorten it")
        elif character := control(cell):
            message = f'"{names[field]}" holds an invisible character (U+{ord(character):04X})'
            yield Problem(name, number, 1, "control-character", message, "delete it, and type what it stood for")
        elif field == "author" and keep_names and (mail := EMAIL.search(cell)):
            message = f'"{mail.group()}" is an email address: anyone who can read the repository could read it'
            hint = 'give the column the name "address", and write a name or pseudonym as author'
            yield Problem(name, number, 1, "bad-value", message, hint)


def _too_many_cells(number: int, name: str) -> Problem:
    message = "the row has more cells than the first row has names"
    return Problem(name, number, 1, "wrong-count", message, "put a text that holds a comma into quotation marks")


def _post(number: int, fields: Mapping[str, Cell], posted: str, options: ImportOptions) -> Post:
    """Return a row as a post.

    Raises:
        TranscriptError: it has no channel.
    """
    texts = {field: words(cell) for field, cell in fields.items()}
    channel = texts["channel"] or options.channel
    if not channel:
        message = "the table has rows without a channel: name it, such as --channel mastodon"
        raise TranscriptError("--channel", message)
    id_in_table = texts["id"]
    # Where a form asks for no address, it writes the same one for everybody.
    address = "" if is_nobodys(texts["address"]) else texts["address"]
    is_address = bool(_ADDRESS.search(id_in_table))
    name = "" if recordwords.is_nameless(texts["author"]) or is_nobodys(texts["author"]) else texts["author"]
    kind = texts["kind"].casefold()
    return Post(
        mark=number,
        channel=channel,
        author=texts["author"],
        account=(address or name).casefold(),
        posted=posted,
        text=texts["text"],
        handle=_handle(address) or (_handle(texts["author"]) if texts["author"].startswith("@") else ""),
        address=id_in_table if is_address else "",
        local=id_in_table,
        parent=texts["in_reply_to"],
        kind=_KINDS.get(kind, kind) or ("reply" if texts["in_reply_to"] else "original"),
        url=texts["url"],
        id="" if is_address else id_in_table,
        author_key=texts["author_key"],
        question=_question(texts["question"], options.questions),
        country=countries.country(texts["country"], options.language),
        role=texts["role"],
        is_row=True,
    )


def _handle(address: str) -> str:
    """Return the handle of an author; empty for an email or IP address, which is not recorded."""
    stripped = address.strip()
    if (
        authorcontacts.is_in(stripped)
        or not is_harmless(stripped)
        or " " in stripped
        or not re.search(r"[^\W\d_]", stripped)
    ):
        return ""
    return stripped if stripped.startswith(("@", "http://", "https://")) else f"@{stripped}"


def _question(named_question: str, questions: Mapping[str, str]) -> str:
    """Return the id of a question that is named by its id, its number or its title; else what was written."""
    if named_question in questions:
        return named_question
    number = re.fullmatch(r"(?:q(?:uestion)?\.?\s*)?(\d{1,2})", named_question.casefold())
    if number and 1 <= int(number[1]) <= len(questions):
        return list(questions)[int(number[1]) - 1]
    matching_ids = [
        id_ for id_, title in questions.items() if slug(named_question) and slug(named_question) in {slug(title), id_}
    ]
    return matching_ids[0] if len(matching_ids) == 1 else named_question


IMPORTER = Importer("a table", "CSV or .xlsx with a first row that names the columns", _recognises, _read)
