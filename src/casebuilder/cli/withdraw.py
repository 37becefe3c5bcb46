"""`casebuilder withdraw`: withdraw a quote, a contribution or a case."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from casebuilder.casefiles import case_path, quotes_path, record_path
from casebuilder.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from casebuilder.editorial.withdrawal import WithdrawalError, WithdrawalRequest
    from casebuilder.pipeline import Reading
    from casebuilder.problems import Problem


@click.command()
@click.argument("case", metavar="CASE")
@click.option("--quote", metavar="ID", help="Withdraw this quote, and the contribution that it is from.")
@click.option("--contribution", metavar="ID", help="Withdraw this contribution, and every quote from it.")
@click.option("--reason", help="The public reason; required to withdraw a whole case.")
@click.option("--delete", is_flag=True, help="For a whole case: also delete its texts.")
@click.option("--yes", is_flag=True, help="For scripts: do not ask before a whole case is withdrawn.")
@click.option(
    "--on", metavar="DATE", help="The day of the withdrawal, such as 2026-04-11 (default: today, or --as-of)."
)
@options.AS_OF
@options.SERIES
def withdraw(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    quote: str | None,
    contribution: str | None,
    reason: str | None,
    delete: bool,  # noqa: FBT001 - click's form
    yes: bool,  # noqa: FBT001 - click's form
    on: str | None,
    as_of: str | None,
    root: Path,
) -> None:
    """Withdraw a quote, a contribution or a whole case: edit its files, and list what else to do.

    It publishes and sends nothing. It asks before it withdraws a whole case.
    """
    from casebuilder import pipeline, published
    from casebuilder.editorial import withdrawal

    _check_options(quote or "", contribution or "", reason or "", delete=delete)
    reading = options.series(root, as_of)
    _look_at_settings(reading)
    day = _withdrawal_day(reading, on, reading.as_of.date() if as_of else published.today(reading.series))
    slug = options.known_case(case, [each.slug for each in reading.series.cases], root)
    request = withdrawal.WithdrawalRequest(slug, day, quote or "", contribution or "", reason or "", delete=delete)
    try:
        edits = pipeline.plan_withdrawal(reading, request)
        if reason and not yes:
            _ask_for_agreement(reading, request)
        changed_files = pipeline.withdraw(reading, slug, edits)
    except withdrawal.WithdrawalError as error:
        raise click.ClickException(_explain_refusal(error, reading, slug)) from None
    except OSError as error:
        message = f"{error.filename} cannot be written: {error.strerror}"
        raise click.ClickException(f"{message}; run git status to see what changed, and try again") from None
    _report(reading, request, changed_files, options.series(root, as_of))


def _check_options(quote: str, contribution: str, reason: str, *, delete: bool) -> None:
    """Refuse options that do not say what to withdraw, or say it twice.

    Raises:
        click.UsageError: they do.
    """
    if quote and contribution:
        raise click.UsageError("name a quote or a contribution, not both")
    if (quote or contribution) and (reason or delete):
        raise click.UsageError("--reason and --delete are for a whole case: leave out --quote and --contribution")
    if not (quote or contribution or reason):
        raise click.UsageError("to withdraw the whole case, add --reason; or name one --quote or --contribution")


def _report(reading: Reading, request: WithdrawalRequest, changed_files: Sequence[Path], after: Reading) -> None:
    """Print what was changed, what else to do, and which errors stop the next build.

    Args:
        reading: the series before the withdrawal.
        request: what was withdrawn.
        changed_files: the changed files.
        after: the series now.
    """
    from casebuilder import pipeline
    from casebuilder.editorial import history
    from casebuilder.pipeline import problemreport

    root, slug = reading.root, request.slug
    names = [_display_path(path, root) for path in changed_files]
    tracked = history.committed(root, names)
    remaining = [problem for problem in after.problems if problem.code == "withdrawn-text" and slug in problem.path]
    copies = [path for path in pipeline.copies(reading, after, slug) if path not in {each.path for each in remaining}]
    texts_stay, advice_elsewhere = (
        bool(request.reason) and not request.delete,
        pipeline.record_elsewhere(reading, request),
    )
    ignored = _ignored_by_git(changed_files, names, tracked) if history.files(root) else ()
    click.echo(
        problemreport.withdrawal(
            names, slug, tracked=tracked, stays=texts_stay, copies=copies, ignored=ignored, elsewhere=advice_elsewhere
        )
    )
    packs = reading.cache("packs")
    if any(packs.glob("*.pdf")):  # other series may share the folder, or another program may be building from it
        click.echo(f"  - Packs printed earlier are still in {packs}: delete that folder when no build runs.")
    if remaining:
        click.echo(
            f"\nThese lines still contain the words, and stop the next build:\n{problemreport.text(remaining)}",
            err=True,
        )
    _report_errors(after, remaining, slug, of_quote=not request.reason)


def _ignored_by_git(changed_files: Sequence[Path], names: Sequence[str], tracked: Sequence[str]) -> tuple[str, ...]:
    """Return those of the changed files that `git add` does not take, such as a private record."""
    from casebuilder.editorial import history

    pairs = [(path, name) for path, name in zip(changed_files, names, strict=True) if name not in tracked]
    return tuple(name for path, name in pairs if not (path.exists() and history.would_take(path)))


def _withdrawal_day(reading: Reading, on: str | None, today: date) -> date:
    """Return the day of a withdrawal, which takes effect at once.

    Raises:
        click.BadParameter: what is given is not a day, or lies in the future, so that readers would not see it.
    """
    from casebuilder import published

    try:
        day = published.today(reading.series, on) if on else today
    except published.NotAMomentError as error:
        raise click.BadParameter(str(error), param_hint="--on") from None
    if day > max(today, published.today(reading.series)):
        message = f"{day} is in the future, and a withdrawal takes effect at once: leave out --on, or correct the day"
        raise click.BadParameter(message, param_hint="--on")
    return day


def _explain_refusal(error: WithdrawalError, reading: Reading, slug: str) -> str:
    """Return why nothing can be withdrawn, with the errors in the files that a withdrawal edits."""
    from casebuilder.pipeline import problemreport

    files = {case_path(slug), quotes_path(slug), record_path(slug)}
    if not (errors := [problem for problem in reading.errors() if problem.path in files]):
        return str(error)
    advice = (
        "Correct these errors, and run this again. Nothing was changed. "
        "Until then, casebuilder build --keep-going publishes nothing of this case."
    )
    return f"{error}\n\n{problemreport.text(errors)}\n\n{advice}"


def _report_errors(after: Reading, reported: Sequence[Problem], slug: str, *, of_quote: bool) -> None:
    """Say what other errors mean for the next build, so that nobody waits for a site that cannot be built."""
    from casebuilder import pipeline
    from casebuilder.editorial import withdrawal
    from casebuilder.pipeline import problemreport

    if not set(after.stoppers()) - set(reported):
        return
    if pipeline.sound_part(after) is None:
        # Wrong settings are listed already.
        problem_text = problemreport.text([problem for problem in after.errors() if problem not in reported])
        condition = "the settings are corrected." if after.misread else f"this is corrected:\n{problem_text}"
        message = f"Nothing can be built, and your site shows the old text, until {condition}"
    else:
        message = (
            "The series has problems that stop a build. To publish the withdrawal now, without what has errors:\n"
            "  casebuilder build --keep-going"
        )
    click.echo(f"\n{message}", err=True)
    case = after.series.case(slug)
    if of_quote and case and not withdrawal.is_readable(case):
        note = "When case.yml can be read again, add the withdrawal to its changes, as kind: takedown."
        click.echo(f"\n{note}", err=True)


def _look_at_settings(reading: Reading) -> None:
    """Report wrong settings. They do not hold up a withdrawal, unless texts may lie in folders that are not known.

    Raises:
        click.ClickException: it is not known which folders belong to the series.
    """
    options.report_misread(reading)
    series = reading.series
    if not (series.origin.sound() and series.settings_origin.sound(*series.settings_steps, "overlays")):
        raise click.ClickException("correct them first: it is not known in which folders the texts are")


def _ask_for_agreement(reading: Reading, request: WithdrawalRequest) -> None:
    """Say what the withdrawal of a whole case means, and go on only if somebody agrees.

    Raises:
        click.ClickException: nobody agreed; nothing was changed.
    """
    case = reading.series.case(request.slug)
    title = case.title if case else request.slug
    click.echo(f"This withdraws the whole case “{title}”, as of {request.on}.")
    click.echo("Its page becomes a notice with this reason:")
    click.echo(f"  {request.reason}")
    if request.delete:
        click.echo("Its texts are deleted from its folders.")
    try:
        agreed = click.confirm("Withdraw it?", default=False)
    except click.Abort:
        agreed = False
    if not agreed:
        raise click.ClickException("nothing was changed; a script that cannot answer adds --yes")


def _display_path(path: Path, root: Path) -> str:
    """Return a path relative to the series, or the full path if it is on another drive."""
    try:
        return os.path.relpath(path, root)
    except ValueError:
        return str(path)
