"""Which contributions repeat an earlier one: reposts, copies, and texts that differ in a few words."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from casebuilder.model import ContributionKind
from casebuilder.wordcount import words_alike

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.model import Contribution

_Shingle: TypeAlias = tuple[str, ...]
#: Words in a row that are compared, and the share of them that two texts must have in common (Jaccard's index).
_SHINGLE, _ALIKE = 3, 0.6
#: What a computer's fractions are off by.
_ROUNDING = 1e-9
#: Shorter texts ("I agree") are repeated by chance: they are two voices, not one text.
_TELLING = 6
#: The words that networks put before what somebody passes on.
_PASSED_ON = frozenset(("rt", "via", "reposted", "boosted"))


def folds(contributions: Sequence[Contribution]) -> dict[str, str]:
    """Return the contribution that each repeats, by id: always one that repeats none itself.

    A repost names the one that it passes on. Otherwise of two texts with nearly the same words the earlier one counts.
    Texts of fewer than six words are only folded if they are reposts.
    """
    by_time = sorted(contributions, key=lambda each: each.posted.timestamp())
    ids = {item.id for item in by_time}
    reposts = {item.id: item.in_reply_to for item in by_time if item.kind is ContributionKind.REPOST}
    return dict(
        _find_repeats(
            tuple(
                (item.id, item.text, reposted if (reposted := reposts.get(item.id)) in ids else "") for item in by_time
            )
        )
    )


@lru_cache(maxsize=4)
def _find_repeats(texts: tuple[tuple[str, str, str], ...]) -> Mapping[str, str]:
    """Return what each text repeats, as `folds` gives it.

    A desk asks for the same record with everything that it saves.

    Args:
        texts: in order of time, each with its id and, for a repost, the id of what it names.
    """
    shingles_by_id = _rarest_first({name: _shingles(text) for name, text, _ in texts})
    originals: dict[str, str] = {}
    earlier = _Earlier()
    for name, _, reposted in texts:
        original = reposted or earlier.nearest(shingles_by_id[name])
        if original and _original_of(original, originals) != name:
            originals[name] = original
        else:
            earlier.add(name, shingles_by_id[name])
    return MappingProxyType({name: _original_of(name, originals) for name in originals})


def _original_of(name: str, originals: Mapping[str, str]) -> str:
    """Return the last of a chain of repetitions. There are no circles: see `folds`."""
    while name in originals:
        name = originals[name]
    return name


def _shingles(text: str) -> frozenset[_Shingle]:
    words = words_alike(text)
    while words and words[0] in _PASSED_ON:
        words = words[2:]  # with the name that follows
    if len(words) < _TELLING:
        return frozenset()
    return frozenset(words[start : start + _SHINGLE] for start in range(len(words) - _SHINGLE + 1))


def _rarest_first(texts: Mapping[str, frozenset[_Shingle]]) -> dict[str, tuple[int, ...]]:
    """Return the shingles of each text as numbers, which compare quickly.

    The fewer texts have one, the lower its number.
    """
    counts = Counter(shingle for shingles_of_text in texts.values() for shingle in shingles_of_text)
    numbers = {shingle: number for number, shingle in enumerate(sorted(counts, key=lambda each: (counts[each], each)))}
    return {name: tuple(sorted(numbers[each] for each in shingles)) for name, shingles in texts.items()}


def _prefix_size(size: int) -> int:
    """Return how many of its rarest shingles two texts are compared by.

    Two texts that are alike have at least one of these in common, since so few of the others may differ (the prefix
    filter of Chaudhuri, Ganti and Kaushik, ICDE 2006). So a phrase that everybody uses compares nobody.
    """
    return size - ceil(size * _ALIKE - _ROUNDING) + 1 if size else 0


class _Earlier:
    """The texts so far that repeat none, found by their rarest shingles."""

    def __init__(self) -> None:
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._texts: list[tuple[str, frozenset[int]]] = []

    def add(self, name: str, shingles: Sequence[int]) -> None:
        """Add a text."""
        for shingle in shingles[: _prefix_size(len(shingles))]:
            self._holders[shingle].append(len(self._texts))
        self._texts.append((name, frozenset(shingles)))

    def nearest(self, shingle_numbers: Sequence[int]) -> str:
        """Return the text that has most in common with one, of equals the earliest; empty if none has enough."""
        shingles = frozenset(shingle_numbers)
        candidates = {
            place
            for shingle in shingle_numbers[: _prefix_size(len(shingles))]
            for place in self._holders.get(shingle, ())
        }
        best, nearest = 0.0, ""
        for place in sorted(candidates):
            name, other_shingles = self._texts[place]
            if not _ALIKE * len(shingles) <= len(other_shingles) <= len(shingles) / _ALIKE:
                continue  # too short or too long to have enough in common
            shared = len(shingles & other_shingles)
            likeness = shared / (len(shingles) + len(other_shingles) - shared)
            if likeness >= _ALIKE and likeness > best:
                best, nearest = likeness, name
        return nearest
