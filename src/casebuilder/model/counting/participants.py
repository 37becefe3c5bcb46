"""Who took part in a discussion: how often, as what and from where, as far as that was said."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from casebuilder.model import Contribution

#: The name of the part that stands for those who did not say.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """Who took part: how often, as what and from where, as far as that was said, and when first."""

    posts: int
    role: str
    country: str


def people_of(items: Iterable[Contribution]) -> dict[str, Person]:
    """Return everybody who took part, by key; the role is the first that was given."""
    items = [*items]
    posts: Counter[str] = Counter()
    roles: dict[str, str] = {}
    countries = countries_of(items)
    for item in items:
        posts[item.author_key] += 1
        if item.role:
            roles.setdefault(item.author_key, item.role)
    role_names = common_spellings(roles.values(), same_role)
    return {
        key: Person(number, role_names.get(roles.get(key, ""), ""), countries.get(key, ""))
        for key, number in posts.items()
    }


def common_spellings(spellings: Iterable[str], key_of: Callable[[str], str]) -> Mapping[str, str]:
    """Return for each spelling the one that stands for it and its like: the most frequent, of several the first.

    Args:
        spellings: each as often as it occurs.
        key_of: gives one name for all spellings of one thing.
    """
    spellings_by_key: dict[str, Counter[str]] = {}
    for spelling in spellings:
        spellings_by_key.setdefault(key_of(spelling), Counter())[spelling] += 1
    return {each: group.most_common(1)[0][0] for group in spellings_by_key.values() for each in group}


def countries_of(items: Iterable[Contribution]) -> dict[str, str]:
    """Return the country of each person in a round, by key: the first that was given there. Who gave none is left out.

    This is the only rule on people with several countries: all figures use it.
    """
    countries: dict[str, str] = {}
    for item in items:
        if item.country:
            countries.setdefault(item.author_key, item.country)
    return countries


def same_role(role: str) -> str:
    """Return one name for a role in all its spellings."""
    return " ".join(unicodedata.normalize("NFKC", role).casefold().split())
