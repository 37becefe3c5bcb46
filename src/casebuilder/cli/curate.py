"""`casebuilder curate`: from the record of a discussion to a commentary, in a browser or in one file."""

from __future__ import annotations

import codecs
import os
import socket
import sys
import webbrowser
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from casebuilder.cli import newfolder, options, participants

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from casebuilder.editorial.curation import Curation
    from casebuilder.editorial.curation.saving import Saved
    from casebuilder.pipeline.deskworkbench import Bench

_LOOPBACK = "127.0.0.1"
_LAST_PORT = 65535
#: The most bytes of a file that somebody sends back.
_LARGEST = 16 * 1024 * 1024


@click.command()
@click.argument("case", metavar="CASE")
@options.file(
    "--file",
    "target",
    about="Write the desk as one HTML file for somebody without casebuilder, with the record inside it.",
)
@click.option("--people", is_flag=True, help="With --file: include who the participants are, and how to reach them.")
@options.file(
    "--take",
    exists=True,
    about="Import the work of somebody who used such a file: the JSON file that they downloaded from it.",
)
@click.option(
    "--keep",
    type=click.Choice(("mine", "theirs")),
    help="With --take: where the series and the file both changed something, keep the series’ (mine) or the file’s.",
)
@click.option("--yes", is_flag=True, help="With --take, for scripts: agree to the permissions and names in the file.")
@click.option("--port", type=click.IntRange(0, _LAST_PORT), default=0, help="The port to serve the desk at.")
@click.option("--no-open", is_flag=True, help="Only print the address; do not open a browser.")
@options.AS_OF
@options.SERIES
def curate(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    target: Path | None,
    people: bool,  # noqa: FBT001 - click's form
    take: Path | None,
    keep: str | None,
    yes: bool,  # noqa: FBT001 - click's form
    port: int,
    no_open: bool,  # noqa: FBT001 - click's form
    as_of: str | None,
    root: Path,
) -> None:
    """Choose quotes and themes from the record of CASE's discussion, in a browser."""
    from casebuilder.model import Status
    from casebuilder.pipeline import deskworkbench

    if target is not None and take is not None:
        raise click.UsageError("--file writes a desk and --take reads one: name one of the two")
    if people and target is None:
        raise click.UsageError("--people goes with --file")
    if keep and take is None:
        raise click.UsageError("--keep goes with --take")
    if yes and take is None:
        raise click.UsageError("--yes goes with --take")
    reading = options.settled(root, as_of)
    slug = options.known_case(case, [each.slug for each in reading.series.cases], root)
    found_case = reading.series.case(slug)
    if found_case is None or not deskworkbench.shown(found_case):
        raise click.ClickException(
            f"the record of {slug} is not on this computer: import it with casebuilder discussion import {slug}"
        )
    if found_case.status is Status.WITHDRAWN:
        raise click.ClickException(f"{slug} is withdrawn, so it cannot be curated")
    bench = deskworkbench.Bench(root, slug, as_of)
    with options.write_errors(), _desk_errors(), participants.private_folder():
        bench.recover()
        if target is not None:
            _write_desk(bench, target, people=people)
        elif take is not None:
            _take_over(bench, take, keep or "", yes=yes)
        else:
            bench.made()  # what cannot be shown is said here, and not in the browser
            _serve(bench, port, open_it=not no_open)


@contextmanager
def _desk_errors() -> Iterator[None]:
    """Say in one sentence why a case cannot be curated now.

    Raises:
        click.ClickException: it cannot.
    """
    from casebuilder.pipeline.deskcase import DeskError

    try:
        yield
    except DeskError as error:
        raise click.ClickException(str(error)) from None


def _write_desk(bench: Bench, target: Path, *, people: bool) -> None:
    """Write the desk as one file, readable only by this user, since the record is in it."""
    from casebuilder.files import write_whole

    newfolder.out_of_git(target, bench.root, "the record of a discussion", "--file")
    newfolder.beside(target, "--file")
    html, data, without_letters = bench.file(people=people)
    write_whole(target, html.encode(), secret=True)
    click.echo(target)
    click.echo(data.who_may_have_it, err=True)
    if without_letters:
        click.echo(
            f"{without_letters}\nThe desk in this file offers no letters: correct the template, and write it again",
            err=True,
        )


def _take_over(bench: Bench, file: Path, keep: str, *, yes: bool) -> None:
    """Take over what somebody did with a desk in a file, or say why not."""
    curation = _ask_permission(bench, _read_curation(file), yes=yes)
    sides = {"mine": "theirs", "theirs": "mine"}  # the desk in the file is its own "mine"
    result = bench.take_over(curation, sides.get(keep, ""))
    for sentence in result.dropped:
        click.echo(sentence, err=True)
    if result.reasons:
        for sentence in result.reasons:
            click.echo(sentence, err=True)
        click.echo("nothing was written", err=True)
        sys.exit(1)
    if result.conflicts:
        _show_conflicts(result)
        sys.exit(1)
    for path in sorted(result.edits):
        click.echo(path)
    quotes = sum(quote.quoted for quote in result.curation.quotes)
    click.echo(f"{quotes} quotes, {len(result.curation.themes)} themes", err=True)


