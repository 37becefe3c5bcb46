"""Which ids in a table name one post in all the world: addresses, and the numbers of networks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.editorial.discussion.post import Post

#: Addresses of the web and of Bluesky, tag URIs (RFC 4151), URNs, and the Message-ID of an email (RFC 5322).
_URI = re.compile(r"(?:https?|at)://\S+|(?:tag|urn|mid):\S+", re.IGNORECASE)
#: The fewest digits of a network's numbers. Surveys number their answers with up to twelve digits.
_FEWEST_DIGITS = {
    **dict.fromkeys(("x", "twitter", "mastodon", "threads", "instagram", "facebook", "linkedin"), 15),
    **dict.fromkeys(("disqus", "github"), 9),
}


def has_unique_address(post: Post) -> bool:
    """Return whether a post has an address that no other post has: any that a network gave, but few of a table."""
    if not post.address or not post.is_row:
        return bool(post.address)
    if _URI.fullmatch(post.address) or post.address[0] + post.address[-1] == "<>":
        return True
    fewest_digits = _FEWEST_DIGITS.get(post.channel.casefold(), 0)
    return bool(fewest_digits) and post.address.isdecimal() and len(post.address) >= fewest_digits
