"""Suggestions for curators, computed on this machine from the words of the record. They help, and never decide.

Each can be explained: which words made a group (`suggestions_groups`), how many people replied, what is in no theme,
and which words two sentences share (`suggestions_opposites`). Withdrawn contributions, spam and reposts count nowhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import suggestions_groups
from casebuilder.editorial.curation.suggestions_opposites import Opposite, opposites
from casebuilder.model import ContributionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from casebuilder.editorial.curation.suggestions_groups import Group
    from casebuilder.model import Contribution

#: How many contributions with the most replies are named, and from how many replies on.
_MOST, _REPLIES = 5, 2


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may help a curator.

    Attributes:
        groups: contributions with words in common; None if scikit-learn is not installed.
        most_replied: the ids of those with the most replies by others, the first has most.
        uncovered: the ids of those in no theme, in the order of the record.
        opposites: pairs that say the opposite in the same words.
    """

    groups: tuple[Group, ...] | None
    most_replied: tuple[str, ...]
    uncovered: tuple[str, ...]
    opposites: tuple[Opposite, ...]

    def as_json(self) -> dict[str, object]:
        """Return the suggestions for the desk's page. Without scikit-learn there are no groups."""
        return {
            "groups": [
                {"words": [*group.words], "nearest": [*group.nearest], "members": [*group.members]}
                for group in self.groups or ()
            ],
            "groups_available": self.groups is not None,
            "most_replied": [*self.most_replied],
            "uncovered": [*self.uncovered],
            "opposites": [[pair.first, pair.second, [*pair.words, *pair.turns]] for pair in self.opposites],
        }


def suggest(contributions: Sequence[Contribution], covered_ids: Collection[str] = ()) -> Suggestions:
    """Return the suggestions for a record.

    Args:
        contributions: all of them.
        covered_ids: the ids of those that a theme has a passage of.
    """
    counted_contributions = [item for item in contributions if _is_counted(item)]
    texts = {item.id: item.text for item in counted_contributions}
    voices = {item.id: item.author_key for item in counted_contributions}
    groups = suggestions_groups.groups(texts) if suggestions_groups.are_available() else None
    uncovered = tuple(name for name in texts if name not in covered_ids)
    return Suggestions(groups, _most_replied(counted_contributions), uncovered, opposites(texts, voices))


def _is_counted(contribution: Contribution) -> bool:
    return not (contribution.withdrawn or contribution.spam) and contribution.kind is not ContributionKind.REPOST


def _most_replied(contributions: Sequence[Contribution]) -> tuple[str, ...]:
    voices = {item.id: item.author_key for item in contributions}
    replies = Counter(
        item.in_reply_to for item in contributions if voices.get(item.in_reply_to, item.author_key) != item.author_key
    )
    order = {name: number for number, name in enumerate(voices)}
    ids = sorted(
        (name for name in replies if replies[name] >= _REPLIES), key=lambda name: (-replies[name], order[name])
    )
    return tuple(ids[:_MOST])


def agreement(groups: Iterable[Group], themes: Mapping[str, str]) -> tuple[int, int]:
    """Return the pairs of contributions on which groups and curators' themes agree, and all pairs.

    They agree if a pair is together in both or apart in both; the share is Rand's index (J Am Stat Assoc
    1971;66:846-850). A contribution in no group is alone. This measures how far words alone lead. It is no goal:
    curators read what people mean.

    Args:
        groups: of the same record.
        themes: the theme of each contribution that has one, by its id.
    """
    group_of = {name: number for number, group in enumerate(groups) for name in group.members}
    pairs = list(combinations(sorted(themes), 2))
    agreeing = sum(
        (themes[first] == themes[second]) == (first in group_of and group_of[first] == group_of.get(second))
        for first, second in pairs
    )
    return agreeing, len(pairs)
