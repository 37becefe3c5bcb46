"""`casebuilder.lock`: the files that casebuilder wrote into a series, so that `upgrade` knows which were changed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "casebuilder.lock"
_INSIDE = re.compile(r"[\w.][\w. -]*(/[\w.][\w. -]*)*")
_ABOUT = "The files that casebuilder wrote. `casebuilder upgrade` reads this; do not edit it."


@dataclass(frozen=True, slots=True)
class Written:
    """A file as casebuilder wrote it.

    Attributes:
        digest: the SHA-256 of its text, in hexadecimal digits.
        text: the text itself, if the series' own file was another one at that time; otherwise None, since Git has it.
    """

    digest: str
    text: str | None = None


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits; line ends of Windows count as others."""
    return sha256(text.replace("\r\n", "\n").encode(errors="surrogateescape")).hexdigest()


def record(texts: Mapping[str, str], own_texts: Mapping[str, str], program: str = "") -> str:
    """Return the content of `casebuilder.lock`.

    Args:
        texts: what casebuilder would write, by path.
        own_texts: what the series has in their places.
        program: which casebuilder writes, as a line of requirements.txt; empty if unknown.
    """
    files = {}
    for path, text in sorted(texts.items()):
        files[path] = {"sha256": digest(text)}
        if path in own_texts and digest(own_texts[path]) != digest(text):
            files[path]["text"] = text
    written_by = {"program": program} if program else {}
    return json.dumps({"about": _ABOUT, **written_by, "files": files}, indent=1, ensure_ascii=False) + "\n"


def _is_inside(path: str) -> bool:
    """Return whether a path names a file of the series on every system: the record may come from anybody."""
    return _INSIDE.fullmatch(path) is not None and ".." not in path.split("/")


def read(content: str) -> dict[str, Written]:
    """Return the files of a `casebuilder.lock`, by path; none if it cannot be understood."""
    try:
        files = json.loads(content)["files"]
        return {
            path: Written(str(file["sha256"]), file.get("text")) for path, file in files.items() if _is_inside(path)
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def program(content: str) -> str:
    """Return which casebuilder wrote a `casebuilder.lock`, as a line of requirements.txt; empty if it does not say."""
    try:
        return str(json.loads(content).get("program", ""))
    except (ValueError, AttributeError, RecursionError):
        return ""
