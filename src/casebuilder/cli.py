"""The command line. Each command reads its words, calls a plain function, and prints what it returns."""

from __future__ import annotations

import gc
import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder import __version__
from casebuilder.cli_pack import pack

if TYPE_CHECKING:
    from casebuilder.build import Reading
    from casebuilder.problems import Problem
    from casebuilder.scaffold import Scaffold

_AS_OF = click.option(
    "--as-of",
    metavar="WHEN",
    envvar="CASEBUILDER_AS_OF",
    help="Look at the series from this day or time instead of now, such as 2026-03-27T18:00.",
)
_SERIES = click.option(
    "--series",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The series' folder, if it is not the one you are in.",
)
_DRAFTS = click.option("--drafts", is_flag=True, help="Show drafts and scheduled cases too, for a preview.")
_NO_PACKS = click.option("--no-packs", is_flag=True, help="Leave the PDF packs out, for a quicker preview.")


# An editor waits for `check` while writing, and Pydantic would look through every installed package for its plugins.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casebuilder")
def main() -> None:
    """Publish a curated case series: a site, feeds and printable packs from folders of Markdown."""
    # Python looks for garbage after every 700 new objects; a program that reads once and ends has next to none.
    gc.set_threshold(100_000)
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter shows its number, not a traceback
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


main.add_command(pack)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "github", "json", "sarif")),
    default="text",
    show_default=True,
    help="For people, for annotations on a pull request, or for programs.",
)
@click.option(
    "--since", metavar="REV", help="Also ask for an entry in `changes` where a released text changed since REV."
)
@_AS_OF
@_SERIES
def check(paths: tuple[str, ...], form: str, since: str | None, as_of: str | None, root: Path) -> None:
    """Report every problem of the series in one go.

    With PATHs only the problems of those files and folders are told. The exit status is 0 if there is no problem,
    1 if there are any, and 2 if the command was used wrongly.
    """
    from casebuilder import report

    reading = _read(root, as_of)
    chosen = (*reading.problems, *_changed(reading, since))
    if paths:
        wanted = [_below(path, root) for path in paths]
        chosen = tuple(problem for problem in chosen if any(_within(problem.path, path) for path in wanted))
    output = report.FORMATS[form](chosen)
    if output:
        click.echo(output)
    if form == "text":
        click.echo(report.summary(chosen, len(reading.series.cases)), err=True)
    sys.exit(1 if chosen else 0)


def _read(root: Path, as_of: str | None) -> Reading:
    from casebuilder import build

    try:
        return build.read(root, as_of=as_of)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--as-of") from None


def _sound(root: Path, as_of: str | None) -> Reading:
    """A series without errors; one with errors is reported, and the command ends."""
    from casebuilder import report

    reading = _read(root, as_of)
    if found := reading.errors():
        click.echo(report.text(found), err=True)
        sys.exit(1)
    return reading


def _changed(reading: Reading, since: str | None) -> tuple[Problem, ...]:
    from casebuilder import build, history

    if since is None:
        return ()
    try:
        return build.changed_since(reading, since)
    except history.HistoryError as error:
        raise click.BadParameter(str(error), param_hint="--since") from None


def _below(path: str, root: Path) -> str:
    """A path as the problems name it: relative to the series."""
    place, home = Path(os.path.abspath(path)), root.resolve()  # noqa: PTH100 - resolve would follow the link itself
    for found in (place.parent.resolve() / place.name, place.resolve()):
        if found.is_relative_to(home):
            if not os.path.lexists(found):
                raise click.BadParameter(f"{path} does not exist", param_hint="PATH")
            return found.relative_to(home).as_posix()
    raise click.BadParameter(f"{path} is not in the series {home}", param_hint="PATH")


def _within(path: str, folder: str) -> bool:
    return folder in {".", path} or path.startswith(f"{folder}/")


