"""Parts of rendered HTML: attributes, letters of footnotes, and words that reveal the target of their link."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_LETTERS = 26
#: The name of a case's folder in an address, or the name that `publish` replaces it by.
_SLUG = re.compile(r"\d{4}-\d{2}-[a-z0-9-]+|not-public-yet")


def tells(tokens: Sequence[Token], idx: int) -> bool:
    """Return whether the words of a link are its address, or contain the name of the case that it leads to."""
    if tokens[idx].markup in {"autolink", "linkify"}:
        return True
    words = link_words(tokens, idx).lower()
    return any(name in words for name in _SLUG.findall(str(tokens[idx].attrs.get("href", "")).lower()))


def link_words(tokens: Sequence[Token], idx: int) -> str:
    """Return the words of a link."""
    end = next((number for number in range(idx, len(tokens)) if tokens[number].type == "link_close"), len(tokens))
    return "".join(token.content for token in tokens[idx + 1 : end])


def common(token: Token) -> str:
    """Return the language and direction attributes of an element."""
    return "".join(f' {name}="{escape(str(token.attrs[name]))}"' for name in ("lang", "dir") if name in token.attrs)


def aligned(token: Token) -> str:
    """Return the class for the alignment of a table's column, which the parser gives as a style."""
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return (f' align="{side}"' if side else "") + common(token)


def letter(number: int) -> str:
    """Return the letter of a footnote, from its number from 0: a, b, ... z, aa. Numbers are for references."""
    letters = ""
    number += 1
    while number > 0:
        number, remainder = divmod(number - 1, _LETTERS)
        letters = chr(ord("a") + remainder) + letters
    return letters
