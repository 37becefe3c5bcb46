"""`casebuilder letters`: letters to the experts of a case, as text. Casebuilder never sends one."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import commandlist, newfolder, options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casebuilder.editorial.letters import Letter
    from casebuilder.pipeline import Reading

OUTPUT = options.folder("-o", "--output", about="Write each letter as a text file into this folder.")


class Day(click.ParamType["date"]):
    """A day, such as 2026-04-11."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day.

        Raises:
            click.BadParameter: it is not a day.
        """
        from casebuilder import published

        if isinstance(value, date):
            return value
        try:
            return published.day(value)
        except published.NotAMomentError as error:
            self.fail(str(error), param, ctx)


class Tag(click.ParamType[str]):
    """A language, such as es or es-MX."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the language's tag.

        Raises:
            click.BadParameter: it cannot be one.
        """
        if value and not re.fullmatch(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*", value):
            self.fail(f'"{value}" is not a language; write it as es, or es-MX', param, ctx)
        return value.replace("_", "-")


LANGUAGE = click.option(
    "--language", type=Tag(), metavar="TAG", default="", help="The letter's language (default: the case's)."
)


@contextmanager
def refusals() -> Iterator[None]:
    """Report a letter that cannot be written as an error of the command line.

    Raises:
        click.ClickException: it cannot.
    """
    from casebuilder.editorial.letters import LetterError

    try:
        yield
    except LetterError as error:
        raise click.ClickException(str(error)) from None


def refuse_past(day: date | None, reading: Reading, option: str) -> None:
    """Refuse a letter that asks for an answer by a day that is past.

    Raises:
        click.BadParameter: the day is before today.
    """
    today = reading.as_of.astimezone(reading.series.zone).date()
    if day and day < today:
        raise click.BadParameter(f"{day} is past: today is {today}", param_hint=option)


def refuse_public(output: object, root: Path) -> None:
    """Refuse a folder for letters that the next commit or a build could contain: they name people before their day.

    Raises:
        click.BadParameter: it is one.
    """
    if isinstance(output, Path):
        newfolder.folder_out_of_git(output, root, "letters with the names of people", "--output")


def own_templates(root: Path) -> Mapping[str, str]:
    """Return the series' own templates; files in their folder that no letter uses are reported."""
    from casebuilder.editorial.letters import templates
    from casebuilder.pipeline import correspondence

    templates_by_path = correspondence.own_templates(root)
    for path in templates_by_path:
        if message := templates.misnamed(path):
            click.echo(f"{path}: {message}", err=True)
    return templates_by_path


def print_or_write(letters: Mapping[str, tuple[str, Letter]], output: Path | None, wanted_language: str) -> None:
    """Print letters, or write each into a file of a folder.

    Args:
        letters: above what line each is printed, and the letter, by the name of its file.
        output: the folder; None to print.
        wanted_language: the language that was asked for.
    """
    from casebuilder.files import write_whole

    languages = {letter.language for _, letter in letters.values()}
    for language in sorted(languages):
        if wanted_language.partition("-")[0].lower() != language.partition("-")[0].lower():
            click.echo(
                f'there is no such letter in "{wanted_language}", so it is in English: '
                f"write letters/KIND.{wanted_language}.md.j2",
                err=True,
            )
    for name, (heading, letter) in letters.items():
        text = f"Subject: {letter.subject}\n\n{letter.text}"
        if output is None:
            click.echo(f"===== {heading} =====\n{text}")
            continue
        try:
            output.mkdir(parents=True, exist_ok=True)
            write_whole(output / f"{name}.txt", f"{heading}\n{text}".encode(), secret=True)
        except OSError as error:
            raise click.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="--output") from None
        click.echo(output / f"{name}.txt")


@click.group(cls=commandlist.Group)
def letters() -> None:
    """Write letters to the experts of a case: invitations, reminders, thanks."""


