"""Letters that a program read in the wrong encoding: “SeÃ±or” in place of “Señor”."""

from __future__ import annotations

import re

#: Characters of Windows' encoding for Western Europe that stand for the bytes 80 to 9F.
_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # noqa: RUF001 - that encoding
_CONTINUED = rf"[\u0080-\u00bf{_WINDOWS}]"
#: Bytes of UTF-8 as that encoding shows them: two, three or four for each letter.
_GARBLED = rf"(?:[\u00c2-\u00df]{_CONTINUED}|[\u00e0-\u00ef]{_CONTINUED}{{2}}|[\u00f0-\u00f4]{_CONTINUED}{{3}})+"
#: The same of a Macintosh: `‚Äô` for ’, `√©` for é.
_OF_MACINTOSH = {
    "‚Äô": "’", "‚Äò": "‘", "‚Äú": "“", "‚Äù": "”", "‚Äì": "–", "‚Äî": "—", "‚Ä¶": "…", "√©": "é", "√®": "è",
    "√±": "ñ", "√≥": "ó", "√°": "á", "√§": "ä", "√∂": "ö", "√º": "ü", "√≠": "í", "√ß": "ç", "√†": "à",
}  # fmt: skip
#: Signs that stand behind a capital or an accented letter in real words: “NÃO…”, «CAFÉ», “blasé…”, Å², 10 Å°.
_BEHIND_WORDS = frozenset("…’”»›–—\u00a0“‘«„‚.¹²³°·")  # noqa: RUF001 - quotation marks
_RAISED = "¹²³°"
_WORD = re.compile(rf"[{_WINDOWS}\u00a0]?(?:[^\s]|\u00a0){{1,60}}")
#: Letters that begin a garbled letter of two bytes in Western European languages.
_WESTERN = "ÂÃ"


def first(text: str) -> tuple[int, str, str] | None:
    """Find the first such letters of a text.

    Args:
        text: a text or the value of a field.

    Returns:
        The offset of the letters, their word, and the word that was meant; None if there are none.
    """
    offsets = [match.start() for match in re.finditer(_GARBLED, text) if _meant(match)]
    offsets += [text.index(garbled) for garbled in _OF_MACINTOSH if garbled in text]
    if not offsets:
        return None
    offset = min(offsets)
    before, after = re.search(r"\S{0,30}\Z", text[max(0, offset - 30) : offset]), _WORD.match(text, offset)
    word = (before[0] if before else "") + (after[0] if after else "")
    meant = re.sub(_GARBLED, lambda match: _meant(match) or match[0], word)
    for garbled, letter in _OF_MACINTOSH.items():
        meant = meant.replace(garbled, letter)
    return offset, word, meant


def _meant(match: re.Match[str]) -> str:
    """Return the letters that were meant; empty if they are as they should be."""
    garbled = match[0]
    try:
        meant = b"".join(map(_byte, garbled)).decode()
    except UnicodeError:
        return ""
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    is_plausible = any(letter not in _BEHIND_WORDS for letter in garbled[1:])
    if len(meant) == 1 and garbled[0] in _WESTERN:
        is_plausible = is_plausible or not before.isupper()
    elif len(meant) == 1 and len(garbled) == len("Å‚"):
        is_plausible = before.islower() and after.islower() and garbled[0].isalpha() and garbled[1] not in _RAISED
    return meant if is_plausible else ""


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1" if letter <= "\u00ff" else "cp1252")
