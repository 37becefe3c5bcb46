"""A source to import (as text, JSON or a workbook, each parsed once on first use), and the type of an importer."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from casebuilder import encodings
from casebuilder.editorial.discussion import jsontext
from casebuilder.editorial.discussion.post import TranscriptError

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebuilder.editorial.discussion.jsontext import Values
    from casebuilder.editorial.discussion.post import Harvest, ImportOptions

#: A discussion of ten thousand comments has some 5 MB; an export of a whole blog has more.
LARGEST = 64 * 1024**2
#: X writes the files of an archive as a program for a browser. The program is never run: what it assigns is JSON.
_SCRIPT = re.compile(r"\s*window\.YTD\.(\w{1,40})\.part\d{1,6}\s*=\s*")
#: The encoding that XML declares, if exports use it.
_DECLARED = re.compile(
    rb"\s*<\?xml[^>]*encoding=[\"'](iso-8859-\d{1,2}|windows-\d{3,4}|koi8-[ru]|shift_jis|euc-jp|euc-kr|gbk|gb2312|gb18030|big5)"
    rb"[\"']",
    re.IGNORECASE,
)
_ZIPPED = {
    "word/document.xml": "a Word file; copy its table into a spreadsheet",
    "ppt/presentation.xml": "a presentation",
    "xl/workbook.bin": "a binary Excel workbook (.xlsb); save it as .xlsx",
    "content.xml": "an OpenDocument file; save it as .xlsx or .csv",
    "Index/Document.iwa": "a file of Apple Numbers; export it as .xlsx or .csv",
    "data/tweets.js": "the whole archive of an X account; unpack it, and import data/tweets.js and data/account.js",
}


@dataclass(eq=False)
class Source:
    """A source to import.

    Attributes:
        data: its bytes.
        name: its file's name, or its address, for problems.
        encoding: of its text, where the editor names one; "" is to be found out.
    """

    data: bytes
    name: str
    encoding: str = ""

    @cached_property
    def is_workbook(self) -> bool:
        """Whether it is an Excel workbook (.xlsx): a zip with a workbook in it.

        Raises:
            TranscriptError: it is a zip of another kind.
        """
        if not self.data.startswith(b"PK"):
            return False
        try:
            with zipfile.ZipFile(BytesIO(self.data)) as archive:
                names = set(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise TranscriptError("SOURCE", f"{self.name}: this file is damaged: save or download it again") from error
        if "xl/workbook.xml" in names:
            return True
        kind = next(
            (description for part, description in _ZIPPED.items() if part in names), "a zip file; unpack it first"
        )
        raise TranscriptError("SOURCE", f"{self.name}: this is {kind}")

    @cached_property
    def _decode(self) -> encodings.Decoded:
        if self.is_workbook:
            return encodings.Decoded("")
        if kind := encodings.foreign(self.data):
            raise TranscriptError("SOURCE", f"{self.name}: this is {kind.name}; {kind.remedy}")
        try:
            return encodings.decode(self.data, self.encoding or self._declared_encoding())
        except LookupError:
            message = f'unknown encoding "{self.encoding}"; such as {encodings.WINDOWS} or utf-8'
            raise TranscriptError("--encoding", message) from None
        except encodings.EncodingError as error:
            hint = "in a spreadsheet, choose the kind of file that is called CSV UTF-8, or save it as .xlsx"
            message = f"{self.name}: {error}: {hint}; or name its encoding with --encoding"
            raise TranscriptError("--encoding" if self.encoding else "SOURCE", message) from None

    def _declared_encoding(self) -> str:
        """Return the encoding that XML declares, if it is a common one other than UTF-8."""
        match = _DECLARED.match(self.data[:200])
        if match is None:
            return ""
        try:
            self.data.decode()
        except UnicodeDecodeError:
            name = match[1].decode("ascii")
            return name if encodings.is_known(name) else ""
        return ""

    @property
    def text(self) -> str:
        """Its text, with newlines at the ends of lines; "" for a workbook."""
        return self._decode.text

    @property
    def note(self) -> str:
        """A note for the editor about the encoding; "" if there is none."""
        return self._decode.note

    @property
    def is_xml(self) -> bool:
        """Whether it is XML, or looks like it."""
        return self.text.lstrip().startswith("<")

    @cached_property
    def script(self) -> str:
        """The name that a file of X's archive gives to what it holds, such as "tweets"; "" for other files."""
        match = _SCRIPT.match(self.text)
        return match[1] if match else ""

    @cached_property
    def json(self) -> Values | None:
        """The values that it holds as JSON, one or one a line; None if it is no JSON.

        Raises:
            TranscriptError: it is JSON that cannot be read at all.
        """
        match = _SCRIPT.match(self.text)
        start = match.end() if match else 0
        return jsontext.values(self.text, self.name, start) if self.text[start:].lstrip()[:1] in {"{", "["} else None

    def line(self, mark: int | str) -> int:
        """Return the line, from 1, of a mark: the line itself, or text whose first occurrence is on it."""
        if isinstance(mark, int):
            return mark
        place = self.text.find(mark) if mark else -1
        return self.text.count("\n", 0, place) + 1 if place >= 0 else 1


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of export.

    Attributes:
        name: what people call it.
        looks_for: how its content is recognised, for the error that no importer fits.
        recognises: whether a source is of this kind.
        read: its posts.
    """

    name: str
    looks_for: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source, ImportOptions], Harvest]
