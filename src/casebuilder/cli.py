"""The command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from casebuilder import __version__

_AS_OF = click.option(
    "--as-of",
    metavar="WHEN",
    help="Look at the series from this day or time instead of now, such as 2026-03-27T18:00.",
)
_SERIES = click.option(
    "--series", "root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".",
    help="The series' folder, if it is not the one you are in.",
)  # fmt: skip
_DRAFTS = click.option("--drafts", is_flag=True, help="Show drafts and scheduled cases too, for a preview.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casebuilder")
def main() -> None:
    """Publish a curated case series: a site, feeds and printable packs from folders of Markdown."""


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "form", type=click.Choice(("text", "github", "json", "sarif")), default="text", show_default=True,
    help="For people, for annotations on a pull request, or for programs.",
)  # fmt: skip
@_SERIES
def check(paths: tuple[str, ...], form: str, root: Path) -> None:
    """Report every problem of the series in one go.

    With PATHs only the problems of those files and folders are told. The exit status is 0 if there is no problem,
    1 if there are any, and 2 if the command was used wrongly.
    """
    from casebuilder import build, report

    reading = build.read(root)
    chosen = reading.problems
    if paths:
        wanted = [_below(path, root) for path in paths]
        chosen = tuple(problem for problem in chosen if any(_within(problem.path, path) for path in wanted))
    output = report.FORMATS[form](chosen)
    if output:
        click.echo(output)
    if form == "text":
        click.echo(report.summary(chosen, len(reading.series.cases)), err=True)
    sys.exit(1 if chosen else 0)


def _below(path: str, root: Path) -> str:
    """A path as the problems name it: relative to the series."""
    try:
        relative = Path(path).resolve().relative_to(root.resolve())
    except ValueError:
        raise click.BadParameter(f"{path} is not in the series {root.resolve()}", param_hint="PATH") from None
    if not Path(path).exists():
        raise click.BadParameter(f"{path} does not exist", param_hint="PATH")
    return relative.as_posix()


def _within(path: str, folder: str) -> bool:
    return folder in {".", path} or path.startswith(f"{folder}/")


@main.command()
@click.option(
    "--pages",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write plain Markdown pages to DIR for another engine instead.",
)
@click.option("--site", type=click.Path(path_type=Path), metavar="DIR", help="Where the site goes; site/ if not given.")
@_AS_OF
@_DRAFTS
@_SERIES
def build(pages: Path | None, site: Path | None, as_of: str | None, drafts: bool, root: Path) -> None:  # noqa: FBT001 - click's form
    """Build the site, the feeds and the packs into site/."""
    if pages is not None:
        _write_pages(pages, as_of, root, drafts=drafts)
        return
    extra = ["--strict", *(["--site-dir", str(site.resolve())] if site else [])]
    sys.exit(_mkdocs("build", extra, as_of, root, drafts=drafts))


@main.command()
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where the preview is served.",
)
@_AS_OF
@_DRAFTS
@_SERIES
def serve(address: str, as_of: str | None, drafts: bool, root: Path) -> None:  # noqa: FBT001 - click's form
    """Preview the site, and build it again whenever a file is saved."""
    sys.exit(_mkdocs("serve", ["--dev-addr", address], as_of, root, drafts=drafts))


def _mkdocs(command: str, extra: list[str], as_of: str | None, root: Path, *, drafts: bool) -> int:
    """Run MkDocs, with this interpreter, on the series; its exit status."""
    environment = dict(os.environ)
    if as_of:
        environment["CASEBUILDER_AS_OF"] = _moment(as_of, root)
    if drafts:
        environment["CASEBUILDER_DRAFTS"] = "1"
    order = [sys.executable, "-m", "mkdocs", command, "--config-file", str(root / "mkdocs.yml"), *extra]
    return subprocess.run(order, env=environment, check=False).returncode  # noqa: S603 - our own interpreter


def _moment(as_of: str, root: Path) -> str:
    from casebuilder import build, publish

    try:
        return publish.moment(build.read(root).series, as_of).isoformat()
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--as-of") from None


def _write_pages(folder: Path, as_of: str | None, root: Path, *, drafts: bool) -> None:
    from casebuilder import build, progress, publish, report

    reading = build.read(root)
    if reading.problems:
        click.echo(report.text(reading.problems), err=True)
    if reading.errors():
        sys.exit(1)
    moment = publish.moment(reading.series, as_of or os.environ.get("CASEBUILDER_AS_OF"))
    with progress.shown(sys.stderr) as told:
        site = build.make(reading, moment, drafts=drafts, progress=told)
    try:
        count = build.write_tree(site, folder)
    except FileExistsError:
        raise click.BadParameter(f"{folder} is not empty; nothing was written", param_hint="--pages") from None
    click.echo(f"{count} files in {folder}")
