"""Options that several commands share, and how they read the series."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.casefiles import case_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from click.decorators import FC

    from casebuilder.pipeline import Reading
    from casebuilder.problems import Problem

_CONFIGURATION = "mkdocs.yml"


def not_empty(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuse an empty value, such as that of an unset variable of a shell: it would mean now, or nothing.

    Raises:
        click.BadParameter: it is empty.
    """
    if value is not None and not value.strip():
        raise click.BadParameter("the value is empty")
    return value


_AS_OF_VARIABLE = "CASEBUILDER_AS_OF"
AS_OF = click.option(
    "--as-of",
    metavar="WHEN",
    envvar=_AS_OF_VARIABLE,
    callback=not_empty,
    help="Treat this day or time as now, such as 2026-03-27T18:00.",
)


DRAFTS = click.option("--drafts", is_flag=True, help="Show drafts and scheduled cases too; never for a published site.")


class Place(click.Path):
    """A path that has a name: an unset variable of a shell must not mean the current folder."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path that somebody wrote."""
        if str(value) == "":
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


def file(*names: str, about: str, required: bool = False, exists: bool = False) -> Callable[[FC], FC]:
    """Return the option of a file: its names as `click.option` takes them, and its text in `--help`."""
    kind = Place(path_type=Path, dir_okay=False, exists=exists)
    return click.option(*names, type=kind, metavar="FILE", required=required, help=about)


def folder(*names: str, about: str, required: bool = False, default: str | None = None) -> Callable[[FC], FC]:
    """Return the option of a folder, which may be missing: its names, and its text in `--help`."""
    kind = Place(path_type=Path, file_okay=False)
    return click.option(*names, type=kind, metavar="DIR", required=required, default=default, help=about)


def _find_series_root(_: click.Context, __: click.Parameter, given: Path | None) -> Path:
    """Return the folder of the series: the given one, or the nearest that contains the current folder."""
    current_folder = Path()
    if given is not None or (current_folder / _CONFIGURATION).exists():
        return given or current_folder
    return next((folder for folder in Path.cwd().parents if is_series(folder)), current_folder)


def is_series(folder: Path) -> bool:
    """Return whether a folder looks like a series; reading it shows whether it is one."""
    try:
        text = (folder / _CONFIGURATION).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return "casebuilder" in text or "INHERIT" in text or (folder / "cases").is_dir()


SERIES = click.option(
    "--series",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_find_series_root,
    help="The folder of the series (default: the current folder, or the nearest around it).",
)


def read(root: Path, as_of: str | None) -> Reading:
    """Read a series, with all its problems."""
    from casebuilder import pipeline, published

    try:
        return pipeline.read(root, as_of=as_of)
    except published.NotAMomentError as error:
        raise click.BadParameter(str(error), param_hint=_source_of_as_of()) from None


def _source_of_as_of() -> str:
    """Return where the day that counts as today was written."""
    context = click.get_current_context(silent=True)
    source = context.get_parameter_source("as_of") if context else None
    return _AS_OF_VARIABLE if source is click.core.ParameterSource.ENVIRONMENT else "--as-of"


def series(root: Path, as_of: str | None) -> Reading:
    """Read a series, with all its problems.

    Raises:
        click.UsageError: the folder is not a series.
    """
    reading = read(root, as_of)
    for problem in reading.problems:
        if problem.code == "no-series" and (root / _CONFIGURATION).exists():
            raise click.UsageError(f"{problem.path}: {problem.message}; {problem.hint}")
        if problem.code == "no-series":
            what_to_do = "go to the folder that holds mkdocs.yml, or into one inside it, or name it with --series"
            raise click.UsageError(f"{root.resolve()} is not a series: {what_to_do}")
    return reading


def sound(root: Path, as_of: str | None, *, site: bool = False) -> Reading:
    """Read a series that has no errors (for a site: nothing that stops its build); otherwise report them and exit."""
    from casebuilder.pipeline import problemreport

    reading = series(root, as_of)
    if problems := reading.stoppers() if site else reading.errors():
        click.echo(problemreport.text(problems), err=True)
        click.echo(f"\n{problemreport.summary(problems, len(reading.series.cases))}; nothing was built", err=True)
        sys.exit(1)
    return reading


def settled(root: Path, as_of: str | None) -> Reading:
    """Read a series whose settings can be used, whatever else is wrong; otherwise report them and exit with 1."""
    reading = series(root, as_of)
    refuse_misread(reading)
    return reading


def refuse_misread(reading: Reading, *, status: int = 1) -> None:
    """Report wrong settings and exit: without this, their defaults would be used and nobody would notice."""
    if reading.misread:
        _print_problems(reading.misread)
        click.echo("\nCorrect the settings first: this command depends on them. Nothing was done.", err=True)
        sys.exit(status)


