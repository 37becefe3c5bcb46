"""What several commands share: their options, and reading the series that they are about."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casebuilder.build import Reading

AS_OF = click.option(
    "--as-of",
    metavar="WHEN",
    envvar="CASEBUILDER_AS_OF",
    help="Look at the series from this day or time instead of now, such as 2026-03-27T18:00.",
)
SERIES = click.option(
    "--series",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The series' folder, if it is not the one you are in.",
)


def read(root: Path, as_of: str | None) -> Reading:
    """A series, with every problem of it."""
    from casebuilder import build, publish

    try:
        return build.read(root, as_of=as_of)
    except publish.NotAMomentError as error:
        raise click.BadParameter(str(error), param_hint="--as-of") from None


def sound(root: Path, as_of: str | None) -> Reading:
    """A series without errors; one with errors is reported, and the command ends."""
    from casebuilder import report

    reading = read(root, as_of)
    if found := reading.errors():
        click.echo(report.text(found), err=True)
        sys.exit(1)
    return reading


def known_case(slug: str, known: list[str]) -> str:
    """The name of a case that there is, however the command line wrote it."""
    from casebuilder.text import did_you_mean

    name = slug.strip("/").removeprefix("cases/")
    if name not in known:
        raise click.BadParameter(
            f'there is no case "{slug}"; {did_you_mean(name, known)}'.rstrip("; "), param_hint="CASE"
        )
    return name
