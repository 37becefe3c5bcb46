r"""Backslashes in bare addresses, read as everywhere else in a text.

Programs that convert pages write `https://example.org/a\_b`, and authors end a line by a backslash. GitHub's rule takes
both for a part of the address, which then leads nowhere.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_BLANK = re.compile(r"\s|\Z")
#: A sign that stands for itself after a backslash (CommonMark, 2.4).
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@contextmanager
def before_break(state: StateInline) -> Iterator[None]:
    """Let a rule see no more than the word at the parser's place, without a backslash that breaks its line."""
    source, last = state.src, state.posMax
    blank = _BLANK.search(source, state.pos)
    end = blank.start() if blank else last
    if source.startswith("\\\n", end - 1):
        state.src, state.posMax = source[: end - 1], min(last, end - 1)
    yield
    state.src, state.posMax = source, last


def unescape(state: StateInline, tokens: Sequence[Token]) -> None:
    """Drop the backslashes before signs from the words and the addresses of bare addresses, and those at their end."""
    for link, text in pairwise(tokens):
        if link.type == "link_open" and link.info == "auto" and "\\" in text.content:
            written = text.content.rstrip("\\")
            state.pos -= len(text.content) - len(written)  # the sign after them needs them
            text.content = _ESCAPED.sub(r"\1", written)
            protocol = "http://" if written.startswith("www.") else ""
            link.attrs["href"] = state.md.normalizeLink(protocol + text.content)
