"""Identifiers as people paste them from PubMed and from sentences."""

from __future__ import annotations

import pytest

from casebuilder.checks import identifiers
from casebuilder.model import Reference
from series_factory import make_case, write_series

GOOD = "10.1056/NEJMoa2100345"
SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-"


def problems(doi: str) -> list[tuple[str, str]]:
    series = write_series(make_case(references=(Reference(id="a", title="A", doi=doi),)))
    return [(problem.message, problem.hint) for problem in identifiers.dois(series)]


@pytest.mark.parametrize("end", [".", ";", ",", ":", ").", "]", "'", ".,"])
def test_a_doi_with_the_end_of_its_sentence_is_reported_without_it(end: str) -> None:
    message = f'"{end}" at the end does not belong to the DOI, which would lead nowhere'
    assert problems(GOOD + end) == [(message, f"write {GOOD}")]


@pytest.mark.parametrize(
    "written", [f"{GOOD}. Epub 2026 Aug 20.", f"{GOOD}; PMID: 1", f"({GOOD}).", f"see {GOOD}, and more", f"{GOOD} ."]
)
def test_the_hint_has_no_end_of_a_sentence(written: str) -> None:
    assert problems(written) == [(f'"{written}" is not a DOI', f"did you mean {GOOD}?")]


@pytest.mark.parametrize(
    "doi", [GOOD, "10.1016/S0140-6736(20)30183-5", "10.1016/0140-6736(20)", f"{SICI}#", f"{SICI}."]
)
def test_a_doi_may_end_with_a_bracket_that_it_opens_and_a_sici_with_any_sign(doi: str) -> None:
    assert problems(doi) == []
