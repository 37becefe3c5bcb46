"""Text whose glyphs do not follow its letters one by one, as those of most scripts do."""

from __future__ import annotations

import re
import unicodedata

#: Letters that are composed of others or joined without being marks: Hangul's parts, Mongolian, flags and skin tones.
#: And the scripts from Devanagari to Khmer whole: the glyph of a letter, which one syllable may hold in another place,
#: stands for that syllable in the whole document.
_COMPOSED = re.compile(
    "[\u0900-\u0dff\u0e00-\u109f\u1100-\u11ff\u1700-\u18af\u1900-\u1cff\u200d\ua800-\ua82f\ua840-\ua97f\ua980-\uaaff"
    "\uabc0-\uabff\ud7b0-\ud7ff\U00011000-\U00011fff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
#: Text without any of these, and without marks. Most text is; it is found in one step.
_PLAIN = re.compile("[\u0000-\u02ff\u2010-\u2027\u2030-\u205e]*")


def is_shaped(text: str) -> bool:
    """Return whether the glyphs of a text may stand in another order or number than its letters.

    Letters that are stacked or change places (Devanagari to Khmer, and every script of that family) do so around
    marks, and so do accents that no letter has built in. Arabic and Hebrew without marks are not among them: programs
    that copy a PDF's words turn those round themselves.
    """
    if _PLAIN.fullmatch(text):
        return False
    return bool(_COMPOSED.search(text)) or any(unicodedata.category(letter)[0] == "M" for letter in text)
