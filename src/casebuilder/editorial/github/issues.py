"""The issues that a series keeps: one a month with what is due, and one while the site cannot be published.

Each is found again by a line in it that nobody sees, and only among those that a workflow has written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.jsontext import at, word
from casebuilder.editorial.pullrequestreport.markdownreport import fitting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from casebuilder.editorial.discussion.jsontext import Json
    from casebuilder.editorial.github.api import GitHub

_TROUBLE, _MONTH = "<!-- casebuilder:publish -->", "<!-- casebuilder:month"
_TITLE = "The site needs your help"
_BOT = "github-actions[bot]"


def keep_month(github: GitHub, day: date, text: str) -> str:
    """Write or update the issue of a month, and close those of earlier months. Returns what was done.

    Args:
        github: the API.
        day: a day of the month.
        text: Markdown.

    Raises:
        GitHubError: GitHub cannot be asked, or refuses.
    """
    marker = f"{_MONTH} {day:%Y-%m} -->"
    summary = _keep_issue(github, marker, f"{day:%B %Y}: what is due", text)
    for issue in _our_issues(github, _MONTH):
        if not word(issue, "body").startswith(marker):
            github.send("PATCH", f"issues/{_number(issue)}", {"state": "closed", "state_reason": "completed"})
            summary += f"; closed #{_number(issue)}"
    return summary


def keep_trouble(github: GitHub, text: str) -> str:
    """Write or update the issue that says why the site is not up to date. Returns what was done.

    Raises:
        GitHubError: GitHub cannot be asked, or refuses.
    """
    return _keep_issue(github, _TROUBLE, _TITLE, text)


def close_trouble(github: GitHub, text: str) -> str:
    """Close the issue that says why the site is not up to date, if it is open, with a last comment.

    Raises:
        GitHubError: GitHub cannot be asked, or refuses.
    """
    closed = []
    for issue in _our_issues(github, _TROUBLE):
        number = _number(issue)
        github.send("POST", f"issues/{number}/comments", {"body": text})
        github.send("PATCH", f"issues/{number}", {"state": "closed", "state_reason": "completed"})
        closed.append(f"closed #{number}")
    return "; ".join(closed) or "all is well, and no issue is open"


def _keep_issue(github: GitHub, marker: str, title: str, text: str) -> str:
    body = "\n".join(fitting((marker, *text.splitlines()), "There is more in the log of the run."))
    for issue in _our_issues(github, marker):
        if word(issue, "body").strip() == body.strip():
            return f"#{_number(issue)} is up to date"
        github.send("PATCH", f"issues/{_number(issue)}", {"title": title, "body": body})
        return f"updated #{_number(issue)}"
    new_issue = github.send("POST", "issues", {"title": title, "body": body})
    return f"opened #{_number(new_issue)}"


def _our_issues(github: GitHub, marker: str) -> Iterator[Json]:
    """Yield the open issues that a workflow of this repository wrote with a marker. Pull requests are listed, too."""
    issues = [
        issue
        for issue in github.listed("issues", state="open")
        if at(issue, "pull_request") is None
        and word(issue, "user", "login") == _BOT
        and word(issue, "body").startswith(marker)
    ]
    yield from issues


def _number(issue: Json) -> int:
    number = at(issue, "number")
    return number if isinstance(number, int) else 0
