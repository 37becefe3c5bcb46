"""Several files written as one: even if the program is killed in between, the next one finishes or forgets the whole.

What is to be written is noted first. Whoever finds such a note looks at the files: if none of them is new, nothing was
written, and the note is thrown away; if some are, the others follow.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING

from casebuilder.files import age, part_of, write_together, write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_MARK_BYTES = 8
#: Seconds after which nobody writes a part any more.
_OLD = 3600


def write(note: Path, contents: Mapping[Path, bytes | None], *, secret: Collection[Path] = ()) -> None:
    """Write several files.

    Args:
        note: where the note is kept meanwhile, in a folder that only this user reads.
        contents: the new content of each file; None deletes it.
        secret: the files that are readable only by this user.

    Raises:
        OSError: a file cannot be written. If none has changed yet, none will.
    """
    mark = secrets.token_hex(_MARK_BYTES)
    files = {
        place.absolute().as_posix(): {
            "was": _digest(_read_bytes(place)),
            "text": None if content is None else content.decode(),
        }
        for place, content in contents.items()
    }
    write_whole(note, json.dumps({"mark": mark, "files": files}, ensure_ascii=False).encode(), secret=True)
    try:
        write_together(contents, mark, secret=secret)
    finally:
        recover(note, contents.keys(), secret=secret)


def recover(note: Path, places: Collection[Path], *, secret: Collection[Path] = ()) -> None:
    """Finish what a killed program had begun to write, or forget it.

    Args:
        note: where a note is, if there is one.
        places: the files that it may speak of; others it does not touch.
        secret: those that are readable only by this user.

    Raises:
        OSError: a file cannot be written.
    """
    for part in note.parent.glob(".*.part"):  # of a program that was killed while it wrote a note
        if age(part) > _OLD:
            part.unlink(missing_ok=True)
    try:
        value = json.loads(note.read_bytes())
        mark, files = str(value["mark"]), dict(value["files"])
    except (OSError, ValueError, TypeError, KeyError):
        note.unlink(missing_ok=True)
        return
    unwritten: dict[Path, bytes | None] = {}
    is_begun = False
    for place in places:
        entry = files.get(place.absolute().as_posix())
        if not isinstance(entry, dict):
            continue
        text = entry.get("text")
        content = text.encode() if isinstance(text, str) else None
        present = _read_bytes(place)
        if present == content:
            is_begun = is_begun or _digest(present) != entry.get("was")
        elif _digest(present) == entry.get("was"):
            unwritten[place] = content
        if mark.isalnum():
            part_of(place, mark).unlink(missing_ok=True)
    if is_begun and unwritten:
        write_together(unwritten, secrets.token_hex(_MARK_BYTES), secret=secret)
    note.unlink(missing_ok=True)


def _read_bytes(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()
