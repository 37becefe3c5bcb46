"""One discussion, counted in one pass over its record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown, ContributionKind, Figures, Spread
from casebuilder.model.counting.channels import canonical, is_network
from casebuilder.model.counting.firstweek import WEEK_HOURS, Weeks, first_week
from casebuilder.model.counting.overlap import new_and_returning
from casebuilder.model.counting.participants import UNKNOWN, common_spellings, people_of
from casebuilder.model.counting.places import continents_and_countries
from casebuilder.model.counting.spread import spread
from casebuilder.model.counting.suppression import breakdown, nested, shown_total
from casebuilder.model.figures import least_alone
from casebuilder.text import share, word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from casebuilder.model import Contribution
    from casebuilder.model.counting.participants import Person

_DAY_HOURS, _HOUR = 24, 3600
#: How wide the steps of a course may be, in hours. The first that hides nothing is taken; days hide what they must.
_STEPS = (1, 2, 3, 6, 12)
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
        is_second: whether those of `earlier` are the participants of one round, with its tables.
        is_known: whether readers know how many took part earlier.
    """

    contributions: Sequence[Contribution]
    opens: datetime
    has_paper: bool
    earlier: AbstractSet[str] | None
    small_count: int
    unknown: str = "another-key"
    is_second: bool = False
    is_known: bool = True


def counted(contributions: Iterable[Contribution]) -> list[Contribution]:
    """Return the contributions that count: without spam, and without what was taken back."""
    return [item for item in contributions if not item.spam and not item.withdrawn]


def is_post(contribution: Contribution) -> bool:
    """Return whether a contribution is a post on a social network; anything else is a comment."""
    return is_network(contribution.channel)


def count(window: Round) -> Figures:
    """Return everything that can be counted in a discussion, with small numbers hidden."""
    items, small_count = counted(window.contributions), window.small_count
    people = people_of(items)
    course = _breakdown_by_hour([_hours_since_opening(item, window.opens) for item in items], small_count)
    kinds = breakdown(Counter(str(item.kind) for item in items), small_count)
    return Figures(
        small_count=small_count,
        contributions=shown_total(len(items), small_count),
        participants=shown_total(len(people), small_count),
        kinds=kinds,
        **_rounds(people, window),
        **_count_media(items, window, course),
        questions=breakdown(Counter(item.question or UNKNOWN for item in items), small_count),
        course=course,
        roles=breakdown(Counter(person.role or UNKNOWN for person in people.values()), small_count),
        **continents_and_countries(people, small_count),
        posts_each=_posts_each([person.posts for person in people.values()], small_count),
        most_active=_most_active([person.posts for person in people.values()], small_count),
        words=_words_each(items, kinds) if len(people) >= 2 * small_count else None,
        depth=_reply_depth(items) if _shows_kind(kinds, ContributionKind.REPLY) else None,
        moderators=_moderator_share(items, small_count),
        authors_took_part=_authors_took_part(items) if window.has_paper else None,
        spam=sum(item.spam for item in window.contributions),
    )


def _rounds(people: Mapping[str, Person], window: Round) -> dict[str, object]:
    """Return the numbers of new and returning participants."""
    if window.earlier is None:
        return {"rounds": Breakdown(), "rounds_unknown": window.unknown}
    rounds = new_and_returning(
        people.keys(),
        window.earlier,
        window.small_count,
        is_second=window.is_second,
        is_known=window.is_known,
    )
    return {"rounds": rounds}


def _count_media(items: Sequence[Contribution], window: Round, course: Breakdown) -> dict[str, object]:
    """Return comments and posts, their channels, and those of the first seven days."""
    groups: dict[str, Counter[str]] = {"comments": Counter(), "posts": Counter()}
    first_week_total = Counter[str]()
    channel_names = common_spellings((item.channel for item in items), canonical)
    for item in items:
        group = "posts" if is_post(item) else "comments"
        groups[group][channel_names[item.channel]] += 1
        hour = _hours_since_opening(item, window.opens)
        first_week_total[group] += hour < WEEK_HOURS
    media, channels = nested(groups, window.small_count)
    weeks = {
        name: Weeks(first_week_total[name], sum(group.values()) - first_week_total[name])
        for name, group in groups.items()
    }
    is_whole = media.other is None and not media.is_hidden
    first_week_counts = first_week(weeks, course, window.small_count) if is_whole else {}
    return {"media": media, "channels": channels, **{f"first_{name}": first_week_counts.get(name) for name in groups}}


def _hours_since_opening(contribution: Contribution, opens: datetime) -> int:
    """Return whole hours since the opening; negative before it."""
    return int((contribution.posted.timestamp() - opens.timestamp()) // _HOUR)


def _breakdown_by_hour(hours: Sequence[int], small_count: int) -> Breakdown:
    """Return contributions by time since the opening, in the smallest steps without a small number."""
    for step in _STEPS:
        parts = _steps(hours, step)
        if parts and all(number >= least_alone(small_count) for number in parts.values()):
            return breakdown(parts, small_count)
    return breakdown(_steps(hours, _DAY_HOURS), small_count)


def _steps(hours: Iterable[int], step: int) -> dict[str, int]:
    parts = Counter(hour // step if hour >= 0 else -1 for hour in hours)
    names = {place: BEFORE if place < 0 else f"{place * step}-{(place + 1) * step}" for place in parts}
    return {names[place]: parts[place] for place in sorted(parts)}


#: Of how many people a quarter is a small number, and so are those above the upper quartile.
_QUARTERS = 4


def _posts_each(posts: Sequence[int], small_count: int) -> Spread | None:
    """Return the contributions of each participant.

    Readers know their sum, so that of few people the quartiles would say how much the most active one said.
    """
    is_few = small_count > 1 and len(posts) < _QUARTERS * least_alone(small_count)
    return None if is_few else spread(posts)


def _words_each(items: Iterable[Contribution], kinds: Breakdown) -> Spread | None:
    """Return the words of contributions without reposts.

    The fractions of quartiles say whether the number of contributions is odd. Where few reposts are hidden, these are
    whole numbers.
    """
    words = spread([word_count(item.text) for item in items if item.kind is not ContributionKind.REPOST])
    if words is None or _shows_kind(kinds, ContributionKind.REPOST):
        return words
    return Spread(**{name: int(value + 0.5) for name, value in words.model_dump().items()})


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


def _shows_kind(kinds: Breakdown, kind: ContributionKind) -> bool:
    """Return whether the number of contributions of a kind is shown: if not, nothing is said that reveals it."""
    return bool(kinds.cells) and (kinds.other is None or str(kind) in kinds.cells)


def _moderator_share(items: Sequence[Contribution], small_count: int) -> int | None:
    """Return the share of what moderators said, in per cent.

    None is not said where somebody's role is not understood, who may be one.
    """
    from casebuilder.model.counting.roles import is_moderator

    answers = [is_moderator(item.role) for item in items]
    by_moderators = answers.count(True)
    if not by_moderators and None in answers:
        return None
    if not items or any(shown_total(part, small_count) is None for part in (by_moderators, len(items) - by_moderators)):
        return None
    return share(by_moderators, len(items))


def _authors_took_part(items: Iterable[Contribution]) -> bool | None:
    """Return whether authors of the paper took part; None if no role says so, and not all are understood."""
    from casebuilder.model.counting.roles import is_author

    roles = {item.role for item in items if item.role}
    answers = {is_author(role) for role in roles}
    return True if True in answers else None if None in answers or not roles else False
