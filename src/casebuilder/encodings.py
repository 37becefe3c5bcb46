"""What the bytes of a file are: of another program, in which encoding, and the text that they hold.

One table for everything that is read: a series' own texts, which must be UTF-8 (`decoding`), and the exports that
`discussion import` is given, which spreadsheets and platforms save as they like.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

#: What Excel for Windows writes in Western Europe and the Americas unless it is asked for UTF-8.
WINDOWS = "windows-1252"


@dataclass(frozen=True, slots=True)
class Kind:
    """Files of another program: how they begin, what they are, and how what they show becomes a file that is read."""

    start: bytes
    name: str
    remedy: str


_COPY = "ask for the table itself, as .xlsx or .csv"
#: Files that are no texts, whatever their names say.
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
#: Byte-order marks, the longer before those they begin with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What no Western word holds, and what words of other code pages become if they are read as windows-1252: capitals
#: after small letters, three accented letters in a row, signs of money, fractions or low quotation marks after letters.
_NOT_WESTERN = re.compile(
    r"[a-zà-öø-ÿœšž][À-ÖØ-ÞŒŠŽŸ]"
    r"|[À-ÖØ-öø-ÿŒœŠšŽžŸ]{3}"
    r"|[^\W\d_][\xa1-\xa8\xac\xaf\xb6\xb8\xbc-\xbf\xd7\xf7\u02c6\u02dc\u201a\u201e\u2030]"
    r"|[^\W\d_][\xa1-\xa9\xac\xaf\xb1\xb6\xb8\xb9\xbc-\xbf\xd7\xf7\u02c6\u02dc\u201a\u201e\u2020\u2021\u2030][^\W\d_]"
    r"|[\xa2-\xa8\xac\xaf\xb1\xb6\xb8\xb9\xbc-\xbe\xd7\xf7\u02c6\u02dc\u2020\u2021\u2030][^\W\d_]{2}"
)
_ACCENTED = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with one kind of line end, and what an editor should know about how it was read ("" for nothing)."""

    text: str
    note: str = ""


class EncodingError(ValueError):
    """A file is no text, or not in the encoding that it was said to be in."""


def foreign(data: bytes) -> Kind | None:
    """The other program's kind of file that this is; None for what may be a text."""
    return next((kind for kind in _KINDS if data.startswith(kind.start)), None)


def marked(data: bytes) -> str:
    """The encoding that a byte-order mark tells, or the zeros that UTF-16 puts between Latin letters; "" if none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if data[1:8:2] and not any(data[1:8:2]):
        return "utf-16-le"
    return "utf-16-be" if any(data[1:8:2]) and not any(data[:8:2]) else ""


def is_known(name: str) -> bool:
    """Whether there is an encoding of that name."""
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def one_kind_of_line_end(text: str) -> str:
    """A text whose lines all end in a newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, wanted: str = "") -> Decoded:
    """The text of a file in whatever encoding a spreadsheet or a platform wrote it.

    Args:
        data: the file.
        wanted: the encoding that somebody names, or "": it is then found out.

    Raises:
        EncodingError: it is no text, or its encoding cannot be found out.
        LookupError: Python does not know this encoding.
    """
    try:
        made = Decoded(data.decode(wanted)) if wanted else _found_out(data)
    except UnicodeDecodeError:
        raise EncodingError(f"the file is not written in {wanted}") from None
    if "\0" in made.text:
        raise EncodingError("it holds bytes that no text has")
    return Decoded(one_kind_of_line_end(made.text.lstrip("\ufeff")), made.note)


def _found_out(data: bytes) -> Decoded:
    """By its mark, as UTF-8, and last as windows-1252."""
    try:
        return Decoded(data.decode(marked(data) or "utf-8"))
    except UnicodeDecodeError:
        return _western(data)


def _western(data: bytes) -> Decoded:
    """Read as windows-1252, if that gives words of Western languages; an editor sees some of them, to compare."""
    if b"\0" in data:
        raise EncodingError("it holds bytes that no text has")
    text = data.decode(WINDOWS, errors="replace")
    if "\ufffd" in text or _NOT_WESTERN.search(text):
        raise EncodingError("its letters cannot be read, since it is not UTF-8")
    words = list(dict.fromkeys(_ACCENTED.findall(text)))
    shown = ", ".join(f"“{word}”" for word in words[:_EXAMPLES])
    note = f"the file is not UTF-8; it was read as {WINDOWS}, as Excel for Windows writes it"
    return Decoded(text, note + (f". Compare these words with the original: {shown}" if shown else ""))