@main.command()
@click.option(
    "--pages",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write plain Markdown pages to DIR for another engine instead.",
)
@click.option("--site", type=click.Path(path_type=Path), metavar="DIR", help="Where the site goes, if not site/.")
@_AS_OF
@_DRAFTS
@_NO_PACKS
@_SERIES
def build(  # noqa: PLR0913, PLR0917 - one parameter an option
    pages: Path | None,
    site: Path | None,
    as_of: str | None,
    drafts: bool,  # noqa: FBT001 - click's form
    no_packs: bool,  # noqa: FBT001 - click's form
    root: Path,
) -> None:
    """Build the site, the feeds and the packs into site/."""
    if pages is not None:
        _write_pages(pages, _sound(root, as_of), drafts=drafts, packs=not no_packs)
        return
    extra = ["--strict", *(["--site-dir", str(site.resolve())] if site else [])]
    sys.exit(_mkdocs("build", extra, _read(root, as_of), drafts=drafts, packs=not no_packs))


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to serve it.")
@_AS_OF
@_DRAFTS
@_NO_PACKS
@_SERIES
def serve(address: str, as_of: str | None, drafts: bool, no_packs: bool, root: Path) -> None:  # noqa: FBT001 - click's form
    """Preview the site, and build it again whenever a file is saved."""
    sys.exit(_mkdocs("serve", ["--dev-addr", address], _read(root, as_of), drafts=drafts, packs=not no_packs))


def _mkdocs(command: str, extra: list[str], reading: Reading, *, drafts: bool, packs: bool) -> int:
    """Run MkDocs, with this interpreter, on the series; its exit status."""
    # Material prints a banner about its future into every build; editors can do nothing about it.
    environment = {"NO_MKDOCS_2_WARNING": "1", **os.environ}
    environment["CASEBUILDER_AS_OF"] = reading.as_of.isoformat()
    environment |= {"CASEBUILDER_DRAFTS": "1"} if drafts else {}
    environment |= {} if packs else {"CASEBUILDER_NO_PACKS": "1"}
    order = [sys.executable, "-m", "mkdocs", command, "--config-file", str(reading.root / "mkdocs.yml"), *extra]
    with subprocess.Popen(order, env=environment) as mkdocs:  # noqa: S603 - our own interpreter
        # Whoever ends this program ends the preview; it would go on unseen.
        signal.signal(signal.SIGTERM, lambda *_: mkdocs.terminate())
        try:
            return mkdocs.wait()
        except KeyboardInterrupt:
            return 0  # how one ends a preview


def _write_pages(folder: Path, reading: Reading, *, drafts: bool, packs: bool) -> None:
    from casebuilder import build, press, progress

    try:
        with progress.shown(sys.stderr) as told:
            site = build.make(reading, drafts=drafts, packs=packs, progress=told)
    except press.PressError as error:
        raise click.ClickException(str(error)) from None
    try:
        count = build.write_tree(site, folder)
    except FileExistsError:
        raise click.BadParameter(f"{folder} is not empty; nothing was written", param_hint="--pages") from None
    click.echo(f"{count} files in {folder}")


@main.command()
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@_AS_OF
@_SERIES
def status(form: str, as_of: str | None, root: Path) -> None:
    """Show the editors' board: each case's state, what it lacks, and what is due in the next 90 days."""
    from casebuilder import publish
    from casebuilder import status as forms

    reading = _read(root, as_of)
    click.echo(forms.FORMATS[form](publish.board(reading.series, reading.as_of)))
    if found := reading.errors():
        click.echo(f"\n{len(found)} errors stand in the way: casebuilder check names them", err=True)


@main.group()
def discussion() -> None:
    """Work with the record of a discussion."""


@discussion.command()
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@_AS_OF
@_SERIES
def verify(cases: tuple[str, ...], as_of: str | None, root: Path) -> None:
    """Compare each quote with the contribution that it names, word for word.

    With CASEs only those are compared. The exit status is 1 if a quote is not found in its contribution.
    """
    from casebuilder import report
    from casebuilder.checks import verbatim

    series = _read(root, as_of).series
    chosen = [_case(slug, [case.slug for case in series.cases]) for slug in cases] or [c.slug for c in series.cases]
    found = [problem for case in series.cases if case.slug in chosen for problem in verbatim.case_quotes(case)]
    if found:
        click.echo(report.text(found))
    compared = sum(verbatim.comparable(quote) for case in series.cases if case.slug in chosen for quote in case.quotes)
    click.echo(f"{compared} quotes compared, {len(found)} not word for word", err=True)
    sys.exit(1 if found else 0)


def _case(slug: str, known: list[str]) -> str:
    from casebuilder.text import did_you_mean

    name = slug.strip("/").removeprefix("cases/")
    if name not in known:
        raise click.BadParameter(
            f'there is no case "{slug}"; {did_you_mean(name, known)}'.rstrip("; "), param_hint="CASE"
        )
    return name


