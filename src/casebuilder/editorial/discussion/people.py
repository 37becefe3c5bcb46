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
        name: the name that they show; "" if they show none, or an e-mail address.
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

    def answers_to(self, words: str) -> bool:
        """Whether somebody who writes these words means this person."""
        plain = words.strip().casefold()
        own = (self.author_key, self.pseudonym, self.name, self.handle)
        return pseudonyms.is_same(self.pseudonym, words) or (
            bool(plain) and any(plain in {name.casefold(), name.casefold().removeprefix("@")} for name in own if name)
        )


class PeopleError(Exception):
    """The file of people cannot be read, or names nobody of that name."""


def read(text: str) -> tuple[Person, ...]:
    """The rows of the file.

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
    """The file with these rows."""
    rows = (
        {
            "author_key": one.author_key,
            "pseudonym": one.pseudonym,
            "name": one.name,
            "handle": one.handle,
            "channel": one.channel,
            "posts": dict(one.posts),
        }
        for one in people
    )
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def merge(people: Sequence[Person], more: Iterable[Person]) -> tuple[Person, ...]:
    """Rows with others added: of one key the newer name, and the posts of both."""
    rows = {one.author_key: one for one in people}
    for one in more:
        old = rows.get(one.author_key)
        rows[one.author_key] = replace(one, posts={**old.posts, **one.posts}) if old else one
    return tuple(rows.values())


def without_posts(people: Sequence[Person], slug: str, contributions: set[str]) -> tuple[Person, ...]:
    """Rows without the posts of a case that its record no longer holds, and without those who then have none left."""
    rows = []
    for one in people:
        posts = {name: url for name, url in one.posts.items() if _remains(name, slug, contributions)}
        if posts or len(posts) == len(one.posts):
            rows.append(replace(one, posts=posts))
    return tuple(rows)


def _remains(name: str, slug: str, contributions: set[str]) -> bool:
    case, _, contribution = name.partition(" ")
    return case != slug or contribution in contributions


def find(people: Sequence[Person], words: str) -> Person:
    """The one person whom somebody means.

    Raises:
        PeopleError: it is nobody, or several.
    """
    found = [one for one in people if one.answers_to(words)]
    if len(found) == 1:
        return found[0]
    if not found:
        what = "name a pseudonym, a handle, a name, or an author key"
        raise PeopleError(f'nobody is called "{words}" in .casebuilder/people.jsonl: {what}')
    several = ", ".join(f"{one.pseudonym} ({one.author_key})" for one in found)
    raise PeopleError(f'"{words}" can be {several}: name the key')
