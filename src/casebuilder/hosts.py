"""Names of hosts that lead elsewhere than they seem to: an author cannot see that a letter is of another alphabet.

The rules are those of browsers, which show such a name in its coded form, `xn--...` (Unicode Technical Standard 39,
section 5).
"""

from __future__ import annotations

import unicodedata

#: Alphabets with letters that look the same. No registry mixes them in one name.
_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"))
#: Letters that look like those of English, and so do names that consist of them.
_TWINS = frozenset("асԁеһіјӏорԛѕԝхуъЬҽпгѵѡαικνρυωηοτօոսցհյզ")
#: Latin letters and signs that hardly differ from those of English, and are no letters of a language's own names.
_NEARLY = frozenset("ɡɑǀǃƖɩʟʀ")
_CODED = "xn--"
#: What a name consists of beside hyphens: letters, marks, digits.
_KINDS = ("L", "M", "Nd")


def odd_letter(host: str) -> str:
    """Return the first character for which a host is not the one that it seems to be; empty if there is none.

    Args:
        host: with or without a port, in its written form; a coded name is decoded first.
    """
    if host.isascii() and _CODED not in host.lower():
        return ""
    labels = [_decode_label(label) for label in unicodedata.normalize("NFKC", host).partition(":")[0].split(".")]
    is_foreign = not labels[-1].isascii()
    return next(
        (odd for label in labels if (odd := "" if label.isascii() else _odd_character(label, is_foreign=is_foreign))),
        "",
    )


def _decode_label(label: str) -> str:
    try:
        return label[len(_CODED) :].encode().decode("punycode") if label.lower().startswith(_CODED) else label
    except UnicodeError:
        return label


def _odd_character(label: str, *, is_foreign: bool) -> str:
    """Return the first odd character of one part of a name.

    Args:
        label: the part.
        is_foreign: whether the name ends in a script of its own, such as .рф, and so looks like no English one.
    """
    for letter in label:
        if letter in _NEARLY or not (letter in "-_" or unicodedata.category(letter).startswith(_KINDS)):
            return letter
    letters = [letter for letter in label if letter.isalpha()]
    scripts = [unicodedata.name(letter, "?").split(" ")[0] for letter in letters]
    others = [letter for letter, script in zip(letters, scripts, strict=True) if script in _ALIKE - {"LATIN"}]
    is_mixed = len(_ALIKE.intersection(scripts)) > 1
    return others[0] if others and (is_mixed or (not is_foreign and _TWINS.issuperset(letters))) else ""


def explained(host: str) -> str:
    """Return why a host is refused, for a hint; empty if no letter is odd."""
    letter = odd_letter(host)
    return f'; "{letter}" (U+{ord(letter):04X}) in it is not what it looks like' if letter else ""
