"""From plain YAML values to records: what the field types refuse becomes problems in their places.

A record with problems is still made, as far as it can be: what is wrong is taken out, and what is needed but missing
is filled by the record's placeholders. So the other rules run in the same go, and an editor sees all problems at once.
What was taken out is noted in the record's origin, so that a rule does not tell its lack as a second problem.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from casebuilder.model import Origin, Record
from casebuilder.problems import Problem
from casebuilder.readers import parted, shifted, yamltext
from casebuilder.readers.complaints import no_fields, problem_of
from casebuilder.readers.following import lost_parents, telling
from casebuilder.readers.misnamed import renamed, renamings
from casebuilder.readers.remedies import LIST_HINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from casebuilder.model import Mark, Step

R = TypeVar("R", bound=Record)
Steps = tuple["Step", ...]

#: Taking out a step's minutes can cost the step, then its session, then the list: each is one more pass.
_PASSES = 16


def read_yaml(kind: type[R], text: str, path: str, *, first_line: int = 1) -> tuple[R | None, Origin, list[Problem]]:
    """A record from a YAML text, where it stands, and what is wrong with it; None if it cannot be made at all."""
    document, problems = yamltext.read(text, path, first_line=first_line)
    if document is None:
        return None, unread(path), problems
    if document.value is None:
        message = "there is nothing in it" if first_line == 1 else "the front matter is empty"
        problems.append(Problem(path, 1, 1, "empty-file", message, f"it needs {_needed(kind)}"))
        return None, unread(path), problems
    record, origin, found = read_record(kind, document.value, document.origin)
    return record, origin, problems + found


def unread(path: str) -> Origin:
    """The origin of a record of whose file nothing was understood."""
    return Origin(path, {}, {}, frozenset([()]))


def read_list(kind: type[R], text: str, path: str) -> tuple[tuple[R, ...], Origin, list[Problem]]:
    """The records of a YAML list; those that cannot be made are left out, and the origin counts without them."""
    document, problems = yamltext.read(text, path)
    if document is None:
        return (), unread(path), problems
    if document.value is None:
        problems.append(Problem(path, 1, 1, "empty-file", "there is nothing in it", "fill it in, or delete it"))
        return (), unread(path), problems
    if not isinstance(document.value, list):
        problem = Problem(*document.origin.at(), "wrong-type", "this file is a list of entries", LIST_HINT)
        return (), unread(path), [*problems, problem]
    values, whole = document.value, document.origin
    while half := next(parted.second_halves(kind, values), None):
        problems.append(parted.problem(whole, half))
        values, whole = parted.joined(values, whole, (), half)
    records: list[R] = []
    origins: dict[int, Origin] = {}
    for index, value in enumerate(values):
        record, own, found = read_record(kind, value, whole, (index,))
        problems += found
        if record is not None:
            records.append(record)
            origins[index] = own
    return tuple(records), _joined(whole, origins, len(values)), problems


def _joined(origin: Origin, origins: dict[int, Origin], count: int) -> Origin:
    """The origin of a list of which only some entries were made, each perhaps with an origin of its own."""
    if len(origins) == count and all(own is origin for own in origins.values()):
        return origin
    numbers = {old: new for new, old in enumerate(origins)}
    mended = {old for old, own in origins.items() if own is not origin}

    def renumbered(marks: Iterable[tuple[Steps, Mark]], chosen: set[int]) -> Iterator[tuple[Steps, Mark]]:
        for steps, mark in marks:
            if steps and isinstance(steps[0], int) and steps[0] in chosen:
                yield (numbers[steps[0]], *steps[1:]), mark

    untouched = numbers.keys() - mended
    marks, keys = dict(renumbered(origin.marks.items(), untouched)), dict(renumbered(origin.keys.items(), untouched))
    refused: set[Steps] = {(-1,)} if len(origins) < count else set()
    for old in mended:
        marks.update(renumbered(origins[old].marks.items(), {old}))
        keys.update(renumbered(origins[old].keys.items(), {old}))
        refused |= {(numbers[old], *steps[1:]) for steps in origins[old].refused}
    return Origin(origin.path, {(): origin.marks[()], **marks}, keys, frozenset(refused))


def read_record(
    kind: type[R], value: object, origin: Origin, steps: Steps = ()
) -> tuple[R | None, Origin, list[Problem]]:
    """A record from plain values.

    Args:
        kind: the record's type.
        value: what YAML or JSON gave.
        origin: where the document's values stand.
        steps: the way from the document to this value.

    Returns:
        The record, or None if it cannot be made; its origin, which is the one given if nothing had to be taken out,
        and otherwise holds only what is left of this value; and the problems.
    """
    if not isinstance(value, dict):
        return None, unread(origin.path), [no_fields(kind, origin, steps, given=value)]
    try:
        return kind.model_validate(value), origin, []
    except ValidationError as error:
        details = error.errors(include_url=False)
    if fixed := _put_right(kind, value, details, origin, steps):
        slips, value, origin = fixed
        record, own, problems = read_record(kind, value, origin, steps)
        return record, own, [*slips, *problems]
    parents = lost_parents(details, kind, value)
    problems = [problem_of(detail, kind, origin, steps, parents) for detail in telling(details, parents)]
    refused = frozenset((*steps, *place) for place in (*(detail["loc"] for detail in details), *parents.values()))
    mended = _copied(value)
    for _ in range(_PASSES):
        _take_out(mended, details)
        mended = {**kind.placeholders, **mended}
        try:
            record = kind.model_validate(mended)
        except ValidationError as error:
            details = error.errors(include_url=False)
        else:
            return record, replace(_remaining(origin, mended, steps), refused=refused), problems
    return None, unread(origin.path), problems


def _put_right(
    kind: type[R], value: dict[str, object], details: list[ErrorDetails], origin: Origin, steps: Steps
) -> tuple[list[Problem], object, Origin] | None:
    """The values, and their places, without a slip of which it is known what was meant, and its problems."""
    if half := next(parted.second_halves(kind, value), None):
        return [parted.problem(origin, (*steps, *half))], *parted.joined(value, origin, steps, half)
    parents = lost_parents(details, kind, value)
    strays = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    if moves := shifted.homes([stray for stray in strays if stray not in parents], kind, value):
        moved = [(place, home) for place, home in moves.items() if home[:-1] not in moves.values()]
        slips = [shifted.problem(origin, (*steps, *place), (*steps, *home)) for place, home in moved]
        return slips, *shifted.put_right(value, origin, steps, moves)
    if names := {place: name for place, name in renamings(details, kind, value).items() if place not in parents}:
        slips = [problem_of(detail, kind, origin, steps, parents) for detail in details if detail["loc"] in names]
        return slips, *renamed(value, origin, steps, names)
    return None


def _needed(kind: type[Record]) -> str:
    return ", ".join(name for name, field in kind.model_fields.items() if field.is_required())


class _Kept(list[Any]):
    """A list that remembers the index at which each of its entries was written."""

    def __init__(self, values: Iterable[Any]) -> None:
        super().__init__(values)
        self.written = list(range(len(self)))

    def __delitem__(self, index: Any) -> None:  # noqa: ANN401 - as list has it
        super().__delitem__(index)
        del self.written[index]


def _copied(value: Any) -> Any:  # noqa: ANN401 - plain YAML of any shape
    """Plain values that may be changed; what an alias repeats is a copy in each place."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return _Kept(map(_copied, value)) if isinstance(value, list) else value


