"""Words in another script than that of the text around them, marked with what is known of their language.

A name has no language of its own in the data, and an author rarely marks a quotation. Without a mark, a screen reader
spells such words with the wrong voice or leaves them out, a browser guesses at the font, and a paragraph that is
written from right to left begins on the wrong side. The script is what can be told from the letters alone: where one
living language has it to itself the mark is that language, elsewhere `und` and the script, as RFC 5646, 4.1 advises.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class _Script:
    """A script.

    Attributes:
        letters: its letters and marks, as a class of a regular expression.
        tag: BCP 47, of words of which no more is known.
        languages: those that are written in it, as far as a series may be in them.
        least: so many letters in a row make a word; fewer are a symbol, as in "5 μg" and "β-lactam".
    """

    letters: str
    tag: str
    languages: str = ""
    least: int = 1


_SCRIPTS = (
    _Script("\u0370-\u03ff\u1f00-\u1fff", "el", "el", 3),
    _Script("\u0400-\u052f", "und-Cyrl", "ru uk bg be mk sr kk ky mn tg", 2),
    _Script("\u0530-\u058f", "hy", "hy"),
    _Script("\u0590-\u05ff\ufb1d-\ufb4f", "he", "he yi"),
    _Script("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", "und-Arab", "ar fa ur ps ku sd ug"),
    _Script("\u0900-\u097f", "und-Deva", "hi mr ne sa"),
    _Script("\u0980-\u09ff", "und-Beng", "bn as"),
    _Script("\u0a00-\u0a7f", "pa-Guru", "pa"),
    _Script("\u0a80-\u0aff", "gu", "gu"),
    _Script("\u0b80-\u0bff", "ta", "ta"),
    _Script("\u0c00-\u0c7f", "te", "te"),
    _Script("\u0c80-\u0cff", "kn", "kn"),
    _Script("\u0d00-\u0d7f", "ml", "ml"),
    _Script("\u0d80-\u0dff", "si", "si"),
    _Script("\u0e00-\u0e7f", "th", "th"),
    _Script("\u0e80-\u0eff", "lo", "lo"),
    _Script("\u1000-\u109f", "my", "my"),
    _Script("\u10a0-\u10ff", "ka", "ka"),
    _Script("\u1200-\u137f", "und-Ethi", "am ti"),
    _Script("\u1780-\u17ff", "km", "km"),
    _Script("\u1100-\u11ff\uac00-\ud7a3", "ko", "ko"),
    _Script("\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff", "und-Hani", "zh ja yue"),
)
#: Japanese mixes its own letters with those of China.
_KANA = re.compile("[\u3040-\u30ff]")
_RIGHT_TO_LEFT = frozenset(("he", "und-Arab"))
#: Words of one script, with what may stand between them.
_WORDS = re.compile(
    "|".join(
        f"(?P<s{n}>[{s.letters}]{{{s.least},}}(?:[\\s\u200c\u200d.,،·'’-]+[{s.letters}]+)*)"
        for n, s in enumerate(_SCRIPTS)
    )
)
_LETTER = re.compile("|".join([*(f"(?P<s{n}>[{s.letters}])" for n, s in enumerate(_SCRIPTS)), r"[^\W\d_]"]))
_ANY = re.compile(f"[{''.join(script.letters for script in _SCRIPTS)}]")
_ENTITY = re.compile(r"&#?\w+;")
_TAG = re.compile(r"(<[^>]*>)")
_NAMED = re.compile(r"</?([a-zA-Z][\w:-]*)")
_LANGUAGE = re.compile(r'\slang="([^"]*)"')
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
#: What holds no text, or text that cannot hold elements.
_CLOSED = frozenset(("head", "option", "script", "style", "svg", "textarea", "title"))
#: More than two letters of three make a paragraph one of their script; fewer are quoted in it.
_MOST = (2, 3)
#: What has a side at which its lines begin.
_BLOCKS = frozenset(("dd", "dt", "figcaption", "h3", "h4", "h5", "h6", "li", "ol", "p", "ul"))


def marked(html: str, language: str) -> str:
    """A document or a part of one, in which words in another script than the text's are marked.

    Args:
        html: well-formed, as our templates and the sanitised prose are; marks that it has are left as they are.
        language: BCP 47, of what surrounds it.
    """
    return "".join(_marked(_TAG.split(html), language)) if _ANY.search(html) else html


def _marked(pieces: list[str], base: str) -> Iterator[str]:
    """Text and tags, in turn."""
    inside: list[tuple[str, str]] = [("", base)]
    closed = 0
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            yield (
                piece
                if closed or not _ANY.search(piece)
                else _WORDS.sub(lambda match: _span(match, inside[-1][1]), piece)
            )
            continue
        shown = piece
        name = found[1].lower() if (found := _NAMED.match(piece)) else ""
        opens = bool(name) and piece[1] != "/" and name not in _VOID and not piece.endswith("/>")
        if opens:
            written = _LANGUAGE.search(piece)
            current = written[1] if written else inside[-1][1]
            if name in _BLOCKS and not written and not closed:
                current, shown = _turned(pieces, place, current, base)
            inside.append((name, current))
            closed += name in _CLOSED
        elif name and name not in _VOID and inside[-1][0] == name:
            inside.pop()
            closed -= name in _CLOSED
        yield shown


def _span(match: re.Match[str], language: str) -> str:
    """Words with their mark, unless the text around them has the same script."""
    script = _script(match)
    if script is None or _writes(script, language):
        return match[0]
    tag = "ja" if _KANA.search(match[0]) else script.tag
    turn = ' dir="rtl"' if tag in _RIGHT_TO_LEFT else ""
    return f'<span lang="{tag}"{turn}>{match[0]}</span>'


def _turned(pieces: list[str], place: int, language: str, base: str) -> tuple[str, str]:
    """The language and the tag of a block: it has the direction that two thirds of its letters have.

    What has a class is no author's prose: a name keeps its place on the page. A list is turned as a whole.
    """
    tag = pieces[place]
    name = _NAMED.match(tag)
    if not name or " class=" in tag:
        return language, tag
    end = f"</{name[1]}>"
    text = "".join(piece for piece in _until(pieces, place + 1, end) if not piece.startswith("<"))
    if language not in _RIGHT_TO_LEFT and not _ANY.search(text):
        return language, tag
    letters = Counter(_script(letter) for letter in _LETTER.finditer(_ENTITY.sub("", text)))
    script, count = letters.most_common(1)[0] if letters else (None, 0)
    turned = script and script.tag in _RIGHT_TO_LEFT and count * _MOST[1] > letters.total() * _MOST[0]
    if script and turned and not _writes(script, language) and name[1] != "li":
        return script.tag, f'{tag[:-1]} lang="{script.tag}" dir="rtl">'
    if letters and script is None and language != base and language in _RIGHT_TO_LEFT:
        return base, f'{tag[:-1]} lang="{base}" dir="ltr">'
    return language, tag


def _until(pieces: list[str], start: int, end: str) -> Iterator[str]:
    for piece in islice(pieces, start, None):
        if piece == end:
            return
        yield piece


def _script(match: re.Match[str]) -> _Script | None:
    """The script of some words or of a letter; none if it is Latin, or one that is not known here."""
    return _SCRIPTS[int(match.lastgroup[1:])] if match.lastgroup else None


def _writes(script: _Script, language: str) -> bool:
    """Whether a language is written in a script."""
    return language == script.tag or language.lower().split("-")[0] in script.languages.split()
