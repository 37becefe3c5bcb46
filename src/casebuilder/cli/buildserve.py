"""`casebuilder build` and `serve`: build the whole site, or show it on this computer."""

from __future__ import annotations

import os
import re
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import newfolder, options

if TYPE_CHECKING:
    from casebuilder.pipeline import BuildOptions, Reading

_LAST_PORT = 65535
#: The exit status of a build that skipped something.
_INCOMPLETE = 3
_LEFT_OUT = "The site was built without the parts listed above."
_NO_PACKS = click.option("--no-packs", is_flag=True, help="Skip the PDF packs, for a quicker build.")


@click.command()
@click.option(
    "--pages",
    type=options.Place(path_type=Path),
    metavar="DIR",
    help="Write plain Markdown pages to DIR for another engine instead.",
)
@click.option(
    "--site", type=options.Place(path_type=Path), metavar="DIR", help="The folder of the site (default: site/)."
)
@click.option(
    "--offline",
    type=options.Place(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write a zip of the site that opens from a disk, without a network.",
)
@click.option(
    "--dask", default="", metavar="ADDRESS", help="Print on the workers of a Dask cluster: tcp://10.0.0.5:8786."
)
@click.option("--publish", is_flag=True, help="Refuse to build a site for readers without its address, site_url.")
@click.option("--shard", metavar="K/N", help="Only print this share of the packs, such as 2/4, into the cache.")
@click.option(
    "--keep-going",
    is_flag=True,
    help="For publishing: skip what has errors or cannot be printed, build the rest, and exit with 3.",
)
@click.option("--only", multiple=True, metavar="CASE", help="Print the packs of this case only; may be repeated.")
@options.AS_OF
@options.DRAFTS
@_NO_PACKS
@options.SERIES
def build(  # noqa: PLR0913, PLR0917 - one parameter an option
    pages: Path | None,
    site: Path | None,
    offline: Path | None,
    dask: str,
    publish: bool,  # noqa: FBT001 - click's form
    shard: str | None,
    keep_going: bool,  # noqa: FBT001 - click's form
    only: tuple[str, ...],
    as_of: str | None,
    drafts: bool,  # noqa: FBT001 - click's form
    no_packs: bool,  # noqa: FBT001 - click's form
    root: Path,
) -> None:
    """Build the site, the feeds and the packs into site/."""
    from casebuilder.pipeline import BuildOptions, problemreport

    build_options = BuildOptions(
        as_of=as_of,
        drafts=drafts,
        packs=not no_packs,
        dask=dask,
        offline=offline,
        publish=publish,
        keep_going=keep_going,
    )
    _refuse_combinations(build_options, only=bool(only), to_pages=pages is not None)
    if shard is not None:
        exclusive = {"--pages": pages, "--site": site, "--offline": offline, "--dask": dask, "--no-packs": no_packs}
        exclusive |= {"--keep-going": keep_going, "--only": bool(only)}
        if extra_options := [option for option, value in exclusive.items() if value]:
            raise click.UsageError(f"--shard prints packs and nothing else: leave out {', '.join(extra_options)}")
        _print_shard(shard, options.sound(root, as_of), drafts=drafts)
        return
    reading = options.partly_sound(root, as_of) if keep_going else options.sound(root, as_of, site=True)
    build_options = replace(build_options, only=_chosen_slugs(only, reading, root))
    _report_without_packs(build_options, reading)
    if pages is not None:
        left_out = _write_pages(pages, reading, build_options)
    else:
        left_out = build_site(reading, build_options, site)
    if left_out:
        is_whole = all(paragraph.startswith(problemreport.TOLERATED) for paragraph in left_out)
        click.echo("\n\n".join(("", *left_out, *(() if is_whole else (_LEFT_OUT,)))), err=True)
        sys.exit(_INCOMPLETE)


def _refuse_combinations(build_options: BuildOptions, *, only: bool, to_pages: bool) -> None:
    """Refuse options that contradict each other.

    Args:
        build_options: what the site is built with.
        only: whether the packs of a few cases alone are asked for.
        to_pages: whether pages for another engine are asked for.

    Raises:
        click.UsageError: two options cannot go together.
        click.BadParameter: the address of the cluster is none.
    """
    if build_options.publish and build_options.drafts:
        raise click.UsageError("--drafts shows what is not public yet: leave out --drafts or --publish")
    if build_options.publish and only:
        raise click.UsageError("--only leaves out packs that readers look for: leave out --only or --publish")
    if to_pages and build_options.offline is not None:
        raise click.UsageError("--offline copies the site, and --pages builds no site: leave one of them out")
    dask = build_options.dask
    if dask and not re.fullmatch(r"(\w+://)?\S+:\d+", dask):
        raise click.BadParameter(f'"{dask}" is not an address; write it as tcp://10.0.0.5:8786', param_hint="--dask")


@click.command()
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="The address to serve the site at.",
)
@options.AS_OF
@options.DRAFTS
@_NO_PACKS
@options.SERIES
def serve(address: str, as_of: str | None, drafts: bool, no_packs: bool, root: Path) -> None:  # noqa: FBT001 - click's form
    """Show the site on this computer, and rebuild it whenever a file is saved."""
    from casebuilder import mkdocsbuild
    from casebuilder.pipeline import BuildOptions

    _refuse_address(address)
    reading = options.series(root, as_of)
    newfolder.cache(reading)
    try:
        mkdocsbuild.configure(reading).serve(
            reading, BuildOptions(as_of=as_of, drafts=drafts, packs=not no_packs), address
        )
    except mkdocsbuild.EngineError as error:
        raise click.ClickException(str(error) or "The site could not be built.") from None


