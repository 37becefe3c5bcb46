"""Read YAML as plain text with positions, and explain mistakes in words for authors."""

from __future__ import annotations

from casebuilder.readers.yamltext.keptdocuments import read
from casebuilder.readers.yamltext.knowntexts import KNOWN
from casebuilder.readers.yamltext.plainvalues import Document, Plain, TagError, Unknown
from casebuilder.readers.yamltext.typedvalues import is_unreadable, typed

__all__ = ["KNOWN", "Document", "Plain", "TagError", "Unknown", "is_unreadable", "read", "typed"]
