"""`casebuilder due`: whether a published site is out of date although no file has changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from pathlib import Path

#: The exit statuses other than 0 for success and 2 for wrong usage.
_NOTHING_DUE, _NOT_BUILDABLE = 1, 4


@click.command()
@click.option(
    "--since",
    required=True,
    metavar="INSTANT",
    callback=options.not_empty,
    help="When the site was built, such as 2026-03-27T04:05+00:00.",
)
@options.AS_OF
@options.SERIES
def due(since: str, as_of: str | None, root: Path) -> None:
    """Say whether the site must be built again because a case opened, closed or was released since its last build.

    The exit status is 0 if a build is due, with a line for each reason; 1 if none is due; 2 if the command was used
    wrongly; and 4 if nothing can be built because of errors that concern the whole series.
    """
    from casebuilder import pipeline, published

    reading = options.partly_sound(root, as_of, status=_NOT_BUILDABLE)
    sound_part = pipeline.sound_part(reading) or reading
    try:
        built_at = published.moment(reading.series, since)
    except published.NotAMomentError as error:
        raise click.BadParameter(str(error), param_hint="--since") from None
    reasons = published.due(sound_part.series, built_at, reading.as_of)
    for reason in reasons:
        click.echo(f"{reason.what} on {reason.on:%Y-%m-%d at %H:%M}" if reason.on else reason.what)
    if not reasons:
        as_of_minute = reading.as_of.isoformat(timespec="minutes")
        click.echo(f"nothing is due: no case changed its state between {since} and {as_of_minute}")
        sys.exit(_NOTHING_DUE)