def _ask_permission(bench: Bench, received: Curation, *, yes: bool) -> Curation:
    """Return a received curation with what only its file claims (permissions, names, deletions), if somebody agrees."""
    if received.case != bench.slug:  # which is refused as a whole
        return received
    claims = bench.claims(received)
    for sentence in claims.refused:
        click.echo(sentence, err=True)
    if not claims.listed:
        return claims.agreed
    click.echo("The file says what only somebody who knows can agree to:", err=True)
    for sentence in claims.listed:
        click.echo(f"  {sentence}", err=True)
    if yes or (sys.stdin.isatty() and _is_agreed()):
        return claims.agreed
    click.echo("these were left unchanged; once you know that they are right, run it again with --yes", err=True)
    return claims.declined


def _is_agreed() -> bool:
    try:
        return click.confirm("Are these right?", default=False, err=True)
    except click.Abort:
        return False


def _read_curation(file: Path) -> Curation:
    """Read a file that somebody sent.

    Raises:
        click.BadParameter: it is not a curation, or is too large.
    """
    from casebuilder.editorial.curation.deskschema import FormError, read_curation

    try:
        if file.stat().st_size > _LARGEST:
            message = f"{file.name} has more than {_LARGEST // 1024**2} MB, which no curation has"
            raise click.BadParameter(message, param_hint="--take")
        return read_curation(file.read_bytes().removeprefix(codecs.BOM_UTF8))
    except OSError as error:
        raise click.BadParameter(f"{file.name} cannot be read: {error.strerror}", param_hint="--take") from None
    except FormError as error:
        for problem in error.problems:
            click.echo(problem["message"], err=True)
        message = f"{file.name} is not what a desk of casebuilder downloads; nothing was written"
        raise click.BadParameter(message, param_hint="--take") from None


def _show_conflicts(saved: Saved) -> None:
    """Show both versions of everything that was changed on both sides."""
    for each in saved.conflicts:
        click.echo(f"{each.path}: the {each.part} was changed here and in the file.", err=True)
        click.echo(f"  here:\n{_indent(each.theirs)}\n  in the file:\n{_indent(each.yours)}", err=True)
    click.echo(
        "nothing was written: run it again with --keep mine (what is here) or --keep theirs (the file’s)", err=True
    )


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in (text or "(deleted)").split("\n"))


def _serve(bench: Bench, port: int, *, open_it: bool) -> None:
    """Serve the desk until Ctrl-C."""
    from casebuilder.editorial.curation.desk import server

    word, listening = _open_listener(bench, port)
    bench.page()  # the first one of a series cuts its typefaces, and no browser should wait for that
    address = f"http://{_LOOPBACK}:{listening.getsockname()[1]}/{word}/"
    click.echo(address)
    click.echo("Keep this address to yourself. Stop the desk with Ctrl+C; everything is saved as you work.", err=True)
    if open_it:
        webbrowser.open(address)
    server.serve(bench, word, listening)


def _open_listener(bench: Bench, port: int) -> tuple[str, socket.socket]:
    """Return the secret word of the address, and the socket: those of today's last desk, so that its page still works.

    Raises:
        click.BadParameter: the wanted port is taken.
    """
    from casebuilder.editorial.curation.desk import server
    from casebuilder.pipeline import privatefolder

    last = privatefolder.desk_address(bench.root, bench.slug)
    if last and port in {0, last[1]} and (rebound := _bound_socket(last[1])):
        privatefolder.write_desk_address(bench.root, bench.slug, *last)
        return last[0], rebound
    # On another day, too, the same port: a browser keeps what was not saved under the address of its page.
    wanted_port = port or privatefolder.desk_port(bench.root, bench.slug)
    token, listener = server.new_token(), _bound_socket(wanted_port) or _bound_socket(port)
    if listener is None:
        message = f"port {port} is taken; choose another, or leave out --port"
        raise click.BadParameter(message, param_hint="--port")
    if not last:  # else another desk of this case is open, which keeps the address
        privatefolder.write_desk_address(bench.root, bench.slug, token, listener.getsockname()[1])
    return token, listener


def _bound_socket(port: int) -> socket.socket | None:
    """Return a listening socket on this machine, so that a browser that comes early waits.

    None if the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # where it means that a port is free again at once; elsewhere, that two may share it
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_LOOPBACK, port))
        listener.listen()
    except OSError:
        listener.close()
        return None
    return listener
