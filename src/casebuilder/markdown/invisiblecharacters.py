"""Remains of pasted text: invisible characters, and no-break spaces where a space is needed."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from casebuilder.markdown.parserproblems import Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.markdown.literalparts import Verbatim

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: Markdown at the start of a line that such a space after it makes ineffective.
_MARK = re.compile(rf"^(?P<before>[ \t>]*)(?P<mark>#{{1,6}}|[-*+]|\d{{1,9}}[.)])(?P<space>[{_SPACES}])", re.MULTILINE)
#: Such a space as indentation.
_INDENT = re.compile(rf"^[ \t]*(?P<space>[{_SPACES}])(?=[{_SPACES} \t]*\S)", re.MULTILINE)
#: Such spaces, and characters that cannot be seen, before Markdown at the start of a line.
_BEFORE = re.compile(
    rf"^[ \t>]*(?P<odd>[{_SPACES}\u200b\u200e\u200f\u2060\ufeff\u00ad]+[ \t]*)"
    r"(?=#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|>|::quote\[|\||```)",
    re.MULTILINE,
)
#: Two signs or more are never a hashtag; Markdown takes the line for a paragraph all the same.
_GLUED = re.compile(r"^(?P<signs>#{2,6}+)(?P<word>[^#\s][^\n]*+)$", re.MULTILINE)
#: Characters that cannot be seen, and what each is.
UNSEEN = {
    "\u200b": "a zero-width space",
    "\u2060": "a word joiner",
    "\ufeff": "a byte-order mark",
    "\u00ad": "a soft hyphen",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u180e": "a vowel separator",
    **dict.fromkeys("\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "a mark that turns the direction of the text"),
    **dict.fromkeys("\ufff9\ufffa\ufffb", "a mark of annotation"),
    "\ufffc": "the trace of an object that was not pasted",
    "\ufffd": "the sign for a letter that was lost",
}
_LOST_LETTER = "\ufffd"
_ANY_UNSEEN = re.compile(f"[{''.join(UNSEEN)}]")
#: Letters that garbled text has, and few other texts.
_GARBLED = frozenset("ÂÃâÄÅÎÏÐÑØÙ×ðïäåæç√‚")
#: The most problems of one kind that are reported at once.
_MOST = 100
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[Xx][0-9A-Fa-f]{2,6}|shy|ZeroWidthSpace|NoBreak|[A-Za-z]*Space);")
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


def invisible(text: str, verbatim: Verbatim) -> Iterator[Finding]:
    """Report invisible characters, each kind once in a line, and Markdown that a no-break space makes ineffective.

    Args:
        text: the author's text.
        verbatim: its code and comments, in which only the characters themselves are reported.
    """
    yield from _invisible_characters(text)
    place_of = _Lines(text).at
    if letters := garbled(text):
        offset, *problem = letters
        yield Finding(place_of(offset), "garbled-letters", *problem)
    for offset, code, message, hint in _faults_outside_code(text):
        if not verbatim.holds(place := place_of(offset)):
            yield Finding(place, code, message, hint)


def garbled(text: str) -> tuple[int, str, str] | None:
    """Return the offset of the first letters that were read in the wrong encoding, message and hint; None without."""
    if text.isascii() or _GARBLED.isdisjoint(text):
        return None
    from casebuilder.markdown import garbledletters

    if not (letters := garbledletters.first(text)):
        return None
    offset, word, meant = letters
    message = f'"{shown(word, 60)}" has letters that another program read in the wrong encoding'
    hint = f'write "{shown(meant, 60)}"; if there are more of them, copy the text again from where it is right'
    return offset, message, hint


def describe_unseen(letter: str, place: str) -> tuple[str, str]:
    """Return the message and the hint for a character of UNSEEN; `place` is where it is, such as "here"."""
    if letter == _LOST_LETTER:
        message = f'a letter was lost {place}: a program could not read it, and wrote "{letter}" (U+FFFD)'
        return message, "type the letter, or copy these words again from where they came from"
    message = f"{UNSEEN[letter]} (U+{ord(letter):04X}) is {place}, which is invisible"
    return message, "delete it, or type these words again"


def _invisible_characters(text: str) -> Iterator[Finding]:
    reported: set[tuple[int, str]] = set()
    place_of = _Lines(text).at
    for match in _ANY_UNSEEN.finditer(text) if not text.isascii() else ():
        place = place_of(match.start())
        if (place[0], match.group()) in reported:
            continue
        start_of_line = text[match.start() - place[1] + 1 : match.start()]
        if len(start_of_line) < len("##") or start_of_line.strip(
            "#"
        ):  # after these signs it is reported as a glued heading
            reported.add((place[0], match.group()))
            yield Finding(place, "invisible-character", *describe_unseen(match.group(), "here"))


def _faults_outside_code(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield what is wrong only outside code and comments: offset, code, message and hint."""
    for offset, sign, letter in _escaped_invisible(text):
        unseen = "" if letter == _LOST_LETTER else ", which is invisible"
        message = f'"{sign}" is {UNSEEN[letter]} (U+{ord(letter):04X}){unseen}'
        yield offset, "invisible-character", message, "delete it"
    for match in _unusual_spaces(text):
        block = "a heading" if match["mark"].startswith("#") else "an entry of a list"
        source = "a no-break space (from Word, or Option+Space)"
        message = f'the space after "{match["mark"]}" is {source}, so this is not {block}'
        code = "glued-heading" if "#" in match["mark"] else "invisible-character"
        yield match.start("space"), code, message, _RETYPE
    for match in _INDENT.finditer(text) if not text.isascii() else ():
        message = "there is a no-break space at the beginning of the line (from Word, or Option+Space)"
        yield match.start("space"), "invisible-character", message, _RETYPE
    for match in islice(_glued_headings(text), _MOST):
        message = f'"{match["signs"]}" needs a space after it to begin a heading'
        word = shown(_ANY_UNSEEN.sub("", match["word"]).rstrip("# "), 80)
        yield match.start(), "glued-heading", message, f'write "{match["signs"]} {word}"'


