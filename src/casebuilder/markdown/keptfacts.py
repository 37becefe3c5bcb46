"""The facts of texts, kept from one run to the next: `check` parses only texts that have changed.

`pipeline` decides where they are between two runs; here they are bytes. They are used only if casebuilder's code, its
libraries and Python are those that gathered them, and if no byte has changed since.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebuilder import __version__, slugs
from casebuilder.markdown.outlines import Citation, Heading, Link, Outline, Picture, QuotePlace
from casebuilder.markdown.parserproblems import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    #: For each field of an outline, the values of each fact.
    _Rows = list[list[list[Any]]]

#: The module of ours outside this package that decides about facts, and the libraries.
_OWN, _LIBRARIES = (slugs,), ("markdown_it", "mdit_py_plugins", "mdurl")
_SIZE = 16

#: The facts of an earlier run as JSON holds them, by the digest of the text.
_known: dict[str, _Rows] = {}
#: The facts of each text that this run asked for. Whatever another thread adds or deletes, they are those of the text.
_used: dict[str, Outline] = {}


def recall(content: bytes) -> None:
    """Begin a run with the facts of an earlier one, as `to_keep` returned them; with none if they are of no use."""
    _known.clear()
    _used.clear()
    checksum, _, rows = content.partition(b"\n")
    if rows and checksum == _checksum(rows):
        _known.update(json.loads(rows))


def to_keep() -> bytes:
    """Return the facts of the texts that this run asked for; empty if they are those that it began with."""
    used_by_digest = {_digest(text): outline for text, outline in _used.copy().items()}
    if used_by_digest.keys() == _known.keys():
        return b""
    rows = json.dumps({digest: _rows(outline) for digest, outline in used_by_digest.items()}).encode()
    return _checksum(rows) + b"\n" + rows


def of(text: str, gather: Callable[[str], Outline]) -> Outline:
    """Return the facts of a text; `gather` is called where they are not known."""
    outline = _used.get(text)
    if outline is None:
        rows = _known.get(_digest(text)) if _known else None
        outline = _used[text] = gather(text) if rows is None else _outline(rows)
    return outline


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=_SIZE).hexdigest()


def _checksum(rows: bytes) -> bytes:
    return blake2b(rows, key=_edition(), digest_size=_SIZE).hexdigest().encode()


@cache
def _edition() -> bytes:
    """Return a digest of everything else that decides about facts: code, versions of libraries, and Python."""
    digest = blake2b(f"{__version__} {sys.version}".encode())
    of_libraries = [spec.origin for spec in map(find_spec, _LIBRARIES) if spec]  # where their versions are written
    for place in (*sorted(Path(__file__).parent.glob("*.py")), *(module.__file__ for module in _OWN), *of_libraries):
        digest.update(Path(place or "").read_bytes())
    return digest.digest()


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
