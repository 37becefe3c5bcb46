"""The facts of texts, kept from one run to the next: `check` parses only texts that have changed."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from casebuilder.keptresults import KeptResults
from casebuilder.markdown.outlines import Citation, Heading, Link, Outline, Picture, QuotePlace
from casebuilder.markdown.parserproblems import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    #: For each field of an outline, the values of each fact.
    _Rows = list[list[list[Any]]]

#: The facts of an earlier run.
FACTS = KeptResults(
    packages=["casebuilder.markdown"],
    modules=["casebuilder.slugs"],
    libraries=["markdown_it", "mdit_py_plugins", "mdurl"],
)
#: The facts of each text that this run asked for. Whatever another thread adds or deletes, they are those of the text.
_used: dict[str, Outline] = {}


def recall(content: bytes) -> None:
    """Begin a run with the facts of an earlier one, as `FACTS.to_keep` returned them; or with none."""
    _used.clear()
    FACTS.recall(content)


def of(text: str, gather: Callable[[str], Outline]) -> Outline:
    """Return the facts of a text; `gather` is called where they are not known."""
    outline = _used.get(text)
    if outline is None:
        rows = FACTS.find(text)
        if rows is None:
            outline = gather(text)
            FACTS.add(text, _rows(outline))
        else:
            outline = _outline(rows)
        _used[text] = outline
    return outline


def _rows(outline: Outline) -> _Rows:
    """Return facts as JSON can hold them."""
    kinds = (getattr(outline, field.name) for field in fields(outline))
    return [[list(row) if isinstance(row, tuple) else _row(row) for row in kind] for kind in kinds]


def _row(fact: Heading | Picture | Link | Citation | QuotePlace | Finding) -> list[Any]:
    return [getattr(fact, field.name) for field in fields(fact)]


def _outline(rows: _Rows) -> Outline:
    """Return the facts that `_rows` made into rows."""
    return Outline(*(tuple(kind(*map(_value, row)) for row in some) for kind, some in zip(_KINDS, rows, strict=True)))


def _noted(label: str, line: int, note: str) -> tuple[str, int, str]:
    return label, line, note


#: What makes a fact of its row, for each field of an outline.
_KINDS: tuple[Callable[..., Any], ...] = (Heading, Picture, Link, Citation, QuotePlace, _noted, Finding)


def _value(value: Any) -> Any:  # noqa: ANN401 - of any field
    """Return the value of a field: in JSON, a place is a list."""
    return tuple(value) if isinstance(value, list) else value
