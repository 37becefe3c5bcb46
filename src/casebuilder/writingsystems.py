"""Words in another script than that of the text around them, marked with what is known of their language.

A name has no language of its own in the data, and an author rarely marks a quotation. Without a mark, a screen reader
spells such words with the wrong voice or leaves them out, a browser guesses at the font, and a paragraph that is
written from right to left begins on the wrong side. Letters alone say which script it is: where one living language has
a script to itself the mark is that language, elsewhere `und` and the script, as RFC 5646, 4.1 advises. Which letters a
script has, and which way it is written, is in fontTools’ copy of Unicode’s tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.markup import Element, Other

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebuilder.markup import Node

#: ISO 15924 codes that need no mark: Latin, common, inherited, unknown, Braille.
_UNMARKED = frozenset(("Latn", "Zyyy", "Zinh", "Zzzz", "Brai"))
#: Scripts that Japanese and Chinese mix.
_MIXED = {"Hira": "Hani", "Kana": "Hani", "Bopo": "Hani"}
#: Language tags (BCP 47) of scripts that only one living language uses.
_TAGS: Mapping[str, str] = {
    "Grek": "el", "Armn": "hy", "Hebr": "he", "Guru": "pa-Guru", "Gujr": "gu", "Orya": "or", "Taml": "ta",
    "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Mymr": "my", "Geor": "ka",
    "Khmr": "km", "Hang": "ko", "Thaa": "dv",
}  # fmt: skip
#: The languages written in a script by default, without a script in their tag (unlike `su-Sund`).
_LANGUAGES: Mapping[str, str] = {
    "Cyrl": "ru uk bg be mk sr kk ky mn tg", "Hebr": "he yi", "Arab": "ar fa ur ps ku sd ug", "Deva": "hi mr ne sa",
    "Beng": "bn as", "Guru": "pa", "Ethi": "am ti", "Hani": "zh ja yue", "Hang": "ko", "Tibt": "bo dz",
    "Mtei": "mni", "Olck": "sat", "Nkoo": "nqo", "Cher": "chr", "Yiii": "ii", "Syrc": "syr aii",
}  # fmt: skip
#: The least letters in a row that count as a word; fewer are a symbol, as in "5 μg" and "β-lactam".
_LEAST: Mapping[str, int] = {"Grek": 3, "Cyrl": 2}
#: Unicode's bidirectional classes of right-to-left letters.
_LEFTWARD = frozenset(("R", "AL"))
#: Characters allowed between two words of one script.
_BETWEEN = r"[\s\u200c\u200d.,،·'’-]+"
#: Combining marks for any letter.
_MARKS = "\u0300-\u036f"
#: Characters that Unicode assigns to several scripts, without Latin's block, punctuation and symbols.
_SHARED = re.compile("[\u0370-\u1fff\u3000-\U0003ffff]")
#: A quick first test: most texts are only Latin letters and punctuation.
_ABOVE_LATIN = "(?=[\u0370-\u1fff\u2c00-\U0010ffff])"
#: Categories of letters, marks, digits and full stops.
_WRITTEN = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Po"))
_JAPANESE = frozenset(("Hira", "Kana"))
_ENTITY = re.compile(r"&#?\w+;")
#: Elements without text, or whose text cannot contain elements.
_CLOSED = frozenset(("head", "option", "script", "style", "svg", "textarea", "title"))
#: The share of letters above which a paragraph counts as one in their script, not as a quotation.
_MOST = (2, 3)
#: Block elements, whose direction matters.
_BLOCKS = frozenset(("dd", "dt", "figcaption", "h3", "h4", "h5", "h6", "li", "ol", "p", "ul"))


def is_leftward(letter: str) -> bool:
    """Return whether a character is a letter of a right-to-left script (UAX 9)."""
    return letter > "\u058f" and unicodedata.bidirectional(letter) in _LEFTWARD


def marked(html: str, language: str) -> str:
    """Mark words in another script in a document, or in a part of one.

    Args:
        html: well-formed, as our templates and the sanitised prose are; marks that it has are left as they are.
        language: BCP 47, of what surrounds it.
    """
    if not _has_foreign(html):
        return html
    root = markup.parse(html)
    mark(root, language)
    return markup.write(root)


def mark(root: Element, base: str) -> None:
    """Mark words in a tree, in place."""
    if not any(isinstance(node, str) and _has_foreign(node) for node, _ in markup.walk(root)):
        return
    inside, closed = [base], 0
    for node, entering in markup.walk(root):
        if not isinstance(node, Element):
            continue
        if entering:
            current = node.get("lang") if node.has("lang") else inside[-1]
            if node.tag in _BLOCKS and not closed and not node.has("lang"):
                current = _set_direction(node, current, base)
            inside.append(current)
            closed += node.tag in _CLOSED
            continue
        current = inside.pop()
        if not closed and any(isinstance(child, str) and _has_foreign(child) for child in node.children):
            node.children = [new for child in node.children for new in _mark_words(child, current)]
        closed -= node.tag in _CLOSED


def _has_foreign(text: str) -> bool:
    """Return whether a text has letters that may need a mark; most texts are ASCII, which is quick to see."""
    return not text.isascii() and bool(_foreign_pattern().search(text))


def _mark_words(child: Node, language: str) -> Iterable[Node]:
    return _spans(child, language) if isinstance(child, str) and not isinstance(child, Other) else (child,)


def _spans(text: str, language: str) -> Iterator[Node]:
    """Return the pieces of a text: words in another script with their mark, and the text between them."""
    offset = 0
    while first := _foreign_pattern().search(text, offset):
        code = _script_to_mark(first[0])
        words = _words_pattern(code).match(text, first.start())
        end = words.end() if words else _run_pattern(code).match(text, first.start()).end()  # type: ignore[union-attr]  # it has this letter
        run_text = text[first.start() : end]
        yield text[offset : first.start()]
        yield _span(run_text, code) if words and not _writes(code, language) else run_text
        offset = end
    yield text[offset:]


def _span(text: str, code: str) -> Element:
    """Return words of one script with their mark."""
    tag = "ja" if any(_script_of_letter(letter) in _JAPANESE for letter in text) else _language_tag(code)
    return markup.element("span", {"lang": tag, **({"dir": "rtl"} if is_leftward_script(code) else {})}, text)


def _set_direction(block: Element, language: str, base: str) -> str:
    """Set the direction of a block by two thirds of its letters, and return the language of its content.

    Elements with a class are not authors' prose, and keep their direction. A list gets one direction as a whole.
    """
    if block.has("class"):
        return language
    text = "".join(_own_text_of_block(block))
    is_leftward = _is_leftward_tag(language)
    if not is_leftward and not _has_foreign(text):
        return language
    letters = Counter(
        _script_to_mark(letter)
        for letter in _ENTITY.sub("", text)
        if letter.isalpha() or _foreign_pattern().match(letter)
    )
    code, count = letters.most_common(1)[0] if letters else ("", 0)
    is_turned = code and is_leftward_script(code) and count * _MOST[1] > letters.total() * _MOST[0]
    if is_turned and not _writes(code, language) and block.tag != "li":
        block.set("lang", _language_tag(code))
        block.set("dir", "rtl")
        return _language_tag(code)
    if letters and not code and language != base and is_leftward:
        block.set("lang", base)
        block.set("dir", "ltr")
        return base
    return language


def _own_text_of_block(block: Element) -> Iterator[str]:
    """Return the text of a block, without nested blocks of its kind, such as lists in an entry."""
    for node, entering in markup.walk(block):
        if isinstance(node, str) and not isinstance(node, Other):
            yield node
        elif not entering and isinstance(node, Element) and node.tag == block.tag:
            return


def _script_to_mark(letter: str) -> str:
    """Return the ISO 15924 code of a letter's script; empty if it needs no mark."""
    code = _script_of_letter(letter)
    return "" if code in _UNMARKED else _MIXED.get(code, code)


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    """Return a letter's script in Unicode."""
    from fontTools.unicodedata import script

    return str(script(letter))


