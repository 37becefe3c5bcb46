"""What a pull request changes, for those who look at it: what is missing, words, pages, and links to the preview.

The report is made where the pull request is built, and read again where the comment is written. Whoever opens a pull
request can change the program that makes the report, so it is read as something that a stranger wrote.
"""

from __future__ import annotations

from casebuilder.editorial.pullrequestreport.artifact import ArtifactError, report_in
from casebuilder.editorial.pullrequestreport.lengths import usual_words, words_of
from casebuilder.editorial.pullrequestreport.markdownreport import MARKER, Links, comment, summary
from casebuilder.editorial.pullrequestreport.report import (
    MOST,
    MOST_MISSING,
    WORST,
    CaseReport,
    FoundProblem,
    PackPages,
    PullRequestReport,
    as_json,
    shortened,
)

__all__ = [
    "MARKER",
    "MOST",
    "MOST_MISSING",
    "WORST",
    "ArtifactError",
    "CaseReport",
    "FoundProblem",
    "Links",
    "PackPages",
    "PullRequestReport",
    "as_json",
    "comment",
    "report_in",
    "shortened",
    "summary",
    "usual_words",
    "words_of",
]
