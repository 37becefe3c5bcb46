"""`casebuilder digest`: one month of the series as an email."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("month", required=False)
@options.folder("-o", "--output", default=".", about="The folder to write to (default: the current folder).")
@options.AS_OF
@options.SERIES
def digest(month: str | None, output: Path, as_of: str | None, root: Path) -> None:
    """Write an email about what happened in MONTH, in HTML and in plain text.

    MONTH is written as 2026-03; without it, last month.
    """
    from casebuilder import pipeline, published

    reading = options.sound(root, as_of)
    try:
        published.month(
            reading.series, reading.as_of, month
        )  # a mistake in the command is reported before one in the series
        if not reading.series.site_url:
            raise click.ClickException("an email needs full addresses: set site_url in mkdocs.yml")
        written_files = pipeline.digest(reading, month, output)
    except published.NotAMomentError as error:
        raise click.BadParameter(str(error), param_hint="MONTH") from None
    except OSError as error:
        raise click.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="--output") from None
    for place in written_files:
        click.echo(place)
    if not written_files:
        click.echo(
            "nothing opened, was released or was changed in that month, and nothing is under discussion", err=True
        )
        click.echo("no digest was written", err=True)
