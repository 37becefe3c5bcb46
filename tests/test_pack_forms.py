"""What packs have to scan and to fill in: the QR code, the evaluation form."""

from __future__ import annotations

import re

import pytest
import segno

from casebuilder.outputs.packs.views import qr
from casebuilder.outputs.packs.views.messages import OPEN, SCALED
from pack_reader import alternatives, job_of, reader
from series_factory import SLUG, make_series


def test_a_handout_shows_its_address_as_a_code_with_words() -> None:
    document = reader(make_series())
    address = f"https://example.org/series/cases/{SLUG}/"
    assert alternatives(document.trailer["/Root"]["/StructTreeRoot"]) == [f"QR code of {address}"]
    assert "<svg" not in job_of(make_series(site_url="")).html
    assert "<svg" not in job_of(make_series(), "guide").html


@pytest.mark.parametrize("address", ["https://example.org/", "https://example.org/" + "long/" * 30])
def test_the_code_holds_the_address(address: str) -> None:
    drawn = qr.drawing(address, "A <label>")
    size = int(re.search(r'viewBox="0 0 (\d+) ', drawn)[1])  # type: ignore[index]  # None fails the test, as it should
    dark = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", drawn)
        for step in range(int(length))
    }
    matrix = segno.make(address, error="m", micro=False).matrix
    assert size == len(matrix) + 8
    assert dark == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert "<title>A &lt;label&gt;</title>" in drawn


def test_the_evaluation_form_is_a_page_to_copy() -> None:
    pages = [page.extract_text() for page in reader(make_series(), "guide").pages]
    (form,) = [page for page in pages if "Evaluation form" in page]
    assert "contains the answers" not in form
    assert all(statement in form for statement in (*SCALED, *OPEN))
    assert "References" not in form
