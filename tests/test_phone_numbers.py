"""Telephone numbers as people, WhatsApp and address books write them; and numbers of the ward, which are none."""

from __future__ import annotations

import pytest

from casebuilder.checks import privacy
from series_factory import make_case, write_series


def found(text: str) -> list[str]:
    series = write_series(make_case(teaser=text))
    return [problem.message for problem in privacy.traces(series) if problem.code == "phone-number"]


@pytest.mark.parametrize(
    "number",
    ["@353861234567", "00353861234567", "353 86 123 4567", "+353 86 123 4567", "086-1234567", "353861234567",
     "353\u00a086\u00a0123\u00a04567", "+353\u00a086\u00a0123\u00a04567", "00353 86 123 4567", "00 44 20 7946 0958",
     "0044 7700 900123", "44 7700 900123", "0861234567", "07700 900123", "1-555-123-4567", "1 (555) 123-4567",
     "(555) 123-4567", "555-123-4567", "06 12 34 56 78", "+353\u201186\u2011123\u20114567"],
)  # fmt: skip
def test_a_telephone_number_is_found_whole(number: str) -> None:
    assert found(f"Ring {number}, she wrote.") == [f'"{number}" looks like a telephone number']


@pytest.mark.parametrize(
    "text",
    ["The potassium was 5.5 and 6.1 at 10:30 on 2027-03-14.", "Platelets 150 000, then 1 250 000 000.", "NCT01234567",
     "ISBN 978-0-306-40615-7", "PMID 24631416", "BP 120/80, 118/79, 110/70; HR 88 90 92 95.", "0.0012345678",
     "1,234,567,890 cells", "2026-2027", "10 20 30 40 50 60", "00 10 20 30 40", "05.12.27 14.30",
     "Bleep 4471.", "€ 12 000.00"],
)  # fmt: skip
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert found(text) == []
