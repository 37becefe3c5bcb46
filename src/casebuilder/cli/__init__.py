"""The command line. Each command reads its arguments, calls a plain function and prints what it returns.

A command's module is imported only when the command runs, because `check` must answer at once.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from casebuilder import __version__
from casebuilder.cli import commandlist

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The module of each command.
COMMANDS: Mapping[str, str] = {
    "build": "casebuilder.cli.buildserve",
    "check": "casebuilder.cli.check",
    "consent": "casebuilder.cli.consent",
    "curate": "casebuilder.cli.curate",
    "digest": "casebuilder.cli.digest",
    "discussion": "casebuilder.cli.discussion",
    "doctor": "casebuilder.cli.doctor",
    "due": "casebuilder.cli.due",
    "forget": "casebuilder.cli.participants",
    "github": "casebuilder.cli.github",
    "init": "casebuilder.cli.init",
    "letters": "casebuilder.cli.letters",
    "moderator": "casebuilder.cli.moderator",
    "new": "casebuilder.cli.new",
    "pack": "casebuilder.cli.pack",
    "preview": "casebuilder.cli.preview",
    "quote": "casebuilder.cli.quote",
    "serve": "casebuilder.cli.buildserve",
    "stats": "casebuilder.cli.stats",
    "status": "casebuilder.cli.status",
    "upgrade": "casebuilder.cli.upgrade",
    "withdraw": "casebuilder.cli.withdraw",
}

#: Added to a signal's number, this gives the exit status of a program that the signal ended.
SIGNALLED = 128
#: The number of the signal for a closed pipe, which Windows does not have.
_SIGPIPE = 13


_NOWHERE = "the current folder no longer exists: go to another one with cd"


def _is_somewhere() -> bool:
    """Return whether the current folder is still there."""
    try:
        return bool(os.getcwd())  # noqa: PTH109 - Path.cwd is no shorter, and slower to load
    except OSError:
        return False


class _Commands(commandlist.Group):
    """A group that imports a command when it is called, and exits with 128 + N after signal N, as shells expect."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; if a signal interrupts it, clean up and exit with 128 plus the signal's number.

        Raises:
            click.ClickException: the system refused to read or write a file, or the current folder was deleted.
        """
        try:
            if not _is_somewhere():
                raise click.ClickException(_NOWHERE)
            return super().invoke(ctx)
        except (
            BrokenPipeError
        ):  # the program that reads our output has closed it; click would exit with 1, which means something else
            with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - Path is slower to load
                os.dup2(nowhere.fileno(), sys.stdout.fileno())  # or Python would try to print the rest at its end
            sys.exit(SIGNALLED + _SIGPIPE)
        except OSError as error:
            if not _is_somewhere():
                raise click.ClickException(_NOWHERE) from None
            if error.filename is None:  # of a pipe or a network
                raise
            raise click.ClickException(f"{error.filename} cannot be read or written: {error.strerror}") from None
        except KeyboardInterrupt:
            click.echo("Aborted!", err=True)
            sys.exit(SIGNALLED + signal.SIGINT)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's form
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            if ctx.resilient_parsing:  # a shell completes a half-typed word
                return None
            from casebuilder.text import did_you_mean

            suggestion = did_you_mean(cmd_name, COMMANDS)
            raise click.UsageError(f'there is no command "{cmd_name}"; {suggestion or "--help lists them"}', ctx)
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casebuilder")
def main() -> None:
    """Publish a curated case series: a site, feeds and printable packs from folders of Markdown."""
