"""Make records from plain YAML values, and problems from the values that the field types refuse.

A record with problems is still made if possible: invalid values are removed, and missing required ones are filled from
the record's placeholders. So the other rules can run, and an editor sees all problems at once. The record's origin
lists the removed values, so that no rule reports them as missing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from casebuilder.model import Origin, Record
from casebuilder.problems import Problem
from casebuilder.readers import bareentries, misindented, splitentries, yamltext
from casebuilder.readers.errorfiltering import lost_parents, telling
from casebuilder.readers.fielderrors import no_fields, problem_of
from casebuilder.readers.mistypedfields import renamed, renamings
from casebuilder.readers.remedies import LIST_HINT, meant_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from casebuilder.model import Mark, Step

R = TypeVar("R", bound=Record)
Steps = tuple["Step", ...]

#: Of more problems than these in one record or one list, the first are explained: each explanation looks for what was
#: meant, and files may have thousands.
_MOST_PROBLEMS = 100
#: Passes of validation: removing a step's minutes can invalidate the step, then its session, then the list.
_PASSES = 16


def read_yaml(kind: type[R], text: str, path: str, *, first_line: int = 1) -> tuple[R | None, Origin, list[Problem]]:
    """Return a record from a YAML text (None if it cannot be made), its origin and its problems."""
    document, problems = yamltext.read(text, path, first_line=first_line)
    if document is None:
        return None, unread(path), problems
    if document.value is None:
        message = "there is nothing in it" if first_line == 1 else "the front matter is empty"
        problems.append(Problem(path, 1, 1, "empty-file", message, f"it needs {_needed_fields(kind)}"))
        return None, unread(path), problems
    record, origin, record_problems = read_record(kind, document.value, document.origin)
    return record, origin, problems + record_problems


def unread(path: str) -> Origin:
    """Return the origin of a record whose file could not be read."""
    return Origin(path, {}, {}, frozenset([()]))


def read_list(kind: type[R], text: str, path: str, *, most: int = 1_000) -> tuple[tuple[R, ...], Origin, list[Problem]]:
    """Return the records of a YAML list that can be made, and an origin that counts only those.

    Args:
        kind: the records' type.
        text: the YAML.
        path: its file, for problems and places.
        most: how many records it may have.
    """
    document, problems = yamltext.read(text, path)
    if document is None:
        return (), unread(path), problems
    if document.value is None:
        problems.append(Problem(path, 1, 1, "empty-file", "there is nothing in it", "fill it in, or delete it"))
        return (), unread(path), problems
    if not isinstance(document.value, list):
        problem = Problem(*document.origin.at(), "wrong-type", "this file is a list of entries", LIST_HINT)
        return (), unread(path), [*problems, problem]
    values, list_origin = document.value, document.origin
    if len(values) > most:
        message = f"there are {len(values):,} entries; at most {most:,} are read"
        problem = Problem(*list_origin.at(most), "file-too-large", message, "delete those that are not needed")
        return (), unread(path), [*problems, problem]
    while len(problems) < _MOST_PROBLEMS and (half := next(splitentries.second_halves(kind, values), None)):
        problems.append(splitentries.problem(list_origin, half))
        values, list_origin = splitentries.joined(values, list_origin, (), half)
    records: list[R] = []
    origins: dict[int, Origin] = {}
    for index, value in enumerate(values):
        if len(problems) >= _MOST_PROBLEMS:
            break
        record, record_origin, entry_problems = read_record(kind, value, list_origin, (index,))
        problems += entry_problems
        if record is not None:
            records.append(record)
            origins[index] = record_origin
    return tuple(records), _origin_of_made(list_origin, origins, len(values)), problems


def _origin_of_made(origin: Origin, origins: dict[int, Origin], count: int) -> Origin:
    """Return the origin of a list without the entries that could not be made."""
    if len(origins) == count and all(record_origin is origin for record_origin in origins.values()):
        return origin
    numbers = {old: new for new, old in enumerate(origins)}
    repaired = {old for old, record_origin in origins.items() if record_origin is not origin}

    def renumbered(marks: Iterable[tuple[Steps, Mark]], indexes: set[int]) -> Iterator[tuple[Steps, Mark]]:
        for steps, mark in marks:
            if steps and isinstance(steps[0], int) and steps[0] in indexes:
                yield (numbers[steps[0]], *steps[1:]), mark

    untouched = numbers.keys() - repaired
    marks, keys = dict(renumbered(origin.marks.items(), untouched)), dict(renumbered(origin.keys.items(), untouched))
    refused: set[Steps] = {(-1,)} if len(origins) < count else set()
    for old in repaired:
        marks.update(renumbered(origins[old].marks.items(), {old}))
        keys.update(renumbered(origins[old].keys.items(), {old}))
        refused |= {(numbers[old], *steps[1:]) for steps in origins[old].refused}
    return Origin(
        origin.path,
        {(): origin.marks[()], **marks},
        keys,
        frozenset(refused),
        text=origin.text,
        first_line=origin.first_line,
    )


def read_record(
    kind: type[R], value: object, origin: Origin, steps: Steps = ()
) -> tuple[R | None, Origin, list[Problem]]:
    """Make a record from plain values.

    Args:
        kind: the record's type.
        value: the value from YAML or JSON.
        origin: the places of the document's values.
        steps: the path from the document to this value.

    Returns:
        The record, or None if it cannot be made; its origin, which is `origin` if nothing was removed and otherwise
        contains only the rest of this value; and the problems.
    """
    if not isinstance(value, dict):
        return None, unread(origin.path), [no_fields(kind, origin, steps, value=value)]
    try:
        return kind.model_validate(value), origin, []
    except ValidationError as error:
        details = error.errors(include_url=False)
    reported_details = details[:_MOST_PROBLEMS]
    if len(reported_details) == len(details) and (corrected := _put_right(kind, value, details, origin, steps)):
        slips, value, origin = corrected
        record, record_origin, problems = read_record(kind, value, origin, steps)
        return record, record_origin, _with_whole_fields([*slips, *problems])
    bare = bareentries.found(reported_details, value)
    problems = [bareentries.problem(kind, value, origin, steps, place) for place in bare]
    others = [detail for detail in reported_details if not any(detail["loc"][: len(place)] == place for place in bare)]
    parents = lost_parents(others, kind, value)
    problems += [problem_of(detail, kind, origin, steps, parents) for detail in telling(others, parents)]
    refused = frozenset((*steps, *place) for place in (*(detail["loc"] for detail in details), *parents.values()))
    repaired = _deep_copy(value)
    for _ in range(_PASSES):
        _delete_invalid(repaired, details)
        repaired = {**kind.placeholders, **repaired}
        try:
            record = kind.model_validate(repaired)
        except ValidationError as error:
            details = error.errors(include_url=False)
        else:
            return record, replace(_remaining_origin(origin, repaired, steps), refused=refused), problems
    return None, unread(origin.path), problems


def _with_whole_fields(problems: list[Problem]) -> list[Problem]:
    """Join a mistyped name of a field, such as "role", with the problem that its value is not a list, as one slip."""
    kept: list[Problem] = []
    for problem in problems:
        slip = next((each for each in kept if each.code == "unknown-key" and each.line == problem.line), None)
        name = slip.hint.removeprefix('did you mean "').removesuffix('"?') if slip else ""
        if slip and problem.message == f'"{name}" must be a list' and problem.hint.startswith("write ["):
            entries = problem.hint.removeprefix("write ").partition("]")[0]
            kept[kept.index(slip)] = replace(slip, hint=f"write {name}: {entries}]")
        else:
            kept.append(problem)
    return kept


def _put_right(
    kind: type[R], value: dict[str, object], details: list[ErrorDetails], origin: Origin, steps: Steps
) -> tuple[list[Problem], object, Origin] | None:
    """Correct mistakes whose meaning is known; return the values, their origin and the problems."""
    if split_place := next(splitentries.second_halves(kind, value), None):
        return [splitentries.problem(origin, (*steps, *split_place))], *splitentries.joined(
            value, origin, steps, split_place
        )
    wrong_kind = next((detail for detail in details if detail["loc"] == ("kind",)), None)
    if wrong_kind and (meant := _meant_kind(wrong_kind, kind)):  # it decides which fields and days are right
        return [problem_of(wrong_kind, kind, origin, steps, {})], {**value, "kind": meant}, origin
    parents = lost_parents(details, kind, value)
    strays = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    if moves := misindented.homes([stray for stray in strays if stray not in parents], kind, value):
        outermost = [(place, home) for place, home in moves.items() if home[:-1] not in moves.values()]
        slips = [misindented.problem(origin, (*steps, *place), (*steps, *home)) for place, home in outermost]
        return slips, *misindented.put_right(value, origin, steps, moves)
    if names := {place: name for place, name in renamings(details, kind, value).items() if place not in parents}:
        slips = [problem_of(detail, kind, origin, steps, parents) for detail in details if detail["loc"] in names]
        return slips, *renamed(value, origin, steps, names)
    return None


def _meant_kind(detail: ErrorDetails, kind: type[Record]) -> str:
    """Return the kind of a case that an error's value means; empty if it means none, or the error is another one."""
    is_word = detail["type"] == "enum" and isinstance(detail["input"], str)
    return meant_word(kind.model_fields["kind"], detail["input"]) if is_word else ""


