"""A Dask cluster as the press: the same jobs, the same bytes, on other people's processors.

A worker of the cluster prints with its own installation. Before anything is sent, the toolchain of
each is compared with ours; the build stops if one differs, since it would print other bytes.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casebuilder.outputs.packs.press.toolchain import differences, toolchain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Executor

    from casebuilder.outputs.packs.press.toolchain import Part

#: How many differences of a worker are named: another machine may differ in all fonts.
_NAMED = 4
#: Seconds in which the scheduler must answer.
_PATIENCE = 15


class ClusterError(Exception):
    """A cluster that cannot be reached, or would not print the same."""


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Provide the workers of a Dask cluster as an executor.

    Args:
        address: the scheduler's, such as "tcp://10.0.0.5:8786".

    Raises:
        ClusterError: `casebuilder[dask]` is not installed, nobody answers, there is no worker, or one has threads,
            another casebuilder, another library that prints, or other fonts.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("Dask is not installed; run: pip install distributed") from None
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask has no types
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address} ({error})") from None
    with client:
        _refuse_threads(client.nthreads())
        _refuse_others(client.run(toolchain), address)
        with client.get_executor(pure=False) as executor:
            yield executor


def _refuse_threads(threads_by_worker: dict[str, int]) -> None:
    """Refuse workers that are threads: Pango and WeasyPrint share state within a process, and packs would be spoilt."""
    if threaded := sorted(worker for worker, threads in threads_by_worker.items() if threads > 1):
        raise ClusterError(f"the Dask worker {', '.join(threaded)} has threads; start it with --nthreads 1")


def _refuse_others(toolchains: Mapping[str, tuple[Part, ...]], address: str) -> None:
    """Refuse workers whose `toolchain` differs from ours."""
    if not toolchains:
        raise ClusterError(f"the Dask cluster at {address} has no worker")
    own_toolchain = toolchain()
    for worker, worker_toolchain in sorted(toolchains.items()):
        if different := differences(own_toolchain, worker_toolchain):
            remaining = f" and {len(different) - _NAMED} more" if len(different) > _NAMED else ""
            message = f"the Dask worker {worker} has another {', '.join(different[:_NAMED])}{remaining}"
            raise ClusterError(
                f"{message}; install the same versions there: constraints.txt names those of Python's packages"
            )
