"""YAML texts without a fault, kept from one run to the next: `check` reads only those that have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder.model import Origin
from casebuilder.readers.yamltext.knowntexts import KNOWN
from casebuilder.readers.yamltext.plainvalues import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebuilder.problems import Problem
    from casebuilder.readers.yamltext.plainvalues import Plain


def read(
    text: str, path: str, *, first_line: int = 1, tags: Callable[[str, Plain], Plain] | None = None
) -> tuple[Document | None, list[Problem]]:
    """Read one YAML document.

    Args:
        text: the YAML.
        path: its file, for problems and places.
        first_line: the line of the file on which it begins.
        tags: evaluates a tag, such as `!ENV` in `mkdocs.yml`, with the value after it; may raise `TagError`. Without
            this function a tag is a problem, and `<<` an ordinary field.

    Returns:
        The document (None if it could not be read to its end) and the problems. An empty text gives a document with the
        value None.
    """
    kept_as = f"{first_line}{'!' if tags else ':'}{text}"
    if rows := KNOWN.find(kept_as):
        return _document(rows, path, text, first_line), []
    from casebuilder.readers.yamltext import reading

    evaluated: list[str] = []

    def evaluate(tag: str, value: Plain) -> Plain:
        evaluated.append(tag)
        return tags(tag, value) if tags else value

    document, problems = reading.read(text, path, first_line=first_line, tags=tags and evaluate)
    if document and not problems and not evaluated:  # what a tag stands for depends on more than the text
        KNOWN.add(kept_as, _rows(document))
    return document, problems


def _rows(document: Document) -> list[Any]:
    """Return a document as JSON can hold it: its value, and the places of values, of fields' names, and of remarks."""
    origin = document.origin
    return [document.value, *(list(places.items()) for places in (origin.marks, origin.keys, origin.remarks))]


def _document(rows: list[Any], path: str, text: str, first_line: int) -> Document:
    """Return the document that `_rows` made into rows."""
    value, marks, keys, remarks = rows
    return Document(
        value,
        Origin(
            path,
            {tuple(steps): (line, column) for steps, (line, column) in marks},
            {tuple(steps): (line, column) for steps, (line, column) in keys},
            remarks={tuple(steps): remark for steps, remark in remarks},
            text=text.lstrip("\ufeff"),
            first_line=first_line,
        ),
    )
