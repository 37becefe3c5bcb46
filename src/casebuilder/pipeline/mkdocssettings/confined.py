"""Try another's program without letting it out: an extension's options may name files and addresses to read.

Python tells an audit hook what a program is about to do (PEP 578). A hook cannot be removed, so it is set only when
something is tried, and does nothing at other times.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What reaches another machine, or another program.
_OUTWARD = (
    "socket.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
)
_state = {"is_confined": False, "has_tried": False}


class ConfinedError(Exception):
    """What was tried would have read a file, asked another machine, or started a program."""


@contextmanager
def confined() -> Iterator[None]:
    """Let only files of installed programs be opened, and nothing be asked of the network or of other programs.

    Raises:
        ConfinedError: something else was tried, whatever the program made of the refusal.
    """
    _watch()
    _state.update(is_confined=True, has_tried=False)
    try:
        yield
    except Exception:
        if not _state["has_tried"]:
            raise
    finally:
        _state["is_confined"] = False
    if _state["has_tried"]:
        raise ConfinedError


@cache
def _watch() -> None:
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if not _state or not _state["is_confined"]:  # the hook outlives this module's names when Python ends
        return
    if event.startswith(_OUTWARD) or (event == "open" and not _is_installed(arguments[0])):
        _state["has_tried"] = True
        raise ConfinedError


def _is_installed(path: object) -> bool:
    """Return whether a file is a part of Python, or of a program that is installed with it."""
    if not isinstance(path, (str, bytes)):
        return isinstance(path, int)
    place = os.path.realpath(os.fsdecode(path))
    return any(place.startswith(f"{folder}{os.sep}") for folder in _installed())


@cache
def _installed() -> tuple[str, ...]:
    import markdown

    beside = os.path.dirname(os.path.dirname(markdown.__file__))  # noqa: PTH120 - a plain text, as all here
    return tuple(os.path.realpath(folder) for folder in {sys.prefix, sys.base_prefix, beside})
