"""JSON Schemas of the files that authors write, from the same types that read them.

An editor's program that knows a file's schema completes keys and marks slips while one types. YAML programs do not
look into front matter, so those schemas serve programs that do, and machines.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from casebuilder.model import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebuilder.readers import Format

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(format_: Format) -> dict[str, object]:
    """Return the JSON Schema of a kind of file (draft 2020-12)."""
    json_schema = TypeAdapter(format_.type).json_schema()
    title, files = format_.name.capitalize(), f"For {format_.files}."
    return {"$schema": _DIALECT, **json_schema, "title": title, "description": files}


def render(formats: Iterable[Format]) -> Iterator[File]:
    """Yield the schema of each kind of file, below `schema/`."""
    for each in formats:
        text = json.dumps(schema(each), ensure_ascii=False, indent=2, sort_keys=True)
        yield File(f"schema/{each.name}.json", f"{text}\n".encode())
