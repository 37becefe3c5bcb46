"""The record of a discussion together with what a table adds to it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from casebuilder import checks
from casebuilder.editorial.discussion import columns, rows
from casebuilder.problems import Severity
from casebuilder.readers.discussion import read_discussion
from casebuilder.text import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebuilder.editorial.discussion.rows import Row
    from casebuilder.editorial.discussion.table import Table
    from casebuilder.model import Case, Contribution, Series
    from casebuilder.problems import Problem

_WRITTEN = tuple(name for name in columns.COLUMNS if name != "address")


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record with what a table adds to it.

    Attributes:
        text: the record, whole.
        added: how many contributions are new.
        known: how many it held already, those that were taken back among them.
        problems: what is wrong with rows, each at its line of the table.
        notes: what the editor should know about how the table was read.
    """

    text: str
    added: int
    known: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing forbids to write the record."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def gather(record: str, table: Table, series: Series, slug: str) -> Gathered:
    """A record, which may be empty, together with the contributions of a table that it does not hold yet.

    Args:
        record: the text of discussion.jsonl.
        table: what is to be added.
        series: in which the new contributions must be right.
        slug: the case that was discussed.

    Raises:
        TranscriptError: columns are missing or not known, the file is no table, or keys cannot be made.
    """
    case = next(case for case in series.cases if case.slug == slug)
    known, _ = read_discussion(record, "") if record.strip() else ((), [])
    read = rows.read(table, {question.id: question.title for question in case.questions})
    fresh, repeated = _new(read.rows, known)
    once, twice = _once(fresh)
    lines, numbers = _lines(once, {item.id for item in known}), [row.number for row in once]
    made, found = read_discussion("\n".join(lines), table.name) if lines else ((), [])
    placed = tuple(
        item.model_copy(update={"place": (table.name, numbers[item.place[1] - 1], 1)}) for item in made
    )  # by rows of the table, so that rules name them
    found = [replace(problem, line=numbers[problem.line - 1], column=1) for problem in found]
    found += _judged(series, case, (*known, *placed), table.name)
    every = sorted((*read.problems, *_further(found, read.problems)), key=lambda problem: problem.line)
    head = f"{record.rstrip()}\n" if record.strip() else ""
    notes = (*read.notes, *(() if every else twice))
    return Gathered(head + "".join(f"{line}\n" for line in lines), len(made), repeated, tuple(every), notes)


def _further(found: Iterable[Problem], told: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of the record, without those that only say again what a row was found to lack when it was read."""
    lines = {problem.line for problem in told}
    again = {"missing-field", "control-character", "email-in-record"}
    return (problem for problem in found if problem.line not in lines or problem.code not in again)


def _judged(series: Series, case: Case, contributions: tuple[Contribution, ...], name: str) -> list[Problem]:
    """What `check` would say of the new contributions, at their lines of the table."""
    whole = case.model_copy(update={"contributions": contributions})
    cases = tuple(whole if item.slug == case.slug else item for item in series.cases)
    return [problem for problem in checks.run(series.model_copy(update={"cases": cases})) if problem.path == name]


def _lines(fresh: Iterable[Row], ids: set[str]) -> list[str]:
    """Rows as lines of the record; one without an id gets the next that is free."""
    taken = ids | {row.fields["id"] for row in fresh}
    free = (name for name in (f"c{number:02}" for number in count(1)) if name not in taken)
    lines = []
    for row in fresh:
        filled = {**row.fields, "id": row.fields["id"] or next(free)}
        lines.append(json.dumps({name: filled[name] for name in _WRITTEN if filled[name]}, ensure_ascii=False))
    return lines


def _new(found: Sequence[Row], known: Sequence[Contribution]) -> tuple[list[Row], int]:
    """The rows that a record does not hold yet, and how many it does; of one taken back only a fingerprint is left."""
    ids = {item.id for item in known}
    prints = [item.fingerprint for item in known if item.fingerprint]
    said: dict[tuple[str, str, str], list[Contribution]] = defaultdict(list)
    for item in known:
        said[item.channel, item.author_key, item.posted.isoformat()].append(item)

    def is_known(fields: Mapping[str, str]) -> bool:
        if fields["id"] in ids or any(holds(fields["text"], print_) for print_ in prints):
            return True
        same = said.get((fields["channel"], fields["author_key"], fields["posted"]), ())
        return any(item.text == fields["text"] or item.withdrawn is not None for item in same)

    fresh = [row for row in found if not is_known(row.fields)]
    return fresh, len(found) - len(fresh)


def _once(found: Iterable[Row]) -> tuple[list[Row], list[str]]:
    """Each row once, and a note for each that is there twice."""
    first: dict[tuple[tuple[str, str], ...], int] = {}
    once: list[Row] = []
    notes: list[str] = []
    for row in found:
        number = first.setdefault(tuple(sorted(row.fields.items())), row.number)
        if number == row.number:
            once.append(row)
        else:
            notes.append(f"line {row.number} is the same as line {number}, and was skipped")
    return once, notes