def _escaped_invisible(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield invisible characters written as `&shy;` or `&#8203;`: offset, what is written, and the character."""
    for match in _ENTITY.finditer(text) if "&" in text else ():
        letter = unescape(match.group())
        if letter in UNSEEN and not _ESCAPED.search(text, max(0, match.start() - 20), match.start()):
            yield match.start(), match.group(), letter


_RETYPE = "delete it and type a space"


class _Lines:
    """Return the offsets of the lines of a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _unusual_spaces(text: str) -> Iterator[re.Match[str]]:
    if not text.isascii():
        yield from _MARK.finditer(text)


def _hidden_starts(text: str) -> Iterator[re.Match[str]]:
    if not text.isascii():
        yield from _BEFORE.finditer(text)


def _glued_headings(text: str) -> Iterator[re.Match[str]]:
    return _GLUED.finditer(text) if "##" in text else iter(())


def needs_healing(text: str) -> bool:
    """Return whether `healed` may change a text."""
    return any(next(matches, None) for matches in (_unusual_spaces(text), _hidden_starts(text), _glued_headings(text)))


def healed(text: str, verbatim: Verbatim) -> str:
    """Return the corrected text, so that one mistake is one problem; its lines stay the same.

    Args:
        text: the author's text.
        verbatim: its code and comments, which stay unchanged.
    """
    place_of = _Lines(text).at
    spaces = [(*match.span("space"), " ") for match in _unusual_spaces(text)]
    spaces += [(*match.span("odd"), "") for match in _hidden_starts(text)]
    missing = [(match.end("signs"), match.end("signs"), " ") for match in _glued_headings(text)]
    parts, end = [], 0
    for start, stop, space in sorted(spaces + missing):
        if not verbatim.holds(place_of(start)):
            parts += [text[end:start], space]
            end = stop
    return "".join((*parts, text[end:]))
