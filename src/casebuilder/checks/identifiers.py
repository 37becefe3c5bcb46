"""Identifiers have the right form: ORCID with its check digit, DOI, PubMed number.

They go unchanged into addresses and citations, so they may contain nothing with a meaning there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Reference
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
#: Crossref’s letters and signs, and those of older DOIs that hold a SICI: 10.1002/(SICI)99:1<1::AID>3.0.CO;2-1.
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/[A-Za-z0-9._;()/:<>\[\]#+&,*=@!$~'-]+")
_DOI_WITHIN = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9._;()/:-]+")
#: The check character of a SICI may be a sign.
_SICI_END = re.compile(r"\b[A-Z]{2};[0-9]-.$")
_PUNCTUATION = frozenset(".,;:!'~*&")
_BRACKETS = {")": "(", "]": "[", ">": "<"}
_PMID = re.compile(r"[0-9]{1,9}")
_PMC = re.compile(r"PMC[0-9]+", re.IGNORECASE)


def check_digit(digits: str) -> str:
    """Return the check character of an ORCID from its first fifteen digits (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    remainder = (12 - total % 11) % 11
    return "X" if remainder == 10 else str(remainder)  # noqa: PLR2004 - X is the digit for ten


def orcids(series: Series) -> Iterator[Problem]:
    """Report ORCIDs of profiles that have the wrong form or a wrong check digit."""
    for person in series.people:
        if not person.orcid:
            continue
        place = person.origin.at("orcid")
        orcid = person.orcid.removeprefix("https://orcid.org/")
        if not _ORCID.fullmatch(orcid):
            digits = re.sub(r"[^0-9Xx]", "", orcid).upper()
            grouped = "-".join(digits[i : i + 4] for i in range(0, 16, 4))
            hint = f"write it as {grouped if _ORCID.fullmatch(grouped) else '0000-0002-1825-0097'}"
            yield Problem(*place, "bad-value", f'"{person.orcid}" is not an ORCID', hint)
        elif check_digit(orcid.replace("-", "")[:15]) != orcid[-1]:
            message = f"the check digit of {orcid} is wrong: a digit was mistyped"
            yield Problem(*place, "orcid-check-digit", message, "copy it again from orcid.org")


def dois(series: Series) -> Iterator[Problem]:
    """Report DOIs of cases and references that have the wrong form."""
    for case in series.cases:
        case_doi = [(case.doi, ("doi",))] if case.doi else []
        for doi, place in (*case_doi, *_work_fields(case, "doi")):
            clean_doi = _without_sentence(doi)
            if not _DOI.fullmatch(doi):
                decoded = unquote(doi.replace("10,", "10."))  # copied from an address, it has %3C for <
                match = _DOI.fullmatch(decoded) or _DOI_WITHIN.search(decoded)
                found = _without_sentence(match.group()) if match else ""
                hint = f"did you mean {found}?" if found else "such as 10.1016/j.eururo.2014.01.034"
                yield Problem(*case.origin.at(*place), "bad-doi", f'"{doi}" is not a DOI', hint)
            elif clean_doi != doi:
                message = f'"{doi[len(clean_doi) :]}" at the end does not belong to the DOI, which would lead nowhere'
                yield Problem(*case.origin.at(*place), "bad-doi", message, f"write {clean_doi}")


def _without_sentence(doi: str) -> str:
    """Return a DOI without what a sentence or brackets put behind it, as in "doi: 10.1056/NEJMoa2100345. Epub 2026"."""
    while not _SICI_END.search(doi):
        opening = _BRACKETS.get(doi[-1:], "")
        if doi[-1:] not in _PUNCTUATION and not (opening and doi.count(opening) < doi.count(doi[-1])):
            break
        doi = doi[:-1]
    return doi


def pmids(series: Series) -> Iterator[Problem]:
    """Report PubMed numbers of references that have the wrong form."""
    for case in series.cases:
        for pmid, place in _work_fields(case, "pmid"):
            if not _PMID.fullmatch(pmid):
                central = "a number that begins with PMC is that of PubMed Central: write the PMID beside it"
                hint = central if _PMC.fullmatch(pmid) else "write only its digits, such as 24631416"
                yield Problem(*case.origin.at(*place), "bad-value", f'"{pmid}" is not a PubMed number (PMID)', hint)


def _work_fields(case: Case, field: str) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield one field of the paper and of each reference of a case that has it, and where it stands."""
    works: list[tuple[Reference, tuple[str | int, ...]]] = [(case.paper, ("paper",))] if case.paper else []
    works += [(work, ("references", index)) for index, work in enumerate(case.references)]
    yield from ((value, (*place, field)) for work, place in works if (value := getattr(work, field)))
