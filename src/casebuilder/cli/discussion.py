"""`casebuilder discussion`: keep the record of a discussion, and compare quotes with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casebuilder.casefiles import record_path
from casebuilder.cli import commandlist, options, participants, showdiscussion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.editorial.discussion import Gathered, ImportOptions, Key, Source
    from casebuilder.pipeline import Reading


@click.group(cls=commandlist.Group)
def discussion() -> None:
    """Work with the record of a discussion."""


discussion.add_command(participants.key)
discussion.add_command(participants.same_person)
discussion.add_command(showdiscussion.show)


@discussion.command()
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option("--digests", is_flag=True, help="Add the digest of its contribution to each quote that has none.")
@options.AS_OF
@options.SERIES
def verify(cases: tuple[str, ...], digests: bool, as_of: str | None, root: Path) -> None:  # noqa: FBT001 - click's form
    """Compare each quote word for word with the contribution that it names.

    With CASEs, only those cases are compared. The exit status is 1 if a quote is not found in its contribution.
    """
    from casebuilder.checks import verbatim
    from casebuilder.pipeline import problemreport

    reading = options.settled(root, as_of)
    slugs = [case.slug for case in reading.series.cases]
    chosen_slugs = {options.known_case(slug, slugs, root) for slug in cases} or {*slugs}
    if digests:
        reading = _with_digests(reading, chosen_slugs)
    chosen_cases = [case for case in reading.series.cases if case.slug in chosen_slugs]
    mismatches = [problem for case in chosen_cases for problem in verbatim.case_quotes(case)]
    problems = [
        *mismatches,
        *(problem for case in chosen_cases for problem in verbatim.case_digests(case, private=False)),
    ]
    if problems:
        click.echo(problemreport.text(problems))
    for case in chosen_cases:
        if not case.contributions and (uncompared := sum(map(verbatim.comparable, case.quotes))):
            quotes = "1 quote" if uncompared == 1 else f"{uncompared} quotes"
            message = f"the record of {case.slug} is not on this computer: {quotes} could not be compared"
            click.echo(f"{message}; ask whoever has the record to compare them", err=True)
    compared = sum(verbatim.comparable(quote) for case in chosen_cases if case.contributions for quote in case.quotes)
    quotes = "1 quote" if compared == 1 else f"{compared} quotes"
    click.echo(f"{quotes} compared, {len(mismatches)} not word for word", err=True)
    options.report_errors(reading, mismatches)
    sys.exit(1 if mismatches else 0)


def _with_digests(reading: Reading, slugs: set[str]) -> Reading:
    """Write the missing digests, and return the series read again.

    Raises:
        click.ClickException: a file cannot be edited safely.
    """
    from casebuilder import pipeline
    from casebuilder.editorial import quotedigests

    try:
        digested = [
            quotedigests.with_digests(case, reading.tree.texts) for case in reading.series.cases if case.slug in slugs
        ]
    except quotedigests.DigestError as error:
        raise click.ClickException(str(error)) from None
    for edits, count in digested:
        with options.write_errors():
            places = pipeline.write_edits(reading, edits)
        for place in places:
            click.echo(f"{place}: {count} digest{'s' * (count != 1)}")
    return options.settled(reading.root, None)


@discussion.command("import")
@click.argument("case", metavar="CASE")
@click.argument("files", metavar="[SOURCE]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--names",
    type=click.Choice(("pseudonyms", "keep")),
    default="pseudonyms",
    show_default=True,
    help="Replace names, handles and addresses of posts by pseudonyms, or keep them.",
)
@click.option(
    "--from",
    "addresses",
    multiple=True,
    metavar="URL",
    help="Fetch the thread of this post: Mastodon, Bluesky, GitHub.",
)
@click.option("--thread", default="", metavar="WORDS", help="For an export of a whole site: words of the page's title.")
@click.option(
    "--channel",
    default="",
    metavar="NAME",
    help="Where the discussion took place, if the table does not say: mastodon.",
)
@click.option(
    "--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="Which field a column contains: Timestamp=posted."
)
@click.option(
    "--dates",
    type=click.Choice(("day-first", "month-first")),
    help="Whether 2/6/2027 is 2 June or 6 February, if the table's dates leave it open.",
)
@click.option(
    "--encoding", default="", metavar="NAME", help="The encoding of a source that is not UTF-8, such as windows-1250."
)
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook to read (default: the first).")
@options.AS_OF
@options.SERIES
def import_(
    case: str,
    files: tuple[Path, ...],
    addresses: tuple[str, ...],
    as_of: str | None,
    root: Path,
    **option_values: Any,  # noqa: ANN401 - click's
) -> None:
    """Add what platforms and spreadsheets exported to the record of CASE's discussion.

    A SOURCE is recognised by its content: WordPress, Disqus, GitHub Discussions, Mastodon, Bluesky, X, Discourse, or a
    table (.csv or .xlsx). With --from it is fetched from its network. Posts already in the record are skipped. A
    post with a problem is listed with its line, and the others are added.
    """
    reading = options.settled(root, as_of)
    slug = options.known_case(case, [each.slug for each in reading.series.cases], root)
    if not files and not addresses:
        raise click.UsageError("name a file to import, or an address with --from")
    sources = [_read_source(file, option_values["encoding"]) for file in files]
    for address in addresses:
        sources += _fetch(address)
    _add_to_record(reading, slug, sources, _import_options(reading, slug, **option_values))


def _read_source(file: Path, encoding: str) -> Source:
    """Read a file to import.

    Raises:
        click.BadParameter: it is too large, or cannot be read.
    """
    from casebuilder.editorial.discussion import LARGEST, Source

    try:
        if file.stat().st_size > LARGEST:
            message = f"{file.name} has more than {LARGEST // 1024**2} MB: import it in parts"
            raise click.BadParameter(message, param_hint="SOURCE")
        return Source(file.read_bytes(), file.name, encoding)
    except OSError as error:
        raise click.BadParameter(f"{file.name} cannot be read: {error.strerror}", param_hint="SOURCE") from None


def _fetch(address: str) -> list[Source]:
    """Fetch the posts at an address.

    Raises:
        click.BadParameter: they cannot be fetched.
    """
    from casebuilder.editorial.discussion import TranscriptError, fetching

    click.echo(f"asking {address} …", err=True)
    try:
        return fetching.fetch(address, os.environ)
    except TranscriptError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None


def _import_options(
    reading: Reading, slug: str, *, pairs: Iterable[str], dates: str | None, names: str, **option_values: str
) -> ImportOptions:
    """Return how to read the sources, from the command line and the series' settings.

    Raises:
        click.BadParameter: an option --map is not written as COLUMN=FIELD.
    """
    from casebuilder.editorial.discussion import ImportOptions
    from casebuilder.published.citations import language_of_words

    for pair in pairs:
        if "=" not in pair:
            message = f'"{pair}" must be written as COLUMN=FIELD, such as Timestamp=posted'
            raise click.BadParameter(message, param_hint="--map")
    case = reading.series.case(slug)
    return ImportOptions(
        reading.series.zone,
        named={column.strip(): field.strip() for column, _, field in (pair.rpartition("=") for pair in pairs)},
        day_first=None if dates is None else dates == "day-first",
        language=reading.series.language,
        words=language_of_words((case.language if case else None) or reading.series.language, reading.series.language),
        questions={question.id: question.title for question in (case.questions if case else ())},
        keep_names=names == "keep",
        **option_values,
    )


def _add_to_record(reading: Reading, slug: str, sources: list[Source], import_options: ImportOptions) -> None:
    """Write what is new into the record, or report why nothing was written."""
    from casebuilder.editorial import discussion
    from casebuilder.pipeline import privatefolder, problemreport

    path = record_path(slug)
    with participants.private_folder():
        stored_key = privatefolder.key(reading.root)
        participantslist = privatefolder.everybody(reading.root) or ()
    key = stored_key or privatefolder.made_key()
    try:
        record = reading.tree.texts.get(path, "")
        gathered = discussion.gather(
            record, sources, reading.series, slug, options=import_options, key=key, people=participantslist
        )
    except discussion.TranscriptError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    for note in gathered.notes:
        click.echo(note, err=True)
    if gathered.problems:
        click.echo(problemreport.text(gathered.problems))
    if gathered.stops or (gathered.left and not gathered.added + gathered.known):
        click.echo("nothing was written", err=True)
        sys.exit(1)
    if gathered.added or gathered.edited:
        if stored_key is None and gathered.used_key:
            _refuse_second_key(reading)
        _write_record(reading, path, gathered, key if stored_key is None and gathered.used_key else None)
    elif record:
        with participants.private_folder():
            _keep_out_of_git(reading, path)
    skipped = f", {gathered.left} skipped" if gathered.left else ""
    edited = f", {gathered.edited} of them with newer words now" if gathered.edited else ""
    click.echo(f"{gathered.added} added, {gathered.known} already in the record{edited}{skipped}", err=True)
    sys.exit(1 if gathered.left else 0)


def _refuse_second_key(reading: Reading) -> None:
    """Refuse to make a second key if records, here or elsewhere, were made with one that is missing here.

    Raises:
        click.ClickException: a record was made with a key that is not on this computer.
    """
    from casebuilder.model import counting
    from casebuilder.pipeline import privatefolder

    keys = {slug: f"with the key {key_id}" for key_id, slug in privatefolder.keys_of(reading).items()}
    others = {case.slug: "elsewhere, with a key" for case in reading.series.cases if counting.is_elsewhere(case)}
    for slug, phrase in (keys or others).items():
        message = (
            f"the record of {slug} was made {phrase}, which is not on this computer: with another, everybody "
            "would count as new. Take it over from whoever imported before: casebuilder discussion key --import FILE. "
            "If it is lost for good: casebuilder discussion key --new"
        )
        raise click.ClickException(message)


def _write_record(reading: Reading, path: str, gathered: Gathered, key: Key | None) -> None:
    """Write the record, the list of participants, and the key if it is new."""
    from casebuilder import pipeline
    from casebuilder.editorial.discussion import participantslist
    from casebuilder.pipeline import addquotes, privatefolder

    with participants.private_folder(), options.write_errors():
        if key:
            place = privatefolder.write_key(reading.root, key)
            click.echo(f"a new key was made: keep a copy of {place} where only the editors are", err=True)
        known_people = privatefolder.everybody(reading.root) or ()
        (record_file,) = pipeline.write_edits(_with_record_place(reading, path), {path: gathered.text})
        privatefolder.write_people(reading.root, participantslist.merge(known_people, gathered.people))
        _keep_out_of_git(reading, path)
        lists = addquotes.prepare(reading.root, path.split("/")[1])
    for place in (record_file, *lists):
        click.echo(place)


def _keep_out_of_git(reading: Reading, path: str) -> None:
    """Keep the record of a private discussion out of Git, and say so if Git has it already."""
    from casebuilder.pipeline import privatefolder

    if privatefolder.keeps_record_out(reading, path) and privatefolder.is_tracked(reading, path):
        message = f"{path} is in Git, though discussions are private: run git rm --cached {path}"
        click.echo(f"{message}; its history still holds it", err=True)


def _with_record_place(reading: Reading, path: str) -> Reading:
    """Return the series with a place for a new record: in the private overlay, if the series has one."""
    if path not in reading.tree.texts:
        overlays = [name for name in reading.series.settings.overlays if (reading.root / name).is_dir()]
        for name in overlays[:1]:
            reading.tree.overlaid[path] = f"{name}/{path}"
        reading.file(path).parent.mkdir(parents=True, exist_ok=True)
    return reading