def _needed_fields(kind: type[Record]) -> str:
    return ", ".join(name for name, field in kind.model_fields.items() if field.is_required())


class _IndexedList(list[Any]):
    """A list that remembers the original index of each entry."""

    def __init__(self, values: Iterable[Any]) -> None:
        super().__init__(values)
        self.written = list(range(len(self)))

    def __delitem__(self, index: Any) -> None:  # noqa: ANN401 - as list has it
        super().__delitem__(index)
        del self.written[index]


def _deep_copy(value: Any) -> Any:  # noqa: ANN401 - plain YAML of any shape
    """Return a deep copy; a value repeated by an alias becomes a copy in each place."""
    if isinstance(value, dict):
        return {key: _deep_copy(item) for key, item in value.items()}
    return _IndexedList(map(_deep_copy, value)) if isinstance(value, list) else value


def _delete_invalid(value: Any, details: Iterable[ErrorDetails]) -> None:  # noqa: ANN401 - plain YAML of any shape
    """Delete each invalid entry, or the nearest existing one around it.

    All are found before the first is deleted, and lists are shortened from the end, so indexes stay valid.
    """
    holders = {
        (id(holder), step): holder for detail in details for holder, step in _existing_entries(value, detail["loc"])
    }
    for (_, step), holder in sorted(
        holders.items(), key=lambda item: (item[0][0], _as_index(item[0][1])), reverse=True
    ):
        del holder[step]


