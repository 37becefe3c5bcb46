"""`casebuilder status`: the state of each case, and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    show_default=True,
    help="For people, for programs, or for an issue on GitHub.",
)
@click.option("--offline", is_flag=True, help="Do not ask the published site for the day of its last build.")
@options.AS_OF
@options.SERIES
def status(form: str, as_of: str | None, root: Path, offline: bool) -> None:  # noqa: FBT001 - click's form
    """Show the state of each case, what is missing for its next step, and what is due in the next 90 days."""
    from casebuilder import pipeline
    from casebuilder.editorial import scaffold
    from casebuilder.editorial.lastbuild import last_build
    from casebuilder.editorial.statustext import FORMATS
    from casebuilder.pipeline.problemreport import line
    from casebuilder.published.seriesstatus import AHEAD, series_status

    reading = options.series(root, as_of)
    board = series_status(reading.series, reading.as_of, pipeline.withheld(reading))
    today = board.as_of.date()
    try:
        gaps = sorted(scaffold.gaps(reading.series, today, today + AHEAD), key=lambda gap: gap.day)
        problem_lines = [line(problem) for problem in reading.misread]
    except scaffold.ScaffoldError as error:  # there is no day for a case
        gaps, problem_lines = [], [str(error)]
    last_built = last_build(reading.series, root, offline=offline)
    click.echo(FORMATS[form](board, last_built, gaps, problem_lines))
    options.report_errors(reading)
