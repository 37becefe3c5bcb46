"""`casebuilder doctor`: what is missing, and how to get it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from casebuilder.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from casebuilder.editorial.doctor import Finding
    from casebuilder.pipeline import Reading

_SYSTEMS = ("debian", "fedora", "macos", "windows")
_TOKENS = ("GH_TOKEN", "GITHUB_TOKEN")


@click.command()
@click.option("--system", type=click.Choice(_SYSTEMS), help="Show the commands for this system (default: this one).")
@click.option("--github", is_flag=True, help="Look at the repository on GitHub instead of this machine.")
@click.option("--repository", metavar="OWNER/NAME", default="", help="The repository (default: the remote origin).")
@options.SERIES
def doctor(system: str | None, repository: str, root: Path, *, github: bool) -> None:
    """Show what casebuilder needs and this machine does not have, and how to get it.

    With --github, show which settings of the repository on GitHub are not as the workflows need them. A token in
    GH_TOKEN or GITHUB_TOKEN lets it see more; it is sent to GitHub only. The exit status is 1 if something is missing.
    """
    from casebuilder.editorial.doctor import State, in_words

    findings = list(_github_findings(repository, root) if github or repository else _machine_findings(system, root))
    click.echo(in_words(findings))
    sys.exit(1 if any(finding.state is State.MISSING for finding in findings) else 0)


def _machine_findings(system: str | None, root: Path) -> Iterator[Finding]:
    from casebuilder.editorial import scaffold
    from casebuilder.editorial.doctor import machine, systems

    is_series = (root / "mkdocs.yml").exists()
    files = {name: _read_text(root / name) for name in ("requirements.txt", "constraints.txt") if is_series}
    yield from machine.findings(system or systems.system(), files, scaffold.source().commit)
    if is_series:
        yield from machine.long_path(str(root.resolve()), system or systems.system())
        reading = options.series(root, None)
        yield from _settings_findings(reading)
        yield from _record_findings(reading)
        if not reading.misread:
            yield from machine.licence(_read_text(root / "LICENSE-CONTENT"), reading.series.settings.licence)


def _github_findings(repository: str, root: Path) -> Iterable[Finding]:
    from casebuilder.editorial.doctor import githubanswers
    from casebuilder.editorial.doctor.repositorysettings import Expected, findings
    from casebuilder.editorial.scaffold import git

    remote = git.ask(root, "config", "--get", "remote.origin.url") or ""
    name = repository or os.environ.get("GITHUB_REPOSITORY", "") or githubanswers.repository_of(remote)
    if name.count("/") != 1 or not all(name.split("/")):
        message = "no repository on GitHub is known; name it as OWNER/NAME"
        raise click.BadParameter(message, param_hint="--repository")
    token = _token()
    workflows = sorted((root / ".github/workflows").glob("*.yml"))
    reading = options.series(root, None) if (root / "mkdocs.yml").exists() else None
    site_url = reading.series.site_url if reading else ""
    paths = tuple(path.relative_to(root).as_posix() for path in workflows)
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    program = program_of(root)
    expected = Expected(name, site_url, paths, bool(token), program)
    settings_findings = _settings_findings(reading) if reading else ()
    return (*settings_findings, *findings(expected, githubanswers.ask(api, name, token, program[0])))


def _token() -> str:
    """Return the token of the environment; empty without one.

    Raises:
        click.ClickException: it cannot be one.
    """
    from casebuilder.editorial.github.api import is_token

    variable = next((variable for variable in _TOKENS if os.environ.get(variable, "").strip()), "")
    token = os.environ.get(variable, "").strip()
    if token and not is_token(token):
        raise click.ClickException(f"{variable} has characters that no token has: copy it again")
    return token


def _settings_findings(reading: Reading) -> Iterator[Finding]:
    """Yield settings that cannot be used: whatever is compared with them would be compared with their defaults."""
    from casebuilder.editorial.doctor import Finding, State

    for problem in reading.misread:
        message = f"a setting is wrong: {problem.path}:{problem.line}:{problem.column}: {problem.message}"
        yield Finding(State.MISSING, message, (problem.hint,) if problem.hint else ())


def _record_findings(reading: Reading) -> Iterator[Finding]:
    """Yield the records that should be private, and that Git has or would take."""
    from casebuilder.editorial.doctor import Finding, State
    from casebuilder.pipeline import trackedrecords

    for problem in trackedrecords.problems(reading):
        yield Finding(State.MISSING, f"{problem.path}: {problem.message}", (problem.hint,))


def program_of(root: Path) -> tuple[str, str]:
    """Return the repository of casebuilder on GitHub and the commit that requirements.txt names; empty if unknown."""
    from casebuilder.editorial import scaffold
    from casebuilder.editorial.doctor import githubanswers
    from casebuilder.editorial.scaffold.upgrading import REQUIREMENT

    line = REQUIREMENT.search(_read_text(root / "requirements.txt"))
    try:
        source = scaffold.named_source(line[0].strip(), scaffold.Source()) if line else scaffold.Source()
    except scaffold.ScaffoldError:
        return "", ""
    name = githubanswers.repository_of(source.repository)
    return (name, source.commit) if name and source.commit else ("", "")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
