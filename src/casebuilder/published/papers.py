"""The paper of a journal club, as a work that readers can take into a reference manager."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import Prose
from casebuilder.published.citations import Work, citation
from casebuilder.published.citednames import CitedName
from casebuilder.published.people import PublishedPerson
from casebuilder.published.references import address

if TYPE_CHECKING:
    from casebuilder.model import Paper
    from casebuilder.published.citations import Citation

#: An author as bibliographies print it: family name, one or two initials, rank. Anything else, such as the name of a
#: group, stays whole.
_AUTHOR = re.compile(
    r"(?P<family>\S.*?),? (?P<given>[^\W\d_a-z](?:-?[^\W\d_a-z])?)(?:,? (?P<suffix>Jr\.?|Sr\.?|2nd|3rd|4th))?"
)


def paper_citation(paper: Paper, words_in: str) -> Citation:
    """Return the citation of a paper.

    Args:
        paper: the paper, which names its year or the date on which it was published.
        words_in: the language of words such as "Available from" (BCP 47).
    """
    return citation(
        Work(
            key=paper.id,
            authors=tuple(_author_of_paper(name) for name in paper.authors),
            title=paper.title,
            container=paper.container,
            issued=paper.published,
            volume=paper.volume,
            issue=paper.issue,
            pages=paper.pages,
            doi=paper.doi,
            address="" if paper.doi else address(paper),
            language="",
            words_in=words_in,
        )
    )


def _author_of_paper(name: str) -> PublishedPerson:
    match = _AUTHOR.fullmatch(name)
    has_parts = match and match["given"].isupper()  # other scripts have no capitals, and their names stay whole
    cited = CitedName(name, match["family"], match["given"], match["suffix"] or "") if match and has_parts else None
    return PublishedPerson(name, name, cited or CitedName(name), name, "", "", Prose(""))
