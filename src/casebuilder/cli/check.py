"""`casebuilder check`: every problem of the series in one go."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from casebuilder.pipeline import Reading
    from casebuilder.problems import Problem


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "github", "json", "sarif")),
    default="text",
    show_default=True,
    help="For people, for annotations on a pull request, or for programs.",
)
@click.option(
    "--since", metavar="REV", help="Also ask for an entry in `changes` where a released text changed since REV."
)
@options.AS_OF
@options.SERIES
def check(paths: tuple[str, ...], form: str, since: str | None, as_of: str | None, root: Path) -> None:
    """Report every problem of the series in one go.

    With PATHs only the problems of those files and folders are listed; a case's slug stands for its folders. The exit
    status is 1 if a problem would stop a build: an error, or in a series with "strict: true" any problem. It is 2 if
    the command was used wrongly, and 0 otherwise.
    """
    from casebuilder.pipeline import report
    from casebuilder.problems import stoppers

    reading = options.read(root, as_of)
    chosen = (*reading.problems, *_changed(reading, since))
    if paths:
        wanted = [place for path in paths for place in _meant(path, root, reading)]
        chosen = tuple(problem for problem in chosen if any(_within(problem.path, path) for path in wanted))
    output = report.FORMATS[form](chosen)
    if output:
        click.echo(output)
    if form == "text":
        click.echo(report.summary(chosen, len(reading.series.cases)), err=True)
    sys.exit(1 if stoppers(chosen, strict=reading.series.settings.strict) else 0)


def _changed(reading: Reading, since: str | None) -> tuple[Problem, ...]:
    if since is None:
        return ()
    from casebuilder import pipeline
    from casebuilder.editorial import history

    try:
        return pipeline.changed_since(reading, since)
    except history.HistoryError as error:
        raise click.BadParameter(str(error), param_hint="--since") from None


def _meant(path: str, root: Path, reading: Reading) -> list[str]:
    """The places that a word of the command line stands for: a file or folder, or all that belongs to a case."""
    slugs = [case.slug for case in reading.series.cases]
    if os.path.lexists(path) or (name := options.case_named(path, root)) not in slugs:
        return [_below(path, root, slugs)]
    return [f"cases/{name}", f"commentary/{name}"]


def _below(path: str, root: Path, slugs: list[str]) -> str:
    """A path as the problems name it: relative to the series."""
    place, home = Path(os.path.abspath(path)), root.resolve()  # noqa: PTH100 - resolve would follow the link itself
    for found in (place.parent.resolve() / place.name, place.resolve()):
        if found.is_relative_to(home):
            if not os.path.lexists(found):
                from casebuilder.text import did_you_mean

                near = did_you_mean(options.case_named(path, root), slugs)
                message = f"{path} does not exist, neither as a file nor as a case; {near}".rstrip("; ")
                raise click.BadParameter(message, param_hint="PATH")
            return found.relative_to(home).as_posix()
    raise click.BadParameter(f"{path} is not in the series {home}", param_hint="PATH")


def _within(path: str, folder: str) -> bool:
    return folder in {".", path} or path.startswith(f"{folder}/")
