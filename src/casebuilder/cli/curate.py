"""`casebuilder curate`: from the record of a discussion to a commentary, in a browser."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import options, writing

if TYPE_CHECKING:
    from casebuilder.pipeline.curating import Bench

_LOOPBACK = "127.0.0.1"
_LAST_PORT = 65535


@click.command()
@click.argument("case", metavar="CASE")
@click.option(
    "--file",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the desk as one HTML file for somebody without casebuilder, with the record inside it.",
)
@click.option("--port", type=click.IntRange(0, _LAST_PORT), default=0, help="The port to serve the desk at.")
@click.option("--no-open", is_flag=True, help="Only print the address; do not open a browser.")
@options.AS_OF
@options.SERIES
def curate(case: str, target: Path | None, port: int, no_open: bool, as_of: str | None, root: Path) -> None:  # noqa: FBT001, PLR0913, PLR0917 - click's form, one parameter an option
    """Choose quotes and themes from the record of CASE's discussion, in a browser."""
    from casebuilder.pipeline import curating

    reading = options.series(root, as_of)
    slug = options.known_case(case, [known.slug for known in reading.series.cases], root)
    known = reading.series.case(slug)
    if known is None or not known.contributions:
        raise click.ClickException(
            f"the record of {slug} is not on this computer: import it with casebuilder discussion import {slug}"
        )
    bench = curating.Bench(root, slug, as_of)
    if target is not None:
        _write(bench, target)
    else:
        _serve(bench, port, open_it=not no_open)


def _write(bench: Bench, target: Path) -> None:
    """Write the desk as one file, readable only by this user, since the record is in it."""
    from casebuilder.files import write_whole

    writing.beside(target, "--file")
    html, data = bench.file()
    write_whole(target, html.encode(), secret=True)
    click.echo(target)
    click.echo(data.who_may_have_it, err=True)


def _serve(bench: Bench, port: int, *, open_it: bool) -> None:
    """Serve the desk until Ctrl-C."""
    from casebuilder.editorial.curation.desk import server

    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((_LOOPBACK, port))
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}; choose another, or leave out --port"
        raise click.BadParameter(message, param_hint="--port") from None
    token = server.new_token()
    address = f"http://{_LOOPBACK}:{listening.getsockname()[1]}/{token}/"
    click.echo(address)
    click.echo("Keep this address to yourself. Stop the desk with Ctrl+C; everything is saved as you work.", err=True)
    if open_it:
        webbrowser.open(address)
    server.serve(bench, token, listening)
