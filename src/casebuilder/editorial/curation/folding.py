"""Which contributions repeat an earlier one: reposts, copies, and texts that differ in a few words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from casebuilder.model import ContributionKind
from casebuilder.text import words_alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebuilder.model import Contribution

#: Words in a row that are compared, and the share of them that two texts must have in common (Jaccard's index).
_SHINGLE, _ALIKE = 3, 0.6
#: Shorter texts ("I agree") are repeated by chance: they are two voices, not one text.
_TELLING = 6
#: The words that networks put before what somebody passes on.
_PASSED_ON = frozenset(("rt", "via", "reposted", "boosted"))


def folds(contributions: Sequence[Contribution]) -> dict[str, str]:
    """The contribution that each repeats, by id: always one that repeats none itself.

    A repost names the one that it passes on. Otherwise of two texts with nearly the same words the earlier one counts.
    Texts of fewer than six words are only folded if they are reposts.
    """
    known = {item.id: item for item in contributions}
    found: dict[str, str] = {}
    by_shingle: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for item in sorted(contributions, key=lambda each: each.posted.timestamp()):
        shingles = _shingles(item.text)
        named = item.in_reply_to if item.kind is ContributionKind.REPOST and item.in_reply_to in known else ""
        same = named or _nearest(shingles, by_shingle, sizes)
        if same and _root(same, found) != item.id:
            found[item.id] = same
        else:
            sizes[item.id] = len(shingles)
            for shingle in shingles:
                by_shingle[shingle].append(item.id)
    return {name: _root(name, found) for name in found}


def _root(name: str, found: Mapping[str, str]) -> str:
    """The last of a chain of repetitions. There are no circles: see `folds`."""
    while name in found:
        name = found[name]
    return name


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = words_alike(text)
    while words and words[0] in _PASSED_ON:
        words = words[2:]  # with the name that follows
    if len(words) < _TELLING:
        return frozenset()
    return frozenset(words[start : start + _SHINGLE] for start in range(len(words) - _SHINGLE + 1))


def _nearest(
    shingles: Iterable[tuple[str, ...]], known: Mapping[tuple[str, ...], Sequence[str]], sizes: Mapping[str, int]
) -> str:
    """The earlier text that has enough in common with one; empty if none has."""
    own = frozenset(shingles)
    shared = Counter(name for shingle in own for name in known.get(shingle, ()))
    for name, count in shared.most_common(1):
        if count / (len(own) + sizes[name] - count) >= _ALIKE:
            return name
    return ""