@cache
def is_leftward_script(code: str) -> bool:
    """Return whether a script (ISO 15924) is written from right to left."""
    from fontTools.unicodedata import script_horizontal_direction

    return bool(script_horizontal_direction("Arab" if code == "Aran" else code, "LTR") == "RTL")


def _is_leftward_tag(language: str) -> bool:
    """Return whether a language is the mark of a right-to-left script."""
    code = next((code for code, tag in _TAGS.items() if tag == language), language.rpartition("-")[2])
    return is_leftward_script(code)


def _language_tag(code: str) -> str:
    """Return the language tag (BCP 47) of words in a script: of their language if only one is written in it."""
    return _TAGS.get(code) or f"und-{code}"


def _writes(code: str, language: str) -> bool:
    """Return whether a language is written in a script."""
    first, *subtags = language.split("-")
    return code in subtags or first.lower() in _LANGUAGES.get(code, _TAGS.get(code, "")).split()


@cache
def _words_pattern(code: str) -> re.Pattern[str]:
    """Return a regular expression for words of a script."""
    letters = _letters_class(code)
    first = f"[{letters}][{letters}{_MARKS}]{{{_LEAST.get(code, 1) - 1},}}"
    return re.compile(f"{first}(?:{_BETWEEN}[{letters}][{letters}{_MARKS}]*)*")


@cache
def _run_pattern(code: str) -> re.Pattern[str]:
    """Return a regular expression for letters of a script in a row, of any number."""
    return re.compile(f"[{_letters_class(code)}{_MARKS}]+")


@cache
def _foreign_pattern() -> re.Pattern[str]:
    """Return a regular expression for any letter that may need a mark."""
    from fontTools.unicodedata import Scripts

    return re.compile(f"{_ABOVE_LATIN}[{_character_class(code not in _UNMARKED for code in Scripts.VALUES)}]")


@cache
def _letters_class(code: str) -> str:
    """Return a character class for a script's letters and marks, those it shares with others included."""
    from fontTools.unicodedata import ScriptExtensions, Scripts

    codes = {code, *(other_code for other_code, mixed in _MIXED.items() if mixed == code)}
    own_letters = _character_class(other_code in codes for other_code in Scripts.VALUES)
    ranges = pairwise((*ScriptExtensions.RANGES, 0x110000))
    shared = (
        letter
        for (start, end), scripts in zip(ranges, ScriptExtensions.VALUES, strict=True)
        if scripts and not codes.isdisjoint(scripts)
        for letter in map(chr, range(start, end))
        if _SHARED.match(letter) and unicodedata.category(letter) in _WRITTEN
    )
    return own_letters + re.escape("".join(shared))


def _character_class(is_chosen_range: Iterable[bool]) -> str:
    """Return a character class for the chosen ones of Unicode's script ranges."""
    from fontTools.unicodedata import Scripts

    joined_ranges: list[list[int]] = []
    for (start, end), is_chosen in zip(pairwise((*Scripts.RANGES, 0x110000)), is_chosen_range, strict=True):
        if is_chosen and joined_ranges and joined_ranges[-1][1] == start:
            joined_ranges[-1][1] = end
        elif is_chosen:
            joined_ranges.append([start, end])
    return "".join(f"{re.escape(chr(start))}-{re.escape(chr(end - 1))}" for start, end in joined_ranges)
