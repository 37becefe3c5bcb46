"""Figures as `figures.yml`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from casebuilder.model import Breakdown, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Figures

_HEAD = (
    "# Counted by: casebuilder stats {slug} --write\n"
    "# Small numbers are hidden, and no text, name or key is in here: this file may be published.\n"
)


def written(figures: Figures, slug: str) -> str:
    """Return the text of a case's `figures.yml`; what is empty is left out."""
    return _HEAD.format(slug=slug) + "\n".join(_record_lines(figures)) + "\n"


def _record_lines(record: Record) -> Iterator[str]:
    for name, value in record:
        if value is None or value == "":
            continue
        if isinstance(value, Breakdown):
            yield from _breakdown_lines(name, value)
        elif isinstance(value, Record):
            yield f"{name}: {{{', '.join(f'{part}: {number:.15g}' for part, number in value)}}}"
        else:
            yield f"{name}: {json.dumps(value, ensure_ascii=False)}"


def _breakdown_lines(name: str, value: Breakdown) -> Iterator[str]:
    """Yield parts by name, each name in quotation marks: "NO" is a country, and "0-24" no sum."""
    if not value.cells and not value.other:
        return
    yield f"{name}:"
    if value.cells:
        yield "  cells:"
        yield from (f"    {json.dumps(part, ensure_ascii=False)}: {count}" for part, count in value.cells.items())
    if value.other is not None:
        yield f"  other: {value.other}"
