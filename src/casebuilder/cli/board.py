"""`casebuilder status`: what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@options.AS_OF
@options.SERIES
def status(form: str, as_of: str | None, root: Path) -> None:
    """Show the editors' board: each case's state, what it lacks, and what is due in the next 90 days."""
    from casebuilder import published
    from casebuilder.editorial import status as forms

    reading = options.series(root, as_of)
    click.echo(forms.FORMATS[form](published.board(reading.series, reading.as_of)))
    options.tell_errors(reading)
