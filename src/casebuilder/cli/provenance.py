"""Where others get casebuilder: found, given, or asked."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casebuilder.editorial.scaffold import Source


def find_source(named: str | None) -> Source:
    """Return where casebuilder comes from; whoever sits at a terminal is asked if it is not known.

    Raises:
        casebuilder.editorial.scaffold.ScaffoldError: what is given is not an address, or the commit is not known.
    """
    from casebuilder.editorial import scaffold

    known = scaffold.source()
    if named is None and not known.line and _is_terminal():
        question = "Where do others get casebuilder? The address of its Git repository (empty if you do not know yet)"
        named = click.prompt(question, default="", show_default=False)
        if named.strip() and not known.commit:
            named = f"{named.strip()}@{click.prompt('The full id of the commit, 40 letters and digits')}"
    return scaffold.named_source(named, known) if named and named.strip() else known


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def of_series(named: str | None, requirements: str, *, changed: bool, written_by: str = "") -> Source:
    """Return where casebuilder comes from for a series that says so already.

    Args:
        named: what the option says; None if it was not given.
        requirements: the line of requirements.txt; empty if there is none.
        changed: whether somebody changed that file since casebuilder wrote it.
        written_by: which casebuilder did, as such a line. If it is the one that runs, another one was named on purpose.

    Raises:
        casebuilder.editorial.scaffold.ScaffoldError: what is given is not an address, or requirements.txt names another
            casebuilder than the one that runs.
    """
    from casebuilder.editorial import scaffold

    try:
        own = scaffold.named_source(requirements, scaffold.Source()) if requirements else scaffold.Source()
    except scaffold.ScaffoldError:  # a branch, or a folder
        own = scaffold.Source(other=requirements)
    if not named and own.other.startswith("./"):
        return replace(scaffold.source(), other=own.other, doubt="")  # a wheel that lies in the series
    known = find_source(named) if named or not requirements else scaffold.source()
    same = written_by == known.line and own.line and not changed
    if not named and (not known.line or same or (own.commit and own.commit == known.commit)):
        return own
    if not named and changed and own.line and own.line != known.line:
        message = (
            f'requirements.txt was changed and names another casebuilder, "{own.line}", than the one that runs. '
            "Install that one, and run casebuilder upgrade again"
        )
        raise scaffold.ScaffoldError("--source", message)
    return known