def _chosen_slugs(only: tuple[str, ...], reading: Reading, root: Path) -> frozenset[str] | None:
    """Return the slugs of the cases whose packs are wanted; None for all packs."""
    slugs = [case.slug for case in reading.series.cases]
    return frozenset(options.known_case(typed, slugs, root, "--only") for typed in only) or None


def _report_without_packs(build_options: BuildOptions, reading: Reading) -> None:
    """Say which of the chosen cases have no packs, and why: they would be missed without a word."""
    from casebuilder import published
    from casebuilder.model import State

    reasons = {State.WITHDRAWN: "it is withdrawn"}
    if not build_options.drafts:
        reasons |= {State.DRAFT: "it is a draft; add --drafts", State.SCHEDULED: "it has not opened; add --drafts"}
    for case in reading.series.cases:
        if case.slug in (build_options.only or ()) and case.origin.sound("opens") and case.origin.sound("status"):
            state = published.state(case, reading.as_of, reading.series.zone)
            if state in reasons:
                click.echo(f"{case.slug} has no packs: {reasons[state]}", err=True)


def _refuse_address(address: str) -> None:
    """Refuse an address that cannot be used, before the site is built.

    Raises:
        click.BadParameter: it is not an address, or is in use.
    """
    host, _, port = address.rpartition(":")
    if not (host and port.isdecimal() and int(port) <= _LAST_PORT):
        raise click.BadParameter(f'"{address}" is not an address; write it as 127.0.0.1:8000', param_hint="--address")
    try:
        socket.create_server((host, int(port))).close()
    except OSError as error:
        suggestion = f"{host}:{int(port) + 1}"
        number = error.errno or 0  # negative values are getaddrinfo codes and carry their own message
        reason = os.strerror(number).lower() if number > 0 else error.strerror
        message = f"{address} cannot be used: {reason}; try another, such as {suggestion}"
        raise click.BadParameter(message, param_hint="--address") from None


def build_site(reading: Reading, build_options: BuildOptions, site: Path | None) -> tuple[str, ...]:
    """Build the site and return descriptions of what it lacks because of errors.

    Raises:
        click.ClickException: it could not be built; the previous site is unchanged.
    """
    from casebuilder import mkdocsbuild

    if build_options.offline:
        newfolder.beside(build_options.offline, "--offline")
    newfolder.cache(reading)
    try:
        mkdocs = mkdocsbuild.configure(reading)
        place = site or mkdocs.site
        newfolder.site_folder(place, reading, "--site" if site else "site_dir")
        return mkdocs.build(reading, build_options, place)
    except mkdocsbuild.EngineError as error:
        message = "\n".join(filter(None, (str(error), "The site was not built. The previous site is unchanged.")))
        raise click.ClickException(message) from None


def _write_pages(folder: Path, reading: Reading, build_options: BuildOptions) -> tuple[str, ...]:
    from casebuilder import pipeline, wording
    from casebuilder.outputs.packs import press
    from casebuilder.pipeline import problemreport, progress

    if missing := pipeline.lacks(reading):
        click.echo(problemreport.text(missing), err=True)
        if build_options.publish:
            sys.exit(1)
    left_out = problemreport.left_out(problems) if (problems := reading.stoppers()) else []
    sound_part = pipeline.sound_part(reading) if build_options.keep_going else reading
    if sound_part is None:
        raise click.ClickException(f"the series cannot be built\n\n{problemreport.text(problems)}")
    newfolder.cache(reading)
    try:
        with progress.shown(sys.stderr) as report_progress:
            site = pipeline.make(sound_part, build_options, report_progress)
    except (press.PressError, press.ClusterError) as error:
        raise click.ClickException(str(error)) from None
    count = newfolder.new_folder(site.contents(), folder, "--pages")
    for note in wording.notes(site.public.languages):
        click.echo(note, err=True)
    click.echo(f"{count} files in {folder}")
    return (*left_out, *((site.unprinted,) if site.unprinted else ()))


def _print_shard(text: str, reading: Reading, *, drafts: bool) -> None:
    from casebuilder import pipeline
    from casebuilder.outputs.packs import press
    from casebuilder.pipeline import progress

    try:
        share = press.shard(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--shard") from None
    newfolder.cache(reading)
    try:
        with progress.shown(sys.stderr) as report_progress:
            count = pipeline.print_shard(reading, share, drafts=drafts, progress=report_progress)
    except press.PressError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"share {share}: {count} {'pack' if count == 1 else 'packs'} in {reading.cache('packs')}")
