"""One discussion, counted in one pass over its record."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown, ContributionKind, Figures
from casebuilder.model.counting.channels import canonical, is_network
from casebuilder.model.counting.firstweek import WEEK_HOURS, Weeks, first_week
from casebuilder.model.counting.regions import CONTINENT, CONTINENTS
from casebuilder.model.counting.spread import spread
from casebuilder.model.counting.suppression import breakdown, nested, shown_total
from casebuilder.text import share, word_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from casebuilder.model import Contribution

_DAY_HOURS, _HOUR = 24, 3600
#: How wide the steps of a course may be, in hours. The first that hides nothing is taken; days hide what they must.
_STEPS = (1, 2, 3, 6, 12)
#: The name of the part that stands for those who did not say.
UNKNOWN = "unknown"
#: What was said before the opening.
BEFORE = "before"
_TENTH = 10


@dataclass(frozen=True, slots=True)
class Round:
    """One discussion.

    Attributes:
        contributions: its record.
        opens: from when hours are counted.
        has_paper: whether a paper opened it, whose authors may take part.
        earlier: the keys of everybody who took part in a round that opened before; None if nobody can be recognised.
        unknown: why that is: see Figures.rounds_unknown.
        small_count: numbers from 1 up to below this are hidden.
    """

    contributions: Sequence[Contribution]
    opens: datetime
    has_paper: bool
    earlier: AbstractSet[str] | None
    small_count: int
    unknown: str = "another-key"


@dataclass(frozen=True, slots=True)
class _Person:
    """Who took part: how often, as what and from where, as far as that was said, and when first."""

    posts: int
    role: str
    country: str


def counted(contributions: Iterable[Contribution]) -> list[Contribution]:
    """Return the contributions that count: without spam, and without what was taken back."""
    return [item for item in contributions if not item.spam and not item.withdrawn]


def is_post(contribution: Contribution) -> bool:
    """Return whether a contribution is a post on a social network; anything else is a comment."""
    return is_network(contribution.channel)


def count(window: Round) -> Figures:
    """Return everything that can be counted in a discussion, with small numbers hidden."""
    items, small_count = counted(window.contributions), window.small_count
    people = _participants(items)
    total, shows_spread = len(items), len(people) >= 2 * small_count
    course = _breakdown_by_hour([_hour(item, window.opens) for item in items], small_count)
    kinds = breakdown(Counter(str(item.kind) for item in items), small_count)
    return Figures(
        small_count=small_count,
        contributions=shown_total(total, small_count),
        participants=shown_total(len(people), small_count),
        kinds=kinds,
        **_rounds(people, window),
        **_count_media(items, window, course),
        questions=breakdown(Counter(item.question or UNKNOWN for item in items), small_count),
        course=course,
        roles=breakdown(Counter(person.role or UNKNOWN for person in people.values()), small_count),
        **_continents_and_countries(people, small_count),
        posts_each=spread([person.posts for person in people.values()]) if shows_spread else None,
        most_active=_most_active([person.posts for person in people.values()], small_count),
        words=spread([word_count(item.text) for item in items if item.kind is not ContributionKind.REPOST])
        if shows_spread
        else None,
        depth=_reply_depth(items) if _shows_replies(kinds) else None,
        moderators=_moderator_share(items, small_count),
        authors_took_part=_authors_took_part(items) if window.has_paper else None,
        spam=sum(item.spam for item in window.contributions),
    )


def _participants(items: Iterable[Contribution]) -> dict[str, _Person]:
    """Return everybody who took part, by key; the role is the first that was given."""
    items = [*items]
    posts: Counter[str] = Counter()
    roles: dict[str, str] = {}
    countries = countries_of(items)
    for item in items:
        posts[item.author_key] += 1
        if item.role:
            roles.setdefault(item.author_key, item.role)
    role_names = _common_spellings(
        roles.values(), lambda role: " ".join(unicodedata.normalize("NFKC", role).casefold().split())
    )
    return {
        key: _Person(number, role_names.get(roles.get(key, ""), ""), countries.get(key, ""))
        for key, number in posts.items()
    }


def _common_spellings(spellings: Iterable[str], key_of: Callable[[str], str]) -> Mapping[str, str]:
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


def shown_countries(contributions: Iterable[Contribution], small_count: int) -> frozenset[str]:
    """Return the countries whose participants are numbered in the figures of a discussion."""
    places = _continents_and_countries(_participants(counted(contributions)), small_count)
    countries = places["countries"]
    return frozenset(countries.cells) - {UNKNOWN} if isinstance(countries, Breakdown) else frozenset()


def _rounds(people: Mapping[str, _Person], window: Round) -> dict[str, object]:
    """Return the numbers of new and returning participants."""
    if window.earlier is None:
        return {"rounds": Breakdown(), "rounds_unknown": window.unknown}
    returning = sum(key in window.earlier for key in people)
    return {"rounds": breakdown({"new": len(people) - returning, "returning": returning}, window.small_count)}


def _count_media(items: Sequence[Contribution], window: Round, course: Breakdown) -> dict[str, object]:
    """Return comments and posts, their channels, and those of the first seven days."""
    groups: dict[str, Counter[str]] = {"comments": Counter(), "posts": Counter()}
    first_week_total = Counter[str]()
    channel_names = _common_spellings((item.channel for item in items), canonical)
    for item in items:
        group = "posts" if is_post(item) else "comments"
        groups[group][channel_names[item.channel]] += 1
        hour = _hour(item, window.opens)
        first_week_total[group] += hour < WEEK_HOURS
    media, channels = nested(groups, window.small_count)
    weeks = {
        name: Weeks(first_week_total[name], sum(group.values()) - first_week_total[name])
        for name, group in groups.items()
    }
    is_whole = media.other is None and not media.is_hidden
    first_week_counts = first_week(weeks, course, window.small_count) if is_whole else {}
    return {"media": media, "channels": channels, **{f"first_{name}": first_week_counts.get(name) for name in groups}}


def _hour(contribution: Contribution, opens: datetime) -> int:
    """Return whole hours since the opening; negative before it."""
    return int((contribution.posted.timestamp() - opens.timestamp()) // _HOUR)


def _breakdown_by_hour(hours: Sequence[int], small_count: int) -> Breakdown:
    """Return contributions by time since the opening, in the smallest steps without a small number."""
    for step in _STEPS:
        parts = _steps(hours, step)
        if parts and all(number >= small_count for number in parts.values()):
            return breakdown(parts, small_count)
    return breakdown(_steps(hours, _DAY_HOURS), small_count)


def _steps(hours: Iterable[int], step: int) -> dict[str, int]:
    parts = Counter(hour // step if hour >= 0 else -1 for hour in hours)
    names = {place: BEFORE if place < 0 else f"{place * step}-{(place + 1) * step}" for place in parts}
    return {names[place]: parts[place] for place in sorted(parts)}


#: From how many hidden countries on, for each person below which a number is hidden, their names stay unknown.
_MANY_HIDDEN = 2


def _continents_and_countries(people: Mapping[str, _Person], small_count: int) -> dict[str, object]:
    """Return participants by continent and country, and how many there are of each.

    From the number of countries among the hidden participants it would follow how many of them gave no country; and if
    the hidden countries have equally many participants, how many that is. A number that is missing for the second
    reason only would say so. So the numbers of countries and continents are shown if nothing is hidden; or if no
    country is shown, everybody gave one, and the hidden ones are not equal, where a few without one could be why not.
    Of many hidden countries nobody knows which they are, so that their number is shown with the others.
    """
    groups: dict[str, Counter[str]] = {name: Counter() for name in (*CONTINENTS, UNKNOWN)}
    for person in people.values():
        groups[CONTINENT.get(person.country, UNKNOWN)][person.country or UNKNOWN] += 1
    continents, countries = nested(groups, small_count)
    known_groups = {name: group for name, group in groups.items() if group and name != UNKNOWN}
    sizes = {name: sum(group.values()) for name, group in known_groups.items()}
    country_sizes = {name: number for group in known_groups.values() for name, number in group.items()}
    if countries.other is None and continents.other is None:
        is_safe = True
    else:
        is_open = not countries.cells and continents.other is not None and not groups[UNKNOWN]
        is_safe = is_open and not _are_equal(sizes, continents) and not _are_equal(country_sizes, countries)
    is_unknown_shown = not groups[UNKNOWN] or UNKNOWN in continents.cells
    are_many = is_unknown_shown and len(country_sizes.keys() - countries.cells.keys()) >= _MANY_HIDDEN * small_count
    is_mixed = are_many and (continents.other is None or not _are_equal(sizes, continents))
    is_shown = shown_total(len(people), small_count) is not None
    return {
        "continents": continents,
        "countries": countries,
        "continent_count": len(known_groups) if is_shown and (is_safe or is_mixed) else None,
        "country_count": len(country_sizes) if is_shown and (is_safe or are_many) else None,
    }


def _are_equal(parts: Mapping[str, int], breakdown: Breakdown) -> bool:
    """Return whether some parts are hidden and all of the same size."""
    return len({number for name, number in parts.items() if name not in breakdown.cells}) == 1


def _most_active(posts: Sequence[int], small_count: int) -> int | None:
    """Return the share of the most active tenth, in per cent.

    Of fewer than ten people there is none; and if it is a small number of people, the share would say how much they
    said.
    """
    tenth = ceil(len(posts) / _TENTH)
    if len(posts) < _TENTH or shown_total(tenth, small_count) is None:
        return None
    return share(sum(sorted(posts, reverse=True)[:tenth]), sum(posts))


def _reply_depth(items: Iterable[Contribution]) -> int:
    """Return how many replies deep the longest chain is.

    A parent that is not in the record ends it, and so does a ring.
    """
    parents = {item.id: item.in_reply_to for item in items}
    depths: dict[str, int] = {}
    for start in parents:
        chain: list[str] = []
        current, on_the_way = start, set[str]()
        while current in parents and current not in depths and current not in on_the_way:
            chain.append(current)
            on_the_way.add(current)
            current = parents[current]
        for name in reversed(chain):
            parent = parents[name]
            depths[name] = depths.get(parent, 0) + 1 if parent in parents and parent != name else 0
    return max(depths.values(), default=0)


def _shows_replies(kinds: Breakdown) -> bool:
    """Return whether the number of replies is shown: if not, neither is their longest chain, which reveals it."""
    return bool(kinds.cells) and (kinds.other is None or str(ContributionKind.REPLY) in kinds.cells)


def _moderator_share(items: Sequence[Contribution], small_count: int) -> int | None:
    """Return the share of what moderators said, in per cent.

    None is not said where somebody's role is not understood, who may be one.
    """
    from casebuilder.model.counting.roles import is_moderator

    answers = [is_moderator(item.role) for item in items]
    by_moderators = answers.count(True)
    if not by_moderators and None in answers:
        return None
    parts = breakdown({"moderators": by_moderators, "others": len(items) - by_moderators}, small_count)
    if parts.is_hidden or parts.other is not None:
        return None
    return share(parts.cells.get("moderators", 0), len(items))


def _authors_took_part(items: Iterable[Contribution]) -> bool | None:
    """Return whether authors of the paper took part; None if no role says so, and not all are understood."""
    from casebuilder.model.counting.roles import is_author

    roles = {item.role for item in items if item.role}
    answers = {is_author(role) for role in roles}
    return True if True in answers else None if None in answers or not roles else False
