"""A series' own print style may show pictures, such as a society's logo, and nothing that a pack cannot have."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from click.testing import CliRunner

import zoo_keeper
from casebuilder.cli import main
from casebuilder.pipeline import printstyle
from cputime import at_most

if TYPE_CHECKING:
    from pathlib import Path

STYLE = """/* url("no.svg") is a remark */
@page :first {
  @top-center { content: ""; width: 45mm; height: 12mm; background: url('assets/logo.svg') right / contain no-repeat }
  @left-middle { content: "along the edge" }
}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#7a1f3d" d="M0 0h9v9z"/></svg>'


def test_pictures_of_the_theme_travel_in_the_style() -> None:
    made = printstyle.embed_pictures(STYLE, {"theme/assets/logo.svg": LOGO.encode()}.__getitem__)
    assert 'background: url("data:image/svg+xml;base64,' in made
    assert made.startswith('/* url("no.svg") is a remark */')
    assert printstyle.embed_pictures(made, {}.__getitem__) == made, "what needs no file stays"
    assert list(printstyle.problems(STYLE, {"theme/assets/logo.svg"})) == []


@pytest.mark.parametrize(
    "asked",
    [
        'url("../docs/x.svg")',
        "url(https://example.org/x.svg)",
        "url(//example.org/x)",
        "URL( 'gone.png' )",
        '@import "x.css"',
    ],
)
def test_what_a_pack_cannot_have_is_reported_at_its_place(asked: str) -> None:
    (problem,) = printstyle.problems(f"p {{ color: red }}\n  {asked};", {"theme/assets/logo.svg"})
    assert (problem.path, problem.line, problem.column) == ("theme/print.css", 2, 3)
    assert problem.code == "missing-picture"


def test_a_logo_is_on_the_first_page_of_a_pack_and_page_numbers_stay(tmp_path: Path) -> None:
    series = zoo_keeper.lay_out("_sound", tmp_path)
    (series / "theme/assets").mkdir(parents=True)
    (series / "theme/print.css").write_text(STYLE, encoding="utf-8")
    (series / "theme/assets/logo.svg").write_text(LOGO, encoding="utf-8")
    order = ["pack", "2026-03-late-handover", "--series", str(series), "-o", str(tmp_path / "x.pdf")]
    result = CliRunner().invoke(main, order)
    assert result.exit_code == 0, result.output
    pages = [page.render(scale=1).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(tmp_path / "x.pdf")]
    shows = [(122, 31, 61) in {colour for _, colour in page.getcolors(1 << 20) or ()} for page in pages]
    assert shows == [True] + [False] * (len(pages) - 1)
    assert len(pages) > 1
    assert f"2 of {len(pages)}" in pypdfium2.PdfDocument(tmp_path / "x.pdf")[1].get_textpage().get_text_range()


def test_a_style_without_end_is_read_no_further_than_a_style_goes(tmp_path: Path) -> None:
    place = tmp_path / "theme/print.css"
    place.parent.mkdir()
    place.touch()
    os.truncate(place, 1 << 40)
    (found,) = printstyle.problems(printstyle.read(tmp_path), ())
    assert (found.code, found.path) == ("file-too-large", "theme/print.css")


def test_a_long_style_is_read_in_a_time_that_grows_with_its_length() -> None:
    with at_most(2):
        assert [problem.line for problem in printstyle.problems("a{}\nurl( x )" * 40_000, ())][-1] == 40_001
        for style in (f"url({' ' * 500_000}", f"url(a{' ' * 500_000}", f"@import{' ' * 500_000}"):
            assert list(printstyle.problems(style, ())) == []
