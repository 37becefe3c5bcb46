"""How long a post may be, and how each network counts its length.

Sources: X, "Counting characters" (developer documentation: 280, by weight; each address counts 23); Mastodon, "Posting"
(500, each address counts 23); Bluesky, the lexicon `app.bsky.feed.post` (300 graphemes, 3,000 bytes); the help pages of
Threads (500) and LinkedIn (3,000).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ADDRESS = re.compile(r"https?://\S+")
#: X makes a link of a bare name, too: "example.org", and of "end.Now".
_NAME = re.compile(r"(?<![\w@#.-])(?:[\w-]+\.)+[^\W\d_]{2,}(?:/\S*)?")
#: An address counts as much, however long it is.
_LINK = "x" * 23
#: Characters that X counts once; all others, such as Chinese ones and emoji, count twice.
_SINGLE = (range(0x1100), range(0x2000, 0x200E), range(0x2010, 0x2020), range(0x2032, 0x2038))
#: Marks and joiners belong to the character before them.
_MARKS, _JOINERS = {"Mn", "Me"}, {"\u200d", "\ufe0e", "\ufe0f"}


def characters(text: str) -> int:
    """Return the number of characters that a reader sees; never fewer than there are."""
    visible_signs = (sign for sign in text if unicodedata.category(sign) not in _MARKS and sign not in _JOINERS)
    return sum(1 for _ in visible_signs) or len(text[:1])


def shortened(text: str) -> int:
    """Return the length for Mastodon: characters, with each address as 23."""
    return characters(_ADDRESS.sub(_LINK, text))


def weighted(text: str) -> int:
    """Return the length for X: by weight, with each address as 23."""
    with_short_links = _NAME.sub(_LINK, _ADDRESS.sub(_LINK, unicodedata.normalize("NFC", text)))
    return sum(1 if any(ord(sign) in range_of_one for range_of_one in _SINGLE) else 2 for sign in with_short_links)


@dataclass(frozen=True, slots=True)
class Network:
    """A network for posts.

    Attributes:
        name: as readers know it.
        most: the greatest length of a post.
        length: counts the length of a text.
        bytes: the greatest number of bytes in UTF-8; 0 for no limit.
    """

    name: str
    most: int
    length: Callable[[str], int]
    bytes: int = 0

    def fits(self, text: str) -> bool:
        """Return whether a text can be posted."""
        return self.length(text) <= self.most and (not self.bytes or len(text.encode()) <= self.bytes)


X = Network("X", 280, weighted)
#: Networks by the `type` of a channel.
NETWORKS = {
    "x": X,
    "twitter": X,
    "bluesky": Network("Bluesky", 300, characters, 3000),
    "mastodon": Network("Mastodon", 500, shortened),
    "threads": Network("Threads", 500, characters),
    "linkedin": Network("LinkedIn", 3000, characters),
}
