"""The mail in plain text: at most 72 columns; each address has its own line, which may be longer.

No line begins or ends with a blank, so that programs that send text as "format=flowed" (RFC 3676) do not change it.
"""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.outputs.digest.letter import Entry, Letter, Link

_COLUMNS = 72


def text(letter: Letter) -> str:
    """Return the whole mail, with an empty line between paragraphs."""
    return "\n\n".join(_paragraphs(letter)) + "\n"


def _paragraphs(letter: Letter) -> Iterator[str]:
    yield _underline(letter.subject, "=")
    for section in letter.sections:
        yield _underline(section.heading, "-")
        for entry in section.entries:
            yield from _entry_paragraphs(entry)
    yield "-" * _COLUMNS
    yield from (_wrap(sentence) for sentence in letter.closing)
    yield "\n".join(_link(link) for link in letter.links)


def _entry_paragraphs(entry: Entry) -> Iterator[str]:
    yield "\n".join(_wrap(line) for line in (entry.title, entry.kicker) if line)
    if entry.teaser:
        yield _wrap(entry.teaser)
    yield _wrap(" ".join(entry.facts))
    yield "\n".join(_link(link) for link in entry.links) if entry.links else entry.address


def _link(link: Link) -> str:
    return f"{link.words}:\n{link.address.removeprefix('mailto:')}"


def _underline(text: str, sign: str) -> str:
    lines = _wrap(text)
    return f"{lines}\n{sign * max(map(_width, lines.splitlines()))}"


def _wrap(text: str) -> str:
    """Return words in lines. Chinese and its neighbours have no blanks to break at, and take two columns a letter."""
    is_wide = _width(text) > len(text)
    columns = _COLUMNS // 2 if is_wide else _COLUMNS
    return textwrap.fill(" ".join(text.split()), columns, break_long_words=is_wide, break_on_hyphens=False)


def _width(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
