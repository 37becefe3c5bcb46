"""Try extensions and plugins, which others wrote, in a process that lets them reach no file and no other machine.

Their options may name files and addresses to read, and a pull request could set them. What would only be known after
such a look is left to a build.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from casebuilder.workers import Workers

_P = ParamSpec("_P")
_T = TypeVar("_T")
#: Seconds after which an extension that does not come to an end is given up.
_TIMEOUT = 60.0


class UntriedError(Exception):
    """The trial would have read a file, asked another machine or started a program, or it did not come to an end."""


def attempt(function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Call a function of this package in the confined process, and return what it returns.

    The process starts at the first call, and ends with this one.

    Raises:
        UntriedError: nothing is known, because the trial was refused or did not end.
    """
    from casebuilder.pipeline.extensiontrials.confinedprocess import ConfinedError, call_from
    from casebuilder.workers import WorkerError

    try:
        return _confined_process().submit(call_from, tuple(sys.path), function, args, kwargs).result()
    except (ConfinedError, WorkerError):
        raise UntriedError from None


@cache
def _confined_process() -> Workers:
    from casebuilder.workers import Workers

    return Workers(1, timeout=_TIMEOUT, program="casebuilder.pipeline.extensiontrials.confinedprocess")
