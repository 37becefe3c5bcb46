"""`casebuilder check`: list every problem of the series."""

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
    help="Text for people, annotations on a pull request, or JSON and SARIF for programs.",
)
@click.option(
    "--since",
    metavar="REV",
    callback=options.not_empty,
    help="Also require an entry in `changes` if a released text has changed since the Git revision REV.",
)
@options.AS_OF
@options.SERIES
def check(paths: tuple[str, ...], form: str, since: str | None, as_of: str | None, root: Path) -> None:
    """List every problem of the series.

    With PATHs, only the problems of those files and folders are listed; the slug of a case means its folders. The exit
    status is 1 if a problem would stop a build (an error, or any problem if the series has "strict: true"), 2 if the
    command was used wrongly, and 0 otherwise.
    """
    from casebuilder.handbook import Handbook
    from casebuilder.pipeline import problemreport, trackedrecords
    from casebuilder.pipeline.handbooklinks import handbook_of
    from casebuilder.problems import stoppers

    reading = options.read(root, as_of)
    shown_problems = (*reading.problems, *trackedrecords.problems(reading), *_unrecorded_changes(reading, since))
    if paths:
        paths_in_series = [place for path in paths for place in _paths_of(path, root, reading)]
        shown_problems = tuple(
            problem for problem in shown_problems if any(_is_in_folder(problem.path, path) for path in paths_in_series)
        )
    handbook = handbook_of(reading) if shown_problems else Handbook()
    if output := problemreport.FORMATS[form](
        shown_problems, handbook if form != "text" or _shows_links() else Handbook()
    ):
        click.echo(output)
    if form == "text":
        click.echo(problemreport.summary(shown_problems, len(reading.series.cases)), err=True)
        if explained := problemreport.explanation(handbook):
            click.echo(explained, err=True)
    sys.exit(1 if stoppers(shown_problems, strict=reading.series.settings.strict) else 0)


def _shows_links() -> bool:
    """Return whether the text goes to a terminal that shows links, or at least swallows them."""
    terminal = os.environ.get("TERM", "dumb")
    return sys.stdout.isatty() and os.name != "nt" and terminal not in {"dumb", "linux"}


def _unrecorded_changes(reading: Reading, since: str | None) -> tuple[Problem, ...]:
    if since is None:
        return ()
    from casebuilder import pipeline
    from casebuilder.editorial import history

    try:
        return pipeline.changed_since(reading, since)
    except history.HistoryError as error:
        raise click.BadParameter(str(error), param_hint="--since") from None


def _paths_of(path: str, root: Path, reading: Reading) -> list[str]:
    """Return the files and folders that an argument names: one path, or every folder of a case."""
    slugs = [case.slug for case in reading.series.cases]
    if os.path.lexists(path) or (name := options.case_named(path, root)) not in slugs:
        return [_path_in_series(path, root, slugs)]
    return [f"cases/{name}", f"commentary/{name}"]


def _path_in_series(path: str, root: Path, slugs: list[str]) -> str:
    """Return a path relative to the series, as problems name it."""
    place, series_root = Path(os.path.abspath(path)), root.resolve()  # noqa: PTH100 - resolve would follow the link itself
    for candidate in (place.parent.resolve() / place.name, place.resolve()):
        if candidate.is_relative_to(series_root):
            if not os.path.lexists(candidate):
                from casebuilder.text import did_you_mean

                suggestion = did_you_mean(options.case_named(path, root), slugs)
                message = f"{path} is neither a file nor a case; {suggestion}".rstrip("; ")
                raise click.BadParameter(message, param_hint="PATH")
            return candidate.relative_to(series_root).as_posix()
    raise click.BadParameter(f"{path} is not in the series {series_root}", param_hint="PATH")


def _is_in_folder(path: str, folder: str) -> bool:
    return folder in {".", path} or path.startswith(f"{folder}/")