def _as_index(step: Step) -> int:
    return step if isinstance(step, int) else 0


def _existing_entries(value: Any, place: Steps) -> list[tuple[Any, Step]]:  # noqa: ANN401 - plain YAML of any shape
    """Return the container and the step of the last existing entry on a path; None if there is none."""
    last: list[tuple[Any, Step]] = []
    for step in place:
        fits = (isinstance(value, dict) and step in value) or (
            isinstance(value, _IndexedList) and isinstance(step, int) and step < len(value)
        )
        if not fits:
            break
        last = [(value, step)]
        value = value[step]
    return last


def _remaining_origin(origin: Origin, value: Any, steps: Steps) -> Origin:  # noqa: ANN401 - plain YAML of any shape
    """Return the origin of the rest of a value, with its present paths."""
    marks: dict[Steps, Mark] = {}
    keys: dict[Steps, Mark] = {}
    paths: dict[Steps, str] = {}
    pending: list[tuple[Any, Steps, Steps]] = [(value, steps, steps)]
    while pending:
        current, new_steps, old_steps = pending.pop()
        if old_steps in origin.marks:
            marks[new_steps] = origin.marks[old_steps]
        if old_steps in origin.keys:
            keys[new_steps] = origin.keys[old_steps]
        if old_steps in origin.paths:
            paths[new_steps] = origin.paths[old_steps]
        if isinstance(current, dict):
            pending += [(inner_value, (*new_steps, key), (*old_steps, key)) for key, inner_value in current.items()]
        elif isinstance(current, _IndexedList):
            pairs = zip(current.written, current, strict=True)
            pending += [
                (inner_value, (*new_steps, index), (*old_steps, old)) for index, (old, inner_value) in enumerate(pairs)
            ]
    return Origin(origin.path, marks, keys, paths=paths, text=origin.text, first_line=origin.first_line)