def refuse_unread(reading: Reading, slug: str) -> None:
    """Report the errors of a case.yml and exit with 1, if something in it could not be read."""
    if errors := unread(reading, slug):
        _print_problems(errors)
        click.echo("\nCorrect these errors first: dates and texts depend on them.", err=True)
        sys.exit(1)


def unread(reading: Reading, slug: str) -> tuple[Problem, ...]:
    """Return the errors of a case.yml in which something could not be read."""
    case = reading.series.case(slug)
    if case is None or not case.origin.refused:
        return ()
    return tuple(problem for problem in reading.errors() if problem.path.endswith(case_path(slug)))


def report_misread(reading: Reading) -> None:
    """Report settings that are wrong, for a command that has to go on all the same."""
    if reading.misread:
        _print_problems(reading.misread)
        click.echo("\nUntil these settings are corrected, this command uses their default values.\n", err=True)


def _print_problems(problems: Sequence[Problem]) -> None:
    from casebuilder.pipeline import problemreport

    click.echo(problemreport.text(problems), err=True)


def partly_sound(root: Path, as_of: str | None, *, status: int = 1) -> Reading:
    """Read a series; if no part of it can be published, report its errors and exit with a status."""
    from casebuilder import pipeline
    from casebuilder.pipeline import problemreport

    reading = series(root, as_of)
    if pipeline.sound_part(reading) is None:
        click.echo(problemreport.text(reading.errors()), err=True)
        click.echo(
            "\nThese errors concern the whole series, so nothing was built. The previous site is unchanged.", err=True
        )
        sys.exit(status)
    return reading


def report_errors(reading: Reading, shown_already: Sequence[Problem] = ()) -> None:
    """Print how many errors (in a strict series: problems) prevent publication, apart from those listed already."""
    from casebuilder.problems import errors

    remaining = [problem for problem in reading.stoppers() if problem not in shown_already]
    if count := len(remaining):
        noun = "error" if len(errors(remaining)) == count else "problem"
        prevent = f"1 {noun} prevents" if count == 1 else f"{count} {noun}s prevent"
        pronoun = "it" if count == 1 else "them"
        click.echo(f"\n{prevent} publication. Run `casebuilder check` to see {pronoun}.", err=True)


@contextmanager
def write_errors() -> Iterator[None]:
    """Report a file of the series that cannot be written as an error of the command line.

    Raises:
        click.ClickException: it cannot.
    """
    try:
        yield
    except OSError as error:
        if error.filename is None:  # of the output, such as a pipe that was closed: the command line answers that
            raise
        raise click.ClickException(f"{error.filename} cannot be written: {error.strerror}") from None


def case_named(argument: str, root: Path) -> str:
    """Return the slug from what somebody typed for a case: its slug, its folder, or a file in it."""
    place, series_root = Path(argument).resolve(), root.resolve()
    if place.exists() and place.is_relative_to(series_root):
        top, *folders = (*place.relative_to(series_root).parts, "")
        if top in {"cases", "commentary"} and folders[0]:
            return folders[0]
    return argument.replace("\\", "/").removeprefix("./").strip("/").removeprefix("cases/").removeprefix("commentary/")


def known_case(slug: str, slugs: list[str], root: Path, option: str = "CASE") -> str:
    """Return the slug of an existing case, from its slug, its folder or a file in it.

    Args:
        slug: what somebody typed.
        slugs: the slugs of all cases.
        root: the folder of the series.
        option: where it was typed.

    Raises:
        click.BadParameter: there is no such case.
    """
    from casebuilder.text import did_you_mean

    name = case_named(slug, root)
    if name not in slugs:
        raise click.BadParameter(
            f'there is no case "{slug}"; {did_you_mean(name, slugs)}'.rstrip("; "), param_hint=option
        )
    return name


def advise(advice: str) -> None:
    """Print what was made and what to do next.

    If the program was called by its path, the suggested commands repeat that path: the bare name might not be found.
    """
    import subprocess

    path = str(Path(sys.executable).with_name("casebuilder"))
    quoted = subprocess.list2cmdline([path]) if os.name == "nt" else shlex.quote(path)
    program = "casebuilder" if shutil.which("casebuilder") else quoted
    click.echo(advice.replace("\n  casebuilder ", f"\n  {program} "))


def at_fault(message: str, option: str) -> click.ClickException:
    """Return the error of an option or an argument; of neither if `option` is empty."""
    return click.BadParameter(message, param_hint=option) if option else click.ClickException(message)
