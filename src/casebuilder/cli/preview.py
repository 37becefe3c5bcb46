"""`casebuilder preview`: everything that somebody who reviews a pull request wants to look at."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import click

from casebuilder.cli import githubrun, newfolder, options

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.pipeline import Reading

#: In the folder of the preview: the site as of today, the one with drafts, the files to look at, the report.
_SITE, _DRAFTS, _PAGES, _REPORT = "site", "preview", "pages", "preview.json"
#: The exit status if the preview lacks the page of a touched case.
_INCOMPLETE = 3


@click.command()
@click.option(
    "--since",
    required=True,
    metavar="REV",
    callback=options.not_empty,
    help="The Git revision to compare with, such as main.",
)
@options.folder(
    "--out",
    required=True,
    about="The folder to write to; an earlier preview in it is replaced.",
)
@options.AS_OF
@options.SERIES
def preview(since: str, out: Path, as_of: str | None, root: Path) -> None:
    """Build what a pull request changes, to look at before it is merged.

    DIR gets the site as of today, the site with drafts, and for each case that was touched since REV one page with
    everything in it, and its handout. Cases with errors are left out: the exit status is then 3, or 1 if nothing could
    be built.
    """
    from casebuilder import pipeline
    from casebuilder.editorial import history, pullrequestreport
    from casebuilder.files import write_whole
    from casebuilder.pipeline import pullrequestpages, pullrequestreview
    from casebuilder.pipeline.handbooklinks import handbook_of

    reading = options.series(root, as_of)
    try:
        problems = (*reading.problems, *pipeline.changed_since(reading, since))
        changed = pipeline.touched(reading, since)
    except history.HistoryError as error:
        raise click.BadParameter(str(error), param_hint="--since") from None
    shown_slugs = frozenset(changed.cases[: pullrequestreport.MOST])
    _empty_folder(out, reading)
    with githubrun.commands_stopped():
        is_built = _build_sites(reading, shown_slugs, out)
        sound_part = pipeline.sound_part(pipeline.unsealed(reading, shown_slugs)) if is_built else None
        sound_slugs = shown_slugs & {case.slug for case in sound_part.series.cases} if sound_part else frozenset()
        ready = frozenset(pullrequestpages.write(reading, sound_slugs, (out / _SITE, out / _DRAFTS), out / _PAGES))
        report = pullrequestreview.review(reading, problems, changed, since, is_built=is_built, ready=ready)
        write_whole(out / _REPORT, pullrequestreport.as_json(report))
        _print_report(
            pullrequestreport.summary(report, handbook_of(reading)),
            sorted(path.name for path in (out / _PAGES).iterdir()),
        )
    sys.exit((_INCOMPLETE if ready != shown_slugs or changed.misnamed else 0) if is_built else 1)


def _empty_folder(out: Path, reading: Reading) -> None:
    """Make the folder of the preview, and empty it of an earlier one.

    Raises:
        click.BadParameter: it holds something else, or cannot be written.
    """
    newfolder.site_folder(out / _SITE, reading, "--out", out)
    try:
        if out.is_dir() and any(out.iterdir()) and not (out / _REPORT).is_file():
            message = f"{out} contains something other than a preview: choose or make another folder"
            raise click.BadParameter(message, param_hint="--out")
        for name in (_SITE, _DRAFTS, _PAGES):
            if (out / name).is_dir():
                shutil.rmtree(out / name)
        (out / _PAGES).mkdir(parents=True)
    except OSError as error:
        raise click.BadParameter(f"{out} cannot be written: {error.strerror}", param_hint="--out") from None
    newfolder.cache(reading)


def _build_sites(reading: Reading, shown_slugs: frozenset[str], out: Path) -> bool:
    """Build the site as of today, and the one with drafts; whether that was possible."""
    from casebuilder import mkdocsbuild, pipeline
    from casebuilder.pipeline import BuildOptions

    if pipeline.sound_part(reading) is None:
        return False
    as_of = reading.as_of.isoformat()
    try:
        for name, source, drafts in (
            (_SITE, reading, False),
            (_DRAFTS, pipeline.unsealed(reading, shown_slugs), True),
        ):
            build_options = BuildOptions(
                as_of=as_of, drafts=drafts, packs=bool(shown_slugs), only=shown_slugs or None, keep_going=True
            )
            mkdocsbuild.configure(source).build(source, build_options, out / name)
    except mkdocsbuild.EngineError as error:
        click.echo(str(error) or "The site could not be built.", err=True)
        return False
    return True


def _print_report(summary: str, files: list[str]) -> None:
    """Print the report; in a run on GitHub, add it to the run's summary, and name the files for the next job."""
    click.echo(summary)
    for variable, text in (("GITHUB_STEP_SUMMARY", summary), ("GITHUB_OUTPUT", f"files={json.dumps(files)}\n")):
        githubrun.append(variable, text)
