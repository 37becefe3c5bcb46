"""References in Vancouver style.

Source of the form: Citing Medicine, 2nd edition (US National Library of Medicine), the style that the ICMJE
recommends: authors up to six, then "et al."; title; container; year;volume(issue):pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebuilder import markdown
from casebuilder.model import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.model import Prose, Reference

#: The ICMJE's recommendation lists six authors before "et al.".
AUTHORS = 6


@dataclass(frozen=True, slots=True)
class NumberedReference:
    """A work that a case cites.

    Attributes:
        number: from 1, in the order of first citation; works that no text cites come last.
        reference: the work.
        words: the reference in Vancouver style, without its address.
        address: the address of its DOI, or else its page, or else PubMed; may be empty.
    """

    number: int
    reference: Reference
    words: str
    address: str

    @property
    def shown(self) -> str:
        """The address in print: "doi:10.1000/182"."""
        without_scheme = self.address.removeprefix("https://").removeprefix("http://")
        return f"doi:{self.reference.doi}" if self.reference.doi else without_scheme


def numbered(works: Iterable[Reference], texts: Iterable[Prose]) -> tuple[NumberedReference, ...]:
    """Number the works by first citation in reading order; works that no text cites come last.

    Args:
        works: everything that the texts may cite.
        texts: the texts in reading order.
    """
    works_by_id = {work.id: work for work in works}
    cited_ids = [citation.id for text in texts for citation in markdown.facts(text).citations]
    order = dict.fromkeys([name for name in cited_ids if name in works_by_id] + list(works_by_id))
    return tuple(
        NumberedReference(number, works_by_id[name], vancouver(works_by_id[name]), address(works_by_id[name]))
        for number, name in enumerate(order, start=1)
    )


def vancouver(reference: Reference) -> str:
    """Return a reference in plain text, without its address: "Chan T, Thoma B, Lin M.

    Title. Acad Med. 2015;90(6):785-9.".
    """
    authors = ", ".join(reference.authors[:AUTHORS]) + (", et al" if len(reference.authors) > AUTHORS else "")
    year = reference.year or (reference.published.year if isinstance(reference, Paper) else "")
    place = numbers(str(year), reference.volume, reference.issue, reference.pages)
    return sentences(authors, reference.title, reference.container, place)


def doi_address(doi: str) -> str:
    """Return the address of a DOI. Older DOIs contain characters that need encoding, such as <, > and #."""
    return f"https://doi.org/{quote(doi, safe='/:;,()._-')}"


def address(reference: Reference) -> str:
    """Return the address of a reference, its DOI first because that outlives other addresses; may be empty."""
    if reference.doi:
        return doi_address(reference.doi)
    if reference.url:
        return reference.url
    return f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/" if reference.pmid else ""


def numbers(when: str, volume: str, issue: str, pages: str = "") -> str:
    """Return year, volume, issue and pages, as far as they are known: "2015;90(6):785-789".

    Without volume and issue the pages follow the year, "2020:m1-m5" (NLM, Citing Medicine, chapter 1).
    """
    in_volume = volume + (f"({issue})" if issue else "")
    published = ";".join(filter(None, (when, in_volume)))
    return ":".join(filter(None, (published, pages)))


def sentences(*parts: str) -> str:
    """Join the parts that are not empty, each with a full stop."""
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
