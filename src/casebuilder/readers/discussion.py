"""The record of a discussion: `discussion.jsonl`, one contribution a line."""

from __future__ import annotations

import json
from contextlib import suppress

from pydantic import ValidationError

from casebuilder.model import Contribution, Origin, Step
from casebuilder.problems import Problem
from casebuilder.readers.records import read_record
from casebuilder.text import control, printable


class _DuplicateKey(ValueError):  # noqa: N818 - never leaves this module
    """A key stands twice in one object, of which JSON would keep the last without a word."""


def read_discussion(text: str, path: str) -> tuple[tuple[Contribution, ...], list[Problem]]:
    """Every contribution, in the order of the file; empty lines are passed over."""
    contributions: list[Contribution] = []
    problems: list[Problem] = []
    lines = text.split("\n")
    if not text.strip():
        problems.append(Problem(path, 1, 1, "empty-file", "there is nothing in it", "fill it in, or delete it"))
    if (first := text.lstrip("\ufeff \t\n"))[:1] == "[" or first.split("\n", 1)[0].rstrip() == "{":
        hint = "write each object on a line of its own, without brackets or commas around them: JSON Lines"
        message = "this is one JSON text over many lines, not one contribution a line"
        return (), [Problem(path, text[: len(text) - len(first)].count("\n") + 1, 1, "json-syntax", message, hint)]
    for number, line in enumerate(lines, start=1):
        if line.strip():
            contribution, found = _contribution(line, path, number)
            problems += found
            if contribution:
                contributions.append(contribution)
    return tuple(contributions), problems


def _contribution(line: str, path: str, number: int) -> tuple[Contribution | None, list[Problem]]:
    try:
        value = json.loads(line, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        hint = "each line is one whole JSON object; a tool that writes JSON Lines makes no such slips"
        if line[error.colno - 1 : error.colno] in {"“", "”", "„"}:
            hint = 'use straight quotation marks: "'
        return None, [
            Problem(
                path,
                number,
                error.colno,
                "json-syntax",
                f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
                hint,
            )
        ]
    except _DuplicateKey as error:
        return None, [Problem(path, number, 1, "json-syntax", str(error), "take one of the two out")]
    except (RecursionError, ValueError):  # ten thousand brackets, or as many digits
        hint = "a contribution is one flat JSON object"
        return None, [Problem(path, number, 1, "json-syntax", "the line is JSON that cannot be read", hint)]
    if not isinstance(value, dict):
        return None, [Problem(path, number, 1, "json-syntax", "the line is not a JSON object", "write it in { and }")]
    return _made(value, line, path, number)


def _made(value: dict[str, object], line: str, path: str, number: int) -> tuple[Contribution | None, list[Problem]]:
    """A contribution from the object of a line; where its keys stand is only looked up if something is wrong."""
    place = {"place": (path, number, 1)}
    written = {key: item for key, item in value.items() if key not in place and not control(key)}
    with suppress(ValidationError):
        if len(written) == len(value) and not any(isinstance(item, str) and control(item) for item in value.values()):
            return Contribution.model_validate({**written, **place}), []
    origin = _origin(line, value, path, number)
    written = {key: printable(item) if isinstance(item, str) else item for key, item in written.items()}
    record, _, problems = read_record(Contribution, {**written, **place}, origin)
    for key, item in value.items():
        if key in place or control(key):
            problems.append(Problem(*origin.at(key), "unknown-key", f'unknown key "{key}"', "take it out"))
        elif isinstance(item, str) and (found := control(item)):
            hint = "take the escape out, or write the letter that it stood for"
            message = f'"{key}" holds the escape of U+{ord(found):04X}, which is no letter'
            problems.append(Problem(*origin.at(key), "control-character", message, hint))
    return record, problems


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f'the key "{twice}" stands twice'
        raise _DuplicateKey(message)
    return values


def _origin(line: str, value: dict[str, object], path: str, number: int) -> Origin:
    """Marks for the keys of one line: enough to point at the word that is wrong."""
    marks: dict[tuple[Step, ...], tuple[int, int]] = {(): (number, 1)}
    for key in value:
        marks[(key,)] = (number, max(line.find(json.dumps(key, ensure_ascii=False)), 0) + 1)
    return Origin(path, marks, dict(marks))
