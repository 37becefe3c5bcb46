"""`casebuilder stats`: the figures of the discussions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.casefiles import figures_path, metrics_path
from casebuilder.cli import options

if TYPE_CHECKING:
    from casebuilder.editorial.statistics import CaseFigures, Row
    from casebuilder.pipeline import Reading

_LARGEST = 2_000_000
_LARGEST_EXPORT = 100_000_000


@click.command()
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option("--format", "form", type=click.Choice(("text", "json", "csv")), default="text", show_default=True)
@click.option(
    "--write", is_flag=True, help="Write the figures into commentary/<slug>/figures.yml, for builds without the record."
)
@click.option(
    "--table", type=click.Choice(("medic", "urojc")), help="Print the summary in the form of one of the two papers."
)
@click.option(
    "--from",
    "numbers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="For --table: take the numbers by case from this CSV file instead of the series.",
)
@click.option(
    "--import",
    "exports",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Add views and visitors from an export of Matomo, Plausible, GoatCounter or GA4 to the metrics.yml of CASE.",
)
@click.option("--source", default="", metavar="WORDS", help="For --import: who counted, such as our web host.")
@options.AS_OF
@options.SERIES
def stats(  # noqa: PLR0913, PLR0917 - click's form
    cases: tuple[str, ...],
    form: str,
    write: bool,  # noqa: FBT001 - click's form
    table: str | None,
    numbers: Path | None,
    exports: tuple[Path, ...],
    source: str,
    as_of: str | None,
    root: Path,
) -> None:
    """Count the discussions of all cases, or of the CASEs that are named, from their records.

    Small numbers are hidden, with enough others that nobody can work them out.
    """
    from casebuilder.editorial import statistics

    if numbers and not table:
        raise click.UsageError("--from goes with --table medic or --table urojc")
    if table and form == "json":
        raise click.UsageError("--table prints text or csv")
    if numbers and table:
        click.echo(statistics.TABLES[table](_read_rows(numbers), form))
        return
    reading = options.settled(root, as_of)
    slugs = [case.slug for case in reading.series.cases]
    chosen_slugs = {options.known_case(slug, slugs, root) for slug in cases} or {*slugs}
    chosen_slugs = _with_readable_dates(reading, chosen_slugs)
    if exports:
        if len(cases) != 1:
            raise click.UsageError("--import is for one case: name it")
        _import_visits(reading, chosen_slugs.pop(), exports, source)
        return
    case_figures, together = statistics.gather(reading.series, chosen_slugs)
    if write:
        _write_figures(reading, case_figures)
    elif table:
        click.echo(statistics.TABLES[table](statistics.rows_of(case_figures, together, table, reading.as_of), form))
    else:
        click.echo(statistics.FORMATS[form](case_figures))
    options.report_errors(reading)


def _with_readable_dates(reading: Reading, slugs: set[str]) -> set[str]:
    """Return the cases whose dates could be read; hours and days are counted from them. Others are reported.

    If there are no others, exit with 1.
    """
    from casebuilder.pipeline import problemreport

    undated = {case.slug for case in reading.series.cases if not all(map(case.origin.sound, ("opens", "closes")))}
    unread = {slug: options.unread(reading, slug) if slug in undated else () for slug in sorted(slugs)}
    problems_of_cases = [problem for problems in unread.values() for problem in problems]
    if not problems_of_cases:
        return slugs
    readable = {slug for slug, problems in unread.items() if not problems}
    click.echo(problemreport.text(problems_of_cases), err=True)
    consequence = "These cases are left out until the errors are corrected." if readable else "Nothing was counted."
    click.echo(f"\n{consequence} Figures are counted from the dates of a case.\n", err=True)
    if not readable:
        sys.exit(1)
    return readable


def _read_rows(file: Path) -> tuple[Row, ...]:
    """Return the rows of a CSV file.

    Raises:
        click.BadParameter: it cannot be read, or contains no numbers.
    """
    from casebuilder.editorial import statistics

    try:
        if file.stat().st_size > _LARGEST:
            raise click.BadParameter(
                f"{file.name} has more than 2 MB: a table of cases is smaller", param_hint="--from"
            )
        return statistics.read_rows(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise click.BadParameter(f"{file.name} cannot be read: {reason}", param_hint="--from") from None
    except statistics.TableError as error:
        raise click.BadParameter(f"{file.name}: {error}", param_hint="--from") from None


def _write_figures(reading: Reading, cases: tuple[CaseFigures, ...]) -> None:
    """Write the figures of the cases whose record is here.

    Raises:
        click.ClickException: there is no record.
    """
    from casebuilder import pipeline
    from casebuilder.editorial import statistics

    counted_cases = [case for case in cases if case.is_counted and case.figures]
    if not counted_cases:
        raise click.ClickException("no record of a discussion is on this computer, so there is nothing to count")
    edits = {
        figures_path(case.slug): statistics.written(case.figures, case.slug) for case in counted_cases if case.figures
    }
    with options.write_errors():
        for path in edits:
            reading.file(path).parent.mkdir(parents=True, exist_ok=True)
        places = pipeline.write_edits(reading, edits)
    for place in places:
        click.echo(place)
    for case in counted_cases:
        if case.figures and case.figures.rounds_unknown == "record-elsewhere":
            message = f"{case.slug}: new and returning participants are left out, because the record of an earlier case"
            hint = "whoever has all records runs: casebuilder stats --write"
            click.echo(f"{message} is not on this computer; {hint}", err=True)


def _import_visits(reading: Reading, slug: str, exports: tuple[Path, ...], source: str) -> None:
    """Add what exports of visits say to a case's `metrics.yml`.

    Raises:
        click.BadParameter: an export cannot be read.
    """
    from casebuilder import pipeline, published
    from casebuilder.editorial import statistics

    case = reading.series.case(slug)
    assert case is not None  # noqa: S101 - it was looked up by its name
    path = metrics_path(slug)
    series, old_text = reading.series, reading.tree.texts.get(path, "")
    for file in exports:
        if file.stat().st_size > _LARGEST_EXPORT:
            raise click.BadParameter(f"{file.name} has more than 100 MB: export fewer days", param_hint="--import")
    contents = [(file.name, file.read_bytes()) for file in exports]
    try:
        text, notes = statistics.with_visits(
            case, old_text, contents, zone=series.zone, collected=published.today(series), source=source
        )
    except statistics.ExportError as error:
        raise click.BadParameter(
            f"{', '.join(file.name for file in exports)}: {error}", param_hint="--import"
        ) from None
    for line in notes:
        click.echo(line, err=True)
    if text != old_text:
        with options.write_errors():
            reading.file(path).parent.mkdir(parents=True, exist_ok=True)
            (place,) = pipeline.write_edits(reading, {path: text})
        click.echo(place)
