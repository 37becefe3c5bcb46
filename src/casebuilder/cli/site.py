"""`casebuilder build` and `serve`: the whole site."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from casebuilder.build import Reading

_DRAFTS = click.option("--drafts", is_flag=True, help="Show drafts and scheduled cases too, for a preview.")
_NO_PACKS = click.option("--no-packs", is_flag=True, help="Leave the PDF packs out, for a quicker preview.")


@click.command()
@click.option(
    "--pages",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write plain Markdown pages to DIR for another engine instead.",
)
@click.option("--site", type=click.Path(path_type=Path), metavar="DIR", help="Where the site goes, if not site/.")
@options.AS_OF
@_DRAFTS
@_NO_PACKS
@options.SERIES
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
        _write_pages(pages, options.sound(root, as_of), drafts=drafts, packs=not no_packs)
        return
    extra = ["--strict", *(["--site-dir", str(site.resolve())] if site else [])]
    sys.exit(_mkdocs("build", extra, options.read(root, as_of), drafts=drafts, packs=not no_packs))


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to serve it.")
@options.AS_OF
@_DRAFTS
@_NO_PACKS
@options.SERIES
def serve(address: str, as_of: str | None, drafts: bool, no_packs: bool, root: Path) -> None:  # noqa: FBT001 - click's form
    """Preview the site, and build it again whenever a file is saved."""
    sys.exit(_mkdocs("serve", ["--dev-addr", address], options.read(root, as_of), drafts=drafts, packs=not no_packs))


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
