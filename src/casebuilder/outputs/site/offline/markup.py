"""A page of the site for a copy of it: its links moved, and what its head says of it."""

from __future__ import annotations

import html
from collections import defaultdict
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Attributes that hold an address, by element.
_ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
#: What a script of the site looks for: the builder's asks for files, that of a discussion for another host. Without its
#: mark each stays hidden.
_ONLINE = ("data-builder", "data-thread")
#: Says, where a copy has it, what the page cannot do there.
_AWAY = "cb-away"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a copy.

    Attributes:
        html: the page.
        meta: the contents of its `meta` elements by their names.
    """

    html: str
    meta: Mapping[str, tuple[str, ...]]


def read(page: str, moved: Callable[[str], str]) -> Leaf:
    """A page with its links moved, and without what only helps a page that comes from a server.

    Args:
        page: the page's HTML.
        moved: a link as it must be in the copy.
    """
    reader = _Reader(page, moved)
    reader.feed(page)
    reader.close()
    return Leaf(reader.written(), {name: tuple(values) for name, values in reader.meta.items()})


class _Reader(HTMLParser):
    """Notes which start tags must change; everything else stays as it is, letter for letter."""

    def __init__(self, page: str, moved: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.meta: defaultdict[str, list[str]] = defaultdict(list)
        self._page = page
        self._moved = moved
        self._lines = (0, *accumulate(len(line) for line in page.split("\n")))
        self._edits: list[tuple[int, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        if tag == "meta" and (name := had.get("name") or had.get("property")):
            self.meta[name].append(had.get("content") or "")
        has = self._changed(tag, had)
        if has == had:
            return
        line, column = self.getpos()
        start = self._lines[line - 1] + (line - 1) + column  # a line's break belongs to no line
        words = "".join(
            f" {name}" if value is None else f' {name}="{html.escape(value)}"' for name, value in has.items()
        )
        self._edits.append((start, start + len(self.get_starttag_text() or ""), f"<{tag}{words}>" if has else ""))

    def _changed(self, tag: str, had: dict[str, str | None]) -> dict[str, str | None]:
        if tag == "link" and had.get("rel") in {"preload", "canonical"}:
            return had if had["rel"] == "canonical" else {}
        has = dict(had)
        if value := had.get(_ADDRESSES.get(tag, "")):
            has[_ADDRESSES[tag]] = self._moved(value)
        if tag == "meta" and had.get("http-equiv") == "refresh":
            wait, _, address = (had.get("content") or "").partition("url=")
            has["content"] = f"{wait}url={self._moved(address)}"
        for mark in _ONLINE:
            has.pop(mark, None)
        if _AWAY in (had.get("class") or "").split():
            has.pop("hidden", None)
        return has

    def written(self) -> str:
        """The page with what was noted."""
        parts, done = [], 0
        for start, end, words in self._edits:
            parts += [self._page[done:start], words]
            done = end
        return "".join((*parts, self._page[done:]))
