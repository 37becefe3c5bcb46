"""References in Vancouver style.

Source of the form: Citing Medicine, 2nd edition (US National Library of Medicine), the style that the ICMJE
recommends: authors up to six, then "et al."; title; container; year;volume(issue):pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebuilder import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.model import Prose, Reference

#: The ICMJE's recommendation lists six authors before "et al.".
AUTHORS = 6


@dataclass(frozen=True, slots=True)
class NumberedReference:
    """A work that a case cites.

    Attributes:
        number: in the list of references, from 1: by first citation in reading order, then those that no text cites.
        reference: the work.
        words: the reference in Vancouver style, without its address.
        address: where it is found: its DOI first, then its page, then PubMed; or nothing.
    """

    number: int
    reference: Reference
    words: str
    address: str

    @property
    def shown(self) -> str:
        """The address as it is printed: "doi:10.1000/182"."""
        bare = self.address.removeprefix("https://").removeprefix("http://")
        return f"doi:{self.reference.doi}" if self.reference.doi else bare


def numbered(works: Iterable[Reference], texts: Iterable[Prose]) -> tuple[NumberedReference, ...]:
    """Works with their numbers: by first citation in reading order, then those that no text cites.

    Args:
        works: everything that the texts may cite.
        texts: the texts in reading order.
    """
    known = {work.id: work for work in works}
    cited = [found.id for text in texts for found in markdown.facts(text).citations]
    order = dict.fromkeys([name for name in cited if name in known] + list(known))
    return tuple(
        NumberedReference(number, known[name], vancouver(known[name]), address(known[name]))
        for number, name in enumerate(order, start=1)
    )


def vancouver(reference: Reference) -> str:
    """A reference as plain text, without its address: "Chan T, Thoma B, Lin M. Title. Acad Med. 2015;90(6):785-9."."""
    authors = ", ".join(reference.authors[:AUTHORS]) + (", et al" if len(reference.authors) > AUTHORS else "")
    place = numbers(str(reference.year or ""), reference.volume, reference.issue, reference.pages)
    return sentences(authors, reference.title, reference.container, place)


def doi_address(doi: str) -> str:
    """Where a DOI leads; older ones hold signs that an address cannot, such as <, > and #."""
    return f"https://doi.org/{quote(doi, safe='/:;,()._-')}"


def address(reference: Reference) -> str:
    """Where a reference is found: its DOI first, since that outlives addresses; or nothing."""
    if reference.doi:
        return doi_address(reference.doi)
    if reference.url:
        return reference.url
    return f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/" if reference.pmid else ""


def numbers(when: str, volume: str, issue: str, pages: str = "") -> str:
    """When, and where in it: "2015;90(6):785-789", as far as it is known."""
    found = volume + (f"({issue})" if issue else "") + (f":{pages}" if pages else "")
    return f"{when};{found}" if found else when


def sentences(*parts: str) -> str:
    """The parts that are not empty, each with its full stop."""
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
