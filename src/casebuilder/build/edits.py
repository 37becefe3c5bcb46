"""What is written: the series' own files, when something is taken back, and whatever a command makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import publish
from casebuilder.model import State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casebuilder.build.reading import Reading
    from casebuilder.withdrawal import Wish as Withdrawal


def write(place: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = place.with_name(f".{place.name}.part")
    try:
        part.write_bytes(content)
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_edits(reading: Reading, edits: Mapping[str, str | None]) -> tuple[Path, ...]:
    """Write new texts over the series' own, each whole or not at all; the files that were written or deleted."""
    touched = []
    for path, text in edits.items():
        place = reading.file(path)
        if text is None:
            place.unlink()
        else:
            write(place, text.encode())
        touched.append(place)
    return tuple(touched)


def withdraw(reading: Reading, wish: Withdrawal) -> tuple[Path, ...]:
    """Take something back in the series' files and in the packs that are kept; the files that were touched.

    Raises:
        casebuilder.withdrawal.WithdrawalError: there is no such thing, or its file cannot be edited safely; nothing
            was written.
    """
    from casebuilder import withdrawal

    case = reading.series.case(wish.slug)
    released = case is not None and publish.state(case, reading.as_of, reading.series.zone) is State.COMPLETE
    texts = reading.tree.texts
    touched = write_edits(reading, withdrawal.edits(reading.series, texts, wish, released=released))
    kept = sorted(reading.cache("packs").glob("*.pdf"))
    for pack in kept:
        pack.unlink()
    return (*touched, *kept)
