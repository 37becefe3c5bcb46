"""`casebuilder forget`, `discussion key` and `discussion same-person`: participants, whom only editors can identify."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import newfolder, options
from casebuilder.text import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.editorial.discussion import Person
    from casebuilder.pipeline import Reading


@contextmanager
def private_folder() -> Iterator[None]:
    """Report a problem with the editors' private folder as an error of the command line.

    Raises:
        click.ClickException: a file in it cannot be read or written.
    """
    from casebuilder.editorial.discussion import PeopleError
    from casebuilder.pipeline import privatefolder

    try:
        yield
    except (privatefolder.PrivateError, PeopleError) as error:
        raise click.ClickException(str(error)) from None


@click.command()
@click.argument("person", metavar="PERSON")
@options.SERIES
def forget(person: str, root: Path) -> None:
    """Delete PERSON from the editors' list of participants.

    PERSON is a pseudonym ("Participant 7"), a handle, a name or an author key. What they said stays in the record under
    the pseudonym; `casebuilder withdraw` removes it.
    """
    from casebuilder.editorial.discussion import participantslist
    from casebuilder.pipeline import privatefolder

    with private_folder():
        rows = privatefolder.everybody(root)
        if rows is None:
            message = (
                f"there is no {privatefolder.PEOPLE} on this computer, so nobody can be found by a name, and nothing "
                "about anybody is stored here; whoever imported the discussion has that file"
            )
            raise click.ClickException(message)
        participant = participantslist.find(rows, person)
        privatefolder.write_people(root, tuple(row for row in rows if row is not participant))
    click.echo(f"forgotten: {participant.pseudonym}")
    _report_quotes(options.read(root, None), participant)


def _report_quotes(reading: Reading, participant: Person) -> None:
    """Say which quotes of somebody who was forgotten wait for an answer, and which name them."""
    from casebuilder.editorial.curation import authors
    from casebuilder.model import ConsentState, Mode

    names = {participant.author_key, same_name(participant.name)} - {""}
    for case in reading.series.cases:
        quotes = [quote for quote in case.quotes if authors.author(case, quote) in names]
        for quote in quotes:
            if quote.consent.state is ConsentState.PENDING:
                message = "waits for their permission, and where to ask them is no longer stored"
            elif quote.mode is Mode.NAMED and quote.consent.state.is_given:
                message = "names them, with their permission"
            else:
                continue
            remedy = f"to withdraw it: casebuilder withdraw {case.slug} --quote {quote.id}"
            click.echo(f"the quote {quote.id} of {case.slug} {message}; {remedy}", err=True)


@click.command()
@click.option("--export", "export", metavar="FILE", type=options.Place(path_type=Path), help="Write the key to a file.")
@click.option(
    "--import",
    "take",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Use the key that another curator exported.",
)
@click.option("--new", is_flag=True, help="Make a new key, if the old one is lost for good.")
@options.SERIES
def key(export: Path | None, take: Path | None, new: bool, root: Path) -> None:  # noqa: FBT001 - click's form
    """Show, export or import the key that author keys are made with.

    The first import creates it and stores it in .casebuilder/author.key, which Git ignores.
    """
    if (export is not None) + (take is not None) + new > 1:
        raise click.UsageError("name one of --export, --import and --new")
    with private_folder():
        if export is not None:
            _export_key(export, root)
        elif take is not None:
            _import_key(take, root)
        elif new:
            _make_key(root)
        else:
            _show_keys(root)


def _show_keys(root: Path) -> None:
    from casebuilder.pipeline import privatefolder

    key = privatefolder.key(root)
    if key is None:
        click.echo("there is no key yet: the first import makes one")
        return
    click.echo(f"{key.id} ({key.source})")
    reading = options.read(root, None)
    options.report_misread(reading)
    for key_id, slug in privatefolder.keys_of(reading).items():
        if key_id != key.id:
            click.echo(f"the record of {slug} was made with another key, {key_id}", err=True)


def _read_folder(root: Path) -> Reading:
    """Read a folder, which need not be a series; wrong settings are reported, because records may lie elsewhere."""
    reading = options.read(root, None)
    options.refuse_misread(reading)
    return reading


def _export_key(file: Path, root: Path) -> None:
    from casebuilder.files import write_whole
    from casebuilder.pipeline import privatefolder

    key = privatefolder.key(root)
    if key is None:
        raise click.ClickException("there is no key on this computer: the first import makes one")
    if file.exists() or file.is_symlink():
        raise click.BadParameter(f"{file} is there already; nothing was written", param_hint="--export")
    newfolder.out_of_git(file, root, "the key of the records", "--export")
    try:
        write_whole(file, f"{key.secret}\n".encode(), secret=True)
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be written: {error.strerror}", param_hint="--export") from None
    click.echo(f"{file}: hand it on where nobody else reads it, and delete it then")


def _import_key(file: Path, root: Path) -> None:
    from casebuilder.editorial.discussion import Key
    from casebuilder.pipeline import privatefolder

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise click.BadParameter(f"{file} cannot be read as a key", param_hint="--import") from None
    imported, present = Key(privatefolder.checked(text, str(file)), privatefolder.KEY), privatefolder.key(root)
    if present is not None and present.source != privatefolder.KEY:
        raise click.ClickException(f"{present.source} is set and goes before the file: remove it first")
    records_by_key = privatefolder.keys_of(_read_folder(root))
    if present is not None and present.id != imported.id and present.id in records_by_key:
        record = records_by_key[present.id]
        message = (
            f"the record of {record} was made with the key that is here, {present.id}; nothing was changed. If that "
            "key is the wrong one: move .casebuilder and the records that were made with it to another folder, "
            "import the key, and import these discussions again"
        )
        raise click.ClickException(message)
    privatefolder.write_key(root, imported)
    click.echo(f"{imported.id} ({privatefolder.KEY})")


def _make_key(root: Path) -> None:
    from casebuilder.pipeline import privatefolder

    if (present_key := privatefolder.key(root)) is not None:
        raise click.ClickException(f"there is a key, {present_key.id} ({present_key.source}); nothing was changed")
    new_key = privatefolder.made_key()
    place = privatefolder.write_key(root, new_key)
    click.echo(f"{new_key.id}: keep a copy of {place} where only the editors are")
    if privatefolder.keys_of(_read_folder(root)):
        click.echo("who took part before counts as new from now on, so that figure will be left out", err=True)


@click.command("same-person")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@options.SERIES
def same_person(first: str, second: str, root: Path) -> None:
    """Record that A and B are one person: B's contributions get A's key and pseudonym.

    Use it only if that person said so.

    A and B are pseudonyms ("Participant 7") or author keys, or, with .casebuilder/people.jsonl, handles or names.
    """
    from casebuilder import pipeline
    from casebuilder.editorial.discussion import samepersons
    from casebuilder.model import counting
    from casebuilder.pipeline import privatefolder

    reading = _read_folder(root)
    with private_folder():
        rows = privatefolder.everybody(root)
    try:
        joined = samepersons.join(reading.series, reading.tree.texts, rows, first, second)
    except samepersons.JoinError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    edits = {**joined.edits, **pipeline.new_figures(reading, joined.edits)}
    with options.write_errors():
        places = pipeline.write_edits(reading, edits)
    for place in places:
        click.echo(place)
    if rows is not None:
        with private_folder():
            privatefolder.write_people(root, joined.people)
    changed = f"1 contribution of {joined.replaced_name} now counts"
    if joined.count != 1:
        changed = f"{joined.count} contributions of {joined.replaced_name} now count"
    click.echo(f"{changed} as {joined.remaining_name}’s", err=True)
    elsewhere = [case.slug for case in reading.series.cases if counting.is_elsewhere(case)]
    if elsewhere:
        message = f"the record of {', '.join(elsewhere)} is not on this computer; whoever has it runs"
        click.echo(f"{message}: casebuilder discussion same-person {' '.join(joined.keys)}", err=True)
        click.echo("whoever has all records then runs: casebuilder stats --write", err=True)
