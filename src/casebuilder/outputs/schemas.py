"""JSON Schemas of the files that authors write, from the same types that read them.

An editor's program that knows a file's schema completes keys and marks slips while one types. YAML programs do not
look into front matter, so those schemas serve programs that do, and machines.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from casebuilder.model import (
    CaseData,
    CollectionData,
    CommentaryData,
    Contribution,
    File,
    Metric,
    PersonData,
    Quote,
    ResponseData,
    Settings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: Each schema's name, the type it comes from, and the files it is for.
SCHEMAS: tuple[tuple[str, Any, str], ...] = (
    ("case", CaseData, "cases/<slug>/case.yml"),
    ("quotes", tuple[Quote, ...], "cases/<slug>/quotes.yml"),
    ("metrics", tuple[Metric, ...], "commentary/<slug>/metrics.yml"),
    ("collection", CollectionData, "collections/<id>.yml"),
    ("response", ResponseData, "the front matter of cases/<slug>/responses/<person>.md"),
    ("commentary", CommentaryData, "the front matter of commentary/<slug>/commentary.md"),
    ("person", PersonData, "the front matter of experts/<person>.md"),
    ("contribution", Contribution, "a line of commentary/<slug>/discussion.jsonl"),
    ("settings", Settings, "the options of the casebuilder plugin in mkdocs.yml"),
)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of that name (draft 2020-12)."""
    kind, files = next((kind, files) for known, kind, files in SCHEMAS if known == name)
    made = TypeAdapter(kind).json_schema()
    return {"$schema": _DIALECT, **made, "title": name.capitalize(), "description": f"For {files}."}


def render() -> Iterator[File]:
    """Every schema as a file below `schema/`."""
    for name, _, _ in SCHEMAS:
        text = json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True)
        yield File(f"schema/{name}.json", f"{text}\n".encode())
