"""What a command gives a run on GitHub: printed words, which are no commands, and lines for the run's own files."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def commands_stopped() -> Iterator[None]:
    """Have the runner take nothing that is printed in the block for a command.

    It would obey "::" at the beginning of a line and "##[" anywhere, and a build prints titles, names and messages.
    """
    if not os.environ.get("GITHUB_ACTIONS"):
        yield
        return
    token = secrets.token_hex(32)  # nobody can have written it
    click.echo(f"::stop-commands::{token}")
    try:
        yield
    finally:
        click.echo(f"::{token}::")


def append(variable: str, text: str) -> None:
    """Add to the file that a variable of a run on GitHub names: its summary, or what the next jobs are given."""
    if place := os.environ.get(variable):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(text)
