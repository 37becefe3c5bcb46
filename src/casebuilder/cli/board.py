"""`casebuilder status` and `discussion`: what is due, and whether quotes are what was said."""

from __future__ import annotations

import sys
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
    from casebuilder import publish
    from casebuilder import status as forms

    reading = options.series(root, as_of)
    click.echo(forms.FORMATS[form](publish.board(reading.series, reading.as_of)))
    options.tell_errors(reading)


@click.group()
def discussion() -> None:
    """Work with the record of a discussion."""


@discussion.command()
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@options.AS_OF
@options.SERIES
def verify(cases: tuple[str, ...], as_of: str | None, root: Path) -> None:
    """Compare each quote with the contribution that it names, word for word.

    With CASEs only those are compared. The exit status is 1 if a quote is not found in its contribution.
    """
    from casebuilder import report
    from casebuilder.checks import verbatim

    reading = options.series(root, as_of)
    series = reading.series
    chosen = [options.known_case(slug, [case.slug for case in series.cases]) for slug in cases] or [
        c.slug for c in series.cases
    ]
    found = [problem for case in series.cases if case.slug in chosen for problem in verbatim.case_quotes(case)]
    if found:
        click.echo(report.text(found))
    compared = sum(verbatim.comparable(quote) for case in series.cases if case.slug in chosen for quote in case.quotes)
    quotes = "1 quote" if compared == 1 else f"{compared} quotes"
    click.echo(f"{quotes} compared, {len(found)} not word for word", err=True)
    options.tell_errors(reading)
    sys.exit(1 if found else 0)
