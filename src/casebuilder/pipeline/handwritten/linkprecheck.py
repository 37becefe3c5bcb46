"""A quick look at the links of hand-written pages, which finds those that deserve a real one.

`check` must answer at once, and Python-Markdown needs a second for a handbook. Nearly every link leads to a page that
is plainly there; only a page with another one is converted.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from casebuilder.pipeline.handwritten.sitefiles import SiteFiles
    from casebuilder.pipeline.handwritten.validationlevels import Levels

#: A link or a picture in place, or an address below the text; and what comes after it.
_LINK = re.compile(r"\](?:\([ \t\n]*|:[ \t]*\n?[ \t]*)(<[^>\n]*>|[^\s()<>]*)(\s*.?)")
#: A footnote, or a reference to one; not within code of its own.
_NOTE = re.compile(r"(?<!`)\[\^([^\]\n]+)\](:?)")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_FENCED = re.compile(r"^[ ]{0,3}(```++|~~~++).*?^[ ]{0,3}\1", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"\n```+(?![^\n]*```)")
_CODE = re.compile(r"(?<!`)(`++).*?(?<!`)\1(?!`)")
_HEADING = re.compile(r"\n#+[ \t]*([^\n]*)")
_GIVEN = re.compile(r"\{:?[ ]*#([\w:.-]+)")
_NO_WORDS, _BLANKS = re.compile(r"[^\w\s-]"), re.compile(r"[-\t ]+")


def is_doubtful(page: str, text: str, files: SiteFiles, levels: Levels) -> bool:
    """Return whether something on a page may lead nowhere.

    Args:
        page: its path below the folder of pages.
        text: its Markdown.
        files: the files of the site.
        levels: what MkDocs warns about.
    """
    parts = parts_outside_code(text)
    if parts is None:
        return True
    for part in parts:
        for match in _LINK.finditer(part):
            if not (_is_sound(page, match, files, levels) or is_code(part, match.start())):
                return True
    return levels.anchors and "[^" in text and _has_idle_note("".join(parts))


@lru_cache(maxsize=256)
def parts_outside_code(text: str) -> tuple[str, ...] | None:
    """Return the parts of a text between its blocks of code; None if one has no end, and so is text."""
    parts = _FENCE.split(f"\n{text}")
    return tuple(parts[::2]) if len(parts) % 2 else None


def plain(text: str) -> str:
    """Return a text without its code; the lines keep their numbers and columns."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return _CODE.sub(blank, _FENCED.sub(blank, text))


def is_code(text: str, place: int) -> bool:
    """Return whether a place in a text is within code in its paragraph."""
    start = text.rfind("\n\n", 0, place) + 1
    end = text.find("\n\n", place)
    line = text.rfind("\n", start, place)
    if line > 0 and text.count("`", start, line) % 2 == 0:  # its line begins outside of code, and is enough
        start, end = line, text.find("\n", place)
    looked_at = text[start : len(text) if end < 0 else end]
    return any(code.start() < place - start < code.end() for code in _CODE.finditer(looked_at))


def _is_sound(page: str, match: re.Match[str], files: SiteFiles, levels: Levels) -> bool:
    """Return whether a link surely leads somewhere."""
    address, end = match[1].strip("<>"), match[2]
    if _ELSEWHERE.match(address):
        return True
    if match[0][1] == ":" and match.string.startswith("[^", match.string.rfind("[", 0, match.start())):
        return True  # a footnote
    path, _, fragment = address.partition("#")
    if path.startswith(("/", "\\")) or "?" in path or "&" in address or end.strip()[:1] not in {"", ")", '"', "'"}:
        return False
    if not path:
        target = page
    elif "." in path.removesuffix(".md") or "/" in path or "%" in path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    else:
        target = page[: page.rfind("/") + 1] + path
    if path and not files.has(target):
        return False
    return not (fragment and levels.anchors) or (
        target in files.texts and fragment in _heading_ids(files.texts[target])
    )


@lru_cache(maxsize=256)
def _heading_ids(text: str) -> frozenset[str]:
    """Return the names of the headings of a page that are made of plain words, and of those that are given one."""
    headings = "\n".join(_HEADING.findall("".join(parts_outside_code(text) or ())))
    lines = _NO_WORDS.sub("", headings).lower().split("\n")
    heading_ids = frozenset(_BLANKS.sub("-", line.strip()) for line in lines if line.isascii())
    return heading_ids | frozenset(_GIVEN.findall(headings))


def _has_idle_note(text: str) -> bool:
    """Return whether a page has a footnote that nothing refers to."""
    notes = _NOTE.findall(text)
    return not {name for name, colon in notes if colon} <= {name for name, colon in notes if not colon}
