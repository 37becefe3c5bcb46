"""`casebuilder github`: what the workflows of a series do on GitHub."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebuilder.cli import commandlist, githubrun, options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.editorial.github import GitHub
    from casebuilder.pipeline import Reading

_WORKFLOW = re.compile(r"[\w-]{1,60}\.ya?ml", re.ASCII)
_RESULT = click.Choice(("success", "failure", "cancelled", "skipped"))


@click.group(cls=commandlist.Group)
def github() -> None:
    """Do on GitHub what the workflows of a series need."""


@github.command()
def comment() -> None:
    """Write or update the comment with the preview of a pull request.

    It is for a workflow that runs on workflow_run. The report of the other run
    is treated as the text of a stranger.
    """
    from casebuilder.editorial import github as hub
    from casebuilder.editorial.pullrequestreport import ArtifactError
    from casebuilder.pipeline.handbooklinks import handbook_of

    event = Path(os.environ.get("GITHUB_EVENT_PATH") or os.devnull).read_bytes()
    try:
        event_data = json.loads(event or b"null")
    except (ValueError, RecursionError):
        raise click.ClickException("GITHUB_EVENT_PATH names no event") from None
    reading = options.read(Path(), None)  # of the default branch, which is checked out here
    options.report_misread(reading)
    handbook = handbook_of(reading)
    try:
        click.echo(_ask_github(lambda api: hub.keep_comment(api, event_data, handbook)))
    except ArtifactError as error:
        raise click.ClickException(f"what the run left behind is not a report: {error}; nothing was written") from None


@github.command()
@options.file("--report", required=True, about="The file for what went wrong; left empty if all went well.")
@options.AS_OF
@options.SERIES
def publish(report: Path, as_of: str | None, root: Path) -> None:
    """Build the site for readers, and say whether it has to be deployed.

    It builds as `casebuilder build --publish --keep-going` does. On a schedule the site is deployed only if it changed
    since the last good run: by a commit, or because a case opened, closed or was released. The exit status is
    0, or 1 if nothing could be built.
    """
    from casebuilder.editorial.github import listed
    from casebuilder.files import write_whole

    reading = options.series(root, as_of)
    with githubrun.commands_stopped():
        lines, is_built = _build_site(reading, as_of)
        write_whole(report, listed(lines).encode())
        reason = _deploy_reason(reading) if is_built else ""
        nothing = "nothing changed since the last good run" if is_built else "nothing could be built"
        summary = reason or f"not deployed: {nothing}"
        click.echo(summary, err=True)
    githubrun.append("GITHUB_STEP_SUMMARY", f"{listed([summary, *lines])}\n")
    githubrun.append("GITHUB_OUTPUT", f"deploy={str(bool(reason)).lower()}\n")
    sys.exit(0 if is_built else 1)


def _build_site(reading: Reading, as_of: str | None) -> tuple[list[str], bool]:
    """Build the site; return the lines that say what is wrong, and whether there is a site."""
    from casebuilder import pipeline
    from casebuilder.cli.buildserve import build_site
    from casebuilder.pipeline import BuildOptions
    from casebuilder.pipeline.problemreport import text

    if pipeline.sound_part(reading) is None:
        report = text(reading.errors())
        click.echo(report, err=True)
        return report.splitlines(), False
    with _collect_logged_errors() as logged:
        try:
            left_out = build_site(reading, BuildOptions(as_of=as_of, publish=True, keep_going=True), None)
        except click.ClickException as error:
            click.echo(error.format_message(), err=True)
            return "\n".join((*logged, error.format_message())).splitlines(), False
    report = "\n".join(left_out)
    click.echo(report, err=True)
    return report.splitlines(), True


@contextmanager
def _collect_logged_errors() -> Iterator[list[str]]:
    """Collect the errors that MkDocs logs while the block lasts: they say why a build has failed."""
    messages: list[str] = []

    def keep(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            messages.append(record.getMessage())
        return False

    handler = logging.Handler()
    handler.addFilter(keep)
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    try:
        yield messages
    finally:
        log.removeHandler(handler)


def _deploy_reason(reading: Reading) -> str:
    """Return why the site has to be deployed; empty if it need not be. If GitHub cannot be asked, it is deployed."""
    from casebuilder import pipeline, published
    from casebuilder.editorial import github as hub

    if os.environ.get("GITHUB_EVENT_NAME") != "schedule":
        return "deployed: after a change, or by hand"
    if reading.series.settings.overlays:
        return "deployed: the series has overlays, whose changes are not seen here"
    try:
        last = hub.last_good(hub.GitHub.of_environment(os.environ), os.environ)
    except hub.GitHubError as error:
        return f"deployed, because the last good run is not known: {error}"
    if last is None or last.commit != os.environ.get("GITHUB_SHA"):
        return "deployed: the series changed since the last good run"
    sound_part = pipeline.sound_part(reading) or reading
    due = published.due(sound_part.series, last.began, reading.as_of)
    return f"deployed: {'; '.join(reason.what for reason in due)}" if due else ""


@github.group(cls=commandlist.Group)
def issue() -> None:
    """Keep an issue up to date."""


@issue.command("month")
@options.file("--body", required=True, exists=True, about="Its text.")
@options.AS_OF
@options.SERIES
def issue_month(body: Path, as_of: str | None, root: Path) -> None:
    """Write or update the issue of this month, and close those of earlier months.

    If there is a newer casebuilder, the issue says so, with the commands for it.
    """
    from casebuilder.cli.doctor import program_of
    from casebuilder.editorial import github as hub
    from casebuilder.editorial.doctor.githubanswers import newer

    reading = options.series(root, as_of)
    options.report_misread(reading)
    day = reading.as_of.astimezone(reading.series.zone).date()
    program = program_of(reading.root)

    def keep(api: GitHub) -> str:
        newer_version = newer(api.api, api.token, program)
        return hub.keep_month(
            api,
            day,
            body.read_text(encoding="utf-8", errors="replace") + (newer_version.section if newer_version else ""),
        )

    click.echo(_ask_github(keep))


@issue.command("publish")
@options.file(
    "--body",
    required=True,
    about="What `casebuilder github publish --report` wrote; it may be missing.",
)
@click.option("--build", type=_RESULT, required=True, help="How the job that builds ended.")
@click.option("--deploy", type=_RESULT, required=True, help="How the job that deploys ended.")
def issue_publish(body: Path, build: str, deploy: str) -> None:
    """Open, update or close the issue that says why the site is not up to date.

    The exit status is 1 while something is wrong, so that the run does not count as a good one.
    """
    from casebuilder.editorial import github as hub

    if "cancelled" in {build, deploy}:
        click.echo("nothing to do: the run was cancelled")
        return
    report = body.read_text(encoding="utf-8", errors="replace") if body.is_file() else ""

    def keep(api: GitHub) -> str:
        run = f"{api.server}/{api.repository}/actions/runs/{os.environ.get('GITHUB_RUN_ID', '')}"
        text = hub.trouble(hub.Trouble(build, deploy, report, run))
        closing_words = f"The site is published as a whole again. [This run]({run}) did it."
        return hub.keep_trouble(api, text) if text else hub.close_trouble(api, closing_words)

    click.echo(_ask_github(keep))
    if report.strip() or "failure" in {build, deploy}:
        sys.exit(1)


@github.command()
@click.argument("workflows", nargs=-1, required=True, metavar="WORKFLOW...")
def enable(workflows: tuple[str, ...]) -> None:
    """Switch workflows on again, such as publish.yml: GitHub stops schedules 60 days after the last commit."""
    for name in workflows:
        if not _WORKFLOW.fullmatch(name):
            raise click.BadParameter(
                f'"{name}" is not the file of a workflow, such as publish.yml', param_hint="WORKFLOW"
            )

    def switch_on(api: GitHub) -> str:
        for name in workflows:
            api.send("PUT", f"actions/workflows/{name}/enable")
        return f"on: {', '.join(workflows)}"

    click.echo(_ask_github(switch_on))


@github.command()
@options.AS_OF
@options.SERIES
def sarif(as_of: str | None, root: Path) -> None:
    """Send what the check finds to GitHub's code scanning. It never fails: it says why it could not."""
    from casebuilder.editorial import github as hub
    from casebuilder.pipeline import problemreport
    from casebuilder.pipeline.handbooklinks import handbook_of

    reading = options.read(root, as_of)
    log = problemreport.sarif(reading.problems, handbook_of(reading))
    try:
        hub.send_sarif(hub.GitHub.of_environment(os.environ), os.environ, log)
    except hub.GitHubError as error:
        click.echo(f"not sent: {error}", err=True)


def _ask_github(question: Callable[[GitHub], object]) -> object:
    """Ask GitHub, and return its answer.

    Raises:
        click.ClickException: it cannot be asked, or refuses.
    """
    from casebuilder.editorial import github as hub

    try:
        return question(hub.GitHub.of_environment(os.environ))
    except hub.GitHubError as error:
        raise click.ClickException(str(error)) from None
