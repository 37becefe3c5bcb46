"""Read the report on a pull request from what a pull request's run left behind: a zip that a stranger may have made.

Nothing of it is written to disk, and nothing is taken that a report does not have: one file of a known name, of a
limited size, with JSON of a limited depth and of exactly the form that `report` describes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from itertools import accumulate

from pydantic import ValidationError

from casebuilder.editorial.pullrequestreport.report import PullRequestReport, adapter

#: The name of the file in the zip.
REPORT = "preview.json"
#: The largest zip and the largest report, in bytes; the deepest nesting of its JSON (a report has five levels).
LARGEST_ZIP, LARGEST_REPORT, DEEPEST = 200_000, 500_000, 8
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_ENCRYPTED = 0x1
#: What reading a zip of any bytes can raise: an offset of 64 bits may be more than a file can have.
_UNSOUND = (zipfile.BadZipFile, zlib.error, EOFError, OSError, OverflowError, ValueError, RuntimeError, MemoryError)
#: One that is never closed goes to the end: it must not be looked for again from each of its quotation marks.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
#: What a message says of a stranger's names: a line of a log could be a command to the runner.
_NOT_SHOWN = re.compile(r"[^\w.-]+", re.ASCII)
_BRACKETS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_ALL_BUT_BRACKETS = bytes(char for char in range(256) if char not in _BRACKETS)


class ArtifactError(Exception):
    """What a run left behind is not the report on a pull request; the message says why."""


def report_in(archive: bytes) -> PullRequestReport:
    """Return the report in a zip.

    Raises:
        ArtifactError: the zip is anything else than one file with a report.
    """
    data = _read_only_file(archive)
    if _nesting_depth(data) > DEEPEST:
        raise ArtifactError(f"its JSON is nested more than {DEEPEST} levels deep")
    try:
        return adapter().validate_json(data)
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors(include_input=False, include_url=False)[0]["loc"])
        place = _NOT_SHOWN.sub("?", place[:100])
        raise ArtifactError(f"its form is not that of a report (at {place or 'its beginning'})") from None


def _read_only_file(archive: bytes) -> bytes:
    """Return the content of the one file that a zip holds.

    Raises:
        ArtifactError: it holds anything else, or too much.
    """
    if len(archive) > LARGEST_ZIP:
        raise ArtifactError(f"it has more than {LARGEST_ZIP} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = opened.infolist()
            if [entry.orig_filename for entry in entries] != [REPORT]:
                raise ArtifactError(f"it holds other files than {REPORT}")
            (entry,) = entries
            if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
                raise ArtifactError("it is packed in an unusual way")
            with opened.open(entry) as file:
                data = file.read(LARGEST_REPORT + 1)
    except _UNSOUND as error:
        raise ArtifactError(f"it is not a sound zip file ({type(error).__name__})") from None
    if len(data) > LARGEST_REPORT:  # the size that the zip states may be a lie
        raise ArtifactError(f"its report has more than {LARGEST_REPORT} bytes")
    return data


def _nesting_depth(data: bytes) -> int:
    """Return how deep brackets are nested, outside of strings."""
    brackets = _STRING.sub(b"", data).translate(None, _ALL_BUT_BRACKETS)
    return max(accumulate(_BRACKETS[char] for char in brackets), default=0)
