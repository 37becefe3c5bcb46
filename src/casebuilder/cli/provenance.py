"""Where others get casebuilder: found, given, or asked."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casebuilder.editorial.scaffold import Source


def find_source(given: str | None) -> Source:
    """Return where casebuilder comes from; whoever sits at a terminal is asked if it is not known.

    Raises:
        casebuilder.editorial.scaffold.ScaffoldError: what is given is not an address, or the commit is not known.
    """
    from casebuilder.editorial import scaffold

    installed = scaffold.source()
    if given is None and not installed.line and _is_terminal():
        question = "Where do others get casebuilder? The address of its Git repository (empty if you do not know yet)"
        given = click.prompt(question, default="", show_default=False)
        if given.strip() and not installed.commit:
            given = f"{given.strip()}@{click.prompt('The full id of the commit, 40 letters and digits')}"
    return scaffold.named_source(given, installed) if given and given.strip() else installed


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def of_series(given: str | None, requirements: str, *, changed: bool, written_by: str = "") -> Source:
    """Return where casebuilder comes from for a series that says so already.

    Args:
        given: what the option says; None if it was not given.
        requirements: the line of requirements.txt; empty if there is none.
        changed: whether somebody changed that file since casebuilder wrote it.
        written_by: which casebuilder did, as such a line. If it is the one that runs, another one was named on purpose.

    Raises:
        casebuilder.editorial.scaffold.ScaffoldError: what is given is not an address, or requirements.txt names another
            casebuilder than the one that runs.
    """
    from casebuilder.editorial import scaffold

    try:
        of_requirements = scaffold.named_source(requirements, scaffold.Source()) if requirements else scaffold.Source()
    except scaffold.ScaffoldError:  # a branch, or a folder
        of_requirements = scaffold.Source(other=requirements)
    if not given and of_requirements.other.startswith("./"):
        return replace(scaffold.source(), other=of_requirements.other, doubt="")  # a wheel that lies in the series
    source = find_source(given) if given or not requirements else scaffold.source()
    is_same_program = written_by == source.line and of_requirements.line and not changed
    if not given and (
        not source.line or is_same_program or (of_requirements.commit and of_requirements.commit == source.commit)
    ):
        return of_requirements
    if not given and changed and of_requirements.line and of_requirements.line != source.line:
        message = (
            f'requirements.txt was changed and names another casebuilder, "{of_requirements.line}", than the one that '
            "runs. Install that one, and run casebuilder upgrade again"
        )
        raise scaffold.ScaffoldError("--source", message)
    return source
