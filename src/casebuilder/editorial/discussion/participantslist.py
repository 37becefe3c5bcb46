"""Who is who: the rows of the file that only the editors have, beside a record that names nobody."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import pseudonyms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part.

    Attributes:
        author_key: their key in the records.
        pseudonym: what the records call them.
        name: the name that they show; "" if they show none, or an email address.
        handle: how others name them on their network.
        channel: that network.
        posts: the addresses of their contributions, by case and id: "2026-03-late-handover c07".
    """

    author_key: str
    pseudonym: str
    name: str = ""
    handle: str = ""
    channel: str = ""
    posts: Mapping[str, str] = field(default_factory=dict)

    def answers_to(self, argument: str) -> bool:
        """Return whether somebody who writes these words means this person."""
        lower_case = argument.strip().casefold()
        names = (self.author_key, self.pseudonym, self.name, self.handle)
        return pseudonyms.is_same(self.pseudonym, argument) or (
            bool(lower_case)
            and any(lower_case in {name.casefold(), name.casefold().removeprefix("@")} for name in names if name)
        )


class PeopleError(Exception):
    """The file of people cannot be read, or names nobody of that name."""


def read(text: str) -> tuple[Person, ...]:
    """Return the rows of the file.

    Raises:
        PeopleError: a line of it is no row.
    """
    people = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            people.append(Person(**json.loads(line)))
        except (ValueError, TypeError, RecursionError):
            raise PeopleError(f"line {number} cannot be read: delete it, or take the file from a copy") from None
    return tuple(people)


def dump(people: Iterable[Person]) -> str:
    """Return the file with these rows."""
    rows = (
        {
            "author_key": person.author_key,
            "pseudonym": person.pseudonym,
            "name": person.name,
            "handle": person.handle,
            "channel": person.channel,
            "posts": dict(person.posts),
        }
        for person in people
    )
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def merge(people: Sequence[Person], others: Iterable[Person]) -> tuple[Person, ...]:
    """Return rows with others added: of one key the newer name, and the posts of both."""
    rows = {person.author_key: person for person in people}
    for person in others:
        old = rows.get(person.author_key)
        rows[person.author_key] = replace(person, posts={**old.posts, **person.posts}) if old else person
    return tuple(rows.values())


def without_posts(people: Sequence[Person], slug: str, contributions: set[str]) -> tuple[Person, ...]:
    """Return rows without a case's posts that its record no longer holds, and without people who have none left."""
    rows = []
    for person in people:
        posts = {name: url for name, url in person.posts.items() if _is_still_there(name, slug, contributions)}
        if posts or len(posts) == len(person.posts):
            rows.append(replace(person, posts=posts))
    return tuple(rows)


def _is_still_there(name: str, slug: str, contributions: set[str]) -> bool:
    case, _, contribution = name.partition(" ")
    return case != slug or contribution in contributions


def find(people: Sequence[Person], argument: str) -> Person:
    """Return the one person whom somebody means.

    Raises:
        PeopleError: it is nobody, or several.
    """
    matches = [person for person in people if person.answers_to(argument)]
    if len(matches) == 1:
        return matches[0]
    if not matches:
        hint = "name a pseudonym, a handle, a name, or an author key"
        raise PeopleError(f'nobody is called "{argument}" in .casebuilder/people.jsonl: {hint}')
    choices = ", ".join(f"{person.pseudonym} ({person.author_key})" for person in matches)
    raise PeopleError(f'"{argument}" can be {choices}: name the key')
