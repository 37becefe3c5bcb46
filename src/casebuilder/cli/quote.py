"""`casebuilder quote`: quotes from the record of a discussion."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from casebuilder.cli import commandlist, options, participants

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.group(cls=commandlist.Group)
def quote() -> None:
    """Quote contributions of a discussion."""


@contextmanager
def refusals() -> Iterator[None]:
    """Report why quotes.yml is not changed as an error of the command line.

    Raises:
        click.ClickException: the quotes or the options do not allow it, or a file cannot be read or written.
    """
    from casebuilder.editorial.curation.quoteedits import QuotingError

    try:
        with participants.private_folder():
            yield
    except QuotingError as error:
        raise options.at_fault(str(error), error.option) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'quotes.yml'} cannot be written: {error.strerror}") from None


@quote.command()
@click.argument("case", metavar="CASE")
@click.argument("contribution", metavar="CONTRIBUTION")
@click.option("--words", multiple=True, required=True, metavar="WORDS", help="Its words; repeat for a further passage.")
@click.option("--theme", default="", metavar="THEME", help="The theme of the commentary to which it belongs.")
@click.option(
    "--question", default="", metavar="ID", help="The question that it answers (default: the contribution's)."
)
@click.option(
    "--mode",
    type=click.Choice(("named", "anonymous", "paraphrase")),
    default="anonymous",
    show_default=True,
    help="How it is printed.",
)
@click.option("--name", default="", metavar="NAME", help="For a named quote: the name (default: the record's).")
@click.option("--dissent", is_flag=True, help="It contradicts what most said under its theme.")
@options.AS_OF
@options.SERIES
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    contribution: str,
    words: tuple[str, ...],
    theme: str,
    question: str,
    mode: str,
    name: str,
    dissent: bool,  # noqa: FBT001 - click's form
    as_of: str | None,
    root: Path,
) -> None:
    """Add a quote of CONTRIBUTION, such as c05, to CASE's quotes.yml.

    WORDS must be in the contribution word for word; the quote gets the spelling of the record. Several --words are
    joined by […]. A paraphrase is in your own words, and needs no permission. Otherwise the consent is pending:
    `casebuilder consent letters` writes to the author.
    """
    from casebuilder.editorial.curation.excerpts import ExcerptError
    from casebuilder.editorial.curation.quoting import NewQuote
    from casebuilder.model import Mode
    from casebuilder.pipeline import addquotes

    reading = options.settled(root, as_of)
    slug = options.known_case(case, [each.slug for each in reading.series.cases], root)
    chosen_case = next(each for each in reading.series.cases if each.slug == slug)
    if not chosen_case.contributions:
        raise click.ClickException(f"the record of {slug} is not on this computer: ask whoever has it")
    new = NewQuote(contribution, words, theme, question, Mode(mode), name, dissent)
    try:
        with refusals():
            written_files, result = addquotes.add(reading, slug, new)
    except ExcerptError as error:
        raise click.BadParameter(str(error), param_hint="--words") from None
    for place in written_files:
        click.echo(place)
    click.echo(f"{result.quotes[0]}: {result.text}")
    for note in result.notes:
        click.echo(note, err=True)