@main.command()
@click.argument("case", metavar="CASE")
@click.option("--quote", metavar="ID", help="Take back this quote, and the contribution that it was drawn from.")
@click.option("--contribution", metavar="ID", help="Take back this contribution, and every quote drawn from it.")
@click.option("--reason", help="The public reason; needed when a whole case is withdrawn.")
@click.option("--delete", is_flag=True, help="With a whole case: delete its texts from the folders too.")
@click.option("--on", metavar="DATE", help="The day of the withdrawal, if it is not today, such as 2026-04-11.")
@_AS_OF
@_SERIES
def withdraw(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    quote: str | None,
    contribution: str | None,
    reason: str | None,
    delete: bool,  # noqa: FBT001 - click's form
    on: str | None,
    as_of: str | None,
    root: Path,
) -> None:
    """Take back a quote, a contribution or a whole case: edit its files, and say what else to do."""
    from casebuilder import build, publish, report, withdrawal

    if quote and contribution:
        raise click.UsageError("name a quote or a contribution, not both")
    if not (quote or contribution or reason):
        raise click.UsageError("a whole case is withdrawn with --reason; or name a --quote or a --contribution")
    reading = _read(root, as_of)
    try:
        day = publish.today(reading.series, on)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--on") from None
    slug = _case(case, [known.slug for known in reading.series.cases])
    wish = withdrawal.Wish(slug, day, quote or "", contribution or "", reason or "", delete=delete)
    try:
        touched = build.withdraw(reading, wish)
    except withdrawal.WithdrawalError as error:
        raise click.ClickException(str(error)) from None
    click.echo(report.withdrawal([os.path.relpath(path, root) for path in touched], slug))


# Beginning: a case, a series (casebuilder.scaffold).
@main.command()
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@click.option(
    "--kind",
    type=click.Choice(("case", "journal-club")),
    default="case",
    show_default=True,
    help="Whether it opens with a story or with a paper.",
)
@click.option("--opens", metavar="DATE", help="When it opens, if not in the next month without a case: 2026-06-26.")
@click.option("--writer", metavar="PERSON", help="Who writes it: the name of a profile in experts/.")
@click.option("--editor", metavar="PERSON", help="Who edits it.")
@click.option("--short-name", metavar="NAME", help="Its name in addresses, if not made of the title: late-handover.")
@_AS_OF
@_SERIES
def new(title: tuple[str, ...], as_of: str | None, root: Path, **idea: str | None) -> None:
    """Make the folder of a new case, to fill in: a draft, of which nothing is published.

    TITLE is the case's title, best in quotation marks. Nothing that is there is ever written over.
    """
    from casebuilder import publish, scaffold

    reading = _read(root, as_of)
    today = reading.as_of.date() if as_of else publish.today(reading.series)
    if any(problem.code == "no-series" for problem in reading.problems):
        message = f"{root.resolve()} is not a series: go to the folder that holds mkdocs.yml, or name it with --series"
        raise click.UsageError(message)
    try:
        wish = scaffold.Idea(" ".join(title), **{name: given for name, given in idea.items() if given is not None})
        made = scaffold.new_case(reading.series, wish, today)
    except scaffold.ScaffoldError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    _write_new(made, root, "TITLE")


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="The series' name, if not made of the folder's.")
def init(folder: Path, name: str | None) -> None:
    """Make a new series in DIR, which must be empty or not there yet."""
    from casebuilder import publish, scaffold
    from casebuilder.model import Series

    words = folder.resolve().name.replace("-", " ").replace("_", " ")
    title = words[:1].upper() + words[1:] if name is None else name
    try:
        made = scaffold.new_series(title, publish.today(Series()), scaffold.source())
    except scaffold.ScaffoldError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    _write_new(made, folder, "DIR")


def _write_new(made: Scaffold, root: Path, option: str) -> None:
    """Write a scaffold's files where nothing is yet, and say what to do next."""
    from casebuilder import build
    from casebuilder.model import File, Series

    place = root / made.folder
    files = tuple(File(path, text.encode()) for path, text in made.texts.items())
    try:
        build.write_tree(build.Site(Series(), (), files), place)
    except FileExistsError:
        raise click.BadParameter(f"{place} is there already; nothing was written", param_hint=option) from None
    except OSError as error:
        raise click.BadParameter(f"{place} cannot be written: {error.strerror}", param_hint=option) from None
    # Who calls the program by its path must be told that path, or the next line typed is not found.
    program = "casebuilder" if shutil.which("casebuilder") else Path(sys.executable).with_name("casebuilder")
    click.echo(made.advice.replace("\n  casebuilder ", f"\n  {program} "))
