"""Plain values, into which YAML texts are read, and documents of such values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.model import Origin


class Unknown(Enum):
    """The value of a tag that would have to run code."""

    UNKNOWN = "unknown"


Plain = str | list["Plain"] | dict[str, "Plain"] | Unknown | None


class TagError(Exception):
    """A tag cannot be used with its value: message and hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document of dicts, lists and strings only, and the place of each value."""

    value: Plain
    origin: Origin
