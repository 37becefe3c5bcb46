"""The list of commands that `--help` shows."""

from __future__ import annotations

import click

#: More letters than any first sentence has.
_NO_LIMIT = 1000


class Group(click.Group):
    """A group of commands that says of each, whole, what it does; click would cut what is longer than a line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first sentence of each command's help."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(_NO_LIMIT)) for name, command in commands if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
