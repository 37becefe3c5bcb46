"""Whether the workflow `publish` has to deploy, and what it says to editors when something went wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebuilder.editorial.discussion.jsontext import entries, word
from casebuilder.editorial.pullrequestreport.markdownreport import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.editorial.github.api import GitHub

_WORKFLOW = re.compile(r"/\.github/workflows/([\w.-]+\.ya?ml)@")
_SUCCESS, _FAILURE = "success", "failure"
_LINES = 60


@dataclass(frozen=True, slots=True)
class LastGood:
    """The last run of a workflow that went well: the commit that it built, and when it began."""

    commit: str
    began: datetime


def last_good(github: GitHub, environment: Mapping[str, str]) -> LastGood | None:
    """Return the last run of this workflow, on this branch, that went well; None if there was none.

    Raises:
        casebuilder.editorial.github.api.GitHubError: GitHub cannot be asked, or refuses.
    """
    match = _WORKFLOW.search(environment.get("GITHUB_WORKFLOW_REF", ""))
    name = quote(match[1] if match else "publish.yml")
    branch = environment.get("GITHUB_REF_NAME") or "main"
    answer = github.get(f"actions/workflows/{name}/runs", branch=branch, status=_SUCCESS, per_page=1)
    for run in entries(answer, "workflow_runs")[:1]:
        try:
            began = datetime.fromisoformat(word(run, "run_started_at"))
        except ValueError:
            return None
        return LastGood(word(run, "head_sha"), began) if began.tzinfo else None
    return None


@dataclass(frozen=True, slots=True)
class Trouble:
    """How the jobs of a run ended, as GitHub names it, and what the build said.

    Attributes:
        build, deploy: "success", "failure", "cancelled" or "skipped".
        report: what the build reported, as Markdown; empty if nothing was wrong.
        run: the address of the run.
    """

    build: str
    deploy: str
    report: str
    run: str


def trouble(run: Trouble) -> str:
    """Return what to tell editors, as Markdown; empty if the site is as it should be."""
    closing_words = (
        f"\n\nThe log has [all of it]({run.run}). This issue is closed when the site is published as a whole again."
    )
    if run.build == _FAILURE:
        no_report = (
            "The build stopped before it could say why; its log says more. Ask whoever looks after the machinery."
        )
        not_built = "**The site could not be built. Readers still see the last good one.**"
        return f"{not_built}\n\n{run.report.strip() or no_report}{closing_words}"
    if run.deploy == _FAILURE:
        not_deployed = (
            "**The site was built, and GitHub Pages did not take it. Readers still see the last good one.** Often the "
            "next run succeeds. If not, look under *Settings*, *Pages*: the source must be *GitHub Actions*."
        )
        return f"{not_deployed}{closing_words}"
    if run.build == _SUCCESS and run.report.strip():
        with_problems = (
            "**The site was published, with problems.** What has errors was left out. Everything else is up to date."
        )
        return f"{with_problems}\n\n{run.report.strip()}{closing_words}"
    return ""


def listed(lines: Sequence[str]) -> str:
    """Return the lines of a report as a list in Markdown, in which no word of an author is a link or a mention."""
    lines_with_words = [line for line in lines if line.strip()]
    note_on_rest = [f"- and {len(lines_with_words) - _LINES} more lines"] if len(lines_with_words) > _LINES else []
    return "\n".join(
        [*(f"{'  ' * line.startswith(' ')}- {plain(line)}" for line in lines_with_words[:_LINES]), *note_on_rest]
    )
