"""Every kind of export that can be imported: one file each, and one row in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.importers import (
    bluesky,
    discourse,
    disqus,
    github,
    mastodon,
    tables,
    wordpress,
    xapi,
    xarchive,
)
from casebuilder.editorial.discussion.jsontext import Json, at, entries, word
from casebuilder.editorial.discussion.post import TranscriptError
from casebuilder.editorial.discussion.table.columns import COLUMNS

if TYPE_CHECKING:
    from casebuilder.editorial.discussion.source import Importer, Source

#: The first that recognises a source reads it.
IMPORTERS: tuple[Importer, ...] = (
    wordpress.IMPORTER,
    disqus.IMPORTER,
    xarchive.IMPORTER,
    xapi.IMPORTER,
    discourse.IMPORTER,
    bluesky.IMPORTER,
    mastodon.IMPORTER,
    github.IMPORTER,
    tables.IMPORTER,
)
_MOST_NAMES = 8
_LONGEST_ERROR = 200

__all__ = ["COLUMNS", "IMPORTERS", "importer"]


def importer(source: Source) -> Importer:
    """Return the importer that reads a source.

    Raises:
        TranscriptError: none does; it says what was looked for and what was found.
    """
    found_importer = next((importer for importer in IMPORTERS if importer.recognises(source)), None)
    if found_importer is None:
        looked_for = "; ".join(f"{importer.name}: {importer.looks_for}" for importer in IMPORTERS)
        raise TranscriptError("SOURCE", f"{source.name}: this is {_describe_kind(source)}. Looked for {looked_for}")
    return found_importer


def _describe_kind(source: Source) -> str:
    """Return a description of a source for the error that no importer fits."""
    if source.script:
        return f"the part “{source.script}” of an archive of X, which is not imported"
    if source.is_xml:
        return f"XML or HTML that no importer knows, and begins with {' '.join(source.text.split())[:80]}"
    if source.json is None:
        return f"a text that no importer knows, and begins with “{' '.join(source.text.split())[:80]}”"
    first = source.json.values[0][1] if source.json.values else None
    while isinstance(first, list) and first:
        first = first[0]
    names = list(first)[:_MOST_NAMES] if isinstance(first, dict) else []
    error = _error_message(first)
    description = f"with the names {', '.join(names)}" if names else "with nothing in it"
    return f"JSON that no importer knows, {description}" + (f". It is an error: {error}" if error else "")


def _error_message(value: Json) -> str:
    """Return the message of an answer that is an error, as each network gives it; "" for anything else."""
    first = next(iter(entries(value, "errors")), None)
    message = (
        first if isinstance(first, str) else word(first, "message") or word(first, "detail") or word(first, "title")
    )
    message_of_answer = word(value, "error_description") or word(value, "message") or word(value, "error")
    return (message or message_of_answer if at(value, "data") is None else message)[:_LONGEST_ERROR]
