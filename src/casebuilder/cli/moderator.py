"""`casebuilder moderator`: the timetable of a discussion and the texts to post, for its moderators."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from casebuilder.cli import newfolder, options

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.pipeline import Reading


@click.command()
@click.argument("case", metavar="CASE")
@options.folder(
    "-o",
    "--output",
    about="Write the list (.txt) and a calendar with reminders (.ics) into this folder instead.",
)
@options.AS_OF
@options.SERIES
def moderator(case: str, output: Path | None, as_of: str | None, root: Path) -> None:
    """Print what the moderators of CASE do when, and the posts that open its discussion.

    Once the discussion is over, it prints what remains to be done instead of the posts, and writes no calendar.

    The timetable is for moderators only: no page, feed or calendar of the site contains it.
    """
    from casebuilder.editorial import moderation
    from casebuilder.pipeline import write_into
    from casebuilder.published import id_host

    reading = options.settled(root, as_of)
    plan = moderation.plan(_readable_slug(case, reading, root), reading.series, reading.as_of)
    if output is None:
        click.echo(moderation.text(plan))
        return
    newfolder.outside_sources(output, reading, "--output")
    host = id_host(reading.series.settings.id_base or reading.series.site_url)
    contents = {f"{plan.slug}-moderator.txt": f"{moderation.text(plan)}\n".encode()}
    if not plan.is_over:
        contents[f"{plan.slug}-moderator.ics"] = moderation.calendar(plan, host)
    try:
        written_files = write_into(output, contents)
    except OSError as error:
        raise click.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="--output") from None
    for place in written_files:
        click.echo(place)
    if plan.is_over:
        click.echo("the discussion is over, so there is no calendar with reminders", err=True)


def _readable_slug(case_argument: str, reading: Reading, root: Path) -> str:
    """Return the slug of a case without errors that is not withdrawn; otherwise say why, and exit."""
    from casebuilder.model import Status
    from casebuilder.pipeline import problemreport

    slug = options.known_case(case_argument, [each.slug for each in reading.series.cases], root)
    errors = [problem for problem in reading.errors() if problem.path.startswith(f"cases/{slug}/")]
    if errors:
        click.echo(problemreport.text(errors), err=True)
        click.echo("\nCorrect these errors first: dates and texts depend on them.", err=True)
        sys.exit(1)
    case = next(each for each in reading.series.cases if each.slug == slug)
    if case.status is Status.WITHDRAWN:
        raise click.BadParameter(f"{slug} has been withdrawn, so there is nothing to moderate", param_hint="CASE")
    return slug
