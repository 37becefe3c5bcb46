"""Find the mistake that makes a text invalid YAML, and its correction.

The parser's error is often some lines below the mistake. So each rule looks at a line for one kind of mistake and
proposes a corrected line. A proposal is accepted if the text can then be read to its end, or at least further than
before. So every hint has been tried.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import yaml

from casebuilder.readers.yamltext.blockmistakes import BLOCK_RULES
from casebuilder.readers.yamltext.eventplaces import LOADER
from casebuilder.readers.yamltext.linemistakes import VALUE_RULES, odd_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.readers.yamltext.repair import Repair

#: The number of lines above the error that are searched, and of proposals that are tried.
_LINES, _TRIES = 80, 60


def explain(text: str, line: int, opened: int | None = None) -> Repair | None:
    """Return the mistake that prevents a text from being read.

    Args:
        text: the YAML.
        line: the line of the parser's error, from 0.
        opened: the line where the unfinished part began, from 0.

    Returns:
        The mistake with its place in `text`; None if no rule knows it.
    """
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    candidates = [opened, _unclosed_quote(text, line), *range(line, max(-1, line - _LINES), -1)]
    suspects = list(dict.fromkeys(number for number in candidates if number is not None and number < len(lines)))
    later_repair, complete_repairs = None, []
    for repair in islice(_propose_repairs(lines, suspects), _TRIES):
        error_line = _error_line(repair.applied(lines))
        if error_line is None and not repair.doubt:
            return repair  # there is no other mistake
        if error_line is None:
            complete_repairs.append(repair)
        elif error_line > line:
            later_repair = later_repair or repair
    return min(complete_repairs, key=lambda repair: repair.doubt, default=later_repair)


def _propose_repairs(lines: list[str], suspects: list[int]) -> Iterator[Repair]:
    for number in suspects:  # first, because nobody sees them
        yield from odd_blanks(lines, number)
    for number in suspects:
        for rule in (*VALUE_RULES, *BLOCK_RULES):
            yield from rule(lines, number)


def _error_line(text: str) -> int | None:
    """Return the line of the parser's error, from 0; None if a text can be read to its end."""
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return int(mark.line) if mark else 0
    return None


def _unclosed_quote(text: str, line: int) -> int | None:
    """Return the line where the last quoted text over several lines begins, which was probably not closed."""
    opening_line = None
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=LOADER):
            if token.start_mark.line > line:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in {'"', "'"}:
                start, end = token.start_mark, token.end_mark
                if start.line < end.line and line - 1 <= end.line:
                    opening_line = int(start.line)
    return opening_line
