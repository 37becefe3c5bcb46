"""Emoji that a network writes as words between colons: ":tada:" on GitHub and on Discourse is a sign to its readers."""

from __future__ import annotations

import re
from functools import lru_cache

_CODE = re.compile(r"(?<![\w:]):([a-z0-9_+-]{2,60})(?::t[2-6])?:(?![\w:])")


def with_signs(text: str) -> str:
    """Return a text with emoji in place of their names; an unknown name stays."""
    if ":" not in text or not _CODE.search(text):
        return text
    return _CODE.sub(lambda match: _emoji_of(match[1]) or match[0], text)


@lru_cache(maxsize=1024)
def _emoji_of(name: str) -> str:
    """Return the emoji of a name, as GitHub, Twitter's set or the first set of Discourse calls it; "" for another."""
    from pymdownx import emoji1_db, gemoji_db, twemoji_db  # large tables, which few imports need

    code = f":{name}:"
    for table in (gemoji_db, twemoji_db, emoji1_db):
        entry = table.emoji.get(table.aliases.get(code, code), {})
        if points := entry.get("unicode"):
            return "".join(chr(int(point, 16)) for point in points.split("-"))
    return ""
