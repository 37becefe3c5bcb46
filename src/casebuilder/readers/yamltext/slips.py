"""Which slip of the hand makes a text no YAML, at whose line, and what to write instead.

The parser says where it stumbled, in its own words, and often lines below the slip. So each rule here looks at a line
for one kind of slip and proposes the line put right. A proposal is taken if the text can then be read to its end, or at
least further than before: what we say is tried, never guessed.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import yaml

from casebuilder.readers.yamltext.blocks import BLOCK_RULES
from casebuilder.readers.yamltext.lines import LOADER
from casebuilder.readers.yamltext.values import VALUE_RULES, odd_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.readers.yamltext.repair import Repair

#: How many lines above the place of the error are looked at, and how many proposals are tried.
_LINES, _TRIES = 80, 60


def explain(text: str, line: int, opened: int | None = None) -> Repair | None:
    """The slip that keeps a text from being read.

    Args:
        text: the YAML.
        line: where the parser stumbled, from 0.
        opened: where the parser says that what it could not end began, from 0.

    Returns:
        The slip with its place in `text`, or None if no rule knows it.
    """
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    near = [opened, _runaway(text, line), *range(line, max(-1, line - _LINES), -1)]
    suspects = list(dict.fromkeys(number for number in near if number is not None and number < len(lines)))
    further, whole = None, []
    for repair in islice(_proposals(lines, suspects), _TRIES):
        reached = _reached(repair.applied(lines))
        if reached is None and not repair.doubt:
            return repair  # nothing is left to say
        if reached is None:
            whole.append(repair)
        elif reached > line:
            further = further or repair
    return min(whole, key=lambda repair: repair.doubt, default=further)


def _proposals(lines: list[str], suspects: list[int]) -> Iterator[Repair]:
    for number in suspects:  # first of all, since nobody sees them
        yield from odd_blanks(lines, number)
    for number in suspects:
        for rule in (*VALUE_RULES, *BLOCK_RULES):
            yield from rule(lines, number)


def _reached(text: str) -> int | None:
    """The line at which the parser stumbles, from 0; None if a text can be read to its end."""
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return int(mark.line) if mark else 0
    return None


def _runaway(text: str, line: int) -> int | None:
    """The line on which the last quoted text begins that ends on another line: mostly it was not closed."""
    found = None
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=LOADER):
            if token.start_mark.line > line:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in {'"', "'"}:
                start, end = token.start_mark, token.end_mark
                if start.line < end.line and line - 1 <= end.line:
                    found = int(start.line)
    return found
