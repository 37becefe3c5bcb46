"""Links whose address another program broke over lines: `[words](https://example.org/a-`, and its rest on the next.

Programs that turn pages into Markdown wrap lines at hyphens, in addresses too. GitHub prints the signs of such links.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from casebuilder.markdown.tags import last

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_PART = r"[^\s()<>]|\([^\s()<>]*\)"
#: Code and hint.
_CODE, _HINT = "split-word", "write the whole address on one line"


@cache
def _wrapped() -> re.Pattern[str]:
    """Return the form of an address in round brackets with line breaks in it, and perhaps a title."""
    lines = rf"https?://(?:{_PART})*+(?:\n[ \t]*(?:{_PART})++)+"
    return re.compile(rf"""\((?P<address>{lines})(?:\s+"(?P<title>[^"]*)")?\s*\)""", re.IGNORECASE)


def parse(state: StateInline, silent: bool) -> tuple[str, str, str] | None:  # noqa: FBT001 - markdown-it's form
    """Parse such a link, or a picture as a link, at the current place.

    Returns:
        Code, message and hint of its problem; None if it is no such link.
    """
    if state.linkLevel or last(state.src, "](http") < state.pos:
        return None
    label_end = state.md.helpers.parseLinkLabel(state, state.pos, disableNested=True)
    match = _wrapped().match(state.src, label_end + 1, state.posMax) if label_end > state.pos else None
    if not match:
        return None
    address = re.sub(r"\n[ \t]*", "", match["address"])
    if not silent:
        end = state.posMax
        state.pending = state.pending.removesuffix("!")
        state.pos, state.posMax = state.pos + 1, label_end
        opening = state.push("link_open", "a", 1)
        opening.attrs["href"] = state.md.normalizeLink(address)
        if match["title"]:
            opening.attrs["title"] = match["title"]
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = end
    state.pos = match.end()
    return _CODE, f"the address {address} is broken over two lines, and is read as one", _HINT
