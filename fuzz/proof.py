"""The fuzzer proves itself: with an old fault put back, its targets find it at random, each within a minute.

`python -m fuzz.proof` does so without atheris, by numbers that differ each time; it says how long each fault hid.
"""

from __future__ import annotations

import random
import re
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from casebuilder.markdown import allowed, document, parser, render
from casebuilder.markdown import prose as printed
from casebuilder.model import base
from fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

#: Seconds within which each fault must be found.
PATIENCE = 60.0
_MOST_WORDS = 8
_LETTERS = "ab 1\t\n\\'\"<>&#*_[](){}:|`~!-é漢😀\u0301\u2028\u202e\ufeff"


class Dice:
    """Choices at random."""

    def __init__(self, seed: int) -> None:
        """Choices that a seed gives again."""
        self._random = random.Random(seed)  # noqa: S311 - nothing secret

    def below(self, count: int) -> int:
        """A number from 0 up to, but not including, a count."""
        return self._random.randrange(count)

    def words(self) -> str:
        """A few characters, most of them such as readers stumble over."""
        return "".join(self._random.choices(_LETTERS, k=self.below(_MOST_WORDS)))


def _forget() -> None:
    """Forget what was read and printed before a fault was put back."""
    for cache in (document.parse, parser.parser, printed._html):
        cache.cache_clear()


@contextmanager
def pictures_from_elsewhere() -> Iterator[None]:
    """Pages show pictures of other hosts, and the sanitiser lets them through."""

    def image(self: render._Writer, tokens: list[object], idx: int, options: object, env: object) -> str:
        del self, options, env
        return f'<img src="{tokens[idx].attrs.get("src", "")}" alt="x">'  # type: ignore[attr-defined]  # the fault, as it was

    with (
        patch.dict(allowed.VALUES, {"src": re.compile(r".*", re.DOTALL)}),
        patch.object(render._Writer, "image", image),
    ):
        yield


@contextmanager
def titles_of_two_lines() -> Iterator[None]:
    """Fields of one line keep the line breaks that their authors wrote."""
    with patch.object(base, "_BREAK", re.compile("(?!)")):
        yield


@contextmanager
def lists_without_end() -> Iterator[None]:
    """Lists within each other are read however many there are."""
    with patch.object(parser, "NESTING", 10**6), patch.object(document, "_report_deep_nesting", lambda _: ()):
        yield


#: Each fault, and the targets that must find it.
FAULTS: dict[str, tuple[Callable[[], AbstractContextManager[None]], tuple[str, ...]]] = {
    "pictures from another host": (pictures_from_elsewhere, ("markdown",)),
    "a title of two lines": (titles_of_two_lines, ("yaml", "series")),
    "300 nested list items": (lists_without_end, ("markdown", "series")),
}


def search(target: str, seed: int, seconds: float) -> tuple[float | None, str]:
    """Try a target until it finds something.

    Returns:
        After how many seconds it did, None if it did not; and what it found.
    """
    dice, start = Dice(seed), time.monotonic()
    while (seconds_used := time.monotonic() - start) < seconds:
        try:
            TARGETS[target](dice)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a find
            return seconds_used, f"{type(error).__name__}: {str(error)[:80]!r}"
    return None, ""


def hidden_for(name: str, target: str, seed: int) -> tuple[float | None, str]:
    """Put a fault back and look for it by a target; what `search` says."""
    fault, _ = FAULTS[name]
    try:
        with fault():
            _forget()
            return search(target, seed, PATIENCE)
    finally:
        _forget()


def main() -> int:
    """Put each fault back, and look for it."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randrange(10**6)
    failed = 0
    for name, (_, targets) in FAULTS.items():
        for target in targets:
            seconds, what = hidden_for(name, target, seed)
            failed += seconds is None
            outcome = f"found after {seconds:.1f} s: {what}" if seconds is not None else "NOT FOUND"
            print(f"{name}, by {target}: {outcome} (seed {seed})", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
