"""What a series does on GitHub beside its files: comments, issues, and which runs there were.

Each of these is a command, so that a workflow is a list of commands, and tests run the same ones against a server that
plays GitHub's API.
"""

from __future__ import annotations

from casebuilder.editorial.github.api import GitHub
from casebuilder.editorial.github.exchange import GitHubError
from casebuilder.editorial.github.issues import close_trouble, keep_month, keep_trouble
from casebuilder.editorial.github.publication import LastGood, Trouble, last_good, listed, trouble
from casebuilder.editorial.github.pullrequests import keep_comment
from casebuilder.editorial.github.scanning import send_sarif

__all__ = [
    "GitHub",
    "GitHubError",
    "LastGood",
    "Trouble",
    "close_trouble",
    "keep_comment",
    "keep_month",
    "keep_trouble",
    "last_good",
    "listed",
    "send_sarif",
    "trouble",
]
