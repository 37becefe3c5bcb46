"""`casebuilder discussion show`: the record of a discussion, to read."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from casebuilder.cli import newfolder, options
from casebuilder.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

#: The widest line of text that is easy to read.
_WIDTH = 100


@click.command()
@click.argument("case", metavar="CASE")
@click.option("--by", type=click.Choice(("time", "question")), default="time", show_default=True, help="Its order.")
@options.file("-o", "--output", about="Write it as a page: one HTML file that needs nothing else.")
@options.AS_OF
@options.SERIES
def show(case: str, by: str, output: Path | None, as_of: str | None, root: Path) -> None:
    """Show the record of CASE's discussion as a conversation, without what was withdrawn."""
    from casebuilder.editorial.curation import conversation

    reading = options.settled(root, as_of)
    slug = options.known_case(case, [known.slug for known in reading.series.cases], root)
    known = next(each for each in reading.series.cases if each.slug == slug)
    if not known.contributions:
        raise click.ClickException(f"the record of {slug} is not on this computer: ask whoever has it")
    shown = conversation.conversation(reading.series, known, by_question=by == "question")
    if output is None:
        wide = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
        click.echo(conversation.as_text(shown, min(wide, _WIDTH)), nl=False)
        return
    newfolder.out_of_git(output, root, "the record of a discussion", "--output")
    try:
        write_whole(output, conversation.as_page(shown).encode(), secret=True)
    except OSError as error:
        raise click.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="--output") from None
    click.echo(output)
    click.echo(shown.who, err=True)
