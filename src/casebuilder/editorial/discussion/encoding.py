"""From the bytes of a file to its text, whatever spreadsheet wrote it, or the reason why it is no table."""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from casebuilder.editorial.discussion.table import TranscriptError

#: What Excel for Windows writes in Western Europe and the Americas unless it is asked for UTF-8.
WINDOWS = "windows-1252"
#: The first bytes of files that are no tables, and what to do about them.
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one with a password; save it as .xlsx without a password"),
    (b"%PDF", "a PDF; ask for the table itself, as .xlsx or .csv"),
    (b"{\\rtf", "a text of a word processor (RTF); save the table as .xlsx or .csv"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"SQLite format", "a database; export the table as .csv"),
    (b"\x89PNG", "a picture; ask for the table itself, as .xlsx or .csv"),
    (b"\xff\xd8\xff", "a picture; ask for the table itself, as .xlsx or .csv"),
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
_NO_TEXT = "this is no table: it holds bytes that no text has; save it as .xlsx or .csv"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what the editor should know about how it was read (or nothing)."""

    text: str
    note: str = ""


def is_workbook(data: bytes) -> bool:
    """Whether a file is an Excel workbook (.xlsx): a zip with a workbook in it.

    Raises:
        TranscriptError: it is a zip of another kind.
    """
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise TranscriptError("FILE", "this file is damaged: save it again as .xlsx or .csv") from error
    if "xl/workbook.xml" in names:
        return True
    kind = next((what for part, what in _ZIPPED.items() if part in names), "a zip file; unpack it first")
    raise TranscriptError("FILE", f"this is {kind}; only tables can be imported so far: .xlsx or .csv")


_ZIPPED = {
    "word/document.xml": "a Word file; copy its table into a spreadsheet",
    "ppt/presentation.xml": "a presentation",
    "xl/workbook.bin": "a binary Excel workbook (.xlsb); save it as .xlsx",
    "content.xml": "an OpenDocument file; save it as .xlsx or .csv",
    "Index/Document.iwa": "a file of Apple Numbers; export it as .xlsx or .csv",
}


def decode(data: bytes, wanted: str = "") -> Decoded:
    """The text of a file of comma-separated values, in whatever encoding a spreadsheet wrote it.

    Args:
        data: the file.
        wanted: the encoding that the editor names, or nothing: it is then found out.

    Raises:
        TranscriptError: it is a file of another format, or its encoding cannot be found out.
    """
    for start, what in _OTHERS:
        if data.startswith(start):
            raise TranscriptError("FILE", f"this is {what}")
    made = _as_wanted(data, wanted) if wanted else _found_out(data)
    text = made.text.lstrip("\ufeff")
    if text.lstrip().startswith(("{", "[", "<")):
        what = "XML" if text.lstrip().startswith("<") else "JSON"
        raise TranscriptError("FILE", f"this is {what}; only tables can be imported so far: .xlsx or .csv")
    if "\0" in text:
        raise TranscriptError("FILE", _NO_TEXT)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), made.note)


def _as_wanted(data: bytes, wanted: str) -> Decoded:
    try:
        return Decoded(data.decode(wanted))
    except LookupError:
        raise TranscriptError("--encoding", f'unknown encoding "{wanted}"; such as {WINDOWS} or utf-8') from None
    except ValueError:
        raise TranscriptError("--encoding", f"the file is not written in {wanted}") from None


def _found_out(data: bytes) -> Decoded:
    """By its mark, by the zeros that UTF-16 puts between Latin letters, as UTF-8, and last as windows-1252."""
    try:
        for mark, name in _MARKS:
            if data.startswith(mark):
                return Decoded(data[len(mark) :].decode(name))
        if b"\0" in data[:4]:
            return Decoded(data.decode("utf-16-be" if data[0] == 0 else "utf-16-le"))
        return Decoded(data.decode())
    except UnicodeDecodeError:
        return _western(data)


def _western(data: bytes) -> Decoded:
    """Read as windows-1252, if that gives words of Western languages; the editor sees some of them, to compare."""
    try:
        text = data.decode(WINDOWS)
    except UnicodeDecodeError:
        text = ""
    if b"\0" in data:
        raise TranscriptError("FILE", _NO_TEXT)
    words = list(dict.fromkeys(_ACCENTED.findall(text)))
    if not text or _NOT_WESTERN.search(text):
        hint = "in the spreadsheet, choose the kind of file that is called CSV UTF-8, or save it as .xlsx"
        raise TranscriptError("FILE", f"the letters of this file cannot be read, since it is not UTF-8: {hint}")
    shown = ", ".join(f"“{word}”" for word in words[:_EXAMPLES])
    note = f"the file is not UTF-8; it was read as {WINDOWS}, as Excel for Windows writes it"
    check = f". Compare these words with the spreadsheet: {shown}" if shown else ""
    return Decoded(text, note + check)
