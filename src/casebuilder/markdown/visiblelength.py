"""How long a text is for its readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.wordcount import word_count

if TYPE_CHECKING:
    from casebuilder.model import Prose

#: Beginnings of what may be in a text without being seen. A text without them need not be rendered to be counted.
_MARKS = ("<", "[", "{", "&", "::")
_ADDRESS = re.compile(r"[A-Za-z]+://[!-~]+")


def length(text: Prose) -> int:
    """Return the number of words that readers see of a text.

    A full address is one word. Comments, ids of headings and the addresses behind links and pictures are none.
    """
    visible = text.source
    if any(mark in visible for mark in _MARKS):
        from casebuilder.markdown.prose import plain  # `check` counts few texts with such marks

        visible = plain(text)
    return word_count(_ADDRESS.sub("address", visible) if "://" in visible else visible)
