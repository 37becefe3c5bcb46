"""Identifiers that carry their own check: ORCID's last digit, and the form of a DOI."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Series

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_DOI_WITHIN = re.compile(r"10\.\d{4,9}/[^\s?#]+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def check_digit(digits: str) -> str:
    """The last character of an ORCID from its first fifteen digits (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004 - X is the digit for ten


def orcids(series: Series) -> Iterator[Problem]:
    """ORCIDs of profiles."""
    for person in series.people:
        if not person.orcid:
            continue
        place = person.origin.at("orcid")
        bare = person.orcid.removeprefix("https://orcid.org/")
        if not _ORCID.fullmatch(bare):
            digits = re.sub(r"[^0-9Xx]", "", bare).upper()
            apart = "-".join(digits[i : i + 4] for i in range(0, 16, 4))
            hint = f"write it as {apart if _ORCID.fullmatch(apart) else '0000-0002-1825-0097'}"
            yield Problem(*place, "bad-value", f'"{person.orcid}" is not an ORCID', hint)
        elif check_digit(bare.replace("-", "")[:15]) != bare[-1]:
            message = f"the check digit of {bare} is wrong: a digit was mistyped"
            yield Problem(*place, "orcid-check-digit", message, "copy it again from orcid.org")


def dois(series: Series) -> Iterator[Problem]:
    """DOIs of cases and references."""
    for case in series.cases:
        given = [(case.doi, ("doi",))] if case.doi else []
        steps: list[tuple[str, tuple[str | int, ...]]] = [*given]
        steps += [(work.doi, ("references", i, "doi")) for i, work in enumerate(case.references) if work.doi]
        if case.paper and case.paper.doi:
            steps.append((case.paper.doi, ("paper", "doi")))
        for doi, place in steps:
            if not _DOI.fullmatch(doi):
                found = _DOI_WITHIN.search(doi.replace("10,", "10."))
                hint = f"did you mean {found.group()}?" if found else "such as 10.1016/j.eururo.2014.01.034"
                yield Problem(*case.origin.at(*place), "bad-doi", f'"{doi}" is not a DOI', hint)
