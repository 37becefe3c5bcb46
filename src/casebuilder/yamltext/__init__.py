"""YAML as plain words with positions, and what is wrong with it in the words of somebody who writes cases."""

from __future__ import annotations

from casebuilder.yamltext.building import Plain, TagError, Unknown
from casebuilder.yamltext.reading import Document, read, typed

__all__ = ["Document", "Plain", "TagError", "Unknown", "read", "typed"]
