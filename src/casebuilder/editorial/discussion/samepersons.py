"""Two keys that are one person, because somebody said so: on two networks, or after a new account."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.casefiles import record_path
from casebuilder.editorial.discussion import pseudonyms
from casebuilder.editorial.discussion.participantslist import PeopleError, find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.editorial.discussion.participantslist import Person
    from casebuilder.model import Contribution
    from casebuilder.model.series import Series


class JoinError(Exception):
    """One of the two is not known, or both are one already."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The result of joining two keys.

    Attributes:
        edits: new texts of records by path.
        people: who is who after it.
        count: how many contributions changed.
        remaining_name: what the person is called.
        replaced_name: what they were called, too.
        keys: the author keys of the person who stays, and of the one who is joined with them.
    """

    edits: Mapping[str, str | None]
    people: tuple[Person, ...]
    count: int
    remaining_name: str
    replaced_name: str
    keys: tuple[str, str]


def join(series: Series, texts: Mapping[str, str], people: Sequence[Person] | None, first: str, second: str) -> Joined:
    """Return the records in which one person's key replaces two.

    Args:
        series: as it was read from `texts`.
        texts: the series' texts by path.
        people: who is who; None where that file is not there.
        first: a pseudonym, an author key, a handle or a name of the person who stays.
        second: the same of the person who is joined with them.

    Raises:
        JoinError: one of the two is not known, or both are one already.
    """
    contributions = [item for case in series.cases for item in case.contributions]
    remaining_key, replaced_key = _key_of(contributions, people, first), _key_of(contributions, people, second)
    if remaining_key == replaced_key:
        raise JoinError(f'"{first}" and "{second}" are one person already')
    if {item.key_id for item in contributions if item.author_key == remaining_key} != {
        item.key_id for item in contributions if item.author_key == replaced_key
    }:
        raise JoinError(f'"{first}" and "{second}" are in records with two keys; import them with one first')
    remaining_name, replaced_name = (
        _name_of_key(contributions, remaining_key),
        _name_of_key(contributions, replaced_key),
    )
    edits: dict[str, str | None] = {}
    for case in series.cases:
        lines = {item.place[1] for item in case.contributions if item.author_key == replaced_key}
        path = record_path(case.slug)
        if lines:
            edits[path] = "\n".join(
                _rewrite_line(line, remaining_key, remaining_name) if number in lines else line
                for number, line in enumerate(texts[path].split("\n"), start=1)
            )
    return Joined(
        edits,
        _join_people(people or (), remaining_key, replaced_key),
        sum(item.author_key == replaced_key for item in contributions),
        remaining_name,
        replaced_name,
        (remaining_key, replaced_key),
    )


def _key_of(contributions: Sequence[Contribution], people: Sequence[Person] | None, argument: str) -> str:
    lower_case = argument.strip().casefold()
    keys_found = {
        item.author_key
        for item in contributions
        if lower_case in {item.author_key.casefold(), item.author.casefold()}
        or pseudonyms.is_same(item.author, argument)
    }
    if len(keys_found) == 1:
        return keys_found.pop()
    if keys_found:
        raise JoinError(f'several people are called "{argument}": name the author key of the one that is meant')
    if people is None:
        hint = "handles and names are only in .casebuilder/people.jsonl, which is not on this computer"
        raise JoinError(f'nobody in the records is called "{argument}"; {hint}')
    try:
        key = find(people, argument).author_key
    except PeopleError as error:
        raise JoinError(str(error)) from None
    if not any(item.author_key == key for item in contributions):
        raise JoinError(f'"{argument}" wrote nothing that is in a record')
    return key


def _name_of_key(contributions: Sequence[Contribution], key: str) -> str:
    return next(item.author for item in contributions if item.author_key == key)


def _rewrite_line(line: str, key: str, name: str) -> str:
    """Return a line with another key; what its author is called follows where that is a pseudonym."""
    value = json.loads(line)
    before = value["author_key"]
    value["author_key"] = key
    value.setdefault("joined_key", before)
    if pseudonyms.is_pseudonym(value["author"]) and pseudonyms.is_pseudonym(name):
        value["author"] = name
    return json.dumps(value, ensure_ascii=False)


def _join_people(people: Sequence[Person], remaining_key: str, replaced_key: str) -> tuple[Person, ...]:
    """Return one row for both: the posts of both, and the name and handle of the person who stays."""
    replaced_row = next((row for row in people if row.author_key == replaced_key), None)
    if replaced_row is None:
        return tuple(people)
    rows = {row.author_key: row for row in people if row is not replaced_row}
    remaining_row = rows.get(remaining_key)
    rows[remaining_key] = (
        replace(remaining_row, posts={**replaced_row.posts, **remaining_row.posts})
        if remaining_row
        else replace(replaced_row, author_key=remaining_key)
    )
    return tuple(rows.values())
