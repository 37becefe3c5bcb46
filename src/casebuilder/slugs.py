"""Names made of words, for addresses and folders: of a title, a topic, a person, or any words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

#: The most letters of a name that makes files and addresses. A file system allows 255; packs add to it.
MOST_LETTERS = 100
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
#: Letters that Unicode does not decompose into a base letter and an accent.
_READ_AS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "\u0131": "i", "ħ": "h", "Ħ": "H"}
)


#: Names of devices, which Windows does not allow for files and folders, with any ending.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(1, 10)))
)


def slug(text: str) -> str:
    """Return a lower-case ASCII name for an address: "Wellbeing at work" gives "wellbeing-at-work".

    Accents are removed, letters such as ø and æ are spelt out, and letters of other scripts are dropped, so the result
    may be empty.
    """
    ascii_text = unicodedata.normalize("NFKD", text.translate(_READ_AS)).encode("ascii", "ignore").decode("ascii")
    hyphenated = _NOT_SLUG.sub("-", ascii_text.lower()).strip("-")
    return f"{hyphenated}-1" if hyphenated in _DEVICES else hyphenated


def shortened(name: str) -> str:
    """Return a name of words with hyphens, without the last ones that are beyond `MOST_LETTERS`."""
    if len(name) <= MOST_LETTERS:
        return name
    return name[: MOST_LETTERS + 1].rpartition("-")[0] or name[:MOST_LETTERS]


#: Words for + and # at the end of a word: C, C++ and C# are three topics.
_SIGNS = re.compile(r"(?<=[^\W_])[+#]+(?![^\W_])")
_SIGN_NAMES = {"+": "-plus", "#": "-sharp"}
#: Names in file systems have at most 255 bytes, and percent-encoding makes letters three times as long.
_MOST_BYTES = 160


@lru_cache(maxsize=4096)
def topic_slug(topic: str) -> str:
    """Return a name for the address of a topic or an audience, in any script; never empty.

    "Wellbeing at work" gives "wellbeing-at-work", "Λάθη" gives "λάθη", "C++" gives "c-plus-plus". Words in Latin
    letters get the result of `slug`. In other scripts all letters and marks are kept (NFC, in lower case), because each
    makes another word. A text without letters is named by the code points of its characters.
    """
    with_sign_names = _SIGNS.sub(lambda match: "".join(map(_SIGN_NAMES.__getitem__, match[0])) + "-", topic)
    name = (
        _address_in_any_script(with_sign_names)
        if any(map(_is_foreign, unicodedata.normalize("NFKC", with_sign_names)))
        else slug(with_sign_names)
    )
    name = name or "-".join(f"u{ord(char):x}" for char in unicodedata.normalize("NFC", topic) if not char.isspace())
    if len(name.encode()) <= _MOST_BYTES:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name.encode()[: _MOST_BYTES - 9].decode(errors='ignore').rstrip('-')}-{digest}"


def _is_foreign(char: str) -> bool:
    """Return whether a character is a letter or number that `slug` drops because it is not Latin."""
    if char.isascii() or unicodedata.category(char)[0] not in "LN" or slug(char):
        return False
    return not unicodedata.name(char, "").startswith(("LATIN ", "MODIFIER "))


def _address_in_any_script(text: str) -> str:
    letters = ""
    for char in unicodedata.normalize("NFKC", text).lower():  # lower() needs the whole word for a final sigma
        category = unicodedata.category(char)
        if ascii_letter := slug(char):
            letters += ascii_letter
        elif category[0] in "LN" or (category[0] == "M" and letters[-1:] > "\x7f"):
            letters += char
        elif category[0] != "M" and char not in _JOINED:
            letters += "-"
    return unicodedata.normalize("NFC", re.sub("-{2,}", "-", letters).strip("-"))


#: Invisible characters within words: soft hyphen, zero-width joiners and word joiner.
_JOINED = "\u00ad\u200d\u2060\ufeff"


#: Languages in which ä, ö and ü become a, o and u in addresses.
_DOTS_DROPPED = frozenset(
    ("az", "ca", "es", "et", "eu", "fi", "fil", "fr", "gl", "hu", "it", "nl", "pt", "sk", "sv", "tk", "tr")
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def title_slug(title: str, language: str) -> str:
    """Return a title's slug: "Die Überstunden" gives "die-ueberstunden", but "Pingüino" in Spanish gives "pinguino".

    ä, ö and ü are spelt out as in German and in passports (ICAO Doc 9303), except in languages (BCP 47) with another
    custom.
    """
    title = unicodedata.normalize("NFC", title)
    return slug(title if language.partition("-")[0] in _DOTS_DROPPED else title.translate(_UMLAUTS))


#: Titles and degrees around a name, which are not part of an address.
_TITLES = frozenset(
    ("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "sr", "sra", "dra", "doctor")
)
_DEGREES = frozenset(
    ("md", "phd", "mbbs", "mbchb", "frcs", "frcp", "mrcp", "mrcgp", "frca", "bsc", "msc", "rn", "do", "jr")
)


_APOSTROPHE = re.compile(r"(?<=\w)['’‘\u02bc`´](?=\w)")


def person_slug(name: str) -> str:
    """Return the slug of a person's profile: "Dr Leo O'Neill, MD" gives "leo-oneill", with any apostrophe."""
    parts = slug(_APOSTROPHE.sub("", name)).split("-")
    while len(parts) > 1 and parts[0] in _TITLES:
        parts = parts[1:]
    while len(parts) > 2 and parts[-1] in _DEGREES:  # noqa: PLR2004 - "An Do" has a first and a last name
        parts = parts[:-1]
    return "-".join(parts)
