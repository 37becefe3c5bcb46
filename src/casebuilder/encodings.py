"""Recognise the type and the encoding of a file, and decode its text.

Used for a series' own texts, which must be UTF-8 (`decoding`), and for exports from spreadsheets and platforms in any
encoding (`discussion import`).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

#: The default encoding of Excel for Windows in Western Europe and the Americas.
WINDOWS = "windows-1252"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file that is not text: its first bytes, its name, and how to get a text from it."""

    start: bytes
    name: str
    remedy: str


_COPY = "ask for the table itself, as .xlsx or .csv"
#: Files that are not texts, whatever their names.
_KINDS = (
    Kind(b"PK\x03\x04", "a Word, Excel or zip file", "unpack it first"),
    Kind(b"PK\x05\x06", "an empty zip file", "ask for another"),
    Kind(b"\xd0\xcf\x11\xe0", "an old Word or Excel file", "save it as .xlsx, without a password"),
    Kind(b"%PDF", "a PDF", _COPY),
    Kind(b"{\\rtf", "a Rich Text file", "save the table as .xlsx or .csv"),
    Kind(b"\x1f\x8b", "a compressed file", "unpack it first"),
    Kind(b"BZh", "a compressed file", "unpack it first"),
    Kind(b"\xfd7zXZ", "a compressed file", "unpack it first"),
    Kind(b"7z\xbc\xaf\x27\x1c", "a compressed file", "unpack it first"),
    Kind(b"SQLite format", "a database", "export the table as .csv"),
    Kind(b"\x89PNG", "a picture", _COPY),
    Kind(b"\xff\xd8\xff", "a picture", _COPY),
    Kind(b"GIF8", "a picture", _COPY),
)
#: Byte-order marks, longer ones first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Encodings of two and four bytes a letter; how much of a file says which one, and how much of a text is ASCII.
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_LOOKED_AT, _LEAST_ASCII = 4096, 0.03
#: These patterns are compiled where they are needed: nearly every file is UTF-8, and needs none.
_ASCII = r"[\t\n\r -~]"
_ZERO_IN_TEXT = re.compile(rb"[^\x01-\x08\x0e-\x1f]*")
_NEVER_IN_TEXT = "[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffe\uffff]"
#: What no Western word holds, and what words of other code pages become if they are read as windows-1252: capitals
#: after small letters, three accented letters in a row, signs of money, fractions or low quotation marks after letters.
_NOT_WESTERN = (
    r"[a-zà-öø-ÿœšž][À-ÖØ-ÞŒŠŽŸ]"
    r"|[À-ÖØ-öø-ÿŒœŠšŽžŸ]{3}"
    r"|[^\W\d_][\xa1-\xa8\xac\xaf\xb6\xb8\xbc-\xbf\xd7\xf7\u02c6\u02dc\u201a\u201e\u2030]"
    r"|[^\W\d_][\xa1-\xa9\xac\xaf\xb1\xb6\xb8\xb9\xbc-\xbf\xd7\xf7\u02c6\u02dc\u201a\u201e\u2020\u2021\u2030][^\W\d_]"
    r"|[\xa2-\xa8\xac\xaf\xb1\xb6\xb8\xb9\xbc-\xbe\xd7\xf7\u02c6\u02dc\u2020\u2021\u2030][^\W\d_]{2}"
)
#: Each word is tried from its first letter only.
_ACCENTED = r"(?<![^\W\d_])[A-Za-z]*+[^\W\d_\x00-\x7f][^\W\d_]*+"
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text with newlines as the only line ends, and a note for editors about its encoding (may be empty)."""

    text: str
    note: str = ""


class EncodingError(ValueError):
    """A file is not text, or not in the given encoding."""


def foreign(data: bytes) -> Kind | None:
    """Return the type of a file that is not text; None if it may be text."""
    return next((kind for kind in _KINDS if data.startswith(kind.start)), None)


def marked(data: bytes) -> str:
    """Return the encoding shown by a byte-order mark, or by zeros as UTF-16 and UTF-32 have them; "" if neither."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    return _wide_encoding(data[:_LOOKED_AT]) if b"\0" in data[:_LOOKED_AT] else ""


def _wide_encoding(data: bytes) -> str:
    """Return which of UTF-16 and UTF-32 the beginning of a file is in; "" of a text with a zero byte here and there.

    A table has commas, digits and ends of lines in every script: read in the right order, they are ASCII.
    """
    zeros = data.count(0)
    if _ZERO_IN_TEXT.fullmatch(data) and zeros * 3 < len(data):
        return ""
    candidates = []
    for name in _WIDE:
        try:
            text = codecs.getincrementaldecoder(name)().decode(data)
        except UnicodeDecodeError:
            continue
        if not re.search(_NEVER_IN_TEXT, text):
            candidates.append((len(re.findall(_ASCII, text)) / max(1, len(text)), name))
    share, name = max(candidates, default=(0.0, ""))
    return name if share >= _LEAST_ASCII else ""


def is_known(name: str) -> bool:
    """Return whether there is an encoding of that name."""
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def one_kind_of_line_end(text: str) -> str:
    """Return a text whose lines all end in a newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Decode the text of a file from a spreadsheet or a platform.

    Args:
        data: the file.
        encoding: the name of the encoding; "" to detect it.

    Raises:
        EncodingError: it is no text, or its encoding cannot be found out.
        LookupError: Python does not know this encoding.
    """
    try:
        decoded = Decoded(data.decode(encoding)) if encoding else _detect(data)
    except UnicodeDecodeError:
        raise EncodingError(f"the file is not written in {encoding}") from None
    if "\0" in decoded.text:
        raise EncodingError("it contains bytes that are never in a text")
    return Decoded(one_kind_of_line_end(decoded.text.lstrip("\ufeff")), decoded.note)


def _detect(data: bytes) -> Decoded:
    """Detect the encoding: a byte-order mark, then UTF-8, then windows-1252."""
    name = marked(data) or "utf-8"
    try:
        return Decoded(data.decode(name))
    except UnicodeDecodeError:
        if name in _WIDE:
            raise EncodingError(f"it is in {name.upper()} and incomplete or damaged") from None
        return _decode_western(data)


def _decode_western(data: bytes) -> Decoded:
    """Decode as windows-1252 if the result looks like a Western language, with some words for editors to compare."""
    if b"\0" in data:
        raise EncodingError("it contains bytes that are never in a text")
    text = data.decode(WINDOWS, errors="replace")
    if "\ufffd" in text or re.search(_NOT_WESTERN, text):
        raise EncodingError("its letters cannot be read, since it is not UTF-8")
    accented_words = list(dict.fromkeys(re.findall(_ACCENTED, text)))
    examples = ", ".join(f"“{word}”" for word in accented_words[:_EXAMPLES])
    note = f"the file is not UTF-8; it was read as {WINDOWS}, the encoding of Excel for Windows"
    return Decoded(text, note + (f". Compare these words with the original: {examples}" if examples else ""))
