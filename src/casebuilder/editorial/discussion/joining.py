"""Two keys that are one person, because somebody said so: on two networks, or after a new account."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.casefiles import record_path
from casebuilder.editorial.discussion import pseudonyms
from casebuilder.editorial.discussion.people import PeopleError, find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.editorial.discussion.people import Person
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
    """

    edits: Mapping[str, str | None]
    people: tuple[Person, ...]
    count: int
    remaining_name: str
    replaced_name: str


def join(series: Series, texts: Mapping[str, str], people: Sequence[Person] | None, one: str, other: str) -> Joined:
    """Return the records in which one person's key replaces two.

    Args:
        series: as it was read from `texts`.
        texts: the series' texts by path.
        people: who is who; None where that file is not there.
        one: a pseudonym, an author key, a handle or a name of the person who stays.
        other: the same of the person who is joined with them.

    Raises:
        JoinError: one of the two is not known, or both are one already.
    """
    contributions = [item for case in series.cases for item in case.contributions]
    stays, goes = _key(contributions, people, one), _key(contributions, people, other)
    if stays == goes:
        raise JoinError(f'"{one}" and "{other}" are one person already')
    if {item.key_id for item in contributions if item.author_key == stays} != {
        item.key_id for item in contributions if item.author_key == goes
    }:
        raise JoinError(f'"{one}" and "{other}" are in records with two keys; import them with one first')
    remaining_name, replaced_name = _called(contributions, stays), _called(contributions, goes)
    edits: dict[str, str | None] = {}
    for case in series.cases:
        lines = {item.place[1] for item in case.contributions if item.author_key == goes}
        path = record_path(case.slug)
        if lines:
            edits[path] = "\n".join(
                _joined(line, stays, remaining_name) if number in lines else line
                for number, line in enumerate(texts[path].split("\n"), start=1)
            )
    return Joined(
        edits,
        _people(people or (), stays, goes),
        sum(item.author_key == goes for item in contributions),
        remaining_name,
        replaced_name,
    )


def _key(contributions: Sequence[Contribution], people: Sequence[Person] | None, words: str) -> str:
    plain = words.strip().casefold()
    found = {
        item.author_key
        for item in contributions
        if plain in {item.author_key.casefold(), item.author.casefold()} or pseudonyms.is_same(item.author, words)
    }
    if len(found) == 1:
        return found.pop()
    if found:
        raise JoinError(f'several people are called "{words}": name the author key of the one that is meant')
    if people is None:
        hint = "handles and names are only in .casebuilder/people.jsonl, which is not on this computer"
        raise JoinError(f'nobody in the records is called "{words}"; {hint}')
    try:
        key = find(people, words).author_key
    except PeopleError as error:
        raise JoinError(str(error)) from None
    if not any(item.author_key == key for item in contributions):
        raise JoinError(f'"{words}" wrote nothing that is in a record')
    return key


def _called(contributions: Sequence[Contribution], key: str) -> str:
    return next(item.author for item in contributions if item.author_key == key)


def _joined(line: str, key: str, name: str) -> str:
    """Return a line with another key; what its author is called follows where that is a pseudonym."""
    value = json.loads(line)
    before = value["author_key"]
    value["author_key"] = key
    value.setdefault("joined_key", before)
    if pseudonyms.is_pseudonym(value["author"]) and pseudonyms.is_pseudonym(name):
        value["author"] = name
    return json.dumps(value, ensure_ascii=False)


def _people(people: Sequence[Person], stays: str, goes: str) -> tuple[Person, ...]:
    """Return one row for both: the posts of both, and the name and handle of the person who stays."""
    replaced = next((row for row in people if row.author_key == goes), None)
    if replaced is None:
        return tuple(people)
    rows = {row.author_key: row for row in people if row is not replaced}
    remaining = rows.get(stays)
    rows[stays] = (
        replace(remaining, posts={**replaced.posts, **remaining.posts})
        if remaining
        else replace(replaced, author_key=stays)
    )
    return tuple(rows.values())
