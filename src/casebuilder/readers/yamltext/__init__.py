"""Read YAML as plain text with positions, and explain mistakes in words for authors."""

from __future__ import annotations

from casebuilder.readers.yamltext.building import Plain, TagError, Unknown
from casebuilder.readers.yamltext.reading import Document, is_unreadable, read, typed

__all__ = ["Document", "Plain", "TagError", "Unknown", "is_unreadable", "read", "typed"]
