"""`casebuilder status` and `discussion`: what is due, and whether quotes are what was said."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.editorial.discussion import Table
    from casebuilder.pipeline import Reading

#: A discussion of ten thousand comments has some 5 MB.
_LARGEST_TABLE = 32 * 1024**2


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
    from casebuilder.checks import verbatim
    from casebuilder.pipeline import report

    reading = options.series(root, as_of)
    series = reading.series
    chosen = [options.known_case(slug, [case.slug for case in series.cases], root) for slug in cases] or [
        c.slug for c in series.cases
    ]
    found = [problem for case in series.cases if case.slug in chosen for problem in verbatim.case_quotes(case)]
    if found:
        click.echo(report.text(found))
    compared = sum(verbatim.comparable(quote) for case in series.cases if case.slug in chosen for quote in case.quotes)
    quotes = "1 quote" if compared == 1 else f"{compared} quotes"
    click.echo(f"{quotes} compared, {len(found)} not word for word", err=True)
    options.tell_errors(reading, found)
    sys.exit(1 if found else 0)


@discussion.command("import")
@click.argument("case", metavar="CASE")
@click.argument("table", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--channel", default="", metavar="NAME", help="Where it was said, for rows that do not tell: mastodon.")
@click.option("--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="What a column holds: Timestamp=posted.")
@click.option(
    "--dates",
    type=click.Choice(("day-first", "month-first")),
    help="Whether 2/6/2027 is 2 June or 6 February, if no date of the table shows it.",
)
@click.option("--encoding", default="", metavar="NAME", help="Of a CSV that is not UTF-8, such as windows-1250.")
@click.option("--sheet", default="", metavar="NAME", help="Which sheet of a workbook, if not the first.")
@options.AS_OF
@options.SERIES
def import_(case: str, table: Path, as_of: str | None, root: Path, **chosen: Any) -> None:  # noqa: ANN401 - click's
    """Add the contributions of a table (.csv or .xlsx) to the record of CASE's discussion.

    The first row names the columns. What the record holds already is passed over. If any row is wrong, every problem is
    listed with its line number and nothing is imported. Author keys are made with the secret in the environment
    variable CASEBUILDER_SECRET.
    """
    from casebuilder import pipeline
    from casebuilder.editorial import discussion
    from casebuilder.pipeline import report

    reading = options.series(root, as_of)
    slug = options.known_case(case, [known.slug for known in reading.series.cases], root)
    path = f"commentary/{slug}/discussion.jsonl"
    try:
        made = discussion.gather(
            reading.tree.texts.get(path, ""), _table(table, reading, **chosen), reading.series, slug
        )
    except discussion.TranscriptError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    for note in made.notes:
        click.echo(f"{table.name}: {note}", err=True)
    if made.problems:
        click.echo(report.text(made.problems))
    if not made.is_sound:
        click.echo("nothing was written", err=True)
        sys.exit(1)
    if made.added:
        (place,) = pipeline.write_edits(_with_place(reading, path), {path: made.text})
        click.echo(place)
    click.echo(f"{made.added} added, {made.known} in the record already", err=True)


def _table(file: Path, reading: Reading, pairs: Iterable[str], dates: str | None, **chosen: str) -> Table:
    """A table as the command line describes it.

    Raises:
        click.BadParameter: the file is too large, or what a column holds is not said as COLUMN=FIELD.
    """
    from casebuilder.editorial import discussion

    if file.stat().st_size > _LARGEST_TABLE:
        message = f"{file.name} has more than {_LARGEST_TABLE // 1024**2} MB: import it in parts"
        raise click.BadParameter(message, param_hint="FILE")
    for pair in pairs:
        if "=" not in pair:
            message = f'"{pair}" must be written as COLUMN=FIELD, such as Timestamp=posted'
            raise click.BadParameter(message, param_hint="--map")
    return discussion.Table(
        file.read_bytes(),
        file.name,
        reading.series.zone,
        secret=os.environ.get("CASEBUILDER_SECRET", ""),
        named={column.strip(): field.strip() for column, _, field in (pair.rpartition("=") for pair in pairs)},
        day_first=None if dates is None else dates == "day-first",
        language=reading.series.language,
        **chosen,
    )


def _with_place(reading: Reading, path: str) -> Reading:
    """The series with a place for a record that is not there yet: in the overlay, if it has one, since it is sealed."""
    if path not in reading.tree.texts:
        overlays = [name for name in reading.series.settings.overlays if (reading.root / name).is_dir()]
        for name in overlays[:1]:
            reading.tree.overlaid[path] = f"{name}/{path}"
        reading.file(path).parent.mkdir(parents=True, exist_ok=True)
    return reading
