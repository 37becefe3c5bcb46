"""The comment on a pull request, written by a run that has the right to write and touches nothing of the pull request.

Which pull request it is, which files there are and where they lead is what GitHub says. From the run that anybody could
start comes one file, the report, and it is read as a stranger's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editorial import pullrequestreport
from casebuilder.editorial.discussion.jsontext import at, true, word
from casebuilder.editorial.github.exchange import GitHubError
from casebuilder.editorial.pullrequestreport.artifact import LARGEST_ZIP
from casebuilder.handbook import UNKNOWN, Handbook

if TYPE_CHECKING:
    from casebuilder.editorial.discussion.jsontext import Json
    from casebuilder.editorial.github.api import GitHub

#: The name of the artifact with the report.
_REPORT = "preview-report"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_FILE = re.compile(r"\d{4}-\d\d-[a-z0-9-]{1,120}(\.html|-handout-a4\.pdf)", re.ASCII)
#: Whose comments are ours: those of a workflow.
_BOT = "github-actions[bot]"


@dataclass(frozen=True, slots=True)
class _Run:
    """The run whose report is to be shown."""

    number: int
    commit: str
    owner: str
    branch: str


def keep_comment(github: GitHub, event: Json, handbook: Handbook = UNKNOWN) -> str:
    """Write or update the comment with the preview of a pull request. Returns what was done, in a sentence.

    Args:
        github: the API.
        event: the event `workflow_run` that started this run.
        handbook: what explains the problems' codes.

    Raises:
        GitHubError: GitHub cannot be asked, or refuses.
        casebuilder.editorial.pullrequestreport.ArtifactError: what the run left behind is not a report.
    """
    run = _run_of_event(event)
    if run is None:
        return "nothing to do: the run was not that of a pull request"
    number = _open_pull_request(github, run)
    if number is None:
        return "nothing to do: the pull request was closed, or has a newer commit"
    artifacts = _latest_artifacts(github, run)
    report = artifacts.get(_REPORT)
    if report is None:
        return "nothing to do: the run left no report behind"
    if _number(report, "size_in_bytes") > LARGEST_ZIP:
        raise pullrequestreport.ArtifactError(f"it has more than {LARGEST_ZIP} bytes")
    data = github.download(f"actions/artifacts/{_number(report, 'id')}/zip", LARGEST_ZIP)
    run_address = f"{github.server}/{github.repository}/actions/runs/{run.number}"
    files = {
        name: f"{run_address}/artifacts/{_number(artifact, 'id')}"
        for name, artifact in artifacts.items()
        if _FILE.fullmatch(name)
    }
    text = pullrequestreport.comment(
        pullrequestreport.report_in(data), pullrequestreport.Links(run_address, files, handbook), run.commit
    )
    return _keep_comment(github, number, text)


def _run_of_event(event: Json) -> _Run | None:
    """Return the run of an event; None if it was not started by a pull request.

    Raises:
        GitHubError: the event names no finished run.
    """
    run = at(event, "workflow_run")
    number, commit = _number(run, "id"), word(run, "head_sha")
    if not (number and _COMMIT.fullmatch(commit)):
        raise GitHubError("this command is for a workflow that runs on workflow_run, after the check of a pull request")
    if word(run, "event") != "pull_request":
        return None
    return _Run(number, commit, word(run, "head_repository", "owner", "login"), word(run, "head_branch"))


def _latest_artifacts(github: GitHub, run: _Run) -> dict[str, Json]:
    """Return the latest artifact of each name: a run that was started again has several."""
    artifacts = github.listed(f"actions/runs/{run.number}/artifacts", "artifacts")
    return {
        word(artifact, "name"): artifact
        for artifact in sorted(artifacts, key=lambda artifact: _number(artifact, "id"))
        if not true(artifact, "expired")
    }


def _open_pull_request(github: GitHub, run: _Run) -> int | None:
    """Return the number of the open pull request whose latest commit a run has built.

    The event names it only if it comes from the same repository, so GitHub is asked in every case.
    """
    if not (run.owner and run.branch):  # the fork was deleted
        return None
    for pull in github.listed("pulls", state="open", head=f"{run.owner}:{run.branch}"):
        if word(pull, "head", "sha") == run.commit and word(pull, "base", "repo", "full_name") == github.repository:
            return _number(pull, "number") or None
    return None


def _keep_comment(github: GitHub, number: int, text: str) -> str:
    """Update our comment on a pull request, or write the first one."""
    for comment in github.listed(f"issues/{number}/comments"):
        if word(comment, "user", "login") == _BOT and word(comment, "body").startswith(pullrequestreport.MARKER):
            if word(comment, "body").strip() == text.strip():
                return f"the comment on #{number} is up to date"
            github.send("PATCH", f"issues/comments/{_number(comment, 'id')}", {"body": text})
            return f"updated the comment on #{number}"
    github.send("POST", f"issues/{number}/comments", {"body": text})
    return f"wrote the comment on #{number}"


def _number(value: Json, name: str) -> int:
    number = at(value, name)
    return number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else 0