def _take_out(value: Any, details: Iterable[ErrorDetails]) -> None:  # noqa: ANN401 - plain YAML of any shape
    """Delete what was complained of: the entry itself, or the nearest one around it that exists.

    All are found before any is deleted, and deleted from a list's end, so that no index is stale.
    """
    found = {(id(holder), step): holder for detail in details for holder, step in _found(value, detail["loc"])}
    for (_, step), holder in sorted(found.items(), key=lambda item: (item[0][0], _index(item[0][1])), reverse=True):
        del holder[step]


def _index(step: Step) -> int:
    return step if isinstance(step, int) else 0


def _found(value: Any, place: Steps) -> list[tuple[Any, Step]]:  # noqa: ANN401 - plain YAML of any shape
    """The holder and the step of the last entry on the way to a place; nothing if not even the first exists."""
    last: list[tuple[Any, Step]] = []
    for step in place:
        fits = (isinstance(value, dict) and step in value) or (
            isinstance(value, _Kept) and isinstance(step, int) and step < len(value)
        )
        if not fits:
            break
        last = [(value, step)]
        value = value[step]
    return last


def _remaining(origin: Origin, value: Any, steps: Steps) -> Origin:  # noqa: ANN401 - plain YAML of any shape
    """The origin of what is left of a value, under the steps at which it is found now."""
    marks: dict[Steps, Mark] = {}
    keys: dict[Steps, Mark] = {}
    paths: dict[Steps, str] = {}
    waiting: list[tuple[Any, Steps, Steps]] = [(value, steps, steps)]
    while waiting:
        here, now, written = waiting.pop()
        if written in origin.marks:
            marks[now] = origin.marks[written]
        if written in origin.keys:
            keys[now] = origin.keys[written]
        if written in origin.paths:
            paths[now] = origin.paths[written]
        if isinstance(here, dict):
            waiting += [(item, (*now, key), (*written, key)) for key, item in here.items()]
        elif isinstance(here, _Kept):
            pairs = zip(here.written, here, strict=True)
            waiting += [(item, (*now, index), (*written, old)) for index, (old, item) in enumerate(pairs)]
    return Origin(origin.path, marks, keys, paths=paths)
