"""Read the record of a discussion: `discussion.jsonl`, one contribution on each line."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import lru_cache

from pydantic import ValidationError

from casebuilder.model import Contribution, Origin, Step
from casebuilder.problems import Problem
from casebuilder.readers.jsonlines import UNCLOSED, LineError, parsed
from casebuilder.readers.records import read_record
from casebuilder.text import EMAIL, control, mail_in, printable

#: After so many problems the rest of a record is not read: it is another file, or was converted wrongly.
_MOST_PROBLEMS = 500


def read_discussion(text: str, path: str, contact: str = "") -> tuple[tuple[Contribution, ...], list[Problem]]:
    """Return every contribution, in the order of the file; empty lines are passed over.

    Args:
        text: the file.
        path: its path, for problems.
        contact: where the series says that people may write to, which may stand in a text.
    """
    contributions, problems = _read_record(text, path, contact)
    return contributions, [*problems]


@lru_cache(maxsize=2)
def _read_record(text: str, path: str, contact: str) -> tuple[tuple[Contribution, ...], tuple[Problem, ...]]:
    """Do what `read_discussion` says. A curation desk reads the same record several times each time it saves."""
    contributions: list[Contribution] = []
    problems: list[Problem] = []
    contact_address = mail_in(contact)
    lines = text.split("\n")
    if not text.strip():
        problems.append(Problem(path, 1, 1, "empty-file", "there is nothing in it", "fill it in, or delete it"))
    if (first := text.lstrip("\ufeff \t\n"))[:1] == "[" or first.split("\n", 1)[0].rstrip() == "{":
        hint = "write each contribution on one line, in { and }, without brackets or commas around them"
        message = "this record is written over many lines, and must have one contribution on each line"
        return (), (Problem(path, text[: len(text) - len(first)].count("\n") + 1, 1, "json-syntax", message, hint),)
    for number, line in enumerate(lines, start=1):
        if problems and problems[-1].message == UNCLOSED and not line.lstrip().startswith("{"):
            continue  # the rest of a text that is written over several lines
        if line.strip():
            contribution, line_problems = _contribution(line, path, number, contact_address)
            problems += line_problems
            if contribution:
                contributions.append(contribution)
            if len(problems) >= _MOST_PROBLEMS:
                break
    return tuple(contributions), tuple(problems)


def _contribution(line: str, path: str, number: int, contact: str) -> tuple[Contribution | None, list[Problem]]:
    try:
        value = parsed(line)
    except LineError as error:
        return None, [Problem(path, number, error.column, "json-syntax", str(error), error.hint)]
    return _make_contribution(value, line, path, number, contact)


def _make_contribution(
    value: dict[str, object], line: str, path: str, number: int, contact: str
) -> tuple[Contribution | None, list[Problem]]:
    """Make a contribution from the object of a line; places are only computed if something is wrong."""
    place = {"place": (path, number, 1)}
    if "@" in line and (mail := _find_address(value, contact)):
        return None, [_address_problem(*mail, _places_in_line(line, value, path, number))]
    fields = {key: item for key, item in value.items() if key not in place and not control(key)}
    with suppress(ValidationError):
        if len(fields) == len(value) and not any(isinstance(item, str) and control(item) for item in value.values()):
            return Contribution.model_validate({**fields, **place}), []
    origin = _places_in_line(line, value, path, number)
    fields = {key: printable(item) if isinstance(item, str) else item for key, item in fields.items()}
    record, _, problems = read_record(Contribution, {**fields, **place}, origin)
    for key, item in value.items():
        if key in place or control(key):
            problems.append(Problem(*origin.at(key), "unknown-key", f'unknown field "{key}"', "delete it"))
        elif isinstance(item, str) and (character := control(item)):
            hint = "delete it, or write the letter that it stood for"
            message = f'"{key}" contains the code of U+{ord(character):04X}, which is not a character'
            problems.append(Problem(*origin.at(key), "control-character", message, hint))
    return record, problems


def _find_address(value: dict[str, object], contact: str) -> tuple[str, str] | None:
    """Return the first field that holds an email address, and that address; None if none does."""
    for key, item in value.items():
        for part in (key, str(item)):
            for match in EMAIL.finditer(part):
                if match[0].casefold() != contact or key != "text":
                    return key, match[0]
    return None


def _address_problem(key: str, address: str, origin: Origin) -> Problem:
    hint = "anyone who can read the repository can read this address: delete it"
    return Problem(*origin.at(key), "email-in-record", f'"{address}" is an email address', hint)


def _places_in_line(line: str, value: dict[str, object], path: str, number: int) -> Origin:
    """Return the places of the fields in one line, to point at the one that is wrong."""
    marks: dict[tuple[Step, ...], tuple[int, int]] = {(): (number, 1)}
    for key in value:
        marks[(key,)] = (number, max(line.find(json.dumps(key, ensure_ascii=False)), 0) + 1)
    return Origin(path, marks, dict(marks))
