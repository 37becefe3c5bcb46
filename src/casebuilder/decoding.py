"""Decode a file's bytes to text, or return the problem that prevents it.

Problems are bytes that are not UTF-8, control characters, an unfinished merge, and texts or lines of unusual length.
Each is reported at its first place, and nothing else is reported about the file.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from casebuilder import encodings
from casebuilder.encodings import one_kind_of_line_end
from casebuilder.problems import Problem
from casebuilder.text import control

if TYPE_CHECKING:
    from casebuilder.model import Mark

#: Limits of a text and of a line, in characters, within which every step takes well under two seconds.
LONGEST_TEXT, LONGEST_LINE = 200_000, 20_000
#: The limit of a line of a record, which is never read as Markdown: the longest post of any network, escaped.
LONGEST_CONTRIBUTION = 100_000
#: The limit of lines in a Markdown text, because each line may be a block.
MOST_LINES = 10_000
#: The limit of list items and quotations in such a text: one short line may begin dozens of nested ones.
MOST_BEGUN = 20_000
_BEGUN = re.compile(r"(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)))+")
_SIGN = re.compile(r"[-+*>.)]")
#: The number of lines in a record is not limited.
_RECORD = ".jsonl"
_SIDES = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)
_MIDDLE = re.compile(r"^={7}$", re.MULTILINE)


def decoded(data: bytes, name: str) -> tuple[str, Problem | None]:
    """Return the text, with newlines as the only line ends, or the first problem.

    Args:
        data: the file's bytes.
        name: its path, for the problem; its ending shows whether it is a record.
    """
    text, problem = _decode_utf8(data, name)
    if problem is None and (character := control(text)):
        message = f"the control character U+{ord(character):04X} is not text"
        hint = "delete the invisible character, or type the line again"
        problem = Problem(name, *_place(text, text.index(character)), "control-character", message, hint)
    problem = problem or _merge_conflict(text, name) or _too_long(text, name)
    return ("", problem) if problem else (text, None)


def _decode_utf8(data: bytes, name: str) -> tuple[str, Problem | None]:
    if kind := encodings.foreign(data):
        hint = "open it in its own program, copy the text, and paste it into a new file of this name"
        return "", Problem(name, 1, 1, "not-utf8", f"this is {kind.name} under the name of a text", hint)
    save = 'save the file again with the encoding "UTF-8"'
    if (encoding := encodings.marked(data)) not in {"", "utf-8"}:
        encoding_name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        return "", Problem(name, 1, 1, "not-utf8", f"the file is saved as {encoding_name}, not as UTF-8", save)
    while data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return one_kind_of_line_end(data.decode()), None
    except UnicodeDecodeError as error:
        text_before = one_kind_of_line_end(data[: error.start].decode())
        byte = data[error.start : error.start + 1]
        letter = byte.decode(encodings.WINDOWS, errors="replace")
        message = f"byte 0x{byte.hex()} is not UTF-8"
        if letter.isprintable() and letter != "\ufffd":
            message = f'"{letter}" is saved in the encoding of Windows (byte 0x{byte.hex()}), not as UTF-8'
        return "", Problem(name, *_place(text_before, len(text_before)), "not-utf8", message, save)


def _merge_conflict(text: str, name: str) -> Problem | None:
    """Return the problem of an unfinished merge, if there is one."""
    # Patterns of whole lines look at every line: most texts have none of the signs.
    side = _SIDES.search(text) if any(sign * 7 in text for sign in "<|>") else None
    middles = _MIDDLE.finditer(text) if "=" * 7 in text else ()
    middle = next(
        (first_mark for first_mark in middles if side or not _is_underline(text, first_mark.start(), name)), None
    )
    first_mark = min(filter(None, (side, middle)), key=lambda mark: mark.start(), default=None)
    if first_mark is None:
        return None
    hint = "keep the right lines of both, and delete those that begin with <<<<<<<, ======= and >>>>>>>"
    message = "two people changed these lines, and the merge was not finished (a merge conflict)"
    return Problem(name, *_place(text, first_mark.start()), "merge-conflict", message, hint)


def _is_underline(text: str, start: int, name: str) -> bool:
    """Return whether a line of seven equals signs may be the underline of a Markdown heading."""
    line_above = text[: max(0, start - 1)].rpartition("\n")[2]
    in_front_matter = text.startswith("---\n") and start < text.find("\n---", 4)
    return name.endswith(".md") and bool(line_above.strip()) and not in_front_matter


def _too_long(text: str, name: str) -> Problem | None:
    if len(text) > LONGEST_TEXT and not name.endswith(_RECORD):
        message = f"the text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read"
        place = _place(text, LONGEST_TEXT)
        return Problem(name, *place, "file-too-large", message, "if this is the right file, delete what is not needed")
    if name.endswith(".md") and (problem := too_many_blocks(text)):
        line_number, message, hint = problem
        return Problem(name, line_number, 1, "file-too-large", message, hint)
    longest = LONGEST_CONTRIBUTION if name.endswith(_RECORD) else LONGEST_LINE
    if len(text) > longest:
        for number, line in enumerate(text.split("\n"), start=1):
            if len(line) > longest:
                message = f"the line has {len(line):,} characters; at most {longest:,} are read"
                hint = "begin new lines, or look for what was pasted here by mistake"
                return Problem(name, number, longest + 1, "line-too-long", message, hint)
    return None


def too_many_blocks(text: str) -> tuple[int, str, str] | None:
    """Return the line, from 1, at which a Markdown text has too many blocks, with message and hint, if it has."""
    if (count := text.count("\n")) > MOST_LINES:
        message = f"the text has {count:,} lines; at most {MOST_LINES:,} are read"
        return MOST_LINES + 1, message, "if this is the right file, delete what is not needed"
    if first_line := _first_line_too_many(text):
        message = f"the text begins more than {MOST_BEGUN:,} items of lists and quotations"
        return first_line, message, "keep only the items and quotations that are needed"
    return None


def _first_line_too_many(text: str) -> int:
    """Return the first line, from 1, with which a text begins too many items and quotations; 0 if it does not."""
    if sum(map(text.count, "-+*>.)")) <= MOST_BEGUN:
        return 0
    blocks_begun = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _BEGUN.match(line):
            blocks_begun += len(_SIGN.findall(match.group()))
            if blocks_begun > MOST_BEGUN:
                return number
    return 0


def _place(text: str, index: int) -> Mark:
    """Return line and column of a character, both from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
