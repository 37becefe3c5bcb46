"""What a command prints in a run on GitHub: words of authors, which the runner could take for its own commands."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
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