def _letter_command(kind: str, help_text: str, *, deadline: bool) -> click.Command:
    """Return the command for one kind of letter."""

    def command(case: str, persons: tuple[str, ...], as_of: str | None, root: Path, **option_values: object) -> None:
        _write_letters(kind, case, persons, options.settled(root, as_of), option_values)

    command.__doc__ = help_text
    decorated: Callable[..., None] = options.SERIES(command)
    decorated = options.AS_OF(OUTPUT(LANGUAGE(decorated)))
    if deadline:
        decorated = click.option("--deadline", type=Day(), metavar="DATE", help="The last day for the response.")(
            decorated
        )
    decorated = click.argument("persons", nargs=-1, metavar="[PERSON]...")(decorated)
    decorated = click.argument("case", metavar="CASE")(decorated)
    return click.command(kind)(decorated)


def _write_letters(
    kind: str, case_argument: str, persons: tuple[str, ...], reading: Reading, option_values: Mapping[str, object]
) -> None:
    """Write one kind of letter to some experts of a case.

    Raises:
        click.ClickException: it cannot be written, or there is nobody to write to.
    """
    from casebuilder.editorial.letters import ExpertLetter, expert_letter, experts
    from casebuilder.slugs import topic_slug

    slug = options.known_case(case_argument, [each.slug for each in reading.series.cases], reading.root)
    case = next(each for each in reading.series.cases if each.slug == slug)
    if not all(person.strip() for person in persons):
        raise click.BadParameter("a name is empty", param_hint="PERSON")
    options.refuse_unread(reading, slug)
    persons = persons or experts.awaited(case, kind)
    if not persons:
        message = (
            f"the files of {slug} name nobody who needs this letter; to write to somebody all the same, name PERSON"
        )
        raise click.ClickException(message)
    deadline, language, output = option_values.get("deadline"), str(option_values["language"]), option_values["output"]
    letters = {}
    day = deadline if isinstance(deadline, date) else None
    refuse_past(day, reading, "--deadline")
    refuse_public(output, reading.root)
    with refusals():
        series_templates = own_templates(reading.root)
        for person in persons:
            request = ExpertLetter(kind, person, day, language)
            name, letter = expert_letter(reading.series, case, request, series_templates, reading.as_of)
            letters[f"{kind}-{slug}-{topic_slug(name)}"] = (f"To {name}", letter)
    wanted_language = language or case.language or reading.series.language
    print_or_write(letters, output if isinstance(output, Path) else None, wanted_language)


letters.add_command(
    _letter_command(
        "invitation",
        """Invite experts to write a response to CASE, with a deadline and the sentence of consent.

        PERSON is a profile, or the name of somebody without one. Without PERSON, everybody whom the case announces
        and who has no response yet.
        """,
        deadline=True,
    )
)
letters.add_command(
    _letter_command(
        "reminder",
        """Remind experts of CASE of their response, or of their permission to publish it.

        Without PERSON, everybody who is announced and has no response yet, or whose permission is missing.
        """,
        deadline=True,
    )
)
letters.add_command(
    _letter_command(
        "thanks",
        """Thank experts of CASE for their response, with the address of its page.

        Without PERSON, everybody whose response may be published.
        """,
        deadline=False,
    )
)


@letters.command()
@click.option("--language", type=Tag(), metavar="TAG", default="", help="Their language (default: the series').")
@options.SERIES
def templates(language: str, root: Path) -> None:
    """Copy the templates of all letters into the series' folder `letters`, to be edited.

    Files that are there already stay unchanged. Delete one to have casebuilder's own again.
    """
    from casebuilder.pipeline import correspondence

    reading = options.settled(root, None)
    with refusals():
        try:
            written_files = correspondence.copy_templates(root, language or reading.series.language)
        except OSError as error:
            raise click.ClickException(f"letters cannot be written: {error.strerror}") from None
    for place in written_files:
        click.echo(place)
    if not written_files:
        click.echo("all of them are there already; nothing was written", err=True)
