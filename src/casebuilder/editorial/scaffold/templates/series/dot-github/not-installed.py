"""Say in an issue that casebuilder could not be installed, because casebuilder itself cannot say it then.

The workflow `publish` runs it. It needs nothing but Python, and writes the issue that `casebuilder github issue
publish` keeps, so that the first good run closes it.
"""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any

MARK, TITLE = "<!-- casebuilder:publish -->", "The site needs your help"
BOT = "github-actions[bot]"
PAGE = 100
TEXT = """
**casebuilder could not be installed, so the site was not built. Readers still see the last good one.**

Nothing is wrong with your texts. Often the next run succeeds: choose *Actions*, *publish*, *Run workflow*. If it fails
again, ask whoever looks after the machinery to read [the log]({run}): it names the package that could not be installed.
`requirements.txt` says where casebuilder comes from.

This issue is closed when the site is published as a whole again."""


def ask(method: str, path: str, body: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - JSON has every type
    """Ask GitHub's API about this repository; return its answer."""
    home = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    request = urllib.request.Request(  # noqa: S310 - the address is GitHub's
        f"{home.rstrip('/')}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Accept": "application/vnd.github+json", "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        return json.load(answer)


def is_ours(issue: dict[str, Any]) -> bool:
    """Return whether a workflow wrote an issue, and for this purpose. Pull requests are in the list, too."""
    author = (issue.get("user") or {}).get("login")
    return "pull_request" not in issue and author == BOT and (issue["body"] or "").startswith(MARK)


def found() -> int:
    """Return the number of the open issue; 0 if there is none."""
    for page in range(1, 11):
        issues = ask("GET", f"issues?state=open&per_page={PAGE}&page={page}")
        for issue in filter(is_ours, issues):
            return int(issue["number"])
        if len(issues) < PAGE:
            break
    return 0


def main() -> None:
    """Open the issue, or update it."""
    server = os.environ.get("GITHUB_SERVER_URL") or "https://github.com"
    run = f"{server}/{os.environ['GITHUB_REPOSITORY']}/actions/runs/{os.environ.get('GITHUB_RUN_ID', '')}"
    number = found()
    made = ask(
        "PATCH" if number else "POST",
        f"issues/{number}" if number else "issues",
        {"title": TITLE, "body": MARK + TEXT.format(run=run)},
    )
    print(f"the site was not built: #{made['number']} says so")


if __name__ == "__main__":
    main()
