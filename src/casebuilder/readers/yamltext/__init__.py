"""YAML as plain words with positions, and what is wrong with it in the words of somebody who writes cases."""

from __future__ import annotations

from casebuilder.readers.yamltext.building import Plain, TagError, Unknown
from casebuilder.readers.yamltext.reading import Document, read, typed

__all__ = ["Document", "Plain", "TagError", "Unknown", "read", "typed"]
