"""`casebuilder upgrade`: bring a series' own machinery up to date."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from casebuilder.cli import options, provenance

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.editorial.scaffold import Source
    from casebuilder.editorial.scaffold.upgrading import Before, Plan

_REQUIREMENTS = "requirements.txt"


@click.command()
@click.option("--yes", is_flag=True, help="Write the changes without asking.")
@click.option(
    "--keep", is_flag=True, help="Keep your version of the files that were not changed, and do not show them again."
)
@click.option("--source", metavar="ADDRESS", help="The Git repository where others get casebuilder (default: found).")
@options.SERIES
def upgrade(source: str | None, root: Path, *, yes: bool, keep: bool) -> None:
    """Bring workflows, locks and the other files that casebuilder wrote up to date, and show the changes first.

    Cases, theme and mkdocs.yml are not touched, and files that you have changed keep your changes. The exit status is 1
    if something is left to do.
    """
    from casebuilder.editorial import scaffold
    from casebuilder.editorial.scaffold import ScaffoldError, lockfile, upgrading

    if (root / "src/casebuilder").is_dir() and (root / "pyproject.toml").is_file():
        raise click.UsageError("this is casebuilder's own repository, and its files are the originals")
    reading = options.series(root, None)
    options.refuse_misread(reading, status=2)
    newseries, before = reading.series, _read_before(root)
    try:
        program = _find_source(source, before)
    except ScaffoldError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    new_texts = upgrading.renewed(newseries, before, program)
    planned = upgrading.plan(new_texts, before, newseries.settings.licence)
    click.echo(_report_plan(planned, program))
    unchanged_paths = set() if keep else {change.path for change in planned.left}
    kept_texts = {path: text for path, text in new_texts.items() if path not in unchanged_paths}
    new_record = lockfile.record(kept_texts, _texts_after(planned, before), scaffold.source().line)
    if planned.changes and not (yes or (sys.stdin.isatty() and click.confirm("\nWrite these changes?"))):
        click.echo("\nNothing was written. To write these changes: casebuilder upgrade --yes")
        sys.exit(1)
    if planned.changes or keep or not before.written:  # otherwise nothing is written, as the report says
        _write_plan(planned, {lockfile.NAME: new_record}, root)
    sys.exit(1 if unchanged_paths else 0)


def _read_before(root: Path) -> Before:
    """Read what casebuilder may have written into a series."""
    from casebuilder.editorial.scaffold import Choices, Source, earlierversions, lockfile, newseries, upgrading

    def text(path: str) -> str | None:
        try:  # bytes that are not UTF-8 are kept
            return (root / path).read_bytes().decode(errors="surrogateescape").replace("\r\n", "\n")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    try:
        lock = text(lockfile.NAME) or ""
        recorded = lockfile.read(lock)
        own_files = newseries.machinery("", "", Choices(), Source())
        names = {*own_files, *recorded, *earlierversions.paths(), upgrading.ABOUT, upgrading.README, upgrading.GUIDE}
        texts = {path: text_found for path in sorted(names) if (text_found := text(path)) is not None}
    except OSError as error:
        raise click.UsageError(f"{error.filename} cannot be read: {error.strerror}") from None
    return upgrading.Before(root, texts, recorded, lockfile.program(lock))


def _find_source(given: str | None, before: Before) -> Source:
    from casebuilder.editorial.scaffold.upgrading import REQUIREMENT

    line = REQUIREMENT.search(before.texts.get(_REQUIREMENTS, ""))
    is_changed = _REQUIREMENTS in before.written and _REQUIREMENTS in before.texts and not before.is_ours(_REQUIREMENTS)
    return provenance.of_series(given, line[0].strip() if line else "", changed=is_changed, written_by=before.program)


def _report_plan(planned: Plan, source: Source) -> str:
    """Return the changes for people, and what is left to do by hand."""
    from casebuilder.editorial.scaffold.upgrading import shown

    parts = []
    for change in planned.changes:
        kind = "new" if change.before is None else "deleted" if change.after is None else "changed"
        parts.append(f"{change.path}: {kind}{f' ({change.note})' if change.note else ''}\n{shown(change)}".rstrip())
    not_changed = (
        "not changed, because you changed the same lines. Add by hand what is still missing, then type "
        "casebuilder upgrade --keep:"
    )
    parts += [f"{change.path}: {not_changed}\n{shown(change)}" for change in planned.left]
    if source.doubt:
        parts.append(f"{_REQUIREMENTS}: {source.doubt}")
    if not source.line:
        parts.append(f"{_REQUIREMENTS} does not say yet where others get casebuilder: add --source ADDRESS")
    return "\n\n".join(parts) if planned.changes or planned.left or parts else "Everything is up to date."


def _texts_after(planned: Plan, before: Before) -> dict[str, str]:
    """Return the series' files after the changes."""
    texts = dict(before.texts)
    for change in planned.changes:
        if change.after is None:
            texts.pop(change.path, None)
        else:
            texts[change.path] = change.after
    return texts


def _write_plan(planned: Plan, other_texts: dict[str, str], root: Path) -> None:
    """Write the changes, each file whole or not at all, and the record last."""
    from casebuilder.files import as_before, write_whole

    contents = {**{change.path: change.after for change in planned.changes}, **other_texts}
    try:
        for path, text in contents.items():
            place = root / path
            if not place.parent.resolve().is_relative_to(root.resolve()):
                raise click.ClickException(f"{path} is outside of the series: a folder around it is a symbolic link")
            if text is None:
                place.unlink(missing_ok=True)
                continue
            data = as_before(place, text)
            if not place.is_file() or place.read_bytes() != data:
                place.parent.mkdir(parents=True, exist_ok=True)
                write_whole(place, data)
    except OSError as error:
        raise click.ClickException(f"{error.filename or root} cannot be written: {error.strerror}") from None
    if planned.changes:
        click.echo("\nWritten. Look at `git diff`, then commit. If requirements.txt changed, make .venv again.")
