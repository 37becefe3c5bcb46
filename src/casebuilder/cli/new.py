"""`casebuilder new`: start a case, or the profile of a person."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from casebuilder.editorial.scaffold import Scaffold


@click.command()
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@click.option(
    "--kind",
    type=click.Choice(("case", "journal-club")),
    default="case",
    show_default=True,
    help="Whether the case opens with a story or with a paper.",
)
@click.option(
    "--opens",
    metavar="DATE",
    callback=options.not_empty,
    help="When it opens, such as 2026-06-26 (default: the next day in the cadence of the series).",
)
@click.option("--writer", metavar="PERSON", help="Who writes it: the name of a profile in experts/.")
@click.option("--editor", metavar="PERSON", help="Who edits it.")
@click.option(
    "--short-name", metavar="NAME", help="Its name in addresses, such as late-handover (default: made from the title)."
)
@click.option("--family", default="", help="Of a person: the family name, as bibliographies print it.")
@click.option("--given", default="", help="Of a person: the other names.")
@options.AS_OF
@options.SERIES
def new(title: tuple[str, ...], family: str, given: str, as_of: str | None, root: Path, **idea: str | None) -> None:
    """Create the folder of a new case, ready to fill in. It is a draft and is not published.

    TITLE is the case's title, best in quotation marks. Existing files are never overwritten.

    casebuilder new expert NAME creates the profile of a person in experts/.
    """
    from casebuilder import published
    from casebuilder.editorial import scaffold

    reading = options.settled(root, as_of)
    today = reading.as_of.date() if as_of else published.today(reading.series)
    try:
        if title[0] == "expert":
            with _expert_usage():
                name = _person_name(title[1:])
                family, given = _ask_name_parts(name, family, given)
                _write_profile(scaffold.new_expert(reading.series, name, family, given, today), root)
            return
        idea_given = scaffold.Idea(
            " ".join(title), **{name: given for name, given in idea.items() if given is not None}
        )
        draft = scaffold.new_case(reading.series, idea_given, today)
    except scaffold.ScaffoldError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    _write_new(draft, root, "TITLE")


@contextmanager
def _expert_usage() -> Iterator[None]:
    """Show, below an error, how the profile of a person is made instead of a case.

    Raises:
        click.UsageError: what went wrong.
    """
    from casebuilder.editorial import scaffold

    usage = click.Command("expert", params=[click.Argument(["name"], metavar="NAME")])
    try:
        yield
    except (click.UsageError, scaffold.ScaffoldError) as error:
        shown_error = (
            error if isinstance(error, click.UsageError) else click.BadParameter(str(error), param_hint=error.option)
        )
        shown_error.ctx = click.Context(usage, click.get_current_context().parent, "new expert")
        raise shown_error from None


def _person_name(arguments: Sequence[str]) -> str:
    """Return the name of a person.

    Raises:
        click.BadParameter: there is none.
    """
    if not (name := " ".join(arguments).strip()):
        raise click.BadParameter('name the person: casebuilder new expert "Maya Okafor"', param_hint="NAME")
    return name


def _ask_name_parts(name: str, family: str, given: str) -> tuple[str, str]:
    """Return family and given names; whoever sits at a terminal is asked for those that are missing."""
    if not family and len(name.split()) > 1 and sys.stdin.isatty():
        family = click.prompt("Family name, in Latin letters", default="", show_default=False)
        given = given or click.prompt("Given names", default="", show_default=False)
    return family.strip(), given.strip()


def _write_profile(profile: Scaffold, root: Path) -> None:
    """Write a profile that is not there yet, and print what to do next."""
    from casebuilder.files import write_whole

    for path, text in profile.texts.items():
        file = root / profile.folder / path
        if file.exists():
            raise click.BadParameter(f"{file} is there already; nothing was written", param_hint="NAME")
        try:
            file.parent.mkdir(exist_ok=True)
            write_whole(file, text.encode())
        except OSError as error:
            message = f"{file} cannot be written: {error.strerror}; nothing was written"
            raise click.BadParameter(message, param_hint="NAME") from None
    _print_advice(profile)


def _write_new(draft: Scaffold, root: Path, option: str) -> None:
    """Write a scaffold's files without overwriting anything, and print what to do next."""
    from casebuilder.cli import newfolder

    contents = {path: text.encode() for path, text in draft.texts.items()}
    newfolder.new_folder(contents, root / draft.folder, option)
    _print_advice(draft)


def _print_advice(new_files: Scaffold) -> None:
    """Print what was made and what to do next."""
    options.advise(new_files.advice)
