"""One discussion, counted in one pass over its record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown, ContributionKind, Figures, Spread
from casebuilder.model.counting.channels import canonical, is_network
from casebuilder.model.counting.firstweek import FIRST, LATER, WEEK_HOURS, first_week
from casebuilder.model.counting.participants import UNKNOWN, common_spellings, people_of
from casebuilder.model.counting.places import continents_and_countries
from casebuilder.model.counting.spread import spread
from casebuilder.model.counting.suppression import (
    breakdown,
    breakdown_of_said,
    nested_of_said,
    said,
    shown_total,
)
from casebuilder.model.figures import least_alone
from casebuilder.text import share
from casebuilder.wordcount import word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from casebuilder.model import Contribution

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
        rounds: new and returning participants, as they may be shown; empty if nobody can be recognised.
        small_count: numbers from 1 up to below this are hidden.
        rounds_unknown: why nobody can be recognised: see Figures.rounds_unknown.
    """

    contributions: Sequence[Contribution]
    opens: datetime
    has_paper: bool
    rounds: Breakdown
    small_count: int
    rounds_unknown: str = ""


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
    course = _course(items, window.opens, small_count)
    kinds = breakdown_of_said(said(items, lambda item: str(item.kind)), small_count)
    is_few = shown_total(len(people), small_count) is None
    return Figures(
        small_count=small_count,
        contributions=None if is_few else len(items),
        participants=shown_total(len(people), small_count),
        kinds=kinds,
        rounds=window.rounds,
        rounds_unknown=window.rounds_unknown,
        **_count_media(items, window, course),
        questions=breakdown_of_said(said(items, lambda item: item.question or UNKNOWN), small_count),
        course=course,
        roles=breakdown(Counter(person.role or UNKNOWN for person in people.values()), small_count),
        **continents_and_countries(people, small_count),
        posts_each=_posts_of_each_person([person.posts for person in people.values()], small_count),
        most_active=_most_active([person.posts for person in people.values()], small_count),
        words=_words_of_each_contribution(items, kinds) if len(people) >= 2 * small_count else None,
        depth=_reply_depth(items) if _shows_kind(kinds, ContributionKind.REPLY) else None,
        moderators=_moderator_share(items, small_count),
        authors_took_part=_authors_took_part(items) if window.has_paper else None,
        spam=sum(item.spam for item in window.contributions),
    )


def _count_media(items: Sequence[Contribution], window: Round, course: Breakdown) -> dict[str, object]:
    """Return comments and posts, their channels, and those of the first seven days."""
    names = common_spellings((item.channel for item in items), canonical)
    media_items = {"comments": [item for item in items if not is_post(item)], "posts": [*filter(is_post, items)]}
    media, channels = nested_of_said(
        {name: said(group, lambda item: names[item.channel]) for name, group in media_items.items()}, window.small_count
    )
    weeks = {name: said(group, lambda item: _week(item, window.opens)) for name, group in media_items.items()}
    hidden = said(
        (item for item in items if not _is_in_course(item, window.opens, course)),
        lambda item: _week(item, window.opens),
    )
    is_whole = media.other is None and not media.is_hidden
    first_week_counts = first_week(weeks, hidden, window.small_count) if is_whole else {}
    return {
        "media": media,
        "channels": channels,
        **{f"first_{name}": first_week_counts.get(name) for name in media_items},
    }


def _week(contribution: Contribution, opens: datetime) -> str:
    """Return "first" for what was said in the first seven days or before them, and "later"."""
    return FIRST if _hours_since_opening(contribution, opens) < WEEK_HOURS else LATER


def _hours_since_opening(contribution: Contribution, opens: datetime) -> int:
    """Return whole hours since the opening; negative before it."""
    return int((contribution.posted.timestamp() - opens.timestamp()) // _HOUR)


def _course(items: Sequence[Contribution], opens: datetime, small_count: int) -> Breakdown:
    """Return contributions by time since the opening, in the smallest steps without one of few people."""
    for step in _STEPS:
        parts = _steps(items, opens, step)
        if parts and all(len(set(keys)) >= least_alone(small_count) for keys in parts.values()):
            return breakdown_of_said(parts, small_count)
    return breakdown_of_said(_steps(items, opens, _DAY_HOURS), small_count)


def _steps(items: Iterable[Contribution], opens: datetime, step: int) -> dict[str, list[str]]:
    """Return the author keys of contributions by steps of some hours, the first step first."""
    parts: dict[int, list[str]] = {}
    for item in items:
        hour = _hours_since_opening(item, opens)
        parts.setdefault(hour // step if hour >= 0 else -1, []).append(item.author_key)
    return {_step_name(place, step): parts[place] for place in sorted(parts)}


def _step_name(place: int, step: int) -> str:
    return BEFORE if place < 0 else f"{place * step}-{(place + 1) * step}"


def _is_in_course(contribution: Contribution, opens: datetime, course: Breakdown) -> bool:
    """Return whether the course shows the step in which a contribution was made."""
    hour = _hours_since_opening(contribution, opens)
    if hour < 0:
        return BEFORE in course.cells
    return any(int(first) <= hour < int(end) for first, _, end in (name.partition("-") for name in course.cells) if end)


#: Of how many people a quarter is a small number, and so are those above the upper quartile.
_QUARTERS = 4


def _posts_of_each_person(posts: Sequence[int], small_count: int) -> Spread | None:
    """Return the contributions of each participant.

    Readers know their sum, so that of few people the quartiles would say how much the most active one said.
    """
    is_few = small_count > 1 and len(posts) < _QUARTERS * least_alone(small_count)
    return None if is_few else spread(posts)


def _words_of_each_contribution(items: Iterable[Contribution], kinds: Breakdown) -> Spread | None:
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

    None is not said where somebody's role is not understood, who may be one. A moderator acts for the series and is
    named on the page, so their number may be small; that of the others may not.
    """
    from casebuilder.model.counting.roles import is_moderator

    answers = [is_moderator(item.role) for item in items]
    by_moderators = answers.count(True)
    if not by_moderators and None in answers:
        return None
    others = {item.author_key for item, answer in zip(items, answers, strict=True) if not answer}
    if not items or shown_total(by_moderators, small_count) is None or shown_total(len(others), small_count) is None:
        return None
    return share(by_moderators, len(items))


def _authors_took_part(items: Iterable[Contribution]) -> bool | None:
    """Return whether authors of the paper took part; None if no role says so, and not all are understood."""
    from casebuilder.model.counting.roles import is_author

    roles = {item.role for item in items if item.role}
    answers = {is_author(role) for role in roles}
    return True if True in answers else None if None in answers or not roles else False
