"""The process in which extensions and plugins are tried: while one is, only files of installed programs can be opened.

It is a program of its own, as `workerprocess` is. Python tells an audit hook what a program is about to do (PEP 578).
A hook holds for the whole process and cannot be removed, so it is set here and nowhere else.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from casebuilder import workerprocess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_T = TypeVar("_T")

#: What reaches another machine, or another program, or changes files.
_OUTWARD = (
    *("socket.", "urllib.", "http.", "ftplib.", "smtplib."),
    *("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty."),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil."),
)
_state = {"is_watched": False, "is_confined": False, "has_tried": False}


class ConfinedError(Exception):
    """What was tried would have read a file, asked another machine, or started a program."""


def serve(memory: int) -> None:
    """Do what comes in on standard input, until it ends. What is tried prints into nowhere.

    Args:
        memory: bytes that this process may take for itself.
    """
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - Path is slower to load
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    sys.dont_write_bytecode = True  # a program that is loaded for the first time would change files
    sys.addaudithook(_refuse)
    _state["is_watched"] = True
    workerprocess.serve(memory)


def call_from(
    path: tuple[str, ...], function: Callable[..., _T], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> _T:
    """Return what a function returns that finds programs where the process that asks finds them."""
    sys.path[:] = path
    return function(*args, **kwargs)


@contextmanager
def confined() -> Iterator[None]:
    """Let only files of installed programs be opened, and nothing be asked of the network or of other programs.

    Raises:
        ConfinedError: something else was tried, whatever the program made of the refusal.
        RuntimeError: this is another process, which nothing watches.
    """
    if not _state["is_watched"]:
        raise RuntimeError("trials are made by `attempt`, in the confined process")
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
    return any(place.startswith(f"{folder}{os.sep}") for folder in _installed_folders())


@cache
def _installed_folders() -> tuple[str, ...]:
    import markdown

    beside = os.path.dirname(os.path.dirname(markdown.__file__))  # noqa: PTH120 - a plain text, as all here
    return tuple(os.path.realpath(folder) for folder in {sys.prefix, sys.base_prefix, beside})
