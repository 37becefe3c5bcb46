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
    slug = options.known_case(case, [each.slug for each in reading.series.cases], root)
    chosen_case = next(each for each in reading.series.cases if each.slug == slug)
    if not chosen_case.contributions:
        raise click.ClickException(f"the record of {slug} is not on this computer: ask whoever has it")
    conversation_shown = conversation.conversation(reading.series, chosen_case, by_question=by == "question")
    if output is None:
        terminal_width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
        click.echo(conversation.as_text(conversation_shown, min(terminal_width, _WIDTH)), nl=False)
        return
    newfolder.out_of_git(output, root, "the record of a discussion", "--output")
    try:
        write_whole(output, conversation.as_page(conversation_shown).encode(), secret=True)
    except OSError as error:
        raise click.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="--output") from None
    click.echo(output)
    click.echo(conversation_shown.who, err=True)
