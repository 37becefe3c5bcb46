"""A finding: one thing that is needed, whether it is there, and how to get it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class State(StrEnum):
    """Whether something is as it should be."""

    OK = "ok"
    MISSING = "missing"
    #: Not everybody needs it.
    OPTIONAL = "optional"
    #: It cannot be seen from here.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        state: whether it is there.
        message: what was found, in a sentence without a full stop.
        advice: what to do, line by line; commands are indented by two spaces.
    """

    state: State
    message: str
    advice: tuple[str, ...] = ()


def in_words(findings: Sequence[Finding]) -> str:
    """Return findings for a terminal: a line each, what to do below it, and a sentence on the whole."""
    lines = []
    for finding in findings:
        first, *further_lines = textwrap.wrap(finding.message, 108, break_long_words=False, break_on_hyphens=False)
        lines += [f"{finding.state:<9}{first}", *(f"{'':9}{line}" for line in further_lines)]
        lines += [f"{'':9}  {line}".rstrip() for line in finding.advice]
    missing = sum(finding.state is State.MISSING for finding in findings)
    summary = "1 thing is" if missing == 1 else f"{missing} things are"
    return "\n".join([*lines, "", f"{summary} missing." if missing else "Nothing that is needed is missing."])
